// SPDX-License-Identifier: MIT
#include "plan/object/enum_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

class EnumUse {
 public:
  EnumUse(Planner& planner, const ast::Statement& statement) : planner_(planner) { collect(statement); }

  void check(const ast::Statement& statement) {
    if (!has_strings_) return;
    ast::walk(&statement, [&](const ast::Node& node) {
      if (!planner_.plan.errors.empty() || is_body(node)) return false;
      look(node);
      return true;
    });
  }

 private:
  // Text to PostgreSQL, until it runs.
  static bool is_body(const ast::Node& node) {
    return node.kind == ast::NodeKind::CreateFunction || node.kind == ast::NodeKind::DoBlock;
  }

  void collect(const ast::Statement& statement) {
    ast::walk(&statement, [&](const ast::Node& node) {
      if (is_body(node)) return false;
      if (const auto* constant = ast::as<ast::Constant>(&node)) {
        has_strings_ = has_strings_ || constant->type == ast::Constant::Type::String;
      }
      if (const auto* reference = ast::as<ast::TableRef>(&node)) add(reference->relation);
      if (const auto* insert = ast::as<ast::Insert>(&node)) add(insert->relation);
      if (const auto* select = ast::as<ast::Select>(&node)) {
        has_strings_ = has_strings_ || !select->constant_texts.empty();
      }
      if (const auto* update = ast::as<ast::Update>(&node)) add(update->relation);
      if (const auto* remove = ast::as<ast::Delete>(&node)) add(remove->relation);
      if (const auto* merge = ast::as<ast::Merge>(&node)) add(merge->relation);
      if (const auto* alter = ast::as<ast::AlterTable>(&node)) add(alter->relation);
      if (const auto* index = ast::as<ast::CreateIndex>(&node)) add(index->table);
      if (const auto* policy = ast::as<ast::CreatePolicy>(&node)) add(policy->table);
      return true;
    });
  }

  void add(const ast::QualifiedName& name) {
    if (const auto* table = planner_.find_as<catalog::Table>(name)) tables_.push_back(table);
  }

  // The enum type of the column that a name means; nullptr where tables of the statement differ about it.
  const catalog::Type* type_of_column(std::string_view name) const {
    const catalog::Type* found = nullptr;
    for (const catalog::Table* table : tables_) {
      const catalog::Column* column = table->column(name);
      if (column == nullptr) continue;
      const catalog::Type* type = type_of(column);
      if (type == nullptr || (found != nullptr && found != type)) return nullptr;
      found = type;
    }
    return found;
  }

  const catalog::Type* type_of(const ast::Expression* expression) const {
    const auto* column = ast::as<ast::ColumnRef>(expression);
    return column == nullptr ? nullptr : type_of_column(column->column());
  }

  void use(const ast::Expression* expression, const catalog::Type* type) {
    const auto* constant = ast::as<ast::Constant>(expression);
    if (constant != nullptr && constant->type == ast::Constant::Type::String) {
      use_text(constant->text, constant->span, type);
    }
  }

  void use_text(std::string_view text, Span span, const catalog::Type* type) {
    if (type == nullptr) return;
    const std::uint32_t now = planner_.context.origin.transaction;
    const catalog::EnumValue* value = type->values.find(text);
    if (value == nullptr || now == 0 || value->origin.transaction != now) return;
    const bool new_type = type->origin.transaction == now;
    const bool from_the_start = new_type && value->origin.place == type->origin.place;
    const bool allowed = new_type && planner_.version() >= 17;
    if (from_the_start || allowed || type->uncertain) return;
    planner_.clause = span;
    planner_.error("55P04",
                   fmt::format("unsafe use of new value \"{}\" of enum type {}", value->label, type->name));
    planner_.clause = {};
  }

  const catalog::Type* type_of(const catalog::Column* column) const {
    if (column == nullptr || column->type.array_dimensions != 0) return nullptr;
    return planner_.draft.get<catalog::Type>(column->type.id);
  }

  // The rows of VALUES go into the columns that INSERT names, or into the first ones.
  void use_in_rows(const ast::Insert& insert) {
    const auto* table = planner_.find_as<catalog::Table>(insert.relation);
    if (table == nullptr || insert.source == nullptr) return;
    const auto target = [&](std::size_t at) -> const catalog::Type* {
      if (insert.columns.empty()) return at < table->columns.size() ? type_of(&table->columns[at]) : nullptr;
      return at < insert.columns.size() ? type_of(table->column(insert.columns[at].text)) : nullptr;
    };
    for (const ast::ConstantText& constant : insert.source->constant_texts) {
      use_text(constant.text, constant.span, target(constant.column));
    }
    for (const auto& row : insert.source->values) {
      for (std::size_t at = 0; at < row.size(); ++at) use(row[at], target(at));
    }
    for (std::size_t at = 0; at < insert.source->items.size(); ++at) {
      use(insert.source->items[at]->value, target(at));
    }
  }

  void use_in_definition(const ast::ColumnDefinition& column) {
    const auto* value = column.find(ast::ConstraintDefinition::Type::Default);
    if (value == nullptr || column.type == nullptr) return;
    use(value->expression, planner_.draft.get<catalog::Type>(resolve_type(planner_, column.type).id));
  }

  void look(const ast::Node& node) {
    if (const auto* cast = ast::as<ast::Cast>(&node); cast != nullptr && cast->type != nullptr) {
      use(cast->argument, planner_.draft.get<catalog::Type>(resolve_type(planner_, cast->type).id));
    } else if (const auto* operation = ast::as<ast::Operation>(&node)) {
      use(operation->left, type_of(operation->right));
      use(operation->right, type_of(operation->left));
    } else if (const auto* list = ast::as<ast::InList>(&node)) {
      for (const ast::Expression* item : list->items) use(item, type_of(list->argument));
    } else if (const auto* insert = ast::as<ast::Insert>(&node)) {
      use_in_rows(*insert);
    } else if (const auto* assignment = ast::as<ast::Assignment>(&node)) {
      use(assignment->value, type_of_column(assignment->column.text));
    } else if (const auto* column = ast::as<ast::ColumnDefinition>(&node)) {
      use_in_definition(*column);
    } else if (const auto* action = ast::as<ast::AlterAction>(&node)) {
      if (action->type == ast::AlterAction::Type::SetDefault) {
        use(action->expression, type_of_column(action->name.text));
      }
    }
  }

  Planner& planner_;
  std::vector<const catalog::Table*> tables_;
  bool has_strings_ = false;
};

}  // namespace

void refuse_new_enum_values(Planner& planner, const ast::Statement& statement) {
  EnumUse use(planner, statement);
  use.check(statement);
}

}  // namespace migcheck::plan
