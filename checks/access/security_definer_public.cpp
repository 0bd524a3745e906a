// SPDX-License-Identifier: MIT

#include "null_guards.hpp"

namespace migcheck::checks {
namespace security_definer_public_check {

bool may_everybody_call(const catalog::Function& function) {
  return std::any_of(function.acl.begin(), function.acl.end(), [](const catalog::Acl& entry) {
    return (entry.grantee == "public" || entry.grantee == "anon") &&
           (entry.privilege == "execute" || entry.privilege == "all");
  });
}

// It asks itself, or another function of the project that does.
bool asks(const catalog::Catalog& catalog, const ast::Body& body) {
  if (function_words::asks_who_calls(body)) return true;
  bool found = false;
  function_words::walk(body, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr || found) return !found;
    const std::vector<std::string> path = {"public"};
    for (const catalog::Function* called : catalog.functions(call->name.schema, call->name.name, path)) {
      found = found || (called->body != nullptr && function_words::asks_who_calls(*called->body));
    }
    return !found;
  });
  return found;
}

void report_guard(const catalog::Function& function, FindingSink& out) {
  out.report(function.origin.place)
      .message(
          "{} turns away who is somebody else, and lets pass who is nobody: without a login the comparison "
          "with auth.uid() gives null, IF takes that for false, and every role may call it.",
          sql_name(function.name))
      .advice(
          "IF … IS DISTINCT FROM (SELECT auth.uid()) THEN …; and REVOKE EXECUTE ON {} {} FROM PUBLIC, anon",
          function.procedure ? "PROCEDURE" : "FUNCTION", sql_name(function.name));
}

// Measured on 12 to 18: EXECUTE is PUBLIC's from the start, so that every role may call a new function. With
// SECURITY DEFINER it reads and writes as its owner. Asked at the end: REVOKE may follow.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::Function)) {
    const auto* function = std::get_if<catalog::Function>(object);
    if (function == nullptr || !function->security_definer || function->uncertain) continue;
    if (!context.is_target(function->origin) || function_words::is_trigger(*function)) continue;
    if (!may_everybody_call(*function) || !policy_words::is_reachable(context, *function)) continue;
    if (function->body == nullptr || !function_words::touches_a_table(*function->body)) continue;
    if (null_guards::are_all_there_is(*function->body)) {
      report_guard(*function, out);
      continue;
    }
    if (asks(context.catalog(), *function->body)) continue;
    out.report(function->origin.place)
        .message(
            "Every role may call {}, which works on tables with the rights of its owner, past all policies, "
            "and does not ask who calls.",
            sql_name(function->name))
        .advice("REVOKE EXECUTE ON {} {} FROM PUBLIC; and grant it to the role that needs it",
                function->procedure ? "PROCEDURE" : "FUNCTION", sql_name(function->name));
  }
}

}  // namespace security_definer_public_check

extern constexpr Check security_definer_public{
    .since = "0.1.0",
    .summary = "Everybody may call a function that works with the rights of its owner.",
    .severity = Severity::Warning,
    .on_history_end = security_definer_public_check::run};

}  // namespace migcheck::checks
