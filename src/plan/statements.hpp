// SPDX-License-Identifier: MIT
#pragma once

// One function per kind of statement: what it locks and does, and what the schema is afterwards.

#include "migcheck/ast.hpp"
#include "plan/planner.hpp"

namespace migcheck::plan {

// Tables and indexes (create_table.cpp, alter_table*.cpp, indexes.cpp, maintenance.cpp)
void plan_statement(Planner& planner, const ast::CreateTable& statement);
void plan_statement(Planner& planner, const ast::CreateTableAs& statement);
void plan_statement(Planner& planner, const ast::AlterTable& statement);
void plan_statement(Planner& planner, const ast::CreateIndex& statement);
void plan_statement(Planner& planner, const ast::Reindex& statement);
void plan_statement(Planner& planner, const ast::Truncate& statement);
void plan_statement(Planner& planner, const ast::Cluster& statement);
void plan_statement(Planner& planner, const ast::Vacuum& statement);
void plan_statement(Planner& planner, const ast::LockTable& statement);
// Data (data.cpp): locks only; the catalog does not hold rows
void plan_statement(Planner& planner, const ast::Select& statement);
void plan_statement(Planner& planner, const ast::Insert& statement);
void plan_statement(Planner& planner, const ast::Update& statement);
void plan_statement(Planner& planner, const ast::Delete& statement);
void plan_statement(Planner& planner, const ast::Merge& statement);
void plan_statement(Planner& planner, const ast::Copy& statement);
// Whatever has a name (drop.cpp, rename.cpp, owner.cpp, comment.cpp)
void plan_statement(Planner& planner, const ast::Drop& statement);
void plan_statement(Planner& planner, const ast::Rename& statement);
void plan_statement(Planner& planner, const ast::SetSchema& statement);
void plan_statement(Planner& planner, const ast::ChangeOwner& statement);
void plan_statement(Planner& planner, const ast::Comment& statement);
void plan_statement(Planner& planner, const ast::SecurityLabel& statement);
void plan_statement(Planner& planner, const ast::MoveAll& statement);
void plan_statement(Planner& planner, const ast::DependsOnExtension& statement);
// Schemas, views, sequences, types, functions, triggers, policies, privileges … (one file per concept)
void plan_statement(Planner& planner, const ast::CreateSchema& statement);
void plan_statement(Planner& planner, const ast::CreateView& statement);
void plan_statement(Planner& planner, const ast::RefreshMaterializedView& statement);
void plan_statement(Planner& planner, const ast::CreateSequence& statement);
void plan_statement(Planner& planner, const ast::AlterSequence& statement);
void plan_statement(Planner& planner, const ast::CreateEnum& statement);
void plan_statement(Planner& planner, const ast::AlterEnum& statement);
void plan_statement(Planner& planner, const ast::CreateCompositeType& statement);
void plan_statement(Planner& planner, const ast::CreateRangeType& statement);
void plan_statement(Planner& planner, const ast::CreateDomain& statement);
void plan_statement(Planner& planner, const ast::AlterDomain& statement);
void plan_statement(Planner& planner, const ast::DefineObject& statement);
void plan_statement(Planner& planner, const ast::CreateFunction& statement);
void plan_statement(Planner& planner, const ast::AlterFunction& statement);
void plan_statement(Planner& planner, const ast::CreateTrigger& statement);
void plan_statement(Planner& planner, const ast::CreateEventTrigger& statement);
void plan_statement(Planner& planner, const ast::CreateRule& statement);
void plan_statement(Planner& planner, const ast::CreatePolicy& statement);
void plan_statement(Planner& planner, const ast::AlterPolicy& statement);
void plan_statement(Planner& planner, const ast::CreateExtension& statement);
void plan_statement(Planner& planner, const ast::AlterExtension& statement);
void plan_statement(Planner& planner, const ast::CreatePublication& statement);
void plan_statement(Planner& planner, const ast::AlterPublication& statement);
void plan_statement(Planner& planner, const ast::CreateSubscription& statement);
void plan_statement(Planner& planner, const ast::Grant& statement);
void plan_statement(Planner& planner, const ast::GrantRole& statement);
void plan_statement(Planner& planner, const ast::AlterDefaultPrivileges& statement);
void plan_statement(Planner& planner, const ast::CreateRole& statement);
void plan_statement(Planner& planner, const ast::AlterRole& statement);
void plan_statement(Planner& planner, const ast::AlterRoleSet& statement);
void plan_statement(Planner& planner, const ast::DropRole& statement);
void plan_statement(Planner& planner, const ast::DropOwned& statement);
void plan_statement(Planner& planner, const ast::ReassignOwned& statement);
void plan_statement(Planner& planner, const ast::CreateDatabase& statement);
void plan_statement(Planner& planner, const ast::AlterDatabase& statement);
void plan_statement(Planner& planner, const ast::AlterSystem& statement);
void plan_statement(Planner& planner, const ast::CreateTablespace& statement);
void plan_statement(Planner& planner, const ast::CreateStatistics& statement);
void plan_statement(Planner& planner, const ast::Discard& statement);
void plan_statement(Planner& planner, const ast::Transaction& statement);
void plan_statement(Planner& planner, const ast::Explain& statement);

}  // namespace migcheck::plan
