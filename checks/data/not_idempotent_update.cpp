// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace not_idempotent_update_check {

// n = n + 1, name = name || 'x': a second run changes the rows a second time.
bool builds_on_itself(const ast::Assignment& assignment) {
  const auto* operation = ast::as<ast::Operation>(assignment.value);
  if (operation == nullptr || operation->form != ast::Operation::Form::Plain) return false;
  const std::string_view op = operation->op.name;
  if (op != "+" && op != "-" && op != "*" && op != "/" && op != "||") return false;
  return ast::mentions_column(operation->left, assignment.column.text) ||
         ast::mentions_column(operation->right, assignment.column.text);
}

// In a transaction the rows and the migration tool's note that they are done stand or fall together.
void run(const CheckContext& context, FindingSink& out) {
  const auto* update = context.statement_as<ast::Update>();
  if (update == nullptr || context.is_new_here(update->relation)) return;
  if (!context.is_seed() && (context.in_transaction() || context.is_last_in_file())) return;
  for (const ast::Assignment* assignment : update->set) {
    if (!builds_on_itself(*assignment) || ast::mentions_column(update->where, assignment->column.text))
      continue;
    out.report(assignment->span)
        .message(
            "{} is computed from its own old value, outside a transaction: if a later statement of this file "
            "fails and the "
            "file is run again, the rows are changed twice.",
            sql_name(assignment->column.text))
        .advice(
            "Put the file into a transaction, or let WHERE leave out the rows that are done (a marker "
            "column, a range of "
            "keys).");
    return;
  }
}

}  // namespace not_idempotent_update_check

extern constexpr Check not_idempotent_update{
    .since = "0.1.0",
    .summary = "An UPDATE that changes the rows again when it runs again.",
    .statements = {ast::NodeKind::Update},
    .on_statement = not_idempotent_update_check::run};

}  // namespace migcheck::checks
