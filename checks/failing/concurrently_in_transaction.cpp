// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace concurrently_in_transaction_check {

// Where the word stands, so that the caret is under it.
Span clause(const CheckContext& context) {
  if (const auto* create = context.statement_as<ast::CreateIndex>()) return create->keyword_concurrently;
  if (const auto* drop = context.statement_as<ast::Drop>()) return drop->keyword_object;
  if (const auto* alter = context.statement_as<ast::AlterTable>()) {
    for (const ast::AlterAction* action : alter->actions) {
      if (action->concurrently) return action->span;
    }
  }
  return context.statement().span;
}

bool is_concurrent(const CheckContext& context) {
  if (const auto* create = context.statement_as<ast::CreateIndex>()) return create->concurrently;
  if (const auto* drop = context.statement_as<ast::Drop>()) return drop->concurrently;
  if (const auto* reindex = context.statement_as<ast::Reindex>()) return reindex->concurrently;
  if (const auto* alter = context.statement_as<ast::AlterTable>()) {
    for (const ast::AlterAction* action : alter->actions) {
      if (action->type == ast::AlterAction::Type::DetachPartition && action->concurrently) return true;
    }
  }
  return false;
}

// PostgreSQL refuses these with SQLSTATE 25001, also in an implicit transaction of several statements in one
// query, and in a DO block. (REFRESH MATERIALIZED VIEW CONCURRENTLY is allowed.)
void run(const CheckContext& context, FindingSink& out) {
  if (!is_concurrent(context) || context.plan().not_in_transaction.empty()) return;
  const bool in_do_block = context.in_do_block();
  if (!context.in_transaction() && !in_do_block) return;
  const Span where = clause(context);
  out.report(where.empty() ? context.statement().span : where)
      .message("{} cannot run inside {}: PostgreSQL refuses it with an error, and the migration stops here.",
               context.plan().not_in_transaction,
               in_do_block ? "a DO block" : "a transaction block" + context.transaction_origin())
      .advice("{}",
              in_do_block
                  ? std::string("Write it as a statement of its own, outside the DO block and outside any "
                                "transaction.")
                  : context.how_to_leave_transaction());
}

}  // namespace concurrently_in_transaction_check

extern constexpr Check concurrently_in_transaction{
    .since = "0.1.0",
    .summary = "CONCURRENTLY inside a transaction block is refused.",
    .on_statement = concurrently_in_transaction_check::run};

}  // namespace migcheck::checks
