// SPDX-License-Identifier: MIT
#pragma once

// What a schema holds: plain values, each with the place that made it.
//
// Columns are referred to by number, as in PostgreSQL: a number stays with its column through renames and is
// not used again after a drop. Expressions and queries are trees in the catalog's own arena.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog/parts.hpp"
#include "migcheck/finding.hpp"

namespace migcheck::catalog {

using ObjectId = std::uint32_t;
inline constexpr ObjectId kNoObject = 0;
using ColumnNumber = std::int16_t;  // from 1; 0 in a key list stands for an expression

// When and where something was made. Changes and transactions count up through a run.
struct Origin {
  Place place;
  std::uint32_t change = 0;       // the change that made it; see CheckContext::is_new_here
  std::uint32_t transaction = 0;  // 0: none
};

// A type where something uses it.
struct TypeRef {
  std::string schema;       // "pg_catalog" for built-in types; empty where it could not be resolved
  std::string name;         // internal: "int4", "varchar", "timestamptz"
  ObjectId id = kNoObject;  // the catalog's type; kNoObject for built-in and unknown ones
  std::vector<std::int32_t> modifiers;  // (10,2); of interval: as PostgreSQL's grammar gives them
  std::int16_t array_dimensions = 0;
  friend bool operator==(const TypeRef&, const TypeRef&) = default;
};

enum class Generated : std::uint8_t { No, Stored, Virtual };
enum class Identity : std::uint8_t { No, Always, ByDefault };

struct Column {
  std::string name;
  ColumnNumber number = 0;
  TypeRef type;
  std::string collation;                           // empty: the type's own
  const ast::Expression* default_value = nullptr;  // or the generation expression
  Generated generated = Generated::No;
  Identity identity = Identity::No;
  bool not_null = false;
  bool not_null_valid = true;     // false: NOT NULL … NOT VALID (18), old rows may hold nulls
  std::string not_null_name;      // of its constraint (18, or as written)
  ObjectId sequence = kNoObject;  // of serial and identity
  std::string storage;            // as set by ALTER; empty: the type's own
  std::string compression;
  bool local = true;           // false: only inherited
  std::int16_t inherited = 0;  // from how many parents
  Origin origin;
};

enum class ConstraintKind : std::uint8_t { Check, PrimaryKey, Unique, Exclusion, ForeignKey };

struct Constraint {
  std::string name;
  ConstraintKind kind = ConstraintKind::Check;
  std::vector<ColumnNumber> columns;            // keys; of a CHECK: the columns that it reads
  const ast::Expression* expression = nullptr;  // of a CHECK
  ObjectId references = kNoObject;  // kNoObject with a name: a table that the history does not show
  std::string references_name;      // "schema.table", as resolved or as written
  std::vector<ColumnNumber> referenced_columns;
  ast::ReferentialAction on_delete = ast::ReferentialAction::NoAction;
  ast::ReferentialAction on_update = ast::ReferentialAction::NoAction;
  bool on_delete_written = false;  // also if it says NO ACTION
  ObjectId index = kNoObject;  // behind PRIMARY KEY, UNIQUE, EXCLUDE; the referenced index of a foreign key
  bool valid = true;
  bool enforced = true;
  bool deferrable = false;
  bool initially_deferred = false;
  bool no_inherit = false;
  bool match_full = false;                   // of a foreign key
  std::vector<ColumnNumber> delete_columns;  // ON DELETE SET NULL (a): those alone
  std::vector<std::string> operators;        // of EXCLUDE, one for each key
  bool local = true;
  std::int16_t inherited = 0;
  Origin origin;
};

enum class TriggerState : std::uint8_t { Origin, Disabled, Replica, Always };

struct Trigger {
  std::string name;
  std::string function;  // "schema.name", as resolved or as written
  ObjectId function_id = kNoObject;
  ast::CreateTrigger::Timing timing = ast::CreateTrigger::Timing::Before;
  bool on_insert = false, on_update = false, on_delete = false, on_truncate = false;
  std::vector<ColumnNumber> update_columns;
  const ast::Expression* when = nullptr;
  std::vector<ColumnNumber> when_columns;
  std::vector<std::string> arguments;
  std::vector<std::string> transition_tables;  // REFERENCING OLD TABLE, NEW TABLE: their names
  bool deferrable = false;
  bool initially_deferred = false;
  TriggerState state = TriggerState::Origin;
  bool row = false;
  bool constraint = false;
  Origin origin;
};

struct Rule {
  std::string name;
  std::string event;
  bool instead = false;
  bool enabled = true;
  Origin origin;
};

struct Policy {
  std::string name;
  ast::PolicyCommand command = ast::PolicyCommand::All;
  bool permissive = true;
  std::vector<std::string> roles;
  const ast::Expression* using_expression = nullptr;
  const ast::Expression* check_expression = nullptr;
  Origin origin;
  Origin written = {};  // what its conditions were written by last: CREATE POLICY, or ALTER POLICY
};

// A privilege that was granted. A function starts with EXECUTE for public, as PostgreSQL has it, so that a
// REVOKE shows; owners and superusers are not listed.
struct Acl {
  std::string grantee;    // "public" for everybody
  std::string privilege;  // "select", "usage", "all" …
  std::vector<std::string> columns;
  bool grant_option = false;
  Origin origin;
};

template <>
struct PartKey<Acl> {
  static std::string_view of(const Acl& entry) { return entry.grantee; }
};

// Why one object needs another. Dropping what is needed drops an Auto or Internal dependent silently; a
// Normal one refuses, unless CASCADE. (PostgreSQL's pg_depend.)
enum class DependencyKind : std::uint8_t { Normal, Auto, Internal, Extension };

struct Dependency {
  ObjectId on = kNoObject;
  ColumnNumber column = 0;  // 0: the object as a whole
  DependencyKind kind = DependencyKind::Normal;
  // What of the dependent needs it, where that is a part: a policy, a trigger, a column default, a
  // constraint.
  enum class Part : std::uint8_t { Whole, Column, Default, Constraint, Trigger, Rule, Policy, Body };
  Part part = Part::Whole;
  std::string part_name;
  friend bool operator==(const Dependency&, const Dependency&) = default;
};

template <>
struct PartKey<Dependency> {
  static std::string_view of(const Dependency& dependency) { return dependency.part_name; }
};

// Common to all objects.
struct ObjectBase {
  ObjectId id = kNoObject;
  std::string schema;  // empty for objects outside schemas
  std::string name;
  std::string owner;  // as far as the files show; empty: whoever runs them
  Parts<Acl> acl;
  Parts<Dependency> dependencies;
  bool uncertain = false;  // a statement that may or may not run touched it
  bool extension_member = false;
  Origin origin;
};

enum class ObjectKind : std::uint8_t {
  Schema,
  Table,
  View,
  Index,
  Sequence,
  Type,
  Function,
  Extension,
  Publication,
  Role,
  EventTrigger,
  Statistics,
  Other
};

struct Schema : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Schema;
};

enum class Persistence : std::uint8_t { Permanent, Unlogged, Temporary };
enum class TableKind : std::uint8_t { Plain, Partitioned, Foreign, Composite };

// A key of a partitioned table, or of an index.
struct KeyElement {
  ColumnNumber column = 0;  // 0: an expression
  const ast::Expression* expression = nullptr;
  std::vector<ColumnNumber> reads;  // the columns that the expression reads
  std::string operator_class;
  std::string collation;
  bool descending = false;
  bool nulls_first = false;
};

struct Partitioning {
  ast::PartitionBy::Strategy strategy = ast::PartitionBy::Strategy::Range;
  std::vector<KeyElement> keys;
};

// What a statement that may not run did to a table that is there for sure: made, dropped or changed this
// part. NotNull is of a column that is there for sure.
enum class TablePart : std::uint8_t {
  Column,
  NotNull,
  Constraint,
  Trigger,
  Rule,
  Policy,
  RowSecurity,
  Other
};

struct Doubt {
  TablePart part = TablePart::Other;
  std::string name;  // of the column, constraint …; empty: whichever it is
  friend bool operator==(const Doubt&, const Doubt&) = default;
};

// A table, partitioned table, foreign table or composite type.
struct Table : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Table;
  TableKind kind = TableKind::Plain;
  Persistence persistence = Persistence::Permanent;
  std::vector<Column> columns;  // in order, without dropped ones
  ColumnNumber next_column = 1;
  Parts<Constraint> constraints;
  Parts<Trigger> triggers;
  Parts<Rule> rules;
  Parts<Policy> policies;
  std::map<std::string, std::string, std::less<>> options;
  std::string access_method;
  std::string tablespace;
  bool row_security = false;
  bool force_row_security = false;
  Origin row_security_switched = {};         // by which ENABLE, DISABLE or FORCE last
  std::string replica_identity = "default";  // "default", "full", "nothing", "index"
  ObjectId replica_index = kNoObject;
  ObjectId clustered_on = kNoObject;
  std::vector<ObjectId> inherits;            // parents, of inheritance or of the partition
  std::optional<Partitioning> partitioning;  // of a partitioned table
  ObjectId partition_of = kNoObject;
  const ast::PartitionBound* bound = nullptr;
  bool detach_pending = false;
  ObjectId of_type = kNoObject;
  bool commented = false;       // COMMENT ON TABLE says what it is for
  bool populated_here = false;  // a query (INSERT … SELECT, AS) filled it in the change that made it
  std::vector<Doubt> doubts;    // nothing else of it is uncertain, unless all of it is

  [[nodiscard]] const Column* column(std::string_view column_name) const;
  [[nodiscard]] const Column* column(ColumnNumber number) const;
  [[nodiscard]] const Constraint* constraint(std::string_view constraint_name) const;
  [[nodiscard]] const Constraint* primary_key() const;
  // Whether the part of that name may be another than it seems, or may be there or not. Without a name: any.
  [[nodiscard]] bool is_doubtful(TablePart part, std::string_view part_name = {}) const;
  // Whether a column may be null decides nothing of what else there is.
  [[nodiscard]] bool is_certain() const;
  // A statement that runs for sure has said how it is.
  void settle(TablePart part, std::string_view part_name = {});
};

[[nodiscard]] inline bool is_default_partition(const Table& table) {
  return table.bound != nullptr && table.bound->is_default;
}

// A view or materialized view. What it reads is in its dependencies, column by column.
struct View : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::View;
  bool materialized = false;
  bool populated = true;
  Persistence persistence = Persistence::Permanent;
  std::vector<Column> columns;  // types as far as they can be told
  const ast::Select* query = nullptr;
  std::map<std::string, std::string, std::less<>> options;  // security_invoker, security_barrier
  Parts<Rule> rules;
  Parts<Trigger> triggers;  // INSTEAD OF
};

struct Index : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Index;
  ObjectId table = kNoObject;  // a table or materialized view
  std::string method = "btree";
  std::vector<KeyElement> keys;
  std::vector<ColumnNumber> including;
  const ast::Expression* predicate = nullptr;
  std::vector<ColumnNumber> predicate_reads;
  bool unique = false;
  bool primary = false;
  bool nulls_not_distinct = false;
  bool valid = true;
  bool concurrently_built = false;    // a failed try would leave it invalid
  std::string constraint;             // the constraint that it is behind; empty if none
  ObjectId parent_index = kNoObject;  // of a partition's index
  bool only_parent = false;           // CREATE INDEX ON ONLY: invalid until all partitions are attached
  std::map<std::string, std::string, std::less<>> options;
};

struct Sequence : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Sequence;
  std::string type = "int8";
  ObjectId owned_by = kNoObject;
  ColumnNumber owned_column = 0;
  bool identity = false;
  Persistence persistence = Persistence::Permanent;
};

struct EnumValue {
  std::string label;
  Origin origin;
};

template <>
struct PartKey<EnumValue> {
  static std::string_view of(const EnumValue& value) { return value.label; }
};

struct DomainConstraint {
  std::string name;
  const ast::Expression* expression = nullptr;  // null: NOT NULL
  bool valid = true;
  Origin origin;
};

enum class TypeKind : std::uint8_t { Enum, Domain, Composite, Range, Base, Shell };

struct Type : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Type;
  TypeKind kind = TypeKind::Enum;
  Parts<EnumValue> values;  // in their sort order
  TypeRef base;             // of a domain
  bool not_null = false;
  const ast::Expression* default_value = nullptr;
  Parts<DomainConstraint> constraints;
  ObjectId composite = kNoObject;  // the Table of kind Composite
};

struct Function : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Function;
  struct Argument {
    std::string name;
    ast::FunctionParameter::Mode mode = ast::FunctionParameter::Mode::In;
    TypeRef type;
    bool has_default = false;
  };
  std::vector<Argument> arguments;
  TypeRef returns;
  bool returns_set = false;
  bool procedure = false;
  bool aggregate = false;
  std::string language;
  ast::Volatility volatility = ast::Volatility::Volatile;
  bool security_definer = false;
  bool strict = false;
  bool leakproof = false;
  std::map<std::string, std::vector<std::string>, std::less<>> settings;  // SET search_path = …
  const ast::Body* body = nullptr;
  bool atomic = false;  // a SQL-standard body: its dependencies are tracked (14)

  // Of the arguments that a caller gives.
  [[nodiscard]] std::vector<TypeRef> input_types() const;
  // It takes exactly these types, as far as they are known.
  [[nodiscard]] bool takes(const std::vector<TypeRef>& types) const;
};

struct Extension : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Extension;
  std::string version;
  std::string objects_schema;  // where its objects are; the extension itself is in no schema
};

// Of a list of objects: the bytes of the id.
template <>
struct PartKey<ObjectId> {
  static std::string_view of(const ObjectId& id) { return {reinterpret_cast<const char*>(&id), sizeof id}; }
};

struct Publication : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Publication;
  bool all_tables = false;
  Parts<ObjectId> tables;
  std::vector<std::string> schemas;
  std::map<std::string, std::string, std::less<>> options;
};

struct Role : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Role;
  bool superuser = false;
  bool bypass_row_security = false;
  bool login = false;
  std::vector<std::string> member_of;
  std::map<std::string, std::string, std::less<>> settings;  // ALTER ROLE … SET
};

// What the checks need to know only by name and place: event triggers, statistics, aggregates, collations …
struct OtherObject : ObjectBase {
  static constexpr ObjectKind kKind = ObjectKind::Other;
  ast::ObjectType type = ast::ObjectType::Other;
};

using Object = std::variant<Schema, Table, View, Index, Sequence, Type, Function, Extension, Publication,
                            Role, OtherObject>;

[[nodiscard]] inline const ObjectBase& base(const Object& object) {
  return std::visit([](const auto& held) -> const ObjectBase& { return held; }, object);
}
// The object is there for sure, and nothing of it is in doubt.
[[nodiscard]] inline bool is_certain(const Object& object) {
  const auto* table = std::get_if<Table>(&object);
  return table == nullptr ? !base(object).uncertain : table->is_certain();
}
// `now` as a statement leaves it that may or may not run: of a table that was there before only the parts
// that it touched are in doubt, anything else is so as a whole.
[[nodiscard]] Object doubted(const Object* before, Object now);

[[nodiscard]] inline ObjectKind kind_of(const Object& object) {
  return std::visit([](const auto& held) { return std::remove_cvref_t<decltype(held)>::kKind; }, object);
}

// "numeric(10,2)", "character varying(50)[]": as PostgreSQL's format_type prints it for a session that sees
// the schema public; types of other schemas are qualified.
[[nodiscard]] std::string to_string(const TypeRef& type);

}  // namespace migcheck::catalog
