// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace function_signature_changed_check {

// The overload that it adds: OR REPLACE found no function with these arguments.
const catalog::Function* added(const CheckContext& context) {
  for (const catalog::Change& change : context.plan().changes) {
    if (change.now == nullptr || context.catalog().object(change.id) != nullptr) continue;
    if (const auto* function = std::get_if<catalog::Function>(change.now.get())) return function;
  }
  return nullptr;
}

// A function is its name and the types of its arguments: with others it is another function, and the old one
// stays.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateFunction>();
  if (create == nullptr || !create->or_replace || context.is_refused()) return;
  const catalog::Function* function = added(context);
  // No schema to make it in: an empty search_path, and PostgreSQL refuses.
  if (function == nullptr || function->schema.empty()) return;
  const std::vector<std::string> path = {function->schema};
  const auto others = context.catalog().functions(function->schema, function->name, path);
  // Two of a name already: overloads are meant.
  if (others.size() != 1 || context.is_new_here(others.front()->origin) || others.front()->extension_member)
    return;
  const std::string name = sql_name(*function);
  out.report_unless_dropped(create->name.span, create->name.name)
      .message(
          "There is {0}({1}) and this makes {0}({2}) beside it, not instead of it: callers with the old "
          "arguments go on "
          "with the old body, and a call that fits both is refused (function is not unique).",
          name, input_types(*others.front()), input_types(*function))
      .advice(
          "If the old one is to go: DROP FUNCTION {}({}); in the same transaction. If both are meant, leave "
          "OR REPLACE out.",
          name, input_types(*others.front()))
      .note("the function that stays", others.front()->origin.place);
}

}  // namespace function_signature_changed_check

extern constexpr Check function_signature_changed{
    .since = "0.1.0",
    .summary = "CREATE OR REPLACE FUNCTION with other arguments leaves the old function in place.",
    .statements = {ast::NodeKind::CreateFunction},
    .on_statement = function_signature_changed_check::run};

}  // namespace migcheck::checks
