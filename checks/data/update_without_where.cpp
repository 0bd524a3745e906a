// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace update_without_where_check {

// The condition holds for every row, or there is none.
bool holds_always(const ast::Expression* where) {
  if (where == nullptr) return true;
  if (const auto* constant = ast::as<ast::Constant>(where))
    return constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
  if (const auto* operation = ast::as<ast::Operation>(where)) {
    const auto* left = ast::as<ast::Constant>(operation->left);
    const auto* right = ast::as<ast::Constant>(operation->right);
    if (operation->op.name != "=") return false;
    if (left != nullptr && right != nullptr) return left->type == right->type && left->text == right->text;
    const auto* column = ast::as<ast::ColumnRef>(operation->left);
    const auto* other = ast::as<ast::ColumnRef>(operation->right);
    return column != nullptr && other != nullptr && column->column() == other->column() &&
           column->table() == other->table();
  }
  const auto* both = ast::as<ast::BoolOperation>(where);
  if (both == nullptr || both->op == ast::BoolOperation::Op::Not) return false;
  const bool all = both->op == ast::BoolOperation::Op::And;
  const auto trivial = [](const ast::Expression* part) {
    const auto* constant = ast::as<ast::Constant>(part);
    return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
  };
  return all ? std::all_of(both->arguments.begin(), both->arguments.end(), trivial)
             : std::any_of(both->arguments.begin(), both->arguments.end(), trivial);
}

bool runs_later(const CheckContext& context) {
  return context.query_origin() == QueryOrigin::Function || context.query_origin() == QueryOrigin::QueryFile;
}

// A constant into a column of this change: the column's default could have said it.
bool is_default_in_disguise(const CheckContext& context, const ast::Update& update) {
  const catalog::Table* table = context.table(update.relation);
  return table != nullptr &&
         std::all_of(update.set.begin(), update.set.end(), [&](const ast::Assignment* assignment) {
           const catalog::Column* column = table->column(assignment->column.text);
           return column != nullptr && context.is_new_here(column->origin) &&
                  ast::as<ast::Constant>(assignment->value) != nullptr;
         });
}

void inspect(const CheckContext& context, const ast::Update& update, FindingSink& out) {
  if (!holds_always(update.where) || !update.from.empty()) return;
  if (!runs_later(context) && context.is_new_here(update.relation)) return;
  const catalog::Object* found = context.relation(update.relation);
  const std::string table = sql_name(update.relation);
  FindingBuilder finding = out.report(join(update.relation.span, update.span));
  finding
      .message(
          "This UPDATE changes every row of {0}: each is written anew and stays locked until the transaction "
          "ends, and the "
          "dead copies double the table.",
          table)
      .about(context, {.id = found == nullptr ? catalog::kNoObject : catalog::base(*found).id,
                       .schema = std::string(update.relation.schema),
                       .name = std::string(update.relation.name)});
  if (is_default_in_disguise(context, update)) {
    finding.advice(
        "Write the value as the column's DEFAULT in ADD COLUMN: from PostgreSQL 11 on that touches no row.");
  } else {
    finding.advice(
        "Say which rows are meant (WHERE …). If all are: in batches of some thousand rows by key, each "
        "committed, "
        "outside the migration's transaction.");
  }
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* update = ast::as<ast::Update>(&node)) inspect(context, *update, out);
    return true;
  });
}

}  // namespace update_without_where_check

extern constexpr Check update_without_where{.since = "0.1.0",
                                            .summary = "UPDATE without WHERE changes every row.",
                                            .on_query = update_without_where_check::run};

}  // namespace migcheck::checks
