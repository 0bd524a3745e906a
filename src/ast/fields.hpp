// SPDX-License-Identifier: MIT
#pragma once

// Who holds what: for every struct of the IR, its members that are or hold nodes, texts or places.
//
// This is the one list of it. Walking, copying and moving trees are visitors over it; a struct that gains
// such a member gains it here. Members stand in source order, so that walks are in source order. Numbers,
// flags and Node::span are not listed.

#include "migcheck/ast.hpp"

namespace migcheck::ast {

// clang-format off

// --- structs that are no nodes ---
template <typename F> void fields(Name& n, F& f) { f(n.text, n.span); }
template <typename F> void fields(QualifiedName& n, F& f) { f(n.schema, n.name, n.span); }
template <typename F> void fields(Alias& n, F& f) { f(n.name, n.columns); }
template <typename F>
void fields(Case::When& n, F& f) { f(n.condition, n.result); }
template <typename F>
void fields(Subscript::Step& n, F& f) { f(n.field, n.low, n.high); }
template <typename F> void fields(ConstantText& n, F& f) { f(n.text, n.span); }
template <typename F> void fields(ObjectName& n, F& f) { f(n.name, n.arguments, n.on); }
template <typename F> void fields(FunctionParameter& n, F& f) { f(n.name, n.type, n.default_value); }
template <typename F> void fields(FunctionSetting& n, F& f) { f(n.name, n.values); }
template <typename F> void fields(PublishedTable& n, F& f) { f(n.relation, n.columns, n.where); }
template <typename F> void fields(Privilege& n, F& f) { f(n.name, n.columns, n.span); }
template <typename F> void fields(BodyStatement& n, F& f) { f(n.statement); }
template <typename F> void fields(OpaqueSql& n, F& f) { f(n.span, n.reason); }
template <typename F> void fields(Body& n, F& f) { f(n.language, n.statements, n.expressions, n.opaque, n.variables, n.text); }

// --- expressions ---
template <typename F> void fields(ColumnRef& n, F& f) { f(n.parts); }
template <typename F> void fields(Parameter& n, F& f) { f(n.name); }
template <typename F> void fields(Constant& n, F& f) { f(n.text); }
template <typename F> void fields(Operation& n, F& f) { f(n.left, n.op, n.right); }
template <typename F> void fields(BoolOperation& n, F& f) { f(n.arguments); }
template <typename F> void fields(NullTest& n, F& f) { f(n.argument); }
template <typename F> void fields(BooleanTest& n, F& f) { f(n.argument); }
template <typename F> void fields(InList& n, F& f) { f(n.argument, n.items); }
template <typename F> void fields(Between& n, F& f) { f(n.argument, n.low, n.high); }
template <typename F> void fields(WindowDefinition& n, F& f) { f(n.name, n.base, n.partition_by, n.order_by, n.frame); }
template <typename F> void fields(FunctionCall& n, F& f) { f(n.name, n.arguments, n.order_by, n.filter, n.over); }
template <typename F> void fields(Cast& n, F& f) { f(n.argument, n.type); }
template <typename F> void fields(Collate& n, F& f) { f(n.argument, n.collation); }
template <typename F> void fields(Case& n, F& f) { f(n.argument, n.whens, n.otherwise); }
template <typename F> void fields(Coalesce& n, F& f) { f(n.arguments); }
template <typename F> void fields(MinMax& n, F& f) { f(n.arguments); }
template <typename F> void fields(RowLiteral& n, F& f) { f(n.items); }
template <typename F> void fields(ArrayLiteral& n, F& f) { f(n.items); }
template <typename F> void fields(Subscript& n, F& f) { f(n.argument, n.steps); }
template <typename F> void fields(SubQuery& n, F& f) { f(n.test, n.op, n.query); }
template <typename F> void fields(SqlValue& n, F& f) { f(n.name); }
template <typename F> void fields(NamedArgument& n, F& f) { f(n.name, n.value); }
template <typename F> void fields(DefaultValue&, F&) {}
template <typename F> void fields(CurrentOf& n, F& f) { f(n.cursor); }
template <typename F> void fields(TypeName& n, F& f) { f(n.schema, n.name, n.modifiers); }
template <typename F> void fields(Other& n, F& f) { f(n.what, n.children); }
template <typename F> void fields(Option& n, F& f) { f(n.space, n.name, n.value, n.argument, n.values); }

// --- queries and data ---
template <typename F> void fields(TableRef& n, F& f) { f(n.relation, n.alias, n.sample); }
template <typename F> void fields(Join& n, F& f) { f(n.left, n.right, n.using_columns, n.on, n.alias); }
template <typename F> void fields(DerivedTable& n, F& f) { f(n.query, n.alias); }
template <typename F> void fields(FunctionTable& n, F& f) { f(n.functions, n.alias, n.column_definitions); }
template <typename F> void fields(CommonTable& n, F& f) { f(n.name, n.columns, n.query); }
template <typename F> void fields(SelectItem& n, F& f) { f(n.value, n.alias); }
template <typename F> void fields(SortItem& n, F& f) { f(n.value); }
template <typename F> void fields(LockClause& n, F& f) { f(n.tables); }
// Assignments of (a, b) = value share the value: the first one holds it, the others refer to it.
template <typename F> void fields(Assignment& n, F& f) {
  f(n.column, n.indirection);
  if (n.row_index <= 0) f(n.value);
  if (n.row_index > 0) f.shared(n.value);
}
template <typename F> void fields(OnConflict& n, F& f) { f(n.target, n.target_where, n.constraint, n.set, n.where); }
template <typename F> void fields(MergeAction& n, F& f) { f(n.condition, n.columns, n.values, n.set); }
template <typename F> void fields(Select& n, F& f) { f(n.with, n.left, n.right, n.distinct_on, n.items, n.into, n.from, n.where, n.group_by, n.having, n.windows, n.values, n.constant_texts, n.order_by, n.limit, n.offset, n.locks); }
template <typename F> void fields(Insert& n, F& f) { f(n.with, n.relation, n.alias, n.columns, n.source, n.on_conflict, n.returning); }
template <typename F> void fields(Update& n, F& f) { f(n.with, n.relation, n.alias, n.set, n.from, n.where, n.returning); }
template <typename F> void fields(Delete& n, F& f) { f(n.with, n.relation, n.alias, n.using_items, n.where, n.returning); }
template <typename F> void fields(Merge& n, F& f) { f(n.with, n.relation, n.alias, n.source, n.on, n.actions, n.returning); }

// --- tables and indexes ---
template <typename F> void fields(IndexElement& n, F& f) { f(n.column, n.expression, n.collation, n.operator_class, n.operator_class_options); }
template <typename F> void fields(ConstraintDefinition& n, F& f) { f(n.name, n.expression, n.columns, n.including, n.exclusion, n.exclusion_operators, n.access_method, n.predicate, n.using_index, n.references, n.referenced_columns, n.on_delete_columns, n.options, n.tablespace); }
template <typename F> void fields(ColumnDefinition& n, F& f) { f(n.name, n.type, n.collation, n.compression, n.storage, n.constraints, n.options); }
template <typename F> void fields(PartitionBy& n, F& f) { f(n.keys); }
template <typename F> void fields(PartitionBound& n, F& f) { f(n.values, n.from, n.to); }
template <typename F> void fields(LikeClause& n, F& f) { f(n.relation); }
template <typename F> void fields(CreateTable& n, F& f) { f(n.relation, n.partition_of, n.of_type, n.columns, n.constraints, n.likes, n.inherits, n.bound, n.partition_by, n.access_method, n.options, n.tablespace, n.server, n.foreign_options); }
template <typename F> void fields(CreateTableAs& n, F& f) { f(n.relation, n.columns, n.access_method, n.options, n.tablespace, n.query); }
template <typename F> void fields(AlterAction& n, F& f) { f(n.name, n.column, n.constraint, n.expression, n.of_type, n.relation, n.bound, n.options, n.value); }
template <typename F> void fields(AlterTable& n, F& f) { f(n.relation, n.actions); }
template <typename F> void fields(CreateIndex& n, F& f) { f(n.keyword_index, n.keyword_concurrently, n.name, n.table, n.access_method, n.elements, n.including, n.options, n.tablespace, n.predicate); }
template <typename F> void fields(Reindex& n, F& f) { f(n.relation, n.name, n.options); }
template <typename F> void fields(Drop& n, F& f) { f(n.keyword_object, n.names); }
template <typename F> void fields(Truncate& n, F& f) { f(n.relations); }
template <typename F> void fields(Rename& n, F& f) { f(n.target, n.new_name); }
template <typename F> void fields(SetSchema& n, F& f) { f(n.target, n.new_schema); }
template <typename F> void fields(ChangeOwner& n, F& f) { f(n.target, n.new_owner); }
template <typename F> void fields(Cluster& n, F& f) { f(n.relation, n.index); }
template <typename F> void fields(Vacuum& n, F& f) { f(n.relations, n.options); }
template <typename F> void fields(LockTable& n, F& f) { f(n.relations); }

// --- other objects ---
template <typename F> void fields(CreateSchema& n, F& f) { f(n.name, n.owner, n.elements); }
template <typename F> void fields(CreateView& n, F& f) { f(n.relation, n.columns, n.options, n.query); }
template <typename F> void fields(RefreshMaterializedView& n, F& f) { f(n.relation); }
template <typename F> void fields(CreateSequence& n, F& f) { f(n.relation, n.options); }
template <typename F> void fields(AlterSequence& n, F& f) { f(n.relation, n.options); }
template <typename F> void fields(CreateEnum& n, F& f) { f(n.name, n.values); }
template <typename F> void fields(AlterEnum& n, F& f) { f(n.name, n.new_value, n.old_value, n.neighbour); }
template <typename F> void fields(CreateCompositeType& n, F& f) { f(n.name, n.attributes); }
template <typename F> void fields(CreateRangeType& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(CreateDomain& n, F& f) { f(n.name, n.type, n.collation, n.constraints); }
template <typename F> void fields(AlterDomain& n, F& f) { f(n.name, n.constraint_name, n.constraint, n.expression); }
template <typename F> void fields(DefineObject& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(CreateFunction& n, F& f) { f(n.name, n.parameters, n.returns, n.language, n.settings, n.options, n.body, n.body_text, n.body_span); }
template <typename F> void fields(AlterFunction& n, F& f) { f(n.target, n.options); }
template <typename F> void fields(CreateTrigger& n, F& f) { f(n.name, n.update_columns, n.table, n.constraint_from, n.transition_tables, n.when, n.function, n.arguments); }
template <typename F> void fields(CreateEventTrigger& n, F& f) { f(n.name, n.event, n.function); }
template <typename F> void fields(CreateRule& n, F& f) { f(n.name, n.event, n.table, n.where, n.actions); }
template <typename F> void fields(CreatePolicy& n, F& f) { f(n.name, n.table, n.roles, n.using_expression, n.check_expression); }
template <typename F> void fields(AlterPolicy& n, F& f) { f(n.name, n.table, n.roles, n.using_expression, n.check_expression); }
template <typename F> void fields(CreateExtension& n, F& f) { f(n.name, n.schema, n.version); }
template <typename F> void fields(AlterExtension& n, F& f) { f(n.name, n.target, n.version); }
template <typename F> void fields(CreatePublication& n, F& f) { f(n.name, n.tables, n.schemas, n.options); }
template <typename F> void fields(AlterPublication& n, F& f) { f(n.name, n.tables, n.schemas, n.options); }
template <typename F> void fields(CreateSubscription& n, F& f) { f(n.name, n.publications, n.options); }
template <typename F> void fields(AlterSubscription& n, F& f) { f(n.name, n.action, n.publications, n.options); }
template <typename F> void fields(Grant& n, F& f) { f(n.privileges, n.objects, n.grantees); }
template <typename F> void fields(GrantRole& n, F& f) { f(n.roles, n.grantees, n.options); }
template <typename F> void fields(AlterDefaultPrivileges& n, F& f) { f(n.for_roles, n.schemas, n.action); }
template <typename F> void fields(CreateRole& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(AlterRole& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(AlterRoleSet& n, F& f) { f(n.role, n.database, n.setting, n.values); }
template <typename F> void fields(DropRole& n, F& f) { f(n.roles); }
template <typename F> void fields(DropOwned& n, F& f) { f(n.roles); }
template <typename F> void fields(ReassignOwned& n, F& f) { f(n.roles, n.new_role); }
template <typename F> void fields(CreateDatabase& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(AlterDatabase& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(AlterSystem& n, F& f) { f(n.setting, n.values); }
template <typename F> void fields(CreateTablespace& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(CreateStatistics& n, F& f) { f(n.name, n.elements, n.tables); }
template <typename F> void fields(Comment& n, F& f) { f(n.target, n.text); }
template <typename F> void fields(SecurityLabel& n, F& f) { f(n.target, n.provider, n.label); }
template <typename F> void fields(MoveAll& n, F& f) { f(n.from, n.owners, n.to); }
template <typename F> void fields(DependsOnExtension& n, F& f) { f(n.target, n.extension); }
template <typename F> void fields(ImportForeignSchema& n, F& f) { f(n.remote_schema, n.tables, n.server, n.local_schema, n.options); }

// --- session and control ---
template <typename F> void fields(Transaction& n, F& f) { f(n.name, n.options); }
template <typename F> void fields(SetVariable& n, F& f) { f(n.name, n.values); }
template <typename F> void fields(ShowVariable& n, F& f) { f(n.name); }
template <typename F> void fields(Discard& n, F& f) { f(n.target); }
template <typename F> void fields(Copy& n, F& f) { f(n.query, n.relation, n.columns, n.options, n.where, n.file); }
template <typename F> void fields(DoBlock& n, F& f) { f(n.language, n.body, n.text, n.body_span); }
template <typename F> void fields(Call& n, F& f) { f(n.call); }
template <typename F> void fields(Explain& n, F& f) { f(n.options, n.statement); }
template <typename F> void fields(Prepare& n, F& f) { f(n.name, n.types, n.statement); }
template <typename F> void fields(Execute& n, F& f) { f(n.name, n.arguments); }
template <typename F> void fields(Cursor& n, F& f) { f(n.name, n.query); }
template <typename F> void fields(SetConstraints& n, F& f) { f(n.constraints); }
template <typename F> void fields(OtherStatement& n, F& f) { f(n.what, n.name, n.children); }
template <typename F> void fields(Unparsable& n, F& f) { f(n.message, n.at, n.hint); }

// clang-format on

}  // namespace migcheck::ast
