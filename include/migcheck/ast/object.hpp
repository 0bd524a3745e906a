// SPDX-License-Identifier: MIT
#pragma once

// Everything that is defined and is no table: schemas, views, types, functions, triggers, policies,
// privileges, roles, extensions.

#include "migcheck/ast/body.hpp"
#include "migcheck/ast/node.hpp"
#include "migcheck/ast/query.hpp"
#include "migcheck/ast/table.hpp"

namespace migcheck::ast {

struct CreateSchema : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateSchema;
  Name name;
  std::string_view owner;  // AUTHORIZATION
  bool if_not_exists = false;
  List<const Statement*> elements;  // CREATE SCHEMA s CREATE TABLE …
};

struct CreateView : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateView;
  enum class CheckOption : std::uint8_t { None, Local, Cascaded };
  RelationName relation;
  List<Name> columns;
  const Select* query = nullptr;
  List<const Option*> options;  // security_invoker, security_barrier
  CheckOption check_option = CheckOption::None;
  bool or_replace = false;
};

struct RefreshMaterializedView : Statement {
  static constexpr NodeKind kKind = NodeKind::RefreshMaterializedView;
  RelationName relation;
  bool concurrently = false;
  bool with_data = true;
};

struct CreateSequence : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateSequence;
  RelationName relation;
  List<const Option*> options;  // "as", "increment", "owned_by" …
  bool if_not_exists = false;
  bool unlogged = false;
};

struct AlterSequence : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterSequence;
  RelationName relation;
  List<const Option*> options;
  bool if_exists = false;
};

struct CreateEnum : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateEnum;
  QualifiedName name;
  List<std::string_view> values;
};

// ALTER TYPE … ADD VALUE, RENAME VALUE
struct AlterEnum : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterEnum;
  QualifiedName name;
  std::string_view new_value;
  std::string_view old_value;  // RENAME VALUE old TO new; empty for ADD VALUE
  std::string_view neighbour;  // BEFORE or AFTER this one
  bool before = false;
  bool if_not_exists = false;
};

struct CreateCompositeType : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateCompositeType;
  QualifiedName name;
  List<const ColumnDefinition*> attributes;
};

struct CreateRangeType : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateRangeType;
  QualifiedName name;
  List<const Option*> options;
};

struct CreateDomain : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateDomain;
  QualifiedName name;
  const TypeName* type = nullptr;
  QualifiedName collation;
  List<const ConstraintDefinition*> constraints;
};

struct AlterDomain : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterDomain;
  enum class Action : std::uint8_t {
    SetDefault,
    DropDefault,
    SetNotNull,
    DropNotNull,
    AddConstraint,
    DropConstraint,
    ValidateConstraint
  };
  Action action = Action::SetDefault;
  QualifiedName name;
  Name constraint_name;
  const ConstraintDefinition* constraint = nullptr;
  const Expression* expression = nullptr;
  bool cascade = false;
  bool missing_ok = false;
};

// CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH …, CAST, CONVERSION, LANGUAGE …: name and options
struct DefineObject : Statement {
  static constexpr NodeKind kKind = NodeKind::DefineObject;
  ObjectType object = ObjectType::Other;
  ObjectName name;
  List<const Option*> options;
  bool or_replace = false;
  bool if_not_exists = false;
};

struct FunctionParameter {
  enum class Mode : std::uint8_t { In, Out, InOut, Variadic, Table };
  Mode mode = Mode::In;
  Name name;
  const TypeName* type = nullptr;
  const Expression* default_value = nullptr;
};

// A setting of a function: SET name = values | SET name FROM CURRENT.
struct FunctionSetting {
  std::string_view name;
  List<std::string_view> values;
  bool from_current = false;
};

enum class Volatility : std::uint8_t { Immutable, Stable, Volatile };

// CREATE FUNCTION, CREATE PROCEDURE
struct CreateFunction : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateFunction;
  QualifiedName name;
  List<FunctionParameter> parameters;
  const TypeName* returns = nullptr;  // null: none written, or RETURNS TABLE
  std::string_view language;          // lower case; "sql" for a SQL-standard body
  Volatility volatility = Volatility::Volatile;
  List<FunctionSetting> settings;
  const Body* body = nullptr;   // null: a body that is not SQL or PL/pgSQL
  std::string_view body_text;   // as PostgreSQL gets it
  Span body_span;               // of the string or the BEGIN ATOMIC block
  List<const Option*> options;  // the others: "cost", "rows", "parallel", "support", "window", "transform"
  bool or_replace = false;
  bool procedure = false;
  bool returns_table = false;
  bool security_definer = false;
  bool strict = false;
  bool leakproof = false;
};

// ALTER FUNCTION, ALTER PROCEDURE, ALTER ROUTINE: only what is written is set.
struct AlterFunction : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterFunction;
  ObjectType object = ObjectType::Function;
  ObjectName target;
  List<const Option*>
      options;  // "volatility", "security", "strict", "leakproof" …; "set" and "reset" with values
};

struct CreateTrigger : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateTrigger;
  enum class Timing : std::uint8_t { Before, After, InsteadOf };
  Name name;
  RelationName table;
  QualifiedName function;
  List<std::string_view> arguments;
  Timing timing = Timing::Before;
  bool on_insert = false, on_update = false, on_delete = false, on_truncate = false;
  List<Name> update_columns;  // UPDATE OF a, b
  const Expression* when = nullptr;
  RelationName constraint_from;  // FROM other table
  List<Name> transition_tables;  // REFERENCING NEW TABLE AS name
  bool or_replace = false;
  bool constraint = false;
  bool row = false;
  bool deferrable = false;
  bool initially_deferred = false;
};

struct CreateEventTrigger : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateEventTrigger;
  Name name;
  std::string_view event;
  QualifiedName function;
};

struct CreateRule : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateRule;
  Name name;
  RelationName table;
  std::string_view event;  // "select", "insert", "update", "delete"
  const Expression* where = nullptr;
  List<const Statement*> actions;
  bool instead = false;
  bool or_replace = false;
};

enum class PolicyCommand : std::uint8_t { All, Select, Insert, Update, Delete };

struct CreatePolicy : Statement {
  static constexpr NodeKind kKind = NodeKind::CreatePolicy;
  Name name;
  RelationName table;
  PolicyCommand command = PolicyCommand::All;
  bool permissive = true;
  List<std::string_view> roles;  // "public" if none are written
  const Expression* using_expression = nullptr;
  const Expression* check_expression = nullptr;
};

struct AlterPolicy : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterPolicy;
  Name name;
  RelationName table;
  List<std::string_view> roles;  // empty: unchanged
  const Expression* using_expression = nullptr;
  const Expression* check_expression = nullptr;
};

struct CreateExtension : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateExtension;
  Name name;
  std::string_view schema;
  std::string_view version;
  bool if_not_exists = false;
  bool cascade = false;
};

struct AlterExtension : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterExtension;
  enum class Action : std::uint8_t { Update, Add, Drop };
  Name name;
  Action action = Action::Update;
  ObjectType object = ObjectType::Other;  // of Add and Drop
  ObjectName target;
  std::string_view version;  // UPDATE TO; empty: the newest
};

// A table of a publication, with its columns and row filter.
struct PublishedTable {
  RelationName relation;
  List<Name> columns;
  const Expression* where = nullptr;
};

struct CreatePublication : Statement {
  static constexpr NodeKind kKind = NodeKind::CreatePublication;
  Name name;
  List<PublishedTable> tables;
  List<std::string_view> schemas;
  bool current_schema = false;  // TABLES IN SCHEMA CURRENT_SCHEMA
  bool all_tables = false;
  List<const Option*> options;
};

struct AlterPublication : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterPublication;
  enum class Action : std::uint8_t { Add, Set, Drop, Options };
  Name name;
  Action action = Action::Options;
  List<PublishedTable> tables;
  List<std::string_view> schemas;
  bool all_tables = false;
  List<const Option*> options;
};

struct CreateSubscription : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateSubscription;
  Name name;
  List<std::string_view> publications;
  List<const Option*> options;
};

struct AlterSubscription : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterSubscription;
  Name name;
  std::string_view action;  // "enable", "refresh", "set_publication" …
  List<std::string_view> publications;
  List<const Option*> options;
};

struct Privilege {
  std::string_view name;  // lower case; "all" for ALL
  List<Name> columns;
  Span span;
};

// GRANT and REVOKE on objects.
struct Grant : Statement {
  static constexpr NodeKind kKind = NodeKind::Grant;
  enum class Scope : std::uint8_t { Objects, AllInSchema, Defaults };
  bool is_grant = true;
  Scope scope = Scope::Objects;
  ObjectType object = ObjectType::Table;
  List<ObjectName> objects;         // schemas, where the scope is AllInSchema
  List<Privilege> privileges;       // empty: ALL
  List<std::string_view> grantees;  // "public", "current_user" in lower case; role names folded
  bool with_grant_option = false;
  bool cascade = false;
};

struct GrantRole : Statement {
  static constexpr NodeKind kKind = NodeKind::GrantRole;
  bool is_grant = true;
  List<std::string_view> roles;
  List<std::string_view> grantees;
  List<const Option*> options;  // "admin", "inherit", "set"
  bool cascade = false;
};

struct AlterDefaultPrivileges : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterDefaultPrivileges;
  List<std::string_view> for_roles;
  List<std::string_view> schemas;
  const Grant* action = nullptr;
};

struct CreateRole : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateRole;
  Name name;
  List<const Option*> options;  // "superuser", "bypassrls", "canlogin", "password" …
};

struct AlterRole : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterRole;
  Name name;
  List<const Option*> options;
};

// ALTER ROLE … [IN DATABASE …] SET, ALTER DATABASE … SET
struct AlterRoleSet : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterRoleSet;
  Name role;  // empty: ALL, or ALTER DATABASE
  Name database;
  std::string_view setting;
  List<std::string_view> values;  // empty: RESET
  bool reset = false;
};

struct DropRole : Statement {
  static constexpr NodeKind kKind = NodeKind::DropRole;
  List<std::string_view> roles;
  bool if_exists = false;
};

struct DropOwned : Statement {
  static constexpr NodeKind kKind = NodeKind::DropOwned;
  List<std::string_view> roles;
  bool cascade = false;
};

struct ReassignOwned : Statement {
  static constexpr NodeKind kKind = NodeKind::ReassignOwned;
  List<std::string_view> roles;
  std::string_view new_role;
};

struct CreateDatabase : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateDatabase;
  Name name;
  List<const Option*> options;
};

struct AlterDatabase : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterDatabase;
  Name name;
  List<const Option*> options;  // "tablespace", "connection_limit" …
};

struct AlterSystem : Statement {
  static constexpr NodeKind kKind = NodeKind::AlterSystem;
  std::string_view setting;
  List<std::string_view> values;
};

struct CreateTablespace : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateTablespace;
  Name name;
  List<const Option*> options;
};

struct CreateStatistics : Statement {
  static constexpr NodeKind kKind = NodeKind::CreateStatistics;
  QualifiedName name;
  List<RelationName> tables;
  List<const IndexElement*> elements;
  bool if_not_exists = false;
};

struct Comment : Statement {
  static constexpr NodeKind kKind = NodeKind::Comment;
  ObjectType object = ObjectType::Table;
  ObjectName target;
  std::string_view text;
  bool is_null = false;
};

struct SecurityLabel : Statement {
  static constexpr NodeKind kKind = NodeKind::SecurityLabel;
  ObjectType object = ObjectType::Table;
  ObjectName target;
  std::string_view provider;
  std::string_view label;
};

// ALTER TABLE (INDEX, MATERIALIZED VIEW) ALL IN TABLESPACE … SET TABLESPACE
struct MoveAll : Statement {
  static constexpr NodeKind kKind = NodeKind::MoveAll;
  ObjectType object = ObjectType::Table;
  std::string_view from;
  std::string_view to;
  List<std::string_view> owners;  // OWNED BY; empty: everybody's
  bool nowait = false;
};

// ALTER … [NO] DEPENDS ON EXTENSION
struct DependsOnExtension : Statement {
  static constexpr NodeKind kKind = NodeKind::DependsOnExtension;
  ObjectType object = ObjectType::Table;
  ObjectName target;
  std::string_view extension;
  bool remove = false;
};

struct ImportForeignSchema : Statement {
  static constexpr NodeKind kKind = NodeKind::ImportForeignSchema;
  Name server;
  std::string_view remote_schema;
  Name local_schema;
  List<Name> tables;  // LIMIT TO, EXCEPT
  List<const Option*> options;
};

}  // namespace migcheck::ast
