// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_setting_raises_check {

bool is_own_setting(const ast::FunctionCall& call) {
  if (call.name.name != "current_setting" || call.arguments.empty()) return false;
  const auto* name = ast::as<ast::Constant>(call.arguments[0]);
  return name != nullptr && name->text.find('.') != std::string_view::npos;
}

bool is_text(const ast::TypeName* type) {
  return type == nullptr || type->name == "text" || type->name == "varchar" || type->name == "json" ||
         type->name == "jsonb";
}

// Measured on 12 to 18: a setting that was never set raises 42704; one that SET LOCAL had set in an earlier
// transaction of the session is the empty string, which is no number and no UUID: 22P02.
void judge(const policy_words::PolicyAtHand& policy, const ast::Expression* condition, FindingSink& out) {
  bool reported = false;
  ast::walk(condition, [&](const ast::Node& node) {
    const auto* cast = ast::as<ast::Cast>(&node);
    const auto* call = ast::as<ast::FunctionCall>(cast != nullptr ? cast->argument : &node);
    if (call == nullptr || reported || !is_own_setting(*call)) return !reported;
    const bool may_be_missing = call->arguments.size() > 1;
    if (may_be_missing && (cast == nullptr || is_text(cast->type))) return true;
    const auto* name = ast::as<ast::Constant>(call->arguments[0]);
    reported = true;
    out.report(call->span.empty() ? policy.name.span : call->span)
        .message(
            "{}: every query on {} fails, and no row is shown.",
            may_be_missing
                ? fmt::format(
                      "After a transaction that set it, {} is the empty string, and the cast raises an error",
                      name->text)
                : fmt::format("Where {} was not set, current_setting() raises an error", name->text),
            sql_name(policy.table_name))
        .advice("(SELECT NULLIF(current_setting('{}', true), '')::…): then no row matches, without an error",
                name->text);
    return false;
  });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy) return;
  judge(*policy, policy->using_expression, out);
  if (policy->check_expression != nullptr && policy->using_expression == nullptr)
    judge(*policy, policy->check_expression, out);
}

}  // namespace policy_setting_raises_check

extern constexpr Check policy_setting_raises{
    .since = "0.1.0",
    .summary = "A policy raises an error where the setting that it reads is missing.",
    .severity = Severity::Info,
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_setting_raises_check::run};

}  // namespace migcheck::checks
