// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace drop_cascade_check {

// The same file drops the table that it is a part of.
bool goes_anyway(const CheckContext& context, const catalog::Object& object) {
  for (const ast::Statement* later : context.rest_of_file({catalog::base(object).name})) {
    const auto* drop = ast::as<ast::Drop>(later);
    if (drop == nullptr) continue;
    for (const ast::ObjectName& name : drop->names) {
      if (name.on.empty() && context.is_name_of(name.name, object)) return true;
    }
  }
  return false;
}

// The statement makes it again, or it is nobody's yet.
bool is_replaced(const CheckContext& context, const AlsoDropped& fallen, const catalog::Object& object) {
  using Part = catalog::Dependency::Part;
  if (context.is_new_here(object) || goes_anyway(context, object)) return true;
  if (fallen.part == Part::Whole) return context.made_again(object);
  for (const ast::Statement* later : context.rest_of_transaction({fallen.part_name})) {
    if (const auto* policy = ast::as<ast::CreatePolicy>(later)) {
      if (fallen.part == Part::Policy && policy->name.text == fallen.part_name) return true;
    } else if (const auto* trigger = ast::as<ast::CreateTrigger>(later)) {
      if (fallen.part == Part::Trigger && trigger->name.text == fallen.part_name) return true;
    } else if (const auto* alter = ast::as<ast::AlterTable>(later)) {
      for (const ast::AlterAction* action : alter->actions) {
        const bool adds = action->type == ast::AlterAction::Type::AddConstraint ||
                          action->type == ast::AlterAction::Type::AddColumn ||
                          action->type == ast::AlterAction::Type::SetDefault;
        const ast::Name& name = action->column != nullptr ? action->column->name : action->name;
        if (adds && name.text == fallen.part_name) return true;
      }
    }
  }
  return false;
}

// What lies in a schema that goes as a whole is the schema's own loss.
bool in_dropped_schema(const CheckContext& context, const catalog::Object& object) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Schema) return false;
  for (const ast::ObjectName& name : drop->names) {
    if (name.name.name == catalog::base(object).schema) return true;
  }
  return false;
}

// A serial column's default goes with its sequence: sequence-dropped says what that means.
bool is_serial_default(const CheckContext& context, const AlsoDropped& fallen) {
  const auto* drop = context.statement_as<ast::Drop>();
  const auto* table = context.catalog().get<catalog::Table>(fallen.object);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(fallen.part_name);
  return drop != nullptr && drop->object == ast::ObjectType::Sequence && column != nullptr &&
         fallen.part == catalog::Dependency::Part::Default && column->sequence != catalog::kNoObject;
}

// Policies first: what they guarded is open, or closed, and nobody is told.
std::vector<std::string> what_falls(const CheckContext& context) {
  std::vector<std::string> words;
  std::ptrdiff_t policies = 0;
  for (const AlsoDropped& fallen : context.plan().also_dropped_parts) {
    const catalog::Object* object = context.catalog().object(fallen.object);
    if (fallen.automatic || object == nullptr || in_dropped_schema(context, *object)) continue;
    if (is_replaced(context, fallen, *object) || is_serial_default(context, fallen)) continue;
    const bool policy = fallen.part == catalog::Dependency::Part::Policy;
    words.insert(policy ? words.begin() + policies++ : words.end(), fallen.words);
  }
  return words;
}

Span cascade_clause(const CheckContext& context) {
  if (const auto* drop = context.statement_as<ast::Drop>()) return drop->cascade ? drop->span : Span{};
  if (const auto* alter = context.statement_as<ast::AlterTable>()) {
    for (const ast::AlterAction* action : alter->actions) {
      const bool drops = action->type == ast::AlterAction::Type::DropColumn ||
                         action->type == ast::AlterAction::Type::DropConstraint;
      if (drops && action->cascade) return action->span;
    }
  }
  return {};
}

// CASCADE drops everything that needs the object, whoever made it, with a NOTICE that no migration tool
// shows.
void run(const CheckContext& context, FindingSink& out) {
  const Span clause = cascade_clause(context);
  if (clause.empty() || context.is_refused()) return;
  const std::vector<std::string> words = what_falls(context);
  if (words.empty()) return;
  const bool policies = words.front().rfind("policy ", 0) == 0;
  out.report(clause)
      .message("CASCADE drops along with it, for good: {}.{}", enumerate(words),
               policies
                   ? " Without its policies a table under row level security shows no row to anybody but its "
                     "owner, and the rules that they held are lost."
                   : "")
      .advice(
          "Drop what should go by name, and make the rest again in the same transaction; without CASCADE "
          "PostgreSQL refuses to drop what you did not mean.");
}

}  // namespace drop_cascade_check

extern constexpr Check drop_cascade{.since = "0.1.0",
                                    .summary = "DROP … CASCADE takes along what depends on the object.",
                                    .severity = Severity::Error,
                                    .on_statement = drop_cascade_check::run};

}  // namespace migcheck::checks
