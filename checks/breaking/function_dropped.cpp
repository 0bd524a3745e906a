// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace function_dropped_check {

// The object that the name means, among those that go.
const catalog::Object* dropped_object(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Object* object : context.dropped()) {
    if (std::holds_alternative<catalog::Function>(*object) && context.is_name_of(name, *object))
      return object;
  }
  return nullptr;
}

// Triggers, policies and views that need a function refuse its drop; the text of other functions and the
// application do not.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Function && drop->object != ast::ObjectType::Procedure &&
      drop->object != ast::ObjectType::Routine && drop->object != ast::ObjectType::Aggregate)
    return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Object* object = dropped_object(context, name.name);
    if (object == nullptr && drop->if_exists &&
        (context.shows_everything(name.name) || context.made_again_in_file(name.name)))
      continue;  // there is none, or whatever there is comes again
    if (object != nullptr && (context.is_new_here(*object) || context.made_again(*object))) continue;
    const auto* function = object == nullptr ? nullptr : std::get_if<catalog::Function>(object);
    // Only triggers call those, and they would have refused.
    if (function != nullptr &&
        (function->returns.name == "trigger" || function->returns.name == "event_trigger"))
      continue;
    const std::string what = sql_name(name.name);
    if (object != nullptr && context.made_again_in_file(*object)) {
      out.report(name.name.span)
          .severity(Severity::Info)
          .message(
              "Between this DROP and the statement that makes {0} again there is no such function: calls in "
              "that moment fail.",
              what)
          .advice("Put both statements into one transaction.");
      continue;
    }
    out.report(name.name.span)
        .message(
            "Dropping {0}: every query of the running application that calls it fails from here on, and so "
            "does every function whose text does.",
            what)
        .advice(
            "Deploy code that no longer calls {0} first. To change a body, CREATE OR REPLACE FUNCTION; to "
            "change its arguments or result, drop and make it again in one transaction.",
            what);
  }
}

}  // namespace function_dropped_check

extern constexpr Check function_dropped{.since = "0.1.0",
                                        .summary = "DROP FUNCTION breaks the code that calls the function.",
                                        .on_statement = function_dropped_check::run};

}  // namespace migcheck::checks
