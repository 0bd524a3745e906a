// SPDX-License-Identifier: MIT
#include "plan/alter/alter_table.hpp"

#include <algorithm>
#include <array>

#include "plan/statements.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ObjectId;
using Type = ast::AlterAction::Type;

namespace {

// PostgreSQL's passes over the subcommands, in their order.
enum class Pass : std::uint8_t {
  Drop,
  AlterType,
  AddColumn,
  SetExpression,
  AddConstraint,
  ColumnAttributes,
  AddIndex,
  AddOtherConstraint,
  Misc
};
constexpr std::array kPasses = {Pass::Drop,          Pass::AlterType,          Pass::AddColumn,
                                Pass::SetExpression, Pass::AddConstraint,      Pass::ColumnAttributes,
                                Pass::AddIndex,      Pass::AddOtherConstraint, Pass::Misc};

Pass pass_of_constraint(const ast::ConstraintDefinition* constraint) {
  using Kind = ast::ConstraintDefinition::Type;
  if (constraint == nullptr) return Pass::AddConstraint;
  switch (constraint->type) {
    case Kind::PrimaryKey:
    case Kind::Unique:
    case Kind::Exclusion:
      return Pass::AddIndex;
    case Kind::ForeignKey:
      return Pass::AddOtherConstraint;
    case Kind::NotNull:
      return Pass::ColumnAttributes;
    default:
      return Pass::AddConstraint;
  }
}

Pass pass_of(const ast::AlterAction& action) {
  switch (action.type) {
    case Type::DropColumn:
    case Type::DropConstraint:
    case Type::DropNotNull:
    case Type::DropExpression:
    case Type::DropIdentity:
    case Type::DropDefault:
      return Pass::Drop;
    case Type::SetType:
      return Pass::AlterType;
    case Type::AddColumn:
      return Pass::AddColumn;
    case Type::SetExpression:
      return Pass::SetExpression;
    case Type::AddConstraint:
      return pass_of_constraint(action.constraint);
    case Type::SetNotNull:
    case Type::SetIdentity:
      return Pass::ColumnAttributes;
    case Type::SetDefault:
    case Type::AddIdentity:
      return Pass::AddOtherConstraint;
    default:
      return Pass::Misc;
  }
}

void run_partitioning(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Table& target = alteration.target();
  switch (action.type) {
    case Type::AttachPartition:
      return attach_partition(alteration.planner, target, action);
    case Type::DetachPartition:
      return detach_partition(alteration.planner, target, action);
    case Type::DetachFinalize:
      return finalize_detach(alteration.planner, target, action);
    case Type::AddInherit:
      return add_inherit(alteration.planner, target, action);
    default:
      return drop_inherit(alteration.planner, target, action);
  }
}

void run(Alteration& alteration, const ast::AlterAction& action) {
  switch (action.type) {
    case Type::AddColumn:
    case Type::AddAttribute:
      return alter_add_column(alteration, action);
    case Type::DropColumn:
    case Type::DropAttribute:
      return alter_drop_column(alteration, action);
    case Type::SetType:
    case Type::AlterAttributeType:
      return alter_type(alteration, action);
    case Type::SetDefault:
    case Type::DropDefault:
      return alter_default(alteration, action);
    case Type::SetNotNull:
      return alter_set_not_null(alteration, action);
    case Type::DropNotNull:
      return alter_drop_not_null(alteration, action);
    case Type::SetExpression:
    case Type::DropExpression:
      return alter_expression(alteration, action);
    case Type::AddIdentity:
    case Type::SetIdentity:
    case Type::DropIdentity:
      return alter_identity(alteration, action);
    case Type::SetStatistics:
    case Type::SetColumnOptions:
    case Type::ResetColumnOptions:
    case Type::SetStorage:
    case Type::SetCompression:
      return alter_column_setting(alteration, action);
    case Type::AddConstraint:
      return alter_add_constraint(alteration, action);
    case Type::DropConstraint:
      return alter_drop_constraint(alteration, action);
    case Type::ValidateConstraint:
      return alter_validate_constraint(alteration, action);
    case Type::AlterConstraint:
      return alter_change_constraint(alteration, action);
    case Type::AttachPartition:
    case Type::DetachPartition:
    case Type::DetachFinalize:
    case Type::AddInherit:
    case Type::DropInherit:
      return run_partitioning(alteration, action);
    default:
      return alter_property(alteration, action);
  }
}

// A rewrite builds all indexes anew: those that the table has in the end.
void name_rebuilt_indexes(Alteration& alteration) {
  for (const auto& [table, effect] : alteration.rewrites) {
    alteration.planner.plan.effects[effect].builds = index_names(alteration.planner, table);
  }
}

void build_changed_indexes(Alteration& alteration) {
  Planner& planner = alteration.planner;
  for (const Alteration::IndexWork& work : alteration.index_work) {
    const auto* index = planner.draft.get<catalog::Index>(work.index);
    if (index == nullptr || alteration.is_rewritten(index->table)) continue;
    planner.action = work.action;
    planner.clause = work.clause;
    Effect& effect = alteration.scan(index->table, work.reason);
    effect.scan = holds_rows(alteration.at(index->table));
    if (effect.scan) effect.builds.push_back(index->name);
  }
}

bool is_prepared(Alteration& alteration) {
  Planner& planner = alteration.planner;
  for (std::size_t at = 0; at < alteration.statement.actions.size(); ++at) {
    const ast::AlterAction& action = *alteration.statement.actions[at];
    planner.action = static_cast<std::int32_t>(at);
    planner.clause = action.span;
    if (action.type == Type::SetType && !prepare_type_change(alteration, action)) return false;
  }
  return true;
}

void alter_known_table(Planner& planner, const ast::AlterTable& statement, const catalog::Table& table) {
  Alteration alteration{planner, statement, table.id, LockMode::None, {}, {}, {}, {}, {}};
  for (const ast::AlterAction* action : statement.actions) {
    alteration.lock = std::max(alteration.lock, lock_for(*action));
  }
  const RelationRef target = Planner::ref(table);
  std::int32_t number = 0;
  for (const ast::AlterAction* action : statement.actions) {
    planner.action = number++;
    planner.clause = action->span;
    planner.effect(target, lock_for(*action));
  }
  if (!is_prepared(alteration)) return;
  for (const Pass pass : kPasses) {
    if (pass == Pass::AddOtherConstraint) add_column_keys(alteration);
    for (std::size_t at = 0; at < statement.actions.size(); ++at) {
      const ast::AlterAction& action = *statement.actions[at];
      if (pass_of(action) != pass) continue;
      planner.action = static_cast<std::int32_t>(at);
      planner.clause = action.span;
      run(alteration, action);
    }
  }
  build_changed_indexes(alteration);
  name_rebuilt_indexes(alteration);
  planner.action = -1;
  planner.clause = {};
}

}  // namespace

// Tables OF a composite type follow it as children follow their parent, where CASCADE says so.
std::vector<ObjectId> Alteration::targets() const {
  const bool composite = target().kind == catalog::TableKind::Composite;
  if (statement.relation.only && !composite) return {table};
  std::vector<ObjectId> members = family(planner, table);
  if (!composite || std::none_of(statement.actions.begin(), statement.actions.end(),
                                 [](const ast::AlterAction* action) { return action->cascade; }))
    return members;
  const catalog::Type* type = planner.draft.type(target().schema, target().name, {});
  if (type == nullptr) return members;
  for (const catalog::Catalog::Dependent& dependent : planner.draft.dependents_of(type->id)) {
    const auto* typed = std::get_if<catalog::Table>(dependent.object);
    if (typed != nullptr && typed->of_type == type->id) members.push_back(typed->id);
  }
  return members;
}

void Alteration::lock_descendants() {
  for (const ObjectId member : targets()) {
    if (member != table) planner.effect(Planner::ref(at(member)), lock);
  }
}

bool Alteration::is_rewritten(ObjectId id) const {
  return std::any_of(rewrites.begin(), rewrites.end(), [&](const auto& done) { return done.first == id; });
}

Effect& Alteration::rewrite(ObjectId id, WorkReason reason) {
  Effect& effect = planner.effect(Planner::ref(at(id)), lock);
  effect.reason = reason;
  effect.rewrite = holds_rows(at(id)) || has_unseen_partitions(planner, at(id));
  effect.scan = effect.rewrite;
  if (effect.rewrite) rewrites.emplace_back(id, planner.plan.effects.size() - 1);
  return effect;
}

Effect& Alteration::scan(ObjectId id, WorkReason reason) {
  Effect& effect = planner.effect(Planner::ref(at(id)), lock);
  effect.reason = reason;
  effect.scan = holds_rows(at(id)) || has_unseen_partitions(planner, at(id));
  return effect;
}

const catalog::Column* column_or_error(Alteration& alteration, const ast::AlterAction& action) {
  const catalog::Table& table = alteration.target();
  const catalog::Column* column = table.column(action.name.text);
  if (column == nullptr && !table.is_doubtful(catalog::TablePart::Column, action.name.text)) {
    alteration.planner.error("42703", "column \"" + std::string(action.name.text) + "\" of relation \"" +
                                          table.name + "\" does not exist");
  }
  return column;
}

void plan_statement(Planner& planner, const ast::AlterTable& statement) {
  const std::size_t errors = planner.plan.errors.size();
  const catalog::Object* found = require_relation(planner, statement.relation, statement.if_exists);
  if (planner.plan.no_op || planner.plan.errors.size() != errors) return;
  if (found == nullptr) return alter_unknown_table(planner, statement);
  if (const auto* table = std::get_if<catalog::Table>(found))
    return alter_known_table(planner, statement, *table);
  alter_other_relation(planner, statement, *found);
}

}  // namespace migcheck::plan
