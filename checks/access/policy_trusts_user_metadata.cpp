// SPDX-License-Identifier: MIT

#include "function_words.hpp"

namespace migcheck::checks {
namespace policy_trusts_user_metadata_check {

// auth.users.raw_user_meta_data, and the claim that holds it: auth.jwt() -> 'user_metadata', the same out of
// request.jwt.claims. What the server alone writes is called app_metadata.
bool is_user_metadata(const ast::Node& node) {
  if (const auto* column = ast::as<ast::ColumnRef>(&node)) return column->column() == "raw_user_meta_data";
  const auto* operation = ast::as<ast::Operation>(&node);
  if (operation == nullptr || operation->right == nullptr) return false;
  const std::string_view op = operation->op.name;
  if (op != "->" && op != "->>" && op != "#>" && op != "#>>") return false;
  const auto* key = ast::as<ast::Constant>(operation->right);
  return key != nullptr && (key->text == "user_metadata" || key->text.starts_with("{user_metadata"));
}

// Or it calls a function of the project that asks it.
bool trusts(const CheckContext& context, const ast::Expression* condition) {
  bool found = policy_words::any_below(condition, is_user_metadata);
  ast::walk(condition, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr || found) return !found;
    for (const catalog::Function* called :
         context.catalog().functions(call->name.schema, call->name.name, context.session().search_path)) {
      if (called->body == nullptr) continue;
      function_words::walk(*called->body, [&](const ast::Node& inner) {
        found = found || is_user_metadata(inner);
        return !found;
      });
    }
    return !found;
  });
  return found;
}

// Supabase lets every user write it, from the browser: auth.updateUser({data: {role: 'admin'}}).
void run(const CheckContext& context, FindingSink& out) {
  const auto policy = policy_words::policy_at_hand(context);
  if (!policy || !policy->permissive || policy_words::for_operators(context, policy->roles)) return;
  for (const ast::Expression* condition : {policy->using_expression, policy->check_expression}) {
    if (condition == nullptr || !trusts(context, condition)) continue;
    out.report(policy_words::at(condition, *policy))
        .message(
            "This policy of {} believes what users say of themselves: each may write any role or tenant into "
            "their user_metadata, and passes.",
            sql_name(policy->table_name))
        .advice(
            "ask app_metadata, which only the server writes (auth.jwt() -> 'app_metadata'), or a table that "
            "users cannot change");
    return;
  }
}

}  // namespace policy_trusts_user_metadata_check

extern constexpr Check policy_trusts_user_metadata{
    .since = "0.1.0",
    .summary = "A policy goes by metadata that every user may change.",
    .statements = {ast::NodeKind::CreatePolicy, ast::NodeKind::AlterPolicy},
    .on_statement = policy_trusts_user_metadata_check::run};

}  // namespace migcheck::checks
