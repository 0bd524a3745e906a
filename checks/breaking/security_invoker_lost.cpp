// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace security_invoker_lost_check {

bool is_on(const catalog::View& view) {
  const auto option = view.options.find("security_invoker");
  return option != view.options.end() &&
         (option->second == "true" || option->second == "on" || option->second == "1");
}

bool sets_invoker(ast::List<const ast::Option*> options) {
  return std::any_of(options.begin(), options.end(),
                     [](const ast::Option* option) { return option->name == "security_invoker"; });
}

// ALTER VIEW … SET (security_invoker = …) further down says what is wanted.
bool is_set_later(const CheckContext& context, const catalog::View& view) {
  for (const ast::Statement* later : context.rest_of_file({view.name})) {
    const auto* alter = ast::as<ast::AlterTable>(later);
    if (alter == nullptr || alter->relation.name != view.name) continue;
    for (const ast::AlterAction* action : alter->actions) {
      if (sets_invoker(action->options)) return true;
    }
  }
  return false;
}

void report(const CheckContext& context, FindingSink& out, const catalog::View& view, Span place) {
  if (is_set_later(context, view)) return;
  const std::string name = sql_name(view);
  out.report(place)
      .message(
          "The view {0} had security_invoker and loses it: from here on it reads its tables with its owner's "
          "rights, so "
          "that row level security does not hold for whoever asks {0}.",
          name)
      .advice("CREATE OR REPLACE VIEW {} WITH (security_invoker = true) AS …", name);
}

// OR REPLACE sets all options anew, from what is written. So does DROP and CREATE.
void run(const CheckContext& context, FindingSink& out) {
  if (context.is_refused()) return;
  if (const auto* create = context.statement_as<ast::CreateView>()) {
    const catalog::Object* found = create->or_replace ? context.relation(create->relation) : nullptr;
    const auto* view = found == nullptr ? nullptr : std::get_if<catalog::View>(found);
    if (view != nullptr && is_on(*view) && !sets_invoker(create->options))
      report(context, out, *view, create->relation.span);
    return;
  }
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::View) return;
  for (const catalog::Object* object : context.dropped()) {
    const auto* view = std::get_if<catalog::View>(object);
    if (view == nullptr || !is_on(*view)) continue;
    for (const ast::Statement* later : context.rest_of_file({view->name})) {
      const auto* create = ast::as<ast::CreateView>(later);
      if (create == nullptr || !context.is_name_of(create->relation, *object)) continue;
      if (!sets_invoker(create->options)) report(context, out, *view, drop->span);
      break;
    }
  }
}

}  // namespace security_invoker_lost_check

extern constexpr Check security_invoker_lost{
    .since = "0.1.0",
    .summary = "A view that is replaced without security_invoker loses it.",
    .severity = Severity::Error,
    .min_pg = 15,
    .on_statement = security_invoker_lost_check::run};

}  // namespace migcheck::checks
