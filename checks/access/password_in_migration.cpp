// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace password_in_migration_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateRole>();
  const auto* alter = context.statement_as<ast::AlterRole>();
  if (create == nullptr && alter == nullptr) return;
  for (const ast::Option* option : create != nullptr ? create->options : alter->options) {
    if (option->name != "password" || option->value.empty()) continue;
    out.report(option->span.empty() ? context.statement().span : option->span)
        .message("The password of {} stands in the repository, in its history, and in the server's log.",
                 sql_name(create != nullptr ? create->name.text : alter->name.text))
        .advice("create the role without a password, and set it outside of the migrations");
  }
}

}  // namespace password_in_migration_check

extern constexpr Check password_in_migration{
    .since = "0.1.0",
    .summary = "A role's password stands in a migration.",
    .statements = {ast::NodeKind::CreateRole, ast::NodeKind::AlterRole},
    .on_statement = password_in_migration_check::run};

}  // namespace migcheck::checks
