// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: which function lowers which statement.

#include "parse/lowering/session.hpp"

namespace migcheck::parsing::lowering {

// PostgreSQL's struct of the tag that was just looked at.
template <typename T>
const T* the(const ::Node* node) {
  return reinterpret_cast<const T*>(node);
}

inline const ast::Statement* other_statement(Context& c, std::string_view what, Span span) {
  auto* made = c.arena.make<ast::OtherStatement>(span);
  made->what = what;
  return made;
}

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

inline const ast::Statement* statement(Context& c, const ::Node* node, Span span) {
  if (node == nullptr) return nullptr;
  const Deeper deeper(c);
  if (deeper.beyond()) return other_statement(c, "nested too deeply", span);
  if (const auto* made = data_statement(c, node, span)) return made;
  if (const auto* made = table_statement(c, node, span)) return made;
  if (const auto* made = session_statement(c, node, span)) return made;
  return other_statement(c, "statement", span);
}

}  // namespace migcheck::parsing::lowering
