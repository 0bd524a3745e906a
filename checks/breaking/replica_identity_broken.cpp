// SPDX-License-Identifier: MIT

#include <algorithm>
#include <set>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace replica_identity_broken_check {

using catalog::Table;

// UPDATE and DELETE of a published table need to say which row they mean.
bool has_identity(const Table& table) {
  if (table.replica_identity == "full") return true;
  if (table.replica_identity == "nothing") return false;
  if (table.replica_identity == "index") return table.replica_index != catalog::kNoObject;
  return table.primary_key() != nullptr;
}

bool publishes_changes(const catalog::Publication& publication) {
  const auto published = publication.options.find("publish");
  return published == publication.options.end() || published->second.find("update") != std::string::npos ||
         published->second.find("delete") != std::string::npos;
}

bool holds(const catalog::Publication& publication, const Table& table) {
  if (table.persistence != catalog::Persistence::Permanent || table.kind != catalog::TableKind::Plain)
    return false;
  if (!publishes_changes(publication)) return false;
  return publication.all_tables || publication.tables.has(table.id) ||
         std::find(publication.schemas.begin(), publication.schemas.end(), table.schema) !=
             publication.schemas.end();
}

// What may be published now and was not before: the tables that it names anew, or, where it holds all of a
// schema or what it publishes is another matter than before, any. In the order in which they were made.
std::vector<const Table*> candidates(const CheckContext& context, const catalog::Publication& now,
                                     const catalog::Publication* before) {
  const bool any =
      now.all_tables || !now.schemas.empty() || (before != nullptr && before->options != now.options);
  if (any) return context.catalog().tables();
  const catalog::Parts<catalog::ObjectId> none;
  const catalog::Parts<catalog::ObjectId>& known = before == nullptr ? none : before->tables;
  std::set<catalog::ObjectId> added;
  now.tables.visit_unshared(known, [&](catalog::ObjectId id) {
    if (!known.has(id)) added.insert(id);
  });
  std::vector<const Table*> tables;
  for (const catalog::ObjectId id : added) {
    if (const auto* table = context.catalog().get<Table>(id)) tables.push_back(table);
  }
  return tables;
}

const catalog::Publication* publication_of(const CheckContext& context, const Table& table) {
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::Publication)) {
    const auto* publication = std::get_if<catalog::Publication>(object);
    if (publication != nullptr && holds(*publication, table)) return publication;
  }
  return nullptr;
}

// The transaction gives the table a new identity before it ends.
bool is_mended(const CheckContext& context, std::string_view table) {
  for (const ast::Statement* later : context.rest_of_transaction({table})) {
    const auto* alter = ast::as<ast::AlterTable>(later);
    if (alter == nullptr || alter->relation.name != table) continue;
    for (const ast::AlterAction* action : alter->actions) {
      if (action->type == ast::AlterAction::Type::ReplicaIdentity && action->value != "nothing") return true;
      if (action->constraint != nullptr &&
          action->constraint->type == ast::ConstraintDefinition::Type::PrimaryKey)
        return true;
    }
  }
  return false;
}

void report(FindingSink& out, Span place, const std::vector<std::string>& tables,
            std::string_view publication) {
  out.report(place)
      .message(
          "{0} {1} published by {2} and {3} no replica identity from here on: every UPDATE and DELETE there "
          "is refused "
          "(SQLSTATE 55000), those of the running application too.",
          enumerate(tables), tables.size() == 1 ? "is" : "are", sql_name(publication),
          tables.size() == 1 ? "has" : "have")
      .advice(
          "Give {} a primary key, or ALTER TABLE … REPLICA IDENTITY USING INDEX a unique index on NOT NULL "
          "columns (FULL as "
          "a last resort), in the same transaction.",
          tables.front());
}

void run(const CheckContext& context, FindingSink& out) {
  if (context.is_refused()) return;
  for (const catalog::Change& change : context.plan().changes) {
    const auto* table = change.now == nullptr ? nullptr : std::get_if<Table>(change.now.get());
    const Table* before = table == nullptr ? nullptr : context.catalog().get<Table>(change.id);
    const catalog::Publication* publishing = before == nullptr ? nullptr : publication_of(context, *before);
    if (publishing != nullptr && has_identity(*before) && !has_identity(*table) &&
        !is_mended(context, before->name))
      report(out, context.statement().span, {sql_name(*before)}, publishing->name);
    const auto* publication =
        change.now == nullptr ? nullptr : std::get_if<catalog::Publication>(change.now.get());
    if (publication == nullptr) continue;
    const auto* old = context.catalog().get<catalog::Publication>(change.id);
    std::vector<std::string> bare;
    for (const Table* candidate : candidates(context, *publication, old)) {
      if (has_identity(*candidate) || !holds(*publication, *candidate) ||
          candidate->is_doubtful(catalog::TablePart::Constraint))
        continue;
      const bool held_before = old != nullptr && holds(*old, *candidate);
      if (!held_before && !is_mended(context, candidate->name)) bare.push_back(sql_name(*candidate));
    }
    if (!bare.empty()) report(out, context.statement().span, bare, publication->name);
  }
}

}  // namespace replica_identity_broken_check

extern constexpr Check replica_identity_broken{
    .since = "0.1.0",
    .summary = "A published table without replica identity refuses UPDATE and DELETE.",
    .severity = Severity::Error,
    .on_statement = replica_identity_broken_check::run};

}  // namespace migcheck::checks
