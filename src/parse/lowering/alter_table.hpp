// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: ALTER TABLE and its like, subcommand by subcommand.

#include "parse/lowering/object_names.hpp"

namespace migcheck::parsing::lowering {

using AlterType = ast::AlterAction::Type;

// What a subcommand is, and the word that goes into `value` where several share a type.
struct ActionKind {
  AlterType type = AlterType::Other;
  std::string_view value = {};
};

inline ActionKind column_action(const ::AlterTableCmd* source, bool composite) {
  switch (source->subtype) {
    case AT_AddColumn:
      return {composite ? AlterType::AddAttribute : AlterType::AddColumn};
    case AT_ColumnDefault:
      return {source->def == nullptr ? AlterType::DropDefault : AlterType::SetDefault};
    case AT_DropNotNull:
      return {AlterType::DropNotNull};
    case AT_SetNotNull:
      return {AlterType::SetNotNull};
    case AT_SetExpression:
      return {AlterType::SetExpression};
    case AT_DropExpression:
      return {AlterType::DropExpression};
    case AT_SetStatistics:
      return {AlterType::SetStatistics};
    case AT_SetOptions:
      return {AlterType::SetColumnOptions};
    case AT_ResetOptions:
      return {AlterType::ResetColumnOptions};
    case AT_SetStorage:
      return {AlterType::SetStorage};
    case AT_SetCompression:
      return {AlterType::SetCompression};
    case AT_DropColumn:
      return {composite ? AlterType::DropAttribute : AlterType::DropColumn};
    case AT_AlterColumnType:
      return {composite ? AlterType::AlterAttributeType : AlterType::SetType};
    case AT_AlterColumnGenericOptions:
      return {AlterType::GenericOptions};
    case AT_AddIdentity:
      return {AlterType::AddIdentity};
    case AT_SetIdentity:
      return {AlterType::SetIdentity};
    case AT_DropIdentity:
      return {AlterType::DropIdentity};
    default:
      return {};
  }
}

inline ActionKind trigger_action(::AlterTableType subtype) {
  switch (subtype) {
    case AT_EnableTrig:
      return {AlterType::EnableTrigger};
    case AT_EnableAlwaysTrig:
      return {AlterType::EnableTrigger, "always"};
    case AT_EnableReplicaTrig:
      return {AlterType::EnableTrigger, "replica"};
    case AT_EnableTrigAll:
      return {AlterType::EnableTrigger, "all"};
    case AT_EnableTrigUser:
      return {AlterType::EnableTrigger, "user"};
    case AT_DisableTrig:
      return {AlterType::DisableTrigger};
    case AT_DisableTrigAll:
      return {AlterType::DisableTrigger, "all"};
    case AT_DisableTrigUser:
      return {AlterType::DisableTrigger, "user"};
    case AT_EnableRule:
      return {AlterType::EnableRule};
    case AT_EnableAlwaysRule:
      return {AlterType::EnableRule, "always"};
    case AT_EnableReplicaRule:
      return {AlterType::EnableRule, "replica"};
    case AT_DisableRule:
      return {AlterType::DisableRule};
    default:
      return {AlterType::Other, "an unknown subcommand"};
  }
}

inline ActionKind table_action(::AlterTableType subtype) {
  switch (subtype) {
    case AT_AddConstraint:
      return {AlterType::AddConstraint};
    case AT_AlterConstraint:
      return {AlterType::AlterConstraint};
    case AT_ValidateConstraint:
      return {AlterType::ValidateConstraint};
    case AT_DropConstraint:
      return {AlterType::DropConstraint};
    case AT_ChangeOwner:
      return {AlterType::ChangeOwner};
    case AT_ClusterOn:
      return {AlterType::ClusterOn};
    case AT_DropCluster:
      return {AlterType::DropCluster};
    case AT_SetLogged:
      return {AlterType::SetLogged};
    case AT_SetUnLogged:
      return {AlterType::SetUnlogged};
    case AT_DropOids:
      return {AlterType::DropOids};
    case AT_SetAccessMethod:
      return {AlterType::SetAccessMethod};
    case AT_SetTableSpace:
      return {AlterType::SetTablespace};
    case AT_SetRelOptions:
      return {AlterType::SetOptions};
    case AT_ResetRelOptions:
      return {AlterType::ResetOptions};
    case AT_ReplaceRelOptions:
      return {AlterType::ReplaceOptions};
    case AT_AddInherit:
      return {AlterType::AddInherit};
    case AT_DropInherit:
      return {AlterType::DropInherit};
    case AT_AddOf:
      return {AlterType::AddOf};
    case AT_DropOf:
      return {AlterType::DropOf};
    case AT_ReplicaIdentity:
      return {AlterType::ReplicaIdentity};
    case AT_EnableRowSecurity:
      return {AlterType::EnableRowSecurity};
    case AT_DisableRowSecurity:
      return {AlterType::DisableRowSecurity};
    case AT_ForceRowSecurity:
      return {AlterType::ForceRowSecurity};
    case AT_NoForceRowSecurity:
      return {AlterType::NoForceRowSecurity};
    case AT_GenericOptions:
      return {AlterType::GenericOptions};
    case AT_AttachPartition:
      return {AlterType::AttachPartition};
    case AT_DetachPartition:
      return {AlterType::DetachPartition};
    case AT_DetachPartitionFinalize:
      return {AlterType::DetachFinalize};
    default:
      return trigger_action(subtype);
  }
}

inline std::string_view replica_identity(char letter) {
  switch (letter) {
    case REPLICA_IDENTITY_FULL:
      return "full";
    case REPLICA_IDENTITY_NOTHING:
      return "nothing";
    case REPLICA_IDENTITY_INDEX:
      return "index";
    default:
      return "default";
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
    case AlterType::AddColumn:
    case AlterType::AddAttribute: {
      const auto* column = reinterpret_cast<const ::ColumnDef*>(def);
      made.column = column_definition(c, column, rest_of(c, made.span, column->location));
      made.name = made.column->name;
      break;
    }
    case AlterType::SetType:
    case AlterType::AlterAttributeType:
      altered_type(c, reinterpret_cast<const ::ColumnDef*>(def), made);
      break;
    case AlterType::AddIdentity:
    case AlterType::AddConstraint: {
      const auto* added = reinterpret_cast<const ::Constraint*>(def);
      made.constraint = constraint(c, added, rest_of(c, made.span, added->location));
      if (made.type == AlterType::AddConstraint) made.name = made.constraint->name;
      break;
    }
    case AlterType::AlterConstraint:
      altered_constraint(c, source, made);
      break;
    case AlterType::SetDefault:
    case AlterType::SetExpression:
      made.expression = expression(c, def);
      break;
    case AlterType::AddOf:
      made.of_type = type(c, reinterpret_cast<const ::TypeName*>(def));
      break;
    case AlterType::AddInherit:
    case AlterType::DropInherit:
      made.relation = relation(c, reinterpret_cast<const ::RangeVar*>(def));
      break;
    case AlterType::AttachPartition:
    case AlterType::DetachPartition:
    case AlterType::DetachFinalize: {
      const auto* partition = reinterpret_cast<const ::PartitionCmd*>(def);
      made.relation = relation(c, partition->name);
      made.bound = partition_bound(c, partition->bound);
      made.concurrently = partition->concurrent;
      break;
    }
    case AlterType::ReplicaIdentity: {
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

inline const ast::AlterAction* alter_action(Context& c, const ::AlterTableCmd* source, bool composite,
                                            Span span) {
  auto* made = c.arena.make<ast::AlterAction>(span);
  ActionKind kind = column_action(source, composite);
  if (kind.type == AlterType::Other) kind = table_action(source->subtype);
  made->type = kind.type;
  made->value = kind.value;
  made->cascade = source->behavior == DROP_CASCADE;
  made->missing_ok = source->missing_ok;
  made->name = name_inside(c, source->name, span);
  if (made->type == AlterType::SetAccessMethod || made->type == AlterType::SetTablespace) {
    made->value = made->name.text;
    made->name = {};
  }
  if (source->newowner != nullptr) made->value = role(c, source->newowner);
  if (made->type == AlterType::SetStatistics && source->name == nullptr) {
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
