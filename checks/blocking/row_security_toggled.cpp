// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace row_security_toggled_check {

struct Toggle {
  Span where;
  std::string_view words;
};

bool toggles(ast::AlterAction::Type type) {
  using Type = ast::AlterAction::Type;
  return type == Type::EnableRowSecurity || type == Type::DisableRowSecurity ||
         type == Type::ForceRowSecurity || type == Type::NoForceRowSecurity;
}

// The table, and what of the statement changes how its rows are guarded; null: nothing.
const ast::QualifiedName* guarded_table(const CheckContext& context, Toggle& toggle) {
  if (const auto* create = context.statement_as<ast::CreatePolicy>()) {
    toggle = {create->name.span, "CREATE POLICY"};
    return &create->table;
  }
  if (const auto* alter = context.statement_as<ast::AlterPolicy>()) {
    toggle = {alter->name.span, "ALTER POLICY"};
    return &alter->table;
  }
  if (const auto* drop = context.statement_as<ast::Drop>()) {
    if (drop->object != ast::ObjectType::Policy || drop->names.empty()) return nullptr;
    toggle = {drop->names.front().name.span, "DROP POLICY"};
    return &drop->names.front().on;
  }
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr) return nullptr;
  for (const ast::AlterAction* action : alter->actions) {
    if (!toggles(action->type)) continue;
    toggle = {action->span, context.text(action->span)};
    return &alter->relation;
  }
  return nullptr;
}

// All of it takes ACCESS EXCLUSIVE, briefly. Said once a file: one lock_timeout at its top is the cure for
// all.
void run(const CheckContext& context, FindingSink& out) {
  if (context.reported_in_file() || context.is_wait_bounded() || context.plan().no_op) return;
  if (context.is_said_in_file({"lock-timeout-missing"})) return;
  Toggle toggle;
  const ast::QualifiedName* table = guarded_table(context, toggle);
  if (table == nullptr || context.is_new_here(*table) || context.is_lock_assumed()) return;
  out.report(toggle.where)
      .message(
          "{} takes ACCESS EXCLUSIVE on {}: it waits without a limit for every transaction that uses the "
          "table, "
          "and every read and write that comes later waits behind it.",
          toggle.words, sql_name(*table))
      .advice("SET lock_timeout = '2s';  -- at the top of the file, and try again when it runs out")
      .about(context, {.name = std::string(table->name)});
}

}  // namespace row_security_toggled_check

extern constexpr Check row_security_toggled{
    .since = "0.1.0",
    .summary = "Policies and row level security switches lock reads and writes out of the table.",
    .severity = Severity::Warning,
    .once_per_history = true,
    .on_statement = row_security_toggled_check::run};

}  // namespace migcheck::checks
