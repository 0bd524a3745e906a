// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace alter_table_repeated_check {

// What one ALTER TABLE would do in one pass. VALIDATE does not join: its scan would run under the others'
// lock.
bool may_join(const Step& step) {
  const auto* alter = ast::as<ast::AlterTable>(step.statement);
  if (alter == nullptr || !step.target) return false;
  using Type = ast::AlterAction::Type;
  const bool validates =
      std::any_of(alter->actions.begin(), alter->actions.end(),
                  [](const ast::AlterAction* action) { return action->type == Type::ValidateConstraint; });
  // Each foreign key is looked up by a query of its own, joined or not.
  const bool joins =
      std::any_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
        return action->type == Type::SetType || action->type == Type::SetNotNull ||
               action->type == Type::AddColumn ||
               (action->type == Type::AddConstraint &&
                action->constraint->type == ast::ConstraintDefinition::Type::Check);
      });
  return joins && !validates;
}

// The table whose rows the step reads or writes anew, and that nobody is spared.
const RelationSummary* worked_on(const CheckContext& context, const Step& step) {
  const auto* alter = ast::as<ast::AlterTable>(step.statement);
  for (const RelationSummary& relation : step.relations) {
    const bool its_own = alter != nullptr && relation.relation.name == alter->relation.name;
    if (!its_own || relation.of_index || !(relation.rewrite || relation.scan) || relation.creates) continue;
    if (context.is_new_here(relation.relation) || context.is_small(relation.relation)) continue;
    return &relation;
  }
  return nullptr;
}

using Worked = std::vector<std::pair<const Step*, const RelationSummary*>>;

// Rows that are changed in between keep the statements before and after apart.
void forget_changed(const Step& step, Worked& before) {
  if (step.statement == nullptr || step.statement->kind == ast::NodeKind::AlterTable) return;
  std::erase_if(before, [&](const auto& worked) {
    return std::any_of(step.relations.begin(), step.relations.end(), [&](const RelationSummary& relation) {
      return relation.relation == worked.second->relation && relation.lock >= LockMode::RowExclusive;
    });
  });
}

// Each statement reads or rewrites the table once more, all under the same lock: one statement does it in one
// pass.
void run(const CheckContext& context, FindingSink& out) {
  const TransactionRecord& record = context.transaction();
  Worked before;
  for (const Step& step : record.steps) {
    forget_changed(step, before);
    const RelationSummary* work = may_join(step) ? worked_on(context, step) : nullptr;
    if (work == nullptr || work->new_here) continue;
    const auto first = std::find_if(before.begin(), before.end(), [&](const auto& other) {
      return other.second->relation == work->relation;
    });
    if (first == before.end()) {
      before.emplace_back(&step, work);
      continue;
    }
    out.report(step.place)
        .message(
            "An earlier ALTER TABLE of this transaction has {} all rows of {} already, and this one {} them "
            "again, under the "
            "same lock.",
            first->second->rewrite ? "rewritten" : "read", sql_name(work->relation),
            work->rewrite ? "rewrites" : "reads")
        .advice(
            "Join their subcommands into one ALTER TABLE {} …, …; PostgreSQL then does all of them in one "
            "pass.",
            sql_name(work->relation))
        .note("the first one", first->first->place);
  }
}

}  // namespace alter_table_repeated_check

extern constexpr Check alter_table_repeated{
    .since = "0.1.0",
    .summary = "Several ALTER TABLE statements that each read or rewrite the whole table.",
    .severity = Severity::Info,
    .on_transaction_end = alter_table_repeated_check::run};

}  // namespace migcheck::checks
