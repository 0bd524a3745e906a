// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_type_rewrite_check {

std::string old_type(const CheckContext& context, const Effect& effect, const ast::AlterAction& action) {
  const auto* table = context.catalog().get<catalog::Table>(effect.relation.id);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(action.name.text);
  return column == nullptr ? "its type" : catalog::to_string(column->type);
}

// Keys on the column are made anew, for which PostgreSQL locks the tables at their other ends as well.
std::string held_meanwhile(const CheckContext& context, const Effect& effect) {
  std::vector<std::string> others;
  for (const RelationSummary& relation : context.plan().relations) {
    const auto* table = context.catalog().get<catalog::Table>(relation.relation.id);
    const bool own = relation.relation == effect.relation ||
                     (table != nullptr && table->partition_of == effect.relation.id);
    if (table == nullptr || own || !blocks_reads(relation.lock) || context.is_new_here(table->origin))
      continue;
    others.push_back(sql_name(relation.relation));
  }
  return others.empty()
             ? ""
             : fmt::format(" Its foreign keys hold {} under the same lock for as long.", enumerate(others));
}

// Whether PostgreSQL rewrites depends on the old type: the plan knows it from the history.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::TypeChange, WorkReason::UnknownTypeChange})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.rewrite || action == nullptr) continue;
    const std::string table = sql_name(effect.relation);
    const std::string column = sql_name(action->name.text);
    const bool typed = action->column != nullptr && action->column->type != nullptr;
    const std::string type(typed ? context.text(action->column->type->span) : "…");
    FindingBuilder finding = out.report(effect.clause);
    if (effect.assumed) {
      finding.message(
          "Changing the type of {}.{} may rewrite the whole table under ACCESS EXCLUSIVE: no read or write "
          "until it "
          "is done. The history does not show the column's old type.{}",
          table, column, held_meanwhile(context, effect));
    } else {
      finding.message(
          "Changing {}.{} from {} to {} rewrites the whole table and all its indexes under ACCESS EXCLUSIVE: "
          "no read "
          "or write until it is done.{}",
          table, column, old_type(context, effect, *action), type, held_meanwhile(context, effect));
    }
    finding
        .advice(
            "Add a new column, write both from the application or a trigger, backfill in batches, then swap "
            "the "
            "names:\nALTER TABLE {} ADD COLUMN {} {};",
            table, sql_name(std::string(action->name.text) + "_new"), type)
        .about(context, effect.relation);
  }
}

}  // namespace column_type_rewrite_check

extern constexpr Check column_type_rewrite{
    .since = "0.1.0",
    .summary = "A change of a column's type rewrites the table under a lock.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_type_rewrite_check::run};

}  // namespace migcheck::checks
