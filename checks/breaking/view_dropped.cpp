// SPDX-License-Identifier: MIT

#include "dropped_names.hpp"

namespace migcheck::checks {
namespace view_dropped_check {

// A view holds no data, but it is a name that queries use.
void run(const CheckContext& context, FindingSink& out) {
  using dropped_names::names_of;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::View && drop->object != ast::ObjectType::MaterializedView) return;
  const dropped_names::Losses lost = dropped_names::losses<catalog::View>(context, *drop);
  if (!lost.made_again.empty()) {
    out.report(dropped_names::first_name(lost.made_again))
        .severity(Severity::Info)
        .message(
            "Between this DROP and the statement that makes {} again there is no such view: queries of the "
            "running application that read it in that moment fail.",
            names_of(lost.made_again))
        .advice("Put both statements into one transaction.");
  }
  if (lost.gone.empty()) return;
  const bool one = lost.gone.size() == 1;
  out.report(dropped_names::first_name(lost.gone))
      .message(
          "Dropping {} {}: every query of the running application that reads {} fails from here on, and what "
          "was granted on {} is gone.",
          one ? "the view" : "the views", names_of(lost.gone), one ? "it" : "one of them",
          one ? "it" : "them")
      .advice(
          "Deploy code that no longer reads {} first. To change a view, CREATE OR REPLACE VIEW, or drop and "
          "make "
          "it again in one transaction.",
          names_of(lost.gone));
}

}  // namespace view_dropped_check

extern constexpr Check view_dropped{.since = "0.1.0",
                                    .summary = "DROP VIEW breaks the code that reads the view.",
                                    .on_statement = view_dropped_check::run};

}  // namespace migcheck::checks
