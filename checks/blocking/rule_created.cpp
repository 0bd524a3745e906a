// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace rule_created_check {

// A rule is part of how every query of the table is rewritten: ACCESS EXCLUSIVE to make, replace and drop it.
void run(const CheckContext& context, FindingSink& out) {
  if (context.plan().no_op) return;
  const auto* create = context.statement_as<ast::CreateRule>();
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop != nullptr && (drop->object != ast::ObjectType::Rule || drop->names.empty())) drop = nullptr;
  if (create == nullptr && drop == nullptr) return;
  const ast::QualifiedName& name = create != nullptr ? create->table : drop->names.front().on;
  const bool of_view = context.table(name) == nullptr && !context.is_unknown(name);
  if (of_view || context.is_new_here(name) || context.is_lock_assumed()) return;
  out.report(create != nullptr ? create->name.span : drop->names.front().name.span)
      .message(
          "{} takes ACCESS EXCLUSIVE on {}: it waits for every transaction that uses the table, and every "
          "read "
          "and write that comes later waits behind it.",
          create != nullptr ? "CREATE RULE" : "DROP RULE", sql_name(name))
      .advice("{}", create != nullptr
                        ? "A trigger does the same with SHARE ROW EXCLUSIVE, which readers do not feel."
                        : "SET lock_timeout = '2s';  -- before it, and try again when it runs out")
      .severity(context.severity_of_brief_lock())
      .about(context, {.name = std::string(name.name)});
}

}  // namespace rule_created_check

extern constexpr Check rule_created{
    .since = "0.1.0",
    .summary = "CREATE RULE and DROP RULE lock reads and writes out of the table.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::CreateRule, ast::NodeKind::Drop},
    .on_statement = rule_created_check::run};

}  // namespace migcheck::checks
