// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace tenant_setting_not_local_check {

bool names(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// A name that says whose rows are meant, where nothing in the files reads the setting.
bool sounds_like_a_tenant(std::string_view name) {
  return names(name, "tenant") || names(name, "org") || names(name, "team") || names(name, "account") ||
         names(name, "workspace") || names(name, "company") || names(name, "customer");
}

bool reads(const ast::Node* root, std::string_view setting) {
  bool found = false;
  ast::walk(root, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr || call->name.name != "current_setting" || call->arguments.empty()) return !found;
    const auto* name = ast::as<ast::Constant>(call->arguments[0]);
    found = found || (name != nullptr && name->text == setting);
    return !found;
  });
  return found;
}

// A setting by which policies tell tenants apart: configured, read in a policy, or called so.
bool decides(const CheckContext& context, std::string_view setting) {
  const std::size_t dot = setting.find('.');
  if (dot == std::string_view::npos) return false;
  if (setting == context.settings().tenancy.setting) return true;
  if (setting.substr(0, dot) == "request") return false;  // PostgREST's own
  for (const catalog::Table* table : context.catalog().tables()) {
    for (const catalog::Policy& policy : table->policies) {
      if (reads(policy.using_expression, setting) || reads(policy.check_expression, setting)) return true;
    }
  }
  return sounds_like_a_tenant(setting.substr(dot + 1));
}

void report(const CheckContext& context, Span at, std::string_view setting, const char* instead,
            FindingSink& out) {
  if (!decides(context, setting)) return;
  out.report(at)
      .message(
          "{} stays set when the transaction ends: behind a pooler that shares connections, the next request "
          "on this one reads the rows of this tenant.",
          setting)
      .advice("{}", instead);
}

// set_config('app.team', …, false)
void judge_calls(const CheckContext& context, const ast::Node* root, FindingSink& out) {
  ast::walk(root, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr || call->name.name != "set_config" || call->arguments.size() != 3) return true;
    const auto* name = ast::as<ast::Constant>(call->arguments[0]);
    const ast::Expression* last = call->arguments[2];
    if (const auto* named = ast::as<ast::NamedArgument>(last)) last = named->value;
    const auto* local = ast::as<ast::Constant>(last);
    const bool session =
        local != nullptr && local->type == ast::Constant::Type::Boolean && local->integer == 0;
    if (name == nullptr || !session) return true;
    report(context, call->span.empty() ? context.statement().span : call->span, name->text,
           "set_config(…, true), in the transaction that works for the tenant", out);
    return true;
  });
}

void judge_set(const CheckContext& context, const ast::Node& node, FindingSink& out) {
  const auto* set = ast::as<ast::SetVariable>(&node);
  if (set == nullptr || set->action != ast::SetVariable::Action::Set || set->local) return;
  report(context, set->span, set->name, "SET LOCAL, in the transaction that works for the tenant", out);
}

void on_statement(const CheckContext& context, FindingSink& out) {
  if (context.is_seed()) return;
  const ast::Statement& statement = context.statement();
  if (ast::as<ast::DoBlock>(&statement) != nullptr) return;  // its statements come one by one
  judge_set(context, statement, out);
  judge_calls(context, &statement, out);
  const auto* function = ast::as<ast::CreateFunction>(&statement);
  if (function == nullptr || function->body == nullptr) return;
  for (const ast::BodyStatement& inner : function->body->statements) {
    if (inner.statement != nullptr) judge_set(context, *inner.statement, out);
  }
}

void on_query(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() == QueryOrigin::QueryFile) judge_calls(context, &query, out);
}

}  // namespace tenant_setting_not_local_check

extern constexpr Check tenant_setting_not_local{
    .since = "0.1.0",
    .summary = "The tenant of a session is set for longer than the transaction.",
    .on_statement = tenant_setting_not_local_check::on_statement,
    .on_query = tenant_setting_not_local_check::on_query};

}  // namespace migcheck::checks
