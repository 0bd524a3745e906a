// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace trigger_created_or_dropped_check {

// CREATE TRIGGER takes SHARE ROW EXCLUSIVE, its opposite ACCESS EXCLUSIVE. Said once a file: one lock_timeout
// at its top is the cure for all.
void run(const CheckContext& context, FindingSink& out) {
  if (context.reported_in_file() || context.is_wait_bounded() || context.plan().no_op) return;
  if (context.is_said_in_file({"lock-timeout-missing"})) return;
  if (const auto* create = context.statement_as<ast::CreateTrigger>()) {
    const catalog::Table* table = context.table(create->table);
    const bool relation_without_rows = table == nullptr && !context.is_unknown(create->table);  // a view
    if (relation_without_rows || context.is_new_here(create->table)) return;
    out.report(create->name.span)
        .message(
            "CREATE TRIGGER takes SHARE ROW EXCLUSIVE on {0}: it waits without a limit for every open "
            "transaction that wrote to {0}, and INSERT, UPDATE and DELETE wait behind it.",
            sql_name(create->table))
        .advice("SET lock_timeout = '2s';  -- at the top of the file, and try again when it runs out")
        .about(context, {.name = std::string(create->table.name)});
    return;
  }
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Trigger || drop->names.empty()) return;
  const ast::ObjectName& name = drop->names.front();
  if (context.is_new_here(name.on)) return;
  if (context.is_lock_assumed()) return;
  out.report(name.name.span)
      .message(
          "DROP TRIGGER takes ACCESS EXCLUSIVE on {0}, which is more than CREATE TRIGGER takes: it waits "
          "without a limit for every transaction that uses {0}, and every query of it waits behind.",
          sql_name(name.on))
      .advice("SET lock_timeout = '2s';  -- at the top of the file, and try again when it runs out")
      .about(context, {.name = std::string(name.on.name)});
}

}  // namespace trigger_created_or_dropped_check

extern constexpr Check trigger_created_or_dropped{
    .since = "0.1.0",
    .summary = "CREATE TRIGGER waits for all writers of a table, DROP TRIGGER for readers too.",
    .severity = Severity::Warning,
    .once_per_history = true,
    .on_statement = trigger_created_or_dropped_check::run};

}  // namespace migcheck::checks
