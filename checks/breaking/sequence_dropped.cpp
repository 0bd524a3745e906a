// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace sequence_dropped_check {

// The object that the name means, among those that go.
const catalog::Object* dropped_object(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Object* object : context.dropped()) {
    if (std::holds_alternative<catalog::Sequence>(*object) && context.is_name_of(name, *object))
      return object;
  }
  return nullptr;
}

// Its position is data: a new sequence starts at 1 again.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Sequence) return;
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
              "{0} is dropped and made again: it starts over, and what it numbered before is numbered again.",
              what)
          .advice("Put both statements into one transaction.");
      continue;
    }
    out.report(name.name.span)
        .message(
            "Dropping the sequence {0}: its position is lost, and every query of the running application "
            "that calls nextval on it fails from here on.",
            what)
        .advice(
            "Deploy code that no longer uses {0} first. To carry a position over: setval on the new sequence "
            "before the old one goes.",
            what);
  }
}

}  // namespace sequence_dropped_check

extern constexpr Check sequence_dropped{
    .since = "0.1.0",
    .summary = "DROP SEQUENCE loses the position and breaks the code that takes numbers from it.",
    .on_statement = sequence_dropped_check::run};

}  // namespace migcheck::checks
