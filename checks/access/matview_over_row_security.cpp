// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace matview_over_row_security_check {

using catalog::Table;

// Measured on 12 to 18: whoever may read a materialized view sees all of its rows, which are what its owner
// saw at the last refresh; and it cannot have policies of its own. Asked at the end, when it is known which
// tables have them.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::View)) {
    const auto* view = std::get_if<catalog::View>(object);
    if (view == nullptr || !view->materialized || view->uncertain) continue;
    if (!policy_words::is_reachable(context, *view)) continue;
    for (const catalog::Dependency& dependency : view->dependencies) {
      const auto* table = context.catalog().get<Table>(dependency.on);
      if (table == nullptr || !policy_words::hides_rows(*table)) continue;
      const auto* made = policy_words::first_target(context, {&view->origin, &table->row_security_switched});
      if (made == nullptr) continue;
      out.report(made->place)
          .message(
              "{0} keeps rows of {1} as its owner saw them, and no policy holds for it: whoever may read it "
              "sees them all.",
              sql_name(view->name), sql_name(table->name))
          .advice(
              "keep it in a schema that no role of the application may use, and read it through a view that "
              "asks who is there");
      break;
    }
  }
}

}  // namespace matview_over_row_security_check

extern constexpr Check matview_over_row_security{
    .since = "0.1.0",
    .summary = "A materialized view shows rows that the policies of its tables hide.",
    .on_history_end = matview_over_row_security_check::run};

}  // namespace migcheck::checks
