// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace unnamed_constraint_check {

using Type = ast::ConstraintDefinition::Type;

// PostgreSQL's names for keys follow from their columns: orders_team_id_fkey. Those of checks and exclusions
// of a table are numbered: orders_check, orders_check1.
bool has_numbered_name(const ast::ConstraintDefinition& constraint) {
  return constraint.name.empty() && (constraint.type == Type::Check || constraint.type == Type::Exclusion);
}

// "CHECK (starts_at < ends_at)": as much as fits into a list.
std::string shortened(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const bool whole = line.size() == text.size() && text.size() <= kLongest;
  return whole ? std::string(text) : std::string(line.substr(0, kLongest)) + "…";
}

void say(const CheckContext& context, const ast::QualifiedName& table,
         const ast::ConstraintDefinition& constraint, FindingSink& out) {
  const std::string_view text = context.text(constraint.span);
  FindingBuilder finding =
      out.gather(constraint.span, "", fmt::format("{} of {}", shortened(text), sql_name(table)));
  const std::size_t count = finding.gathered().size();
  if (count == 1) {
    finding
        .message(
            "PostgreSQL numbers the names of such constraints ({}_check, {}_check1): a migration that drops "
            "this one "
            "has to guess, and so does whoever reads the error.",
            table.name, table.name)
        .advice("CONSTRAINT {} {}", sql_name("ck_" + std::string(table.name) + "_what_must_hold"), text);
    return;
  }
  finding.message(
      "PostgreSQL numbers the names of {} constraints ({}): a migration that drops one has to guess, and so "
      "does "
      "whoever reads the error.",
      count, enumerate(finding.gathered()));
}

void run(const CheckContext& context, FindingSink& out) {
  if (const auto* create = context.statement_as<ast::CreateTable>()) {
    if (create->relation.temporary || context.plan().no_op) return;
    for (const ast::ConstraintDefinition* constraint : create->constraints) {
      if (has_numbered_name(*constraint)) say(context, create->relation, *constraint, out);
    }
  }
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || alter->object != ast::ObjectType::Table) return;
  for (const ast::AlterAction* action : alter->actions) {
    const bool adds = action->type == ast::AlterAction::Type::AddConstraint && action->constraint != nullptr;
    if (adds && has_numbered_name(*action->constraint))
      say(context, alter->relation, *action->constraint, out);
  }
}

}  // namespace unnamed_constraint_check

extern constexpr Check unnamed_constraint{
    .since = "0.1.0",
    .summary = "A CHECK without a name gets one that has to be guessed.",
    .once_per_history = true,
    .on_statement = unnamed_constraint_check::run};

}  // namespace migcheck::checks
