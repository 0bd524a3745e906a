// SPDX-License-Identifier: MIT
#pragma once

// Tables and indexes: their definitions and every way to alter them.

#include "migcheck/ast/expression.hpp"
#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// The kinds of objects that DROP, RENAME, COMMENT, GRANT … can name.
enum class ObjectType : std::uint8_t {
  Table,
  View,
  MaterializedView,
  Index,
  Sequence,
  ForeignTable,
  Column,
  Constraint,
  DomainConstraint,
  Trigger,
  Rule,
  Policy,
  Schema,
  Type,
  Domain,
  CompositeType,
  Attribute,
  Function,
  Procedure,
  Routine,
  Aggregate,
  Operator,
  OperatorClass,
  OperatorFamily,
  Cast,
  Collation,
  Conversion,
  Extension,
  Language,
  AccessMethod,
  Database,
  Role,
  Tablespace,
  Publication,
  Subscription,
  Statistics,
  EventTrigger,
  ForeignDataWrapper,
  ForeignServer,
  UserMapping,
  TextSearch,
  Transform,
  LargeObject,
  DefaultAcl,
  Parameter,
  EnumValue,
  Other,
};

// An object where a statement names one.
struct ObjectName {
  QualifiedName name;               // of the object, or of the trigger, policy, constraint, column, rule
  QualifiedName on;                 // the table (or domain) of a trigger, policy, constraint, column, rule
  List<const TypeName*> arguments;  // of a function, where they are given
  bool has_arguments = false;
};

// What PostgreSQL does to the child when the parent's key goes or changes.
enum class ReferentialAction : std::uint8_t { NoAction, Restrict, Cascade, SetNull, SetDefault };

struct IndexElement : Node {
  static constexpr NodeKind kKind = NodeKind::IndexElement;
  Name column;  // empty for an expression
  const Expression* expression = nullptr;
  QualifiedName collation;
  QualifiedName operator_class;
  List<const Option*> operator_class_options;
  bool descending = false;
  bool nulls_first = false;
  bool nulls_given = false;
  bool without_overlaps = false;
};

struct ConstraintDefinition : Node {
  static constexpr NodeKind kKind = NodeKind::ConstraintDefinition;
  enum class Type : std::uint8_t {
    Null,
    NotNull,
    Default,
    Check,
    PrimaryKey,
    Unique,
    Exclusion,
    ForeignKey,
    Generated,
    Identity
  };
  Type type = Type::Check;
  Name name;                               // CONSTRAINT name; empty if PostgreSQL chooses
  const Expression* expression = nullptr;  // CHECK, DEFAULT, GENERATED AS
  List<Name> columns;                      // keys; the column of a table-level NOT NULL
  List<Name> including;
  List<const IndexElement*> exclusion;  // EXCLUDE elements; their operators are in exclusion_operators
  List<QualifiedName> exclusion_operators;
  std::string_view access_method;  // of EXCLUDE
  const Expression* predicate = nullptr;
  Name using_index;  // PRIMARY KEY USING INDEX name
  RelationName references;
  List<Name> referenced_columns;  // empty: the primary key
  ReferentialAction on_delete = ReferentialAction::NoAction;
  ReferentialAction on_update = ReferentialAction::NoAction;
  List<Name> on_delete_columns;            // SET NULL (a)
  List<const Option*> options;             // of the index, or of the identity's sequence
  std::string_view tablespace;             // USING INDEX TABLESPACE
  bool referential_actions_given = false;  // ON DELETE was written
  bool match_full = false;
  bool not_valid = false;
  bool no_inherit = false;
  bool deferrable = false;
  bool initially_deferred = false;
  bool nulls_not_distinct = false;
  bool enforced = true;
  bool generated_always = false;   // identity ALWAYS
  bool generated_virtual = false;  // GENERATED … VIRTUAL (18)
  bool without_overlaps = false;
  bool with_period = false;
};

struct ColumnDefinition : Node {
  static constexpr NodeKind kKind = NodeKind::ColumnDefinition;
  Name name;
  const TypeName* type = nullptr;  // null in CREATE TABLE OF
  QualifiedName collation;
  std::string_view compression;
  std::string_view storage;
  List<const ConstraintDefinition*> constraints;
  List<const Option*> options;  // of a foreign table's column

  [[nodiscard]] const ConstraintDefinition* find(ConstraintDefinition::Type wanted) const {
    for (const ConstraintDefinition* constraint : constraints) {
      if (constraint->type == wanted) return constraint;
    }
    return nullptr;
  }
};

struct PartitionBy : Node {
  static constexpr NodeKind kKind = NodeKind::PartitionBy;
  enum class Strategy : std::uint8_t { Range, List, Hash };
  Strategy strategy = Strategy::Range;
  List<const IndexElement*> keys;
};

struct PartitionBound : Node {
  static constexpr NodeKind kKind = NodeKind::PartitionBound;
  bool is_default = false;
  PartitionBy::Strategy strategy = PartitionBy::Strategy::Range;
  List<const Expression*> values;  // IN (…)
  List<const Expression*> from;    // FROM (…); MINVALUE and MAXVALUE are SqlValue
  List<const Expression*> to;
  std::int32_t modulus = 0;
  std::int32_t remainder = 0;
};

struct LikeClause : Node {
  static constexpr NodeKind kKind = NodeKind::LikeClause;
  RelationName relation;
  bool comments = false, compression = false, constraints = false, defaults = false, generated = false,
       identity = false, indexes = false, statistics = false, storage = false;
};

struct CreateTable : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateTable;
  enum class OnCommit : std::uint8_t { Unspecified, PreserveRows, DeleteRows, Drop };
  RelationName relation;
  bool if_not_exists = false;
  bool unlogged = false;
  bool foreign = false;
  Name server;  // of a foreign table
  List<const Option*> foreign_options;
  List<const ColumnDefinition*> columns;
  List<const ConstraintDefinition*> constraints;  // table-level
  List<const LikeClause*> likes;
  List<RelationName> inherits;
  RelationName partition_of;
  const PartitionBound* bound = nullptr;
  const PartitionBy* partition_by = nullptr;
  const TypeName* of_type = nullptr;
  List<const Option*> options;
  std::string_view access_method;
  std::string_view tablespace;
  OnCommit on_commit = OnCommit::Unspecified;
};

// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW
struct CreateTableAs : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateTableAs;
  RelationName relation;
  List<Name> columns;
  const Statement* query = nullptr;  // a Select, or an Execute
  List<const Option*> options;
  std::string_view access_method;
  std::string_view tablespace;
  bool materialized_view = false;
  bool select_into = false;
  bool if_not_exists = false;
  bool unlogged = false;
  bool with_data = true;
};

// One subcommand of ALTER TABLE. Which members are set follows from the type; the comment behind each says
// so.
struct AlterAction : Node {
  static constexpr NodeKind kKind = NodeKind::AlterAction;
  enum class Type : std::uint8_t {
    AddColumn,           // column
    DropColumn,          // name
    SetType,             // name, column (type, collation), expression (USING)
    SetDefault,          // name, expression
    DropDefault,         // name
    SetNotNull,          // name
    DropNotNull,         // name
    SetExpression,       // name, expression (17)
    DropExpression,      // name
    SetStatistics,       // name, value
    SetColumnOptions,    // name, options
    ResetColumnOptions,  // name, options
    SetStorage,          // name, value
    SetCompression,      // name, value
    AddIdentity,         // name, constraint
    SetIdentity,         // name, options
    DropIdentity,        // name
    AddConstraint,       // constraint; its name is in `name` too
    AlterConstraint,     // name, constraint (deferrability, enforcement, NO INHERIT)
    ValidateConstraint,  // name
    DropConstraint,      // name
    ClusterOn,           // name (index)
    DropCluster,         // SET WITHOUT CLUSTER
    SetLogged,
    SetUnlogged,
    DropOids,         // SET WITHOUT OIDS
    SetAccessMethod,  // value; empty: DEFAULT
    SetTablespace,    // value
    SetOptions,       // options: SET (…)
    ResetOptions,     // options
    ReplaceOptions,   // options: of views
    EnableTrigger,    // name; value "" | "always" | "replica" | "all" | "user"
    DisableTrigger,   // name; value "" | "all" | "user"
    EnableRule,       // name; value "" | "always" | "replica"
    DisableRule,      // name
    AddInherit,       // relation
    DropInherit,      // relation
    AddOf,
    DropOf,           // type
    ChangeOwner,      // value
    ReplicaIdentity,  // value "default" | "full" | "nothing" | "index"; name (index)
    EnableRowSecurity,
    DisableRowSecurity,
    ForceRowSecurity,
    NoForceRowSecurity,
    GenericOptions,   // options: OPTIONS (…) of foreign tables
    AttachPartition,  // relation, bound; ALTER INDEX … ATTACH too
    DetachPartition,  // relation, concurrently
    DetachFinalize,   // relation
    AddAttribute,
    DropAttribute,
    AlterAttributeType,  // of composite types: as the column forms
    Other,               // value: PostgreSQL's name of the subcommand
  };
  Type type = Type::Other;
  Name name;
  const ColumnDefinition* column = nullptr;
  const ConstraintDefinition* constraint = nullptr;
  const Expression* expression = nullptr;
  const TypeName* of_type = nullptr;
  RelationName relation;
  const PartitionBound* bound = nullptr;
  List<const Option*> options;
  std::string_view value;
  bool cascade = false;
  bool missing_ok = false;  // IF EXISTS, or IF NOT EXISTS
  bool concurrently = false;
  // What AlterConstraint changes; before PostgreSQL 18 always deferrability.
  bool alters_deferrability = false;
  bool alters_enforcement = false;
  bool alters_inheritance = false;
};

// ALTER TABLE, and its like for indexes, views, sequences, foreign tables and composite types.
struct AlterTable : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterTable;
  ObjectType object = ObjectType::Table;
  RelationName relation;
  bool if_exists = false;
  List<const AlterAction*> actions;  // each spans its subcommand, from its first token to its last
};

struct CreateIndex : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateIndex;
  Name name;  // empty if PostgreSQL chooses; lives in the table's schema
  RelationName table;
  std::string_view access_method;  // "btree" if none is written
  List<const IndexElement*> elements;
  List<const IndexElement*> including;
  const Expression* predicate = nullptr;
  List<const Option*> options;
  std::string_view tablespace;
  Span keyword_index;         // the word INDEX: where CONCURRENTLY goes after
  Span keyword_concurrently;  // empty if it is not written
  bool unique = false;
  bool concurrently = false;
  bool if_not_exists = false;
  bool nulls_not_distinct = false;
};

struct Reindex : Statement {
  static constexpr NodeKind kKind = NodeKind::Reindex;
  enum class Target : std::uint8_t { Index, Table, Schema, System, Database };
  Target target = Target::Table;
  RelationName relation;  // of Index and Table
  Name name;              // of Schema, System, Database
  List<const Option*> options;
  bool concurrently = false;
};

// DROP anything that goes by name (roles, databases and tablespaces too).
struct Drop : Statement {
  static constexpr NodeKind kKind = NodeKind::Drop;
  ObjectType object = ObjectType::Table;
  List<ObjectName> names;  // each name's span is where it stands
  bool if_exists = false;
  bool cascade = false;
  bool concurrently = false;
  Span keyword_object;  // INDEX in DROP INDEX: where CONCURRENTLY goes after
};

struct Truncate : Statement {
  static constexpr NodeKind kKind = NodeKind::Truncate;
  List<RelationName> relations;
  bool restart_identity = false;
  bool cascade = false;
};

// ALTER … RENAME TO
struct Rename : Statement {
  static constexpr NodeKind kKind = NodeKind::Rename;
  ObjectType object = ObjectType::Table;  // what gets another name
  ObjectType relation_type =
      ObjectType::Table;  // ALTER TABLE, ALTER INDEX, ALTER VIEW …: the word that was written
  ObjectName target;      // the object as it was; for a column, constraint …: `on` is the table
  Name new_name;
  bool if_exists = false;
};

// ALTER … SET SCHEMA
struct SetSchema : Statement {
  static constexpr NodeKind kKind = NodeKind::SetSchema;
  ObjectType object = ObjectType::Table;
  ObjectName target;
  Name new_schema;
  bool if_exists = false;
};

// ALTER … OWNER TO, for what is not ALTER TABLE
struct ChangeOwner : Statement {
  static constexpr NodeKind kKind = NodeKind::ChangeOwner;
  ObjectType object = ObjectType::Other;
  ObjectName target;
  std::string_view new_owner;
};

struct Cluster : Statement {
  static constexpr NodeKind kKind = NodeKind::Cluster;
  RelationName relation;  // empty: all tables that were clustered before
  Name index;
};

// VACUUM and ANALYZE
struct Vacuum : Statement {
  static constexpr NodeKind kKind = NodeKind::Vacuum;
  bool is_vacuum = true;  // false: ANALYZE alone
  bool full = false;
  bool analyze = false;
  List<RelationName> relations;  // empty: the whole database
  List<const Option*> options;
};

struct LockTable : Statement {
  static constexpr NodeKind kKind = NodeKind::LockTable;
  List<RelationName> relations;
  std::uint8_t mode = 8;  // as LockMode in plan.hpp: 1 ACCESS SHARE … 8 ACCESS EXCLUSIVE
  bool nowait = false;
};

}  // namespace migcheck::ast
