// SPDX-License-Identifier: MIT
#pragma once

// From a node of unknown kind to its struct: the one switch over all kinds.

#include "migcheck/ast.hpp"

namespace migcheck::ast {

// Calls visit with the node as what it is. Kinds without a struct (NodeKind::Star) are visited as nothing.
template <typename Visit>
void dispatch(Node& node, Visit&& visit) {
  switch (node.kind) {
    // clang-format off
    case NodeKind::ColumnRef: visit(static_cast<ColumnRef&>(node)); break;
    case NodeKind::Parameter: visit(static_cast<Parameter&>(node)); break;
    case NodeKind::Constant: visit(static_cast<Constant&>(node)); break;
    case NodeKind::Operation: visit(static_cast<Operation&>(node)); break;
    case NodeKind::BoolOperation: visit(static_cast<BoolOperation&>(node)); break;
    case NodeKind::NullTest: visit(static_cast<NullTest&>(node)); break;
    case NodeKind::BooleanTest: visit(static_cast<BooleanTest&>(node)); break;
    case NodeKind::InList: visit(static_cast<InList&>(node)); break;
    case NodeKind::Between: visit(static_cast<Between&>(node)); break;
    case NodeKind::FunctionCall: visit(static_cast<FunctionCall&>(node)); break;
    case NodeKind::Cast: visit(static_cast<Cast&>(node)); break;
    case NodeKind::Collate: visit(static_cast<Collate&>(node)); break;
    case NodeKind::Case: visit(static_cast<Case&>(node)); break;
    case NodeKind::Coalesce: visit(static_cast<Coalesce&>(node)); break;
    case NodeKind::MinMax: visit(static_cast<MinMax&>(node)); break;
    case NodeKind::RowLiteral: visit(static_cast<RowLiteral&>(node)); break;
    case NodeKind::ArrayLiteral: visit(static_cast<ArrayLiteral&>(node)); break;
    case NodeKind::Subscript: visit(static_cast<Subscript&>(node)); break;
    case NodeKind::SubQuery: visit(static_cast<SubQuery&>(node)); break;
    case NodeKind::SqlValue: visit(static_cast<SqlValue&>(node)); break;
    case NodeKind::NamedArgument: visit(static_cast<NamedArgument&>(node)); break;
    case NodeKind::DefaultValue: visit(static_cast<DefaultValue&>(node)); break;
    case NodeKind::CurrentOf: visit(static_cast<CurrentOf&>(node)); break;
    case NodeKind::Other: visit(static_cast<Other&>(node)); break;
    case NodeKind::TableRef: visit(static_cast<TableRef&>(node)); break;
    case NodeKind::Join: visit(static_cast<Join&>(node)); break;
    case NodeKind::DerivedTable: visit(static_cast<DerivedTable&>(node)); break;
    case NodeKind::FunctionTable: visit(static_cast<FunctionTable&>(node)); break;
    case NodeKind::CommonTable: visit(static_cast<CommonTable&>(node)); break;
    case NodeKind::SelectItem: visit(static_cast<SelectItem&>(node)); break;
    case NodeKind::SortItem: visit(static_cast<SortItem&>(node)); break;
    case NodeKind::WindowDefinition: visit(static_cast<WindowDefinition&>(node)); break;
    case NodeKind::LockClause: visit(static_cast<LockClause&>(node)); break;
    case NodeKind::OnConflict: visit(static_cast<OnConflict&>(node)); break;
    case NodeKind::MergeAction: visit(static_cast<MergeAction&>(node)); break;
    case NodeKind::Assignment: visit(static_cast<Assignment&>(node)); break;
    case NodeKind::TypeName: visit(static_cast<TypeName&>(node)); break;
    case NodeKind::ColumnDefinition: visit(static_cast<ColumnDefinition&>(node)); break;
    case NodeKind::ConstraintDefinition: visit(static_cast<ConstraintDefinition&>(node)); break;
    case NodeKind::AlterAction: visit(static_cast<AlterAction&>(node)); break;
    case NodeKind::PartitionBy: visit(static_cast<PartitionBy&>(node)); break;
    case NodeKind::PartitionBound: visit(static_cast<PartitionBound&>(node)); break;
    case NodeKind::LikeClause: visit(static_cast<LikeClause&>(node)); break;
    case NodeKind::IndexElement: visit(static_cast<IndexElement&>(node)); break;
    case NodeKind::Option: visit(static_cast<Option&>(node)); break;
    case NodeKind::Select: visit(static_cast<Select&>(node)); break;
    case NodeKind::Insert: visit(static_cast<Insert&>(node)); break;
    case NodeKind::Update: visit(static_cast<Update&>(node)); break;
    case NodeKind::Delete: visit(static_cast<Delete&>(node)); break;
    case NodeKind::Merge: visit(static_cast<Merge&>(node)); break;
    case NodeKind::CreateTable: visit(static_cast<CreateTable&>(node)); break;
    case NodeKind::CreateTableAs: visit(static_cast<CreateTableAs&>(node)); break;
    case NodeKind::AlterTable: visit(static_cast<AlterTable&>(node)); break;
    case NodeKind::CreateIndex: visit(static_cast<CreateIndex&>(node)); break;
    case NodeKind::Reindex: visit(static_cast<Reindex&>(node)); break;
    case NodeKind::Drop: visit(static_cast<Drop&>(node)); break;
    case NodeKind::Truncate: visit(static_cast<Truncate&>(node)); break;
    case NodeKind::Rename: visit(static_cast<Rename&>(node)); break;
    case NodeKind::SetSchema: visit(static_cast<SetSchema&>(node)); break;
    case NodeKind::ChangeOwner: visit(static_cast<ChangeOwner&>(node)); break;
    case NodeKind::Cluster: visit(static_cast<Cluster&>(node)); break;
    case NodeKind::Vacuum: visit(static_cast<Vacuum&>(node)); break;
    case NodeKind::LockTable: visit(static_cast<LockTable&>(node)); break;
    case NodeKind::CreateSchema: visit(static_cast<CreateSchema&>(node)); break;
    case NodeKind::CreateView: visit(static_cast<CreateView&>(node)); break;
    case NodeKind::RefreshMaterializedView: visit(static_cast<RefreshMaterializedView&>(node)); break;
    case NodeKind::CreateSequence: visit(static_cast<CreateSequence&>(node)); break;
    case NodeKind::AlterSequence: visit(static_cast<AlterSequence&>(node)); break;
    case NodeKind::CreateEnum: visit(static_cast<CreateEnum&>(node)); break;
    case NodeKind::AlterEnum: visit(static_cast<AlterEnum&>(node)); break;
    case NodeKind::CreateCompositeType: visit(static_cast<CreateCompositeType&>(node)); break;
    case NodeKind::CreateRangeType: visit(static_cast<CreateRangeType&>(node)); break;
    case NodeKind::CreateDomain: visit(static_cast<CreateDomain&>(node)); break;
    case NodeKind::AlterDomain: visit(static_cast<AlterDomain&>(node)); break;
    case NodeKind::DefineObject: visit(static_cast<DefineObject&>(node)); break;
    case NodeKind::CreateFunction: visit(static_cast<CreateFunction&>(node)); break;
    case NodeKind::AlterFunction: visit(static_cast<AlterFunction&>(node)); break;
    case NodeKind::CreateTrigger: visit(static_cast<CreateTrigger&>(node)); break;
    case NodeKind::CreateEventTrigger: visit(static_cast<CreateEventTrigger&>(node)); break;
    case NodeKind::CreateRule: visit(static_cast<CreateRule&>(node)); break;
    case NodeKind::CreatePolicy: visit(static_cast<CreatePolicy&>(node)); break;
    case NodeKind::AlterPolicy: visit(static_cast<AlterPolicy&>(node)); break;
    case NodeKind::CreateExtension: visit(static_cast<CreateExtension&>(node)); break;
    case NodeKind::AlterExtension: visit(static_cast<AlterExtension&>(node)); break;
    case NodeKind::CreatePublication: visit(static_cast<CreatePublication&>(node)); break;
    case NodeKind::AlterPublication: visit(static_cast<AlterPublication&>(node)); break;
    case NodeKind::CreateSubscription: visit(static_cast<CreateSubscription&>(node)); break;
    case NodeKind::AlterSubscription: visit(static_cast<AlterSubscription&>(node)); break;
    case NodeKind::Grant: visit(static_cast<Grant&>(node)); break;
    case NodeKind::GrantRole: visit(static_cast<GrantRole&>(node)); break;
    case NodeKind::AlterDefaultPrivileges: visit(static_cast<AlterDefaultPrivileges&>(node)); break;
    case NodeKind::CreateRole: visit(static_cast<CreateRole&>(node)); break;
    case NodeKind::AlterRole: visit(static_cast<AlterRole&>(node)); break;
    case NodeKind::AlterRoleSet: visit(static_cast<AlterRoleSet&>(node)); break;
    case NodeKind::DropRole: visit(static_cast<DropRole&>(node)); break;
    case NodeKind::DropOwned: visit(static_cast<DropOwned&>(node)); break;
    case NodeKind::ReassignOwned: visit(static_cast<ReassignOwned&>(node)); break;
    case NodeKind::CreateDatabase: visit(static_cast<CreateDatabase&>(node)); break;
    case NodeKind::AlterDatabase: visit(static_cast<AlterDatabase&>(node)); break;
    case NodeKind::AlterSystem: visit(static_cast<AlterSystem&>(node)); break;
    case NodeKind::CreateTablespace: visit(static_cast<CreateTablespace&>(node)); break;
    case NodeKind::CreateStatistics: visit(static_cast<CreateStatistics&>(node)); break;
    case NodeKind::Comment: visit(static_cast<Comment&>(node)); break;
    case NodeKind::SecurityLabel: visit(static_cast<SecurityLabel&>(node)); break;
    case NodeKind::MoveAll: visit(static_cast<MoveAll&>(node)); break;
    case NodeKind::DependsOnExtension: visit(static_cast<DependsOnExtension&>(node)); break;
    case NodeKind::ImportForeignSchema: visit(static_cast<ImportForeignSchema&>(node)); break;
    case NodeKind::Transaction: visit(static_cast<Transaction&>(node)); break;
    case NodeKind::SetVariable: visit(static_cast<SetVariable&>(node)); break;
    case NodeKind::ShowVariable: visit(static_cast<ShowVariable&>(node)); break;
    case NodeKind::Discard: visit(static_cast<Discard&>(node)); break;
    case NodeKind::Copy: visit(static_cast<Copy&>(node)); break;
    case NodeKind::DoBlock: visit(static_cast<DoBlock&>(node)); break;
    case NodeKind::Call: visit(static_cast<Call&>(node)); break;
    case NodeKind::Explain: visit(static_cast<Explain&>(node)); break;
    case NodeKind::Prepare: visit(static_cast<Prepare&>(node)); break;
    case NodeKind::Execute: visit(static_cast<Execute&>(node)); break;
    case NodeKind::Cursor: visit(static_cast<Cursor&>(node)); break;
    case NodeKind::SetConstraints: visit(static_cast<SetConstraints&>(node)); break;
    case NodeKind::OtherStatement: visit(static_cast<OtherStatement&>(node)); break;
    case NodeKind::Unparsable: visit(static_cast<Unparsable&>(node)); break;
    case NodeKind::Star: break;
      // clang-format on
  }
}

}  // namespace migcheck::ast
