// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace view_without_security_invoker_check {

using catalog::Table;

bool is_on(const catalog::View& view) {
  const auto option = view.options.find("security_invoker");
  return option != view.options.end() && option->second != "false" && option->second != "off" &&
         option->second != "0" && option->second != "no";
}

// A view reads with its owner's rights: measured on 12 to 18, its reader sees all rows of a table whose
// policies hide them. Where these are forced the owner is held to them too, unless the role bypasses them, as
// Supabase's does.
bool is_passed_by(const Table& table, bool supabase) {
  return policy_words::hides_rows(table) && (!table.force_row_security || supabase);
}

// Asked at the end, when it is known which tables have policies.
void run(const CheckContext& context, FindingSink& out) {
  const bool supabase = policy_words::is_supabase(context.catalog());
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::View)) {
    const auto* view = std::get_if<catalog::View>(object);
    if (view == nullptr || view->materialized || is_on(*view)) continue;
    if (view->persistence == catalog::Persistence::Temporary || view->uncertain) continue;
    if (!policy_words::is_reachable(context, *view)) continue;
    for (const catalog::Dependency& dependency : view->dependencies) {
      const auto* table = context.catalog().get<Table>(dependency.on);
      if (table == nullptr || !is_passed_by(*table, supabase)) continue;
      const auto* made = policy_words::first_target(context, {&view->origin, &table->row_security_switched});
      if (made == nullptr) continue;
      out.report(made->place)
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
