// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: ALTER TABLE and its like, subcommand by subcommand.

#include "parse/lowering/object_names.hpp"

namespace migcheck::parsing::lowering {

using Action = ast::AlterAction::Type;

// What a subcommand is, and the word that goes into `value` where several share a type.
struct ActionKind {
  Action type = Action::Other;
  std::string_view value = {};
};

inline ActionKind column_action(const ::AlterTableCmd* source, bool composite) {
  switch (source->subtype) {
    case AT_AddColumn: return {composite ? Action::AddAttribute : Action::AddColumn};
    case AT_ColumnDefault: return {source->def == nullptr ? Action::DropDefault : Action::SetDefault};
    case AT_DropNotNull: return {Action::DropNotNull};
    case AT_SetNotNull: return {Action::SetNotNull};
    case AT_SetExpression: return {Action::SetExpression};
    case AT_DropExpression: return {Action::DropExpression};
    case AT_SetStatistics: return {Action::SetStatistics};
    case AT_SetOptions: return {Action::SetColumnOptions};
    case AT_ResetOptions: return {Action::ResetColumnOptions};
    case AT_SetStorage: return {Action::SetStorage};
    case AT_SetCompression: return {Action::SetCompression};
    case AT_DropColumn: return {composite ? Action::DropAttribute : Action::DropColumn};
    case AT_AlterColumnType: return {composite ? Action::AlterAttributeType : Action::SetType};
    case AT_AlterColumnGenericOptions: return {Action::GenericOptions};
    case AT_AddIdentity: return {Action::AddIdentity};
    case AT_SetIdentity: return {Action::SetIdentity};
    case AT_DropIdentity: return {Action::DropIdentity};
    default: return {};
  }
}

inline ActionKind trigger_action(::AlterTableType subtype) {
  switch (subtype) {
    case AT_EnableTrig: return {Action::EnableTrigger};
    case AT_EnableAlwaysTrig: return {Action::EnableTrigger, "always"};
    case AT_EnableReplicaTrig: return {Action::EnableTrigger, "replica"};
    case AT_EnableTrigAll: return {Action::EnableTrigger, "all"};
    case AT_EnableTrigUser: return {Action::EnableTrigger, "user"};
    case AT_DisableTrig: return {Action::DisableTrigger};
    case AT_DisableTrigAll: return {Action::DisableTrigger, "all"};
    case AT_DisableTrigUser: return {Action::DisableTrigger, "user"};
    case AT_EnableRule: return {Action::EnableRule};
    case AT_EnableAlwaysRule: return {Action::EnableRule, "always"};
    case AT_EnableReplicaRule: return {Action::EnableRule, "replica"};
    case AT_DisableRule: return {Action::DisableRule};
    default: return {Action::Other, "an unknown subcommand"};
  }
}

inline ActionKind table_action(::AlterTableType subtype) {
  switch (subtype) {
    case AT_AddConstraint: return {Action::AddConstraint};
    case AT_AlterConstraint: return {Action::AlterConstraint};
    case AT_ValidateConstraint: return {Action::ValidateConstraint};
    case AT_DropConstraint: return {Action::DropConstraint};
    case AT_ChangeOwner: return {Action::ChangeOwner};
    case AT_ClusterOn: return {Action::ClusterOn};
    case AT_DropCluster: return {Action::DropCluster};
    case AT_SetLogged: return {Action::SetLogged};
    case AT_SetUnLogged: return {Action::SetUnlogged};
    case AT_DropOids: return {Action::DropOids};
    case AT_SetAccessMethod: return {Action::SetAccessMethod};
    case AT_SetTableSpace: return {Action::SetTablespace};
    case AT_SetRelOptions: return {Action::SetOptions};
    case AT_ResetRelOptions: return {Action::ResetOptions};
    case AT_ReplaceRelOptions: return {Action::ReplaceOptions};
    case AT_AddInherit: return {Action::AddInherit};
    case AT_DropInherit: return {Action::DropInherit};
    case AT_AddOf: return {Action::AddOf};
    case AT_DropOf: return {Action::DropOf};
    case AT_ReplicaIdentity: return {Action::ReplicaIdentity};
    case AT_EnableRowSecurity: return {Action::EnableRowSecurity};
    case AT_DisableRowSecurity: return {Action::DisableRowSecurity};
    case AT_ForceRowSecurity: return {Action::ForceRowSecurity};
    case AT_NoForceRowSecurity: return {Action::NoForceRowSecurity};
    case AT_GenericOptions: return {Action::GenericOptions};
    case AT_AttachPartition: return {Action::AttachPartition};
    case AT_DetachPartition: return {Action::DetachPartition};
    case AT_DetachPartitionFinalize: return {Action::DetachFinalize};
    default: return trigger_action(subtype);
  }
}

inline std::string_view replica_identity(char letter) {
  switch (letter) {
    case REPLICA_IDENTITY_FULL: return "full";
    case REPLICA_IDENTITY_NOTHING: return "nothing";
    case REPLICA_IDENTITY_INDEX: return "index";
    default: return "default";
  }
}

#if MIGCHECK_PG_MAJOR >= 18
inline void altered_constraint(Context& c, const ::AlterTableCmd* source, ast::AlterAction& made) {
  const auto* change = reinterpret_cast<const ::ATAlterConstraint*>(source->def);
  auto* constraint = c.arena.make<ast::ConstraintDefinition>(made.span);
  made.name = name_inside(c, change->conname, made.span);
  constraint->name = made.name;
  constraint->deferrable = change->deferrable;
  constraint->initially_deferred = change->initdeferred;
  constraint->enforced = change->is_enforced;
  constraint->no_inherit = change->noinherit;
  made.alters_deferrability = change->alterDeferrability;
  made.alters_enforcement = change->alterEnforceability;
  made.alters_inheritance = change->alterInheritability;
  made.constraint = constraint;
}
#else
inline void altered_constraint(Context& c, const ::AlterTableCmd* source, ast::AlterAction& made) {
  const auto* change = reinterpret_cast<const ::Constraint*>(source->def);
  auto* constraint = c.arena.make<ast::ConstraintDefinition>(made.span);
  made.name = name_inside(c, change->conname, made.span);
  constraint->name = made.name;
  constraint->deferrable = change->deferrable;
  constraint->initially_deferred = change->initdeferred;
  made.alters_deferrability = true;
  made.constraint = constraint;
}
#endif

// The new type, collation and USING of ALTER COLUMN … TYPE.
inline void altered_type(Context& c, const ::ColumnDef* source, ast::AlterAction& made) {
  auto* column = c.arena.make<ast::ColumnDefinition>(made.span);
  column->name = made.name;
  column->type = type(c, source->typeName);
  if (source->collClause != nullptr) {
    const std::uint32_t place = c.place(source->collClause->location);
    column->collation = qualified_at(c, source->collClause->collname,
                                     place == kNowhere ? place : c.scan.after_keyword(place, "COLLATE"));
  }
  made.column = column;
  made.expression = expression(c, source->raw_default);
}

// A subcommand's own definition: from its place to the subcommand's end.
inline Span rest_of(const Context& c, Span action, int location) {
  const std::uint32_t begin = c.place(location);
  return action.empty() ? action : Context::from(begin, action.end);
}

inline void action_definition(Context& c, const ::AlterTableCmd* source, ast::AlterAction& made) {
  const ::Node* def = source->def;
  switch (made.type) {
    case Action::AddColumn:
    case Action::AddAttribute: {
      const auto* column = reinterpret_cast<const ::ColumnDef*>(def);
      made.column = column_definition(c, column, rest_of(c, made.span, column->location));
      made.name = made.column->name;
      break;
    }
    case Action::SetType:
    case Action::AlterAttributeType: altered_type(c, reinterpret_cast<const ::ColumnDef*>(def), made); break;
    case Action::AddIdentity:
    case Action::AddConstraint: {
      const auto* added = reinterpret_cast<const ::Constraint*>(def);
      made.constraint = constraint(c, added, rest_of(c, made.span, added->location));
      if (made.type == Action::AddConstraint) made.name = made.constraint->name;
      break;
    }
    case Action::AlterConstraint: altered_constraint(c, source, made); break;
    case Action::SetDefault:
    case Action::SetExpression: made.expression = expression(c, def); break;
    case Action::AddOf: made.of_type = type(c, reinterpret_cast<const ::TypeName*>(def)); break;
    case Action::AddInherit:
    case Action::DropInherit: made.relation = relation(c, reinterpret_cast<const ::RangeVar*>(def)); break;
    case Action::AttachPartition:
    case Action::DetachPartition:
    case Action::DetachFinalize: {
      const auto* partition = reinterpret_cast<const ::PartitionCmd*>(def);
      made.relation = relation(c, partition->name);
      made.bound = partition_bound(c, partition->bound);
      made.concurrently = partition->concurrent;
      break;
    }
    case Action::ReplicaIdentity: {
      const auto* identity = reinterpret_cast<const ::ReplicaIdentityStmt*>(def);
      made.value = replica_identity(identity->identity_type);
      made.name = name_inside(c, identity->name, made.span);
      break;
    }
    default:
      if (def != nullptr && nodeTag(def) == T_List) {
        made.options = options(c, reinterpret_cast<const ::List*>(def));
      } else if (def != nullptr) {
        made.value = scalar_text(c, def);
      }
  }
}

inline const ast::AlterAction* alter_action(Context& c, const ::AlterTableCmd* source, bool composite, Span span) {
  auto* made = c.arena.make<ast::AlterAction>(span);
  ActionKind kind = column_action(source, composite);
  if (kind.type == Action::Other) kind = table_action(source->subtype);
  made->type = kind.type;
  made->value = kind.value;
  made->cascade = source->behavior == DROP_CASCADE;
  made->missing_ok = source->missing_ok;
  made->name = name_inside(c, source->name, span);
  if (made->type == Action::SetAccessMethod || made->type == Action::SetTablespace) {
    made->value = made->name.text;
    made->name = {};
  }
  if (source->newowner != nullptr) made->value = role(c, source->newowner);
  if (made->type == Action::SetStatistics && source->name == nullptr) {
    made->name.text = c.arena.text(fmt::format_int(source->num).c_str());
  }
  action_definition(c, source, *made);
  return made;
}

inline const ast::Statement* alter_table(Context& c, const ::AlterTableStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterTable>(span);
  const bool composite = source->objtype == OBJECT_TYPE;
  made->object = composite ? ast::ObjectType::CompositeType : object_type(source->objtype);
  made->relation = relation(c, source->relation);
  made->if_exists = source->missing_ok;
  const auto commands = each<::AlterTableCmd>(source->cmds);
  Places places(alter_actions(c.tokens()), commands.size());
  made->actions = c.list<const ast::AlterAction*>(
      commands, [&](::AlterTableCmd* command) { return alter_action(c, command, composite, places.next()); });
  return made;
}

}  // namespace migcheck::parsing::lowering
