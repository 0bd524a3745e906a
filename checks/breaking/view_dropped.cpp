// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace view_dropped_check {

// The object that the name means, among those that go.
const catalog::Object* dropped_object(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Object* object : context.dropped()) {
    if (std::holds_alternative<catalog::View>(*object) && context.is_name_of(name, *object)) return object;
  }
  return nullptr;
}

// A view holds no data, but it is a name that queries use.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::View && drop->object != ast::ObjectType::MaterializedView) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Object* object = dropped_object(context, name.name);
    if (object == nullptr && drop->if_exists &&
        (context.shows_everything(name.name) || context.made_again_in_file(name.name)))
      continue;  // there is none, or whatever there is comes again
    if (object != nullptr && (context.is_new_here(*object) || context.made_again(*object))) continue;
    const std::string what = sql_name(name.name);
    if (object != nullptr && context.made_again_in_file(*object)) {
      out.report(name.name.span)
          .severity(Severity::Info)
          .message(
              "Between this DROP and the statement that makes {0} again there is no such view: queries of "
              "the running application that read it in that moment fail.",
              what)
          .advice("Put both statements into one transaction.");
      continue;
    }
    out.report(name.name.span)
        .message(
            "Dropping the view {0}: every query of the running application that reads it fails from here on, "
            "and what was granted on it is gone.",
            what)
        .advice(
            "Deploy code that no longer reads {0} first. To change a view, CREATE OR REPLACE VIEW, or drop "
            "and make it again in one transaction.",
            what);
  }
}

}  // namespace view_dropped_check

extern constexpr Check view_dropped{.since = "0.1.0",
                                    .summary = "DROP VIEW breaks the code that reads the view.",
                                    .on_statement = view_dropped_check::run};

}  // namespace migcheck::checks
