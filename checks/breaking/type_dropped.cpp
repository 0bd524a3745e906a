// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace type_dropped_check {

// The object that the name means, among those that go.
const catalog::Object* dropped_object(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Object* object : context.dropped()) {
    if (std::holds_alternative<catalog::Type>(*object) && context.is_name_of(name, *object)) return object;
  }
  return nullptr;
}

// Columns that use the type refuse the drop; casts in the application (x::mood) do not.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Type && drop->object != ast::ObjectType::Domain) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Object* object = dropped_object(context, name.name);
    if (object == nullptr && drop->if_exists &&
        (context.shows_everything(name.name) || context.made_again_in_file(name.name)))
      continue;  // there is none, or whatever there is comes again
    if (object != nullptr && (context.is_new_here(*object) || context.made_again(*object))) continue;
    // Renamed away a moment ago: nobody calls it by this name.
    const auto earlier = context.earlier_in_file();
    if (std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
          const auto* rename = ast::as<ast::Rename>(statement);
          return rename != nullptr && rename->new_name.text == name.name.name;
        }))
      continue;
    const std::string what = sql_name(name.name);
    if (object != nullptr && context.made_again_in_file(*object)) {
      out.report(name.name.span)
          .severity(Severity::Info)
          .message(
              "Between this DROP and the statement that makes {0} again there is no such type: queries that "
              "cast to it in that moment fail.",
              what)
          .advice("Put both statements into one transaction.");
      continue;
    }
    out.report(name.name.span)
        .message(
            "Dropping the type {0}: queries of the running application that cast to it, and parameters that "
            "its driver sends as {0}, fail from here on.",
            what)
        .advice("Deploy code that no longer names {0} first, then drop it in a later change.", what);
  }
}

}  // namespace type_dropped_check

extern constexpr Check type_dropped{.since = "0.1.0",
                                    .summary = "DROP TYPE breaks the code that names the type.",
                                    .severity = Severity::Info,
                                    .on_statement = type_dropped_check::run};

}  // namespace migcheck::checks
