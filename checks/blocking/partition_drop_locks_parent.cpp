// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace partition_drop_locks_parent_check {

// Dropping an attached partition takes ACCESS EXCLUSIVE on the parent as well.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Table) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Table* table = context.table(name.name);
    if (table == nullptr || table->partition_of == catalog::kNoObject || context.is_new_here(name.name))
      continue;
    const auto* parent = context.catalog().get<catalog::Table>(table->partition_of);
    if (parent == nullptr || context.is_new_here(parent->origin)) continue;
    const std::string parent_name = sql_name(RelationRef{parent->id, parent->schema, parent->name});
    out.report(name.name.span)
        .message(
            "{0} is a partition of {1}: dropping it takes ACCESS EXCLUSIVE on {1}, which waits for every "
            "query of the whole "
            "partitioned table, and all later ones wait behind it.",
            sql_name(name.name), parent_name)
        .advice("ALTER TABLE {} DETACH PARTITION {}{};\nDROP TABLE {};", parent_name, sql_name(name.name),
                context.pg_version() >= 14 ? " CONCURRENTLY" : "", sql_name(name.name))
        .severity(context.severity_of_brief_lock())
        .about(context, {parent->id, parent->schema, parent->name});
  }
}

}  // namespace partition_drop_locks_parent_check

extern constexpr Check partition_drop_locks_parent{
    .since = "0.1.0",
    .summary = "Dropping an attached partition locks reads and writes out of the parent.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::Drop},
    .on_statement = partition_drop_locks_parent_check::run};

}  // namespace migcheck::checks
