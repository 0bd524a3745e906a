// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace view_without_security_invoker_check {

using catalog::Table;

bool is_on(const catalog::View& view) {
  const auto option = view.options.find("security_invoker");
  return option != view.options.end() && option->second != "false" && option->second != "off" &&
         option->second != "0";
}

// A view reads with its owner's rights: measured on 12 to 18, its reader sees all rows of a table whose
// policies hide them. Asked at the end, when it is known which tables have policies.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::View)) {
    const auto* view = std::get_if<catalog::View>(object);
    if (view == nullptr || view->materialized || is_on(*view) || !context.is_target(view->origin)) continue;
    for (const catalog::Dependency& dependency : view->dependencies) {
      const auto* table = context.catalog().get<Table>(dependency.on);
      if (table == nullptr || !table->row_security || table->policies.empty()) continue;
      out.report(view->origin.place)
          .message(
              "{0} reads {1} with the rights of its owner: the policies of {1} do not hold for whoever reads "
              "the view.",
              sql_name(view->name), sql_name(table->name))
          .advice("ALTER VIEW {} SET (security_invoker = true);", sql_name(view->name));
      break;
    }
  }
}

}  // namespace view_without_security_invoker_check

extern constexpr Check view_without_security_invoker{
    .since = "0.1.0",
    .summary = "A view passes by the policies of the tables that it reads.",
    .min_pg = 15,
    .on_history_end = view_without_security_invoker_check::run};

}  // namespace migcheck::checks
