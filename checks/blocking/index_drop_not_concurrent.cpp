// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_drop_not_concurrent_check {

// The table whose index goes, for the message; the index alone if the history does not show it.
std::string whose(const CheckContext& context, const ast::QualifiedName& name) {
  const catalog::Object* found = context.relation(name);
  const auto* index = found == nullptr ? nullptr : std::get_if<catalog::Index>(found);
  const auto* table = index == nullptr ? nullptr : context.catalog().get<catalog::Table>(index->table);
  return table == nullptr ? "the table of " + sql_name(name)
                          : sql_name(RelationRef{table->id, table->schema, table->name});
}

// IF EXISTS of an index that no earlier migration makes, in a schema that they know: it is guarded for a
// reason.
bool is_nowhere_in_history(const CheckContext& context, const ast::Drop& drop,
                           const ast::QualifiedName& name) {
  const bool known_schema =
      name.schema.empty() || context.catalog().global(catalog::ObjectKind::Schema, name.schema) != nullptr;
  return drop.if_exists && known_schema && context.files().size() > 1;
}

// Everything that this DROP names is new here, or is not there at all: nobody waits.
bool concerns_nobody(const CheckContext& context, const ast::Drop& drop) {
  for (const ast::ObjectName& name : drop.names) {
    const catalog::Object* found = context.relation(name.name);
    const auto* index = found == nullptr ? nullptr : std::get_if<catalog::Index>(found);
    if (index == nullptr) return context.plan().no_op || is_nowhere_in_history(context, drop, name.name);
    const auto* table = context.catalog().get<catalog::Table>(index->table);
    if (!context.is_new_here(index->origin) && (table == nullptr || !context.is_new_here(table->origin)))
      return false;
  }
  return true;
}

// DROP INDEX takes ACCESS EXCLUSIVE on the index's table. The work is brief, the wait for running queries is
// not: everybody else queues behind it.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Index || drop->concurrently) return;
  if (concerns_nobody(context, *drop)) return;
  const bool single = drop->names.size() == 1 && !drop->cascade;
  const bool inside = context.in_transaction();
  FindingBuilder finding = out.report(drop->keyword_object);
  finding.message(
      "Dropping this index takes ACCESS EXCLUSIVE on {}: it waits for every query that runs there, and every "
      "read and write that comes later waits behind it.",
      whose(context, drop->names.front().name));
  finding.severity(context.severity_of_brief_lock());
  if (!single) {
    finding.advice(
        "DROP INDEX CONCURRENTLY takes one index at a time and no CASCADE: write one statement for each.");
    return;
  }
  finding.advice("{};{}", context.statement_with(drop->keyword_object, " CONCURRENTLY"),
                 inside ? "\n-- " + context.how_to_leave_transaction() : "");
  if (inside) return;
  const Span behind = {drop->keyword_object.end, drop->keyword_object.end};
  finding.fix("Add CONCURRENTLY", {{behind, " CONCURRENTLY"}},
              context.transaction_model().tool != "plain" && !context.in_do_block()
                  ? Applicability::Safe
                  : Applicability::NeedsReview);
}

}  // namespace index_drop_not_concurrent_check

extern constexpr Check index_drop_not_concurrent{
    .since = "0.1.0",
    .summary = "DROP INDEX without CONCURRENTLY locks reads and writes out of the table.",
    .severity = Severity::Warning,
    .fixable = true,
    .statements = {ast::NodeKind::Drop},
    .on_statement = index_drop_not_concurrent_check::run};

}  // namespace migcheck::checks
