// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: which function lowers which statement.

#include "parse/lowering/other_statements.hpp"

namespace migcheck::parsing::lowering {

// Each of these gives null for a statement that is not its own.
inline const ast::Statement* data_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_SelectStmt:
      return select(c, the<::SelectStmt>(node), span);
    case T_InsertStmt:
      return insert(c, the<::InsertStmt>(node), span);
    case T_UpdateStmt:
      return update(c, the<::UpdateStmt>(node), span);
    case T_DeleteStmt:
      return delete_rows(c, the<::DeleteStmt>(node), span);
    case T_MergeStmt:
      return merge(c, the<::MergeStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* table_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_CreateStmt:
      return create_table(c, the<::CreateStmt>(node), span);
    case T_CreateForeignTableStmt:
      return create_foreign_table(c, the<::CreateForeignTableStmt>(node), span);
    case T_CreateTableAsStmt:
      return create_table_as(c, the<::CreateTableAsStmt>(node), span);
    case T_AlterTableStmt:
      return alter_table(c, the<::AlterTableStmt>(node), span);
    case T_IndexStmt:
      return create_index(c, the<::IndexStmt>(node), span);
    case T_ReindexStmt:
      return reindex(c, the<::ReindexStmt>(node), span);
    case T_ClusterStmt:
      return cluster(c, the<::ClusterStmt>(node), span);
    case T_VacuumStmt:
      return vacuum(c, the<::VacuumStmt>(node), span);
    case T_LockStmt:
      return lock_table(c, the<::LockStmt>(node), span);
    case T_TruncateStmt:
      return truncate(c, the<::TruncateStmt>(node), span);
    case T_DropStmt:
      return drop(c, the<::DropStmt>(node), span);
    case T_DropRoleStmt:
      return drop_role(c, the<::DropRoleStmt>(node), span);
    case T_RenameStmt:
      return rename(c, the<::RenameStmt>(node), span);
    case T_AlterObjectSchemaStmt:
      return set_schema(c, the<::AlterObjectSchemaStmt>(node), span);
    case T_AlterOwnerStmt:
      return change_owner(c, the<::AlterOwnerStmt>(node), span);
    case T_CommentStmt:
      return comment(c, the<::CommentStmt>(node), span);
    case T_SecLabelStmt:
      return security_label(c, the<::SecLabelStmt>(node), span);
    case T_AlterTableMoveAllStmt:
      return move_all(c, the<::AlterTableMoveAllStmt>(node), span);
    case T_AlterObjectDependsStmt:
      return depends_on_extension(c, the<::AlterObjectDependsStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* session_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_TransactionStmt:
      return transaction(c, the<::TransactionStmt>(node), span);
    case T_VariableSetStmt:
      return set_variable(c, the<::VariableSetStmt>(node), span);
    case T_VariableShowStmt:
      return show_variable(c, the<::VariableShowStmt>(node), span);
    case T_DiscardStmt:
      return discard(c, the<::DiscardStmt>(node), span);
    case T_CopyStmt:
      return copy(c, the<::CopyStmt>(node), span);
    case T_ExplainStmt:
      return explain(c, the<::ExplainStmt>(node), span);
    case T_PrepareStmt:
      return prepare(c, the<::PrepareStmt>(node), span);
    case T_ExecuteStmt:
      return execute(c, the<::ExecuteStmt>(node), span);
    case T_DeclareCursorStmt:
      return declare_cursor(c, the<::DeclareCursorStmt>(node), span);
    case T_FetchStmt:
      return use_cursor(c, ast::Cursor::Action::Fetch, the<::FetchStmt>(node)->portalname, span);
    case T_ClosePortalStmt:
      return use_cursor(c, ast::Cursor::Action::Close, the<::ClosePortalStmt>(node)->portalname, span);
    case T_ConstraintsSetStmt:
      return set_constraints(c, the<::ConstraintsSetStmt>(node), span);
    case T_CallStmt:
      return call(c, the<::CallStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* object_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_CreateSchemaStmt:
      return create_schema(c, the<::CreateSchemaStmt>(node), span);
    case T_ViewStmt:
      return create_view(c, the<::ViewStmt>(node), span);
    case T_RefreshMatViewStmt:
      return refresh(c, the<::RefreshMatViewStmt>(node), span);
    case T_CreateSeqStmt:
      return create_sequence(c, the<::CreateSeqStmt>(node), span);
    case T_AlterSeqStmt:
      return alter_sequence(c, the<::AlterSeqStmt>(node), span);
    case T_CreateEnumStmt:
      return create_enum(c, the<::CreateEnumStmt>(node), span);
    case T_AlterEnumStmt:
      return alter_enum(c, the<::AlterEnumStmt>(node), span);
    case T_CompositeTypeStmt:
      return create_composite_type(c, the<::CompositeTypeStmt>(node), span);
    case T_CreateRangeStmt:
      return create_range_type(c, the<::CreateRangeStmt>(node), span);
    case T_CreateDomainStmt:
      return create_domain(c, the<::CreateDomainStmt>(node), span);
    case T_AlterDomainStmt:
      return alter_domain(c, the<::AlterDomainStmt>(node), span);
    case T_DefineStmt:
      return define_object(c, the<::DefineStmt>(node), span);
    case T_CreateCastStmt:
      return create_cast(c, the<::CreateCastStmt>(node), span);
    case T_CreatePLangStmt:
      return create_language(c, the<::CreatePLangStmt>(node), span);
    case T_CreateExtensionStmt:
      return create_extension(c, the<::CreateExtensionStmt>(node), span);
    case T_AlterExtensionStmt:
      return alter_extension(c, the<::AlterExtensionStmt>(node), span);
    case T_AlterExtensionContentsStmt:
      return alter_extension_contents(c, the<::AlterExtensionContentsStmt>(node), span);
    case T_CreatePublicationStmt:
      return create_publication(c, the<::CreatePublicationStmt>(node), span);
    case T_AlterPublicationStmt:
      return alter_publication(c, the<::AlterPublicationStmt>(node), span);
    case T_CreateSubscriptionStmt:
      return create_subscription(c, the<::CreateSubscriptionStmt>(node), span);
    case T_AlterSubscriptionStmt:
      return alter_subscription(c, the<::AlterSubscriptionStmt>(node), span);
    case T_CreateStatsStmt:
      return create_statistics(c, the<::CreateStatsStmt>(node), span);
    case T_ImportForeignSchemaStmt:
      return import_foreign_schema(c, the<::ImportForeignSchemaStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* code_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_CreateFunctionStmt:
      return create_function(c, the<::CreateFunctionStmt>(node), span);
    case T_AlterFunctionStmt:
      return alter_function(c, the<::AlterFunctionStmt>(node), span);
    case T_DoStmt:
      return do_block(c, the<::DoStmt>(node), span);
    case T_CreateTrigStmt:
      return create_trigger(c, the<::CreateTrigStmt>(node), span);
    case T_CreateEventTrigStmt:
      return create_event_trigger(c, the<::CreateEventTrigStmt>(node), span);
    case T_RuleStmt:
      return create_rule(c, the<::RuleStmt>(node), span);
    case T_CreatePolicyStmt:
      return create_policy(c, the<::CreatePolicyStmt>(node), span);
    case T_AlterPolicyStmt:
      return alter_policy(c, the<::AlterPolicyStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* privilege_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_GrantStmt:
      return grant(c, the<::GrantStmt>(node), span);
    case T_GrantRoleStmt:
      return grant_role(c, the<::GrantRoleStmt>(node), span);
    case T_AlterDefaultPrivilegesStmt:
      return alter_default_privileges(c, the<::AlterDefaultPrivilegesStmt>(node), span);
    case T_CreateRoleStmt:
      return create_role(c, the<::CreateRoleStmt>(node), span);
    case T_AlterRoleStmt:
      return alter_role(c, the<::AlterRoleStmt>(node), span);
    case T_AlterRoleSetStmt:
      return alter_role_set(c, the<::AlterRoleSetStmt>(node), span);
    case T_DropOwnedStmt:
      return drop_owned(c, the<::DropOwnedStmt>(node), span);
    case T_ReassignOwnedStmt:
      return reassign_owned(c, the<::ReassignOwnedStmt>(node), span);
    case T_CreatedbStmt:
      return create_database(c, the<::CreatedbStmt>(node), span);
    case T_AlterDatabaseStmt: {
      const auto* source = the<::AlterDatabaseStmt>(node);
      return alter_database(c, source->dbname, source->options, span);
    }
    case T_AlterDatabaseRefreshCollStmt:
      return alter_database(c, the<::AlterDatabaseRefreshCollStmt>(node)->dbname, nullptr, span);
    case T_AlterDatabaseSetStmt:
      return alter_database_set(c, the<::AlterDatabaseSetStmt>(node), span);
    case T_AlterSystemStmt:
      return alter_system(c, the<::AlterSystemStmt>(node), span);
    case T_CreateTableSpaceStmt:
      return create_tablespace(c, the<::CreateTableSpaceStmt>(node), span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* statement(Context& c, const ::Node* node, Span span) {
  if (node == nullptr) return nullptr;
  const Deeper deeper(c);
  if (deeper.beyond()) return other_statement(c, "nested too deeply", nullptr, span);
  for (const auto lower : {data_statement, table_statement, session_statement, object_statement,
                           code_statement, privilege_statement, drop_statement, foreign_statement}) {
    if (const ast::Statement* made = lower(c, node, span)) return made;
  }
  return rare_statement(c, node, span);
}

}  // namespace migcheck::parsing::lowering
