// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace search_path_lost_check {

bool sets_path(const ast::CreateFunction& create) {
  return std::any_of(create.settings.begin(), create.settings.end(),
                     [](const ast::FunctionSetting& setting) { return setting.name == "search_path"; });
}

bool is_set_later(const CheckContext& context, std::string_view function) {
  for (const ast::Statement* later : context.rest_of_file({function})) {
    const auto* alter = ast::as<ast::AlterFunction>(later);
    if (alter == nullptr || alter->target.name.name != function) continue;
    for (const ast::Option* option : alter->options) {
      if (option->name == "set" && !option->values.empty() && option->values[0] == "search_path") return true;
    }
  }
  return false;
}

// The function that OR REPLACE replaces, as it was; nullptr if it makes a new one.
const catalog::Function* replaced(const CheckContext& context) {
  for (const catalog::Change& change : context.plan().changes) {
    const auto* before = context.catalog().get<catalog::Function>(change.id);
    if (before != nullptr && change.now != nullptr) return before;
  }
  return nullptr;
}

// OR REPLACE sets all of a function's settings anew, from what is written.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateFunction>();
  if (create == nullptr || !create->or_replace || context.is_refused()) return;
  const catalog::Function* before = replaced(context);
  if (before == nullptr || before->settings.count("search_path") == 0 || sets_path(*create)) return;
  if (is_set_later(context, before->name)) return;
  const std::string name = sql_name(*before);
  out.report(create->name.span)
      .severity(create->security_definer ? Severity::Error : Severity::Warning)
      .message(
          "The function {} had a search_path of its own and loses it: from here on its unqualified names "
          "mean what its "
          "caller's search_path says{}.",
          name,
          create->security_definer
              ? ", and it runs with its owner's rights: a caller can put tables of his own in front"
              : "")
      .advice("Write SET search_path = … again in this CREATE OR REPLACE FUNCTION.");
}

}  // namespace search_path_lost_check

extern constexpr Check search_path_lost{
    .since = "0.1.0",
    .summary = "A function that is replaced without SET search_path loses its setting.",
    .severity = Severity::Error,
    .statements = {ast::NodeKind::CreateFunction},
    .on_statement = search_path_lost_check::run};

}  // namespace migcheck::checks
