// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace type_change_blocked_check {

// Where the object that depends on it, or the policy or trigger of it, was made.
Place place_of(const catalog::Catalog::Dependent& dependent) {
  using Part = catalog::Dependency::Part;
  const auto* table = std::get_if<catalog::Table>(dependent.object);
  const std::string& part = dependent.dependency->part_name;
  if (table != nullptr && dependent.dependency->part == Part::Policy) {
    for (const catalog::Policy& policy : table->policies) {
      if (policy.name == part) return policy.origin.place;
    }
  }
  if (table != nullptr && dependent.dependency->part == Part::Trigger) {
    for (const catalog::Trigger& trigger : table->triggers) {
      if (trigger.name == part) return trigger.origin.place;
    }
  }
  return catalog::base(*dependent.object).origin.place;
}

// The column that the subcommand at this place names; empty: none.
std::string_view column_at(const CheckContext& context, Span clause) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr) return {};
  for (const ast::AlterAction* action : alter->actions) {
    if (action->span == clause) return action->name.text;
  }
  return {};
}

// What PostgreSQL would name in its DETAIL: what uses the column, or the table where none is named.
void note_dependents(const CheckContext& context, std::string_view clause_column, FindingBuilder& finding) {
  constexpr std::size_t kTold = 10;
  const auto* alter = context.statement_as<ast::AlterTable>();
  const auto* drop = context.statement_as<ast::Drop>();
  const catalog::Object* object = alter != nullptr ? context.relation(alter->relation)
                                  : drop != nullptr && !drop->names.empty()
                                      ? context.relation(drop->names[0].name)
                                      : nullptr;
  if (object == nullptr) return;
  const auto* table = std::get_if<catalog::Table>(object);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(clause_column);
  std::size_t told = 0;
  for (const catalog::Catalog::Dependent& dependent :
       context.catalog().dependents_of(catalog::base(*object).id)) {
    const catalog::Dependency& dependency = *dependent.dependency;
    if (dependency.kind != catalog::DependencyKind::Normal || told == kTold) continue;
    if (column != nullptr && dependency.column != column->number) continue;
    const std::string name = sql_name(catalog::base(*dependent.object));
    finding.note(dependency.part_name.empty() ? name + " uses it"
                                              : sql_name(dependency.part_name) + " of " + name + " uses it",
                 place_of(dependent));
    ++told;
  }
}

// What still needs the object is in the catalog: views, policies, triggers, keys.
void run(const CheckContext& context, FindingSink& out) {
  for (const PlanError& error : context.plan().errors) {
    if (!context.is_certain(error) || kind_of(error, context.statement()) != ErrorKind::Dependents) continue;
    const std::string what = enumerate(error.in_the_way);
    FindingBuilder finding = out.report(error.clause.empty() ? context.headline() : error.clause);
    finding
        .message("PostgreSQL will refuse this: {} (SQLSTATE {}){}.", error.message, error.code,
                 what.empty() ? "" : ": " + what)
        .advice(
            "Drop {} first and make {} again afterwards, in the same transaction. CASCADE would drop {} for "
            "good, without a word.",
            what.empty() ? "what needs it" : what, error.in_the_way.size() > 1 ? "them" : "it",
            error.in_the_way.size() > 1 ? "them" : "it");
    note_dependents(context, column_at(context, error.clause), finding);
    return;
  }
}

}  // namespace type_change_blocked_check

extern constexpr Check type_change_blocked{
    .since = "0.1.0",
    .summary = "A change that PostgreSQL refuses because a view, policy or key still needs the object.",
    .on_statement = type_change_blocked_check::run};

}  // namespace migcheck::checks
