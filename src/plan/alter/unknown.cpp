// SPDX-License-Identifier: MIT
// ALTER TABLE on a table that the history does not show: the locks are certain, the work is what PostgreSQL
// does with any table that has rows. Nothing is invented in the catalog.
#include "plan/alter/alter_table.hpp"
#include "plan/type/types.hpp"
#include "plan/type/volatility.hpp"

namespace migcheck::plan {

using Type = ast::AlterAction::Type;
using Kind = ast::ConstraintDefinition::Type;

namespace {

void set_work(Effect& effect, WorkReason reason, bool rewrite) {
  effect.reason = reason;
  effect.scan = true;
  effect.rewrite = rewrite;
}

// Block by block, without reading rows.
void copy_files(Effect& effect) {
  effect.reason = WorkReason::Tablespace;
  effect.rewrite = true;
}

void detach(Planner& planner, const ast::AlterAction& action) {
  if (action.concurrently) {
    planner.plan.not_in_transaction = "ALTER TABLE ... DETACH CONCURRENTLY";
    planner.plan.waits.writers = true;
  }
  planner.effect(planner.ref(action.relation), LockMode::AccessExclusive);
}

void lock_referenced(Planner& planner, const ast::ConstraintDefinition& key, bool scan) {
  Effect& effect = planner.effect(planner.ref(key.references), LockMode::ShareRowExclusive);
  effect.reason = WorkReason::ForeignKey;
  effect.scan = scan;
}

WorkReason rewrite_reason(const Planner& planner, const ast::ColumnDefinition& column) {
  if (column.type != nullptr && column.type->serial()) return WorkReason::SerialColumn;
  if (column.find(Kind::Identity) != nullptr) return WorkReason::IdentityColumn;
  if (const auto* generated = column.find(Kind::Generated)) {
    return generated->generated_virtual ? WorkReason::None : WorkReason::StoredColumn;
  }
  if (is_constrained_domain(planner, resolve_type(planner, column.type)))
    return WorkReason::ConstrainedDomain;
  const auto* value = column.find(Kind::Default);
  if (value == nullptr) return WorkReason::None;
  const Steadiness steadiness = steadiness_of(planner, value->expression, nullptr);
  if (steadiness.volatility != ast::Volatility::Volatile) {
    return planner.version() >= 11 ? WorkReason::None : WorkReason::OldServerDefault;
  }
  return steadiness.unknown ? WorkReason::UnknownDefault : WorkReason::VolatileDefault;
}

void add_column(Planner& planner, const RelationRef& table, const ast::ColumnDefinition& column) {
  const WorkReason reason = rewrite_reason(planner, column);
  const bool has_value = column.find(Kind::Default) != nullptr || reason != WorkReason::None;
  Effect& effect = planner.effect(table, LockMode::AccessExclusive);
  if (reason != WorkReason::None) {
    set_work(effect, reason, true);
  } else if (column.find(Kind::NotNull) != nullptr && !has_value) {
    set_work(effect, WorkReason::NotNullConstraint, false);
  }
  for (const ast::ConstraintDefinition* constraint : column.constraints) {
    if (constraint->type == Kind::Check) {
      set_work(planner.effect(table, LockMode::AccessExclusive), WorkReason::CheckConstraint, false);
    } else if (constraint->type == Kind::PrimaryKey || constraint->type == Kind::Unique) {
      const bool primary = constraint->type == Kind::PrimaryKey;
      set_work(planner.effect(table, LockMode::AccessExclusive),
               primary ? WorkReason::PrimaryKey : WorkReason::UniqueIndex, false);
    } else if (constraint->type == Kind::ForeignKey) {
      const bool validate = column.find(Kind::Default) != nullptr;
      if (validate) set_work(planner.effect(table, LockMode::AccessExclusive), WorkReason::ForeignKey, false);
      lock_referenced(planner, *constraint, validate);
    }
  }
}

void add_constraint(Planner& planner, const RelationRef& table, LockMode lock,
                    const ast::ConstraintDefinition& constraint) {
  const bool proves = !constraint.not_valid && constraint.enforced;
  switch (constraint.type) {
    case Kind::ForeignKey:
      if (proves) set_work(planner.effect(table, lock), WorkReason::ForeignKey, false);
      return lock_referenced(planner, constraint, proves);
    case Kind::Check:
      if (proves) set_work(planner.effect(table, lock), WorkReason::CheckConstraint, false);
      return;
    case Kind::NotNull:
      if (proves) set_work(planner.effect(table, lock), WorkReason::NotNullConstraint, false);
      return;
    case Kind::PrimaryKey:
      // USING INDEX reads only what is not known to hold no nulls, which nobody can tell here.
      return set_work(planner.effect(table, lock), WorkReason::PrimaryKey, false);
    case Kind::Unique:
      if (constraint.using_index.empty())
        set_work(planner.effect(table, lock), WorkReason::UniqueIndex, false);
      return;
    case Kind::Exclusion:
      return set_work(planner.effect(table, lock), WorkReason::ExclusionConstraint, false);
    default:
      return;
  }
}

void run(Planner& planner, const RelationRef& table, const ast::AlterAction& action) {
  const LockMode lock = lock_for(action);
  switch (action.type) {
    case Type::AddColumn:
      if (action.column != nullptr) add_column(planner, table, *action.column);
      return;
    case Type::SetType:
      return set_work(planner.effect(table, lock), WorkReason::UnknownTypeChange, true);
    case Type::SetNotNull:
      return set_work(planner.effect(table, lock), WorkReason::SetNotNull, false);
    case Type::ValidateConstraint:
      return set_work(planner.effect(table, lock), WorkReason::Validate, false);
    case Type::SetExpression:
      return set_work(planner.effect(table, lock), WorkReason::SetExpression, true);
    case Type::SetLogged:
    case Type::SetUnlogged:
      return set_work(planner.effect(table, lock), WorkReason::Persistence, true);
    case Type::SetAccessMethod:
      return set_work(planner.effect(table, lock), WorkReason::AccessMethod, true);
    case Type::SetTablespace:
      return copy_files(planner.effect(table, lock));
    case Type::AddConstraint:
      if (action.constraint != nullptr) add_constraint(planner, table, lock, *action.constraint);
      return;
    case Type::AttachPartition:
      return set_work(planner.effect(planner.ref(action.relation), LockMode::AccessExclusive),
                      WorkReason::PartitionBound, false);
    case Type::DetachPartition:
      return detach(planner, action);
    case Type::AddInherit:
      planner.effect(planner.ref(action.relation), LockMode::ShareUpdateExclusive);
      return;
    case Type::DropInherit:
      planner.effect(planner.ref(action.relation), LockMode::AccessShare);
      return;
    default:
      return;
  }
}

}  // namespace

void alter_unknown_table(Planner& planner, const ast::AlterTable& statement) {
  const RelationRef table = planner.ref(statement.relation);
  const bool of_index = statement.object == ast::ObjectType::Index;
  std::int32_t number = 0;
  for (const ast::AlterAction* action : statement.actions) {
    planner.action = number++;
    planner.clause = action->span;
    planner.effect(table, lock_for(*action)).of_index = of_index;
    run(planner, table, *action);
  }
  planner.action = -1;
  planner.clause = {};
}

}  // namespace migcheck::plan
