// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace create_table_locks_parent_check {

// The new table is nobody's yet, but the triggers of its foreign key go onto the referenced table as well.
// Said once a file where nothing bounds the wait: one lock_timeout at its top is the cure for all.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateTable>();
  if (create == nullptr || context.plan().no_op || context.is_refused() || context.reported_in_file()) return;
  if (context.is_said_in_file({"lock-timeout-missing"})) return;
  std::vector<std::string> parents;
  for (const RelationSummary& relation : context.plan().relations) {
    if (relation.creates || relation.of_index || relation.lock != LockMode::ShareRowExclusive) continue;
    if (!context.is_new_here(relation.relation)) parents.push_back(sql_name(relation.relation));
  }
  if (parents.empty()) return;
  out.report(create->relation.span)
      .message(
          "The foreign key of the new table takes SHARE ROW EXCLUSIVE on {0}: CREATE TABLE waits for every "
          "open "
          "transaction that wrote there, and INSERT, UPDATE and DELETE on {1} wait behind it.",
          enumerate(parents), parents.size() == 1 ? "it" : "them")
      .advice("SET lock_timeout = '2s';  -- at the top of the file, and try again when it runs out")
      .severity(context.severity_of_brief_lock());
}

}  // namespace create_table_locks_parent_check

extern constexpr Check create_table_locks_parent{.since = "0.1.0",
                                                 .summary =
                                                     "CREATE TABLE with a foreign key waits for writers of "
                                                     "the referenced table, and blocks the next ones.",
                                                 .severity = Severity::Warning,
                                                 .once_per_history = true,
                                                 .statements = {ast::NodeKind::CreateTable},
                                                 .on_statement = create_table_locks_parent_check::run};

}  // namespace migcheck::checks
