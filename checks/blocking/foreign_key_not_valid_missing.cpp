// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace foreign_key_not_valid_missing_check {

// The name that PostgreSQL gives the key, which is free.
std::string chosen_name(const CheckContext& context, const catalog::Table* child,
                        const ast::ConstraintDefinition& key) {
  const catalog::Object* after = child == nullptr ? nullptr : context.after(child->id);
  if (const auto* table = after == nullptr ? nullptr : std::get_if<catalog::Table>(after)) {
    for (const catalog::Constraint& made : table->constraints) {
      if (made.kind == catalog::ConstraintKind::ForeignKey && made.origin.place.span == key.span)
        return made.name;
    }
  }
  return fmt::format("{}_fkey", key.columns.empty() ? "" : key.columns[0].text);
}

// The two-step form, with the real names in it.
std::string safe_form(const CheckContext& context, const ast::AlterTable& alter,
                      const ast::AlterAction& action) {
  const std::string table = sql_name(alter.relation);
  const catalog::Table* child = context.table(alter.relation);
  if (child != nullptr && child->kind == catalog::TableKind::Partitioned && context.pg_version() < 18) {
    return fmt::format(
        "Before 18 there is no NOT VALID on a partitioned table. Add the foreign key with NOT VALID to each "
        "partition of {}, VALIDATE each in a later transaction, then add it here: the partitions' own are "
        "taken "
        "over without another look-up.",
        table);
  }
  if (action.constraint == nullptr) {  // ADD COLUMN … REFERENCES: the column first, then the key
    return fmt::format(
        "Add the column without REFERENCES, then the foreign key with NOT VALID, then "
        "ALTER TABLE {} VALIDATE CONSTRAINT … in a later transaction.",
        table);
  }
  const ast::ConstraintDefinition& key = *action.constraint;
  const std::string name = key.name.empty() ? chosen_name(context, child, key) : std::string(key.name.text);
  std::string text(context.text(action.span));
  if (key.name.empty()) {  // VALIDATE needs a name
    text = fmt::format("ADD CONSTRAINT {}{}", sql_name(name), text.substr(std::string_view("ADD").size()));
  }
  return fmt::format(
      "ALTER TABLE {0} {1} NOT VALID;\nALTER TABLE {0} VALIDATE CONSTRAINT {2};  -- in a later transaction",
      table, text, sql_name(name));
}

// ALTER COLUMN … TYPE: where another operator compares the two columns from now on, each row is looked up
// again, and both tables are locked as the change of the type locks its own. A rewrite is said elsewhere,
// with the tables that wait for it.
void report_recheck(const CheckContext& context, FindingSink& out, const ast::AlterTable& alter,
                    const Effect& effect) {
  const std::vector<Effect>& all = context.plan().effects;
  const bool rewrites = std::any_of(all.begin(), all.end(), [&](const Effect& other) {
    return other.action == effect.action && other.rewrite;
  });
  if (rewrites) return;
  out.report(effect.clause)
      .message(
          "With the new type PostgreSQL checks the foreign key between {0} and {1} again, row by row, under "
          "ACCESS EXCLUSIVE on both: no read or write of either until it is done.",
          sql_name(alter.relation), sql_name(effect.relation))
      .advice(
          "Drop the foreign key first, and add it again afterwards with NOT VALID; VALIDATE CONSTRAINT in a "
          "later transaction reads the rows without blocking anybody.")
      .about(context, effect.relation);
}

// ADD FOREIGN KEY reads the whole table to find rows without a parent, holding SHARE ROW EXCLUSIVE on both
// tables. With NOT VALID it reads nothing; VALIDATE reads under a lock that writers do not feel.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr) return;
  const catalog::Table* child = context.table(alter->relation);
  const bool is_new = context.is_new_here(alter->relation);
  if (is_new && (child == nullptr || !child->populated_here)) return;
  for (const Effect& effect : context.effects({WorkReason::ForeignKey})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.scan || action == nullptr) continue;
    if (action->type == ast::AlterAction::Type::SetType) {
      const bool other = child == nullptr || effect.relation.id != child->id;
      if (other) report_recheck(context, out, *alter, effect);
      continue;
    }
    const ast::ConstraintDefinition* key = action->constraint;
    if (key == nullptr && action->column != nullptr)
      key = action->column->find(ast::ConstraintDefinition::Type::ForeignKey);
    const std::string parent = key == nullptr ? "the referenced table" : sql_name(key->references);
    FindingBuilder finding = out.report(effect.clause);
    finding.advice("{}", safe_form(context, *alter, *action)).about(context, effect.relation);
    if (is_new) {
      finding.message(
          "{0} is new, but a query has filled it: adding this foreign key looks each of its rows up in {1}, "
          "and "
          "writers of {1} wait until it is done (SHARE ROW EXCLUSIVE).",
          sql_name(alter->relation), parent);
      continue;
    }
    finding.message(
        "Adding this foreign key reads every row of {0} and looks each up in {1}. Until it is done, INSERT, "
        "UPDATE and DELETE wait on both tables (SHARE ROW EXCLUSIVE).",
        sql_name(alter->relation), parent);
  }
}

}  // namespace foreign_key_not_valid_missing_check

extern constexpr Check foreign_key_not_valid_missing{
    .since = "0.1.0",
    .summary = "ADD FOREIGN KEY without NOT VALID blocks writes to both tables while it reads.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = foreign_key_not_valid_missing_check::run};

}  // namespace migcheck::checks
