// SPDX-License-Identifier: MIT

#include "dropped_names.hpp"

namespace migcheck::checks {
namespace view_dropped_check {

void report_gone(const dropped_names::Loss& loss, FindingSink& out) {
  FindingBuilder finding = out.gather(loss.name->name.span, "", sql_name(loss.name->name));
  const std::vector<std::string>& names = finding.gathered();
  const bool one = names.size() == 1;
  finding
      .message(
          "Dropping {} {}: every query of the running application that reads {} fails from here on, and what "
          "was granted on {} is gone.",
          one ? "the view" : "the views", enumerate(names), one ? "it" : "one of them", one ? "it" : "them")
      .advice(
          "Deploy code that no longer reads {} first. To change a view, CREATE OR REPLACE VIEW, or drop and "
          "make it again in one transaction.",
          enumerate(names));
}

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
  for (const dropped_names::Loss& loss : lost.gone) report_gone(loss, out);
}

}  // namespace view_dropped_check

extern constexpr Check view_dropped{.since = "0.1.0",
                                    .summary = "DROP VIEW breaks the code that reads the view.",
                                    .yields_to = "column-still-used",
                                    .statements = {ast::NodeKind::Drop},
                                    .on_statement = view_dropped_check::run};

}  // namespace migcheck::checks
