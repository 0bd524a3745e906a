// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace object_exists_check {

// PostgreSQL has no IF NOT EXISTS for constraints, types, triggers, policies and the like.
bool takes_if_not_exists(const ast::Statement& statement) {
  if (const auto* alter = ast::as<ast::AlterTable>(&statement)) {
    return std::all_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
      return action->type == ast::AlterAction::Type::AddColumn;
    });
  }
  using Kind = ast::NodeKind;
  for (const Kind kind : {Kind::CreateTable, Kind::CreateTableAs, Kind::CreateIndex, Kind::CreateSequence,
                          Kind::CreateSchema, Kind::CreateExtension}) {
    if (statement.kind == kind) return true;
  }
  return false;
}

// Made before, and not dropped since.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::ObjectExists)
      continue;
    out.report(error.clause.empty() ? context.headline() : error.clause)
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}). An earlier statement makes it.",
                 error.message, error.code)
        .advice("Remove the second one, or, if databases with and without it are meant, {}.",
                takes_if_not_exists(context.statement())
                    ? "write IF NOT EXISTS"
                    : "drop the first with IF EXISTS before (there is no IF NOT EXISTS for this)");
    return;
  }
}

}  // namespace object_exists_check

extern constexpr Check object_exists{
    .since = "0.1.0",
    .summary = "A statement that makes what the replayed history says is there already.",
    .on_statement = object_exists_check::run};

}  // namespace migcheck::checks
