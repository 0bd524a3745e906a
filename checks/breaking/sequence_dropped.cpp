// SPDX-License-Identifier: MIT

#include "dropped_names.hpp"

namespace migcheck::checks {
namespace sequence_dropped_check {

// Its position is data: a new sequence starts at 1 again.
void run(const CheckContext& context, FindingSink& out) {
  using dropped_names::names_of;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Sequence) return;
  const dropped_names::Losses lost = dropped_names::losses<catalog::Sequence>(context, *drop);
  if (!lost.made_again.empty()) {
    out.report(dropped_names::first_name(lost.made_again))
        .severity(Severity::Info)
        .message(
            "{} is dropped and made again: it starts over, and what it numbered before is numbered again.",
            names_of(lost.made_again))
        .advice("Carry its position over: SELECT setval(…) on the new one, in the same transaction.");
  }
  if (lost.gone.empty()) return;
  const bool one = lost.gone.size() == 1;
  out.report(dropped_names::first_name(lost.gone))
      .message(
          "Dropping {} {}: {} position is lost, and every query of the running application that calls "
          "nextval on {} fails from here on.",
          one ? "the sequence" : "the sequences", names_of(lost.gone), one ? "its" : "their",
          one ? "it" : "one of them")
      .advice(
          "Deploy code that no longer uses {} first. To carry a position over: setval on the new sequence "
          "before "
          "the old one goes.",
          names_of(lost.gone));
}

}  // namespace sequence_dropped_check

extern constexpr Check sequence_dropped{
    .since = "0.1.0",
    .summary = "DROP SEQUENCE loses the position and breaks the code that takes numbers from it.",
    .on_statement = sequence_dropped_check::run};

}  // namespace migcheck::checks
