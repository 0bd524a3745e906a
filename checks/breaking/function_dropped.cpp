// SPDX-License-Identifier: MIT

#include "dropped_names.hpp"

namespace migcheck::checks {
namespace function_dropped_check {

// Only triggers call those, and they would have refused.
bool is_of_triggers(const dropped_names::Loss& loss) {
  const auto* function = loss.object == nullptr ? nullptr : std::get_if<catalog::Function>(loss.object);
  return function != nullptr &&
         (function->returns.name == "trigger" || function->returns.name == "event_trigger");
}

// The file drops a column that was computed by it (a default, a generated column): that was its caller.
bool is_of_dropped_column(const CheckContext& context, const dropped_names::Loss& loss) {
  const std::string_view name = loss.name->name.name;
  const std::vector<Departure>& gone = context.departures();
  return std::any_of(gone.begin(), gone.end(), [&](const Departure& departure) {
    if (departure.column.empty() || departure.place.file != context.place({}).file) return false;
    bool calls = false;
    ast::walk(departure.columns.front().default_value, [&](const ast::Node& node) {
      const auto* call = ast::as<ast::FunctionCall>(&node);
      calls = calls || (call != nullptr && call->name.name == name);
      return !calls;
    });
    return calls;
  });
}

void report_gone(const dropped_names::Loss& loss, FindingSink& out) {
  FindingBuilder finding = out.gather(loss.name->name.span, "", sql_name(loss.name->name));
  const std::vector<std::string>& names = finding.gathered();
  finding
      .message(
          "Dropping {}: every query of the running application that calls {} fails from here on, and so does "
          "every function whose text does.",
          enumerate(names), names.size() == 1 ? "it" : "one of them")
      .advice(
          "Deploy code that no longer calls {} first. To change a body, CREATE OR REPLACE FUNCTION; to "
          "change its arguments or result, drop and make it again in one transaction.",
          enumerate(names));
}

// Triggers, policies and views that need a function refuse its drop; the text of other functions and the
// application do not.
void run(const CheckContext& context, FindingSink& out) {
  using dropped_names::names_of;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Function && drop->object != ast::ObjectType::Procedure &&
      drop->object != ast::ObjectType::Routine && drop->object != ast::ObjectType::Aggregate)
    return;
  dropped_names::Losses lost = dropped_names::losses<catalog::Function>(context, *drop);
  std::erase_if(lost.gone, [&](const dropped_names::Loss& loss) {
    return is_of_triggers(loss) || is_of_dropped_column(context, loss);
  });
  std::erase_if(lost.made_again, is_of_triggers);
  if (!lost.made_again.empty()) {
    out.report(dropped_names::first_name(lost.made_again))
        .severity(Severity::Info)
        .message(
            "Between this DROP and the statement that makes {} again there is no such function: calls in "
            "that "
            "moment fail.",
            names_of(lost.made_again))
        .advice("Put both statements into one transaction.");
  }
  for (const dropped_names::Loss& loss : lost.gone) report_gone(loss, out);
}

}  // namespace function_dropped_check

extern constexpr Check function_dropped{.since = "0.1.0",
                                        .summary = "DROP FUNCTION breaks the code that calls the function.",
                                        .statements = {ast::NodeKind::Drop},
                                        .on_statement = function_dropped_check::run};

}  // namespace migcheck::checks
