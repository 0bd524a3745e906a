// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace backfill_unbatched_check {

bool has_column(const ast::Expression* expression) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    found = found || node.kind == ast::NodeKind::ColumnRef || node.kind == ast::NodeKind::SubQuery;
    return !found;
  });
  return found;
}

bool is_boolean(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean;
}

// column = value: one value's worth of rows, mostly few.
bool picks_value(const ast::Expression* part) {
  if (const auto* list = ast::as<ast::InList>(part)) return !list->negated;
  if (ast::as<ast::Between>(part) != nullptr || ast::as<ast::CurrentOf>(part) != nullptr) return true;
  const auto* operation = ast::as<ast::Operation>(part);
  if (operation == nullptr || operation->op.name != "=") return false;
  if (is_boolean(operation->left) || is_boolean(operation->right)) return false;
  return has_column(operation->left) != has_column(operation->right);
}

bool picks_few(const ast::Expression* where) {
  const auto* all = ast::as<ast::BoolOperation>(where);
  if (all == nullptr || all->op != ast::BoolOperation::Op::And) return picks_value(where);
  return std::any_of(all->arguments.begin(), all->arguments.end(), picks_value);
}

// A LIMIT somewhere, or rows that are written out: the batch is in the statement.
bool is_limited(const ast::Update& update) {
  bool limited = false;
  ast::walk(&update, [&](const ast::Node& node) {
    const auto* select = ast::as<ast::Select>(&node);
    limited = limited || (select != nullptr && (select->limit != nullptr || select->is_values()));
    return !limited;
  });
  return limited;
}

// Rows that are changed stay locked until the transaction ends, and leave a dead copy each.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const auto* update = ast::as<ast::Update>(&query);
  if (update == nullptr || context.query_origin() != QueryOrigin::Migration || context.is_looped()) return;
  if (update->where == nullptr || context.is_new_here(update->relation)) return;
  if (update->relation.name.substr(0, 3) == "pg_") return;  // PostgreSQL's own catalogs are small
  const ast::Constant* constant = ast::as<ast::Constant>(update->where);
  if (constant != nullptr || picks_few(update->where) || is_limited(*update)) return;
  const catalog::Object* found = context.relation(update->relation);
  const std::string table = sql_name(update->relation);
  out.report(update->span)
      .message(
          "This UPDATE changes as many rows of {0} as match, in one go: each stays locked until the "
          "transaction ends, "
          "replicas wait for all of it, and a failure near the end undoes everything.",
          table)
      .advice(
          "In batches, each committed, outside the migration's transaction: UPDATE {0} SET … WHERE id IN "
          "(SELECT id FROM {0} "
          "WHERE … LIMIT 5000);",
          table)
      .about(context, {.id = found == nullptr ? catalog::kNoObject : catalog::base(*found).id,
                       .schema = std::string(update->relation.schema),
                       .name = std::string(update->relation.name)});
}

}  // namespace backfill_unbatched_check

extern constexpr Check backfill_unbatched{.since = "0.1.0",
                                          .summary = "An UPDATE over as many rows as there are, in one go.",
                                          .on_query = backfill_unbatched_check::run};

}  // namespace migcheck::checks
