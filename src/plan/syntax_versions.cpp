// SPDX-License-Identifier: MIT
#include "plan/syntax_versions.hpp"

namespace migcheck::plan {

namespace {

// Until 16 the parser asked for one, with a message of its own.
constexpr std::string_view kNoAlias = "subquery in FROM must have an alias";

// The version that brought the word, and the word; 0: any version reads it.
struct Brought {
  int version = 0;
  std::string_view word;
};

Brought brought(const ast::AlterAction& action) {
  using Type = ast::AlterAction::Type;
  switch (action.type) {
    case Type::DropExpression:
      return {13, "EXPRESSION"};
    case Type::SetExpression:
      return {17, "EXPRESSION"};
    case Type::SetCompression:
      return {14, "COMPRESSION"};
    case Type::SetAccessMethod:
      return {15, "ACCESS"};
    case Type::DetachFinalize:
      return {14, "FINALIZE"};
    case Type::DetachPartition:
      return action.concurrently ? Brought{14, "CONCURRENTLY"} : Brought{};
    default:
      return {};
  }
}

Brought brought(const ast::ConstraintDefinition& constraint) {
  using Type = ast::ConstraintDefinition::Type;
  if (constraint.type == Type::Generated && constraint.generated_virtual) return {18, "VIRTUAL"};
  if (constraint.type == Type::NotNull && !constraint.columns.empty()) return {18, "NOT"};
  const bool can_be_switched = constraint.type == Type::Check || constraint.type == Type::ForeignKey;
  if (can_be_switched && !constraint.enforced) return {18, "ENFORCED"};
  if (constraint.without_overlaps) return {18, "WITHOUT"};
  if (constraint.with_period) return {18, "PERIOD"};
  if (constraint.nulls_not_distinct) return {15, "NULLS"};
  if (!constraint.on_delete_columns.empty()) return {15, "("};
  return {};
}

Brought brought(const ast::Reindex& reindex) {
  // REINDEX INDEX CONCURRENTLY is older than REINDEX (CONCURRENTLY) INDEX; both become the same option. Right
  // after the first word there is room for the parenthesis only.
  constexpr std::uint32_t kWithObjectBefore = sizeof("REINDEX INDEX ") - 1;
  for (const ast::Option* option : reindex.options) {
    const bool in_parentheses =
        !option->span.empty() && option->span.begin - reindex.span.begin < kWithObjectBefore;
    if (option->name == "concurrently" && in_parentheses) return {14, "CONCURRENTLY"};
    if (option->name == "tablespace") return {14, "TABLESPACE"};
  }
  return {};
}

Brought brought(const ast::Rename& rename) {
  const bool column_of_view =
      rename.object == ast::ObjectType::Column && rename.relation_type == ast::ObjectType::View;
  return column_of_view ? Brought{13, "COLUMN"} : Brought{};
}

Brought brought(const ast::AlterDomain& alter) {
  const bool not_null =
      alter.constraint != nullptr && alter.constraint->type == ast::ConstraintDefinition::Type::NotNull;
  return not_null ? Brought{17, "NOT"} : Brought{};
}

Brought brought(const ast::Vacuum& vacuum) {
  for (const ast::Option* option : vacuum.options) {
    if (option->name == "parallel") return {13, "parallel"};
    if (option->name == "process_toast") return {14, "process_toast"};
    if (option->name == "process_main" || option->name == "buffer_usage_limit") return {16, option->name};
  }
  for (const ast::RelationName& relation : vacuum.relations) {
    if (relation.only) return {18, "ONLY"};
  }
  return {};
}

template <typename Publication>
Brought brought_by_publication(const Publication& publication) {
  if (!publication.schemas.empty()) return {15, "TABLES"};
  for (const ast::PublishedTable& table : publication.tables) {
    if (table.where != nullptr) return {15, "WHERE"};
    if (!table.columns.empty()) return {15, "("};
  }
  return {};
}

Brought brought(const ast::Node& node) {
  switch (node.kind) {
    case ast::NodeKind::AlterAction:
      return brought(static_cast<const ast::AlterAction&>(node));
    case ast::NodeKind::ConstraintDefinition:
      return brought(static_cast<const ast::ConstraintDefinition&>(node));
    case ast::NodeKind::ColumnDefinition: {
      const auto& column = static_cast<const ast::ColumnDefinition&>(node);
      if (!column.compression.empty()) return {14, "COMPRESSION"};
      return column.storage.empty() ? Brought{} : Brought{16, "STORAGE"};
    }
    case ast::NodeKind::CreateIndex:
      return static_cast<const ast::CreateIndex&>(node).nulls_not_distinct ? Brought{15, "NULLS"} : Brought{};
    case ast::NodeKind::CreateStatistics:
      return static_cast<const ast::CreateStatistics&>(node).name.empty() ? Brought{16, "ON"} : Brought{};
    case ast::NodeKind::Reindex:
      return brought(static_cast<const ast::Reindex&>(node));
    case ast::NodeKind::Rename:
      return brought(static_cast<const ast::Rename&>(node));
    case ast::NodeKind::AlterDomain:
      return brought(static_cast<const ast::AlterDomain&>(node));
    case ast::NodeKind::Vacuum:
      return brought(static_cast<const ast::Vacuum&>(node));
    case ast::NodeKind::Merge:
      return {15, "MERGE"};
    case ast::NodeKind::DerivedTable:
      return static_cast<const ast::DerivedTable&>(node).alias.name.empty() ? Brought{16, kNoAlias}
                                                                            : Brought{};
    case ast::NodeKind::CreateTrigger:
      return static_cast<const ast::CreateTrigger&>(node).or_replace ? Brought{14, "TRIGGER"} : Brought{};
    case ast::NodeKind::CreateFunction: {
      const auto& function = static_cast<const ast::CreateFunction&>(node);
      const bool atomic = function.body != nullptr && function.body_text.empty();
      return atomic ? Brought{14, "BEGIN"} : Brought{};
    }
    case ast::NodeKind::CreatePublication:
      return brought_by_publication(static_cast<const ast::CreatePublication&>(node));
    case ast::NodeKind::AlterPublication:
      return brought_by_publication(static_cast<const ast::AlterPublication&>(node));
    default:
      return {};
  }
}

}  // namespace

std::optional<NewerSyntax> newer_syntax(const ast::Statement& statement, int version) {
  std::optional<NewerSyntax> first;
  ast::walk(&statement, [&](const ast::Node& node) {
    if (first) return false;
    const Brought found = brought(node);
    if (found.version > version) {
      first =
          NewerSyntax{found.word == kNoAlias ? std::string(kNoAlias)
                                             : "syntax error at or near \"" + std::string(found.word) + "\"",
                      node.span};
    }
    // A domain's NOT NULL has always been there, whatever it looks like inside.
    const bool domain = node.kind == ast::NodeKind::CreateDomain || node.kind == ast::NodeKind::AlterDomain;
    return !first && !domain;
  });
  return first;
}

}  // namespace migcheck::plan
