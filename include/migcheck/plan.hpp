// SPDX-License-Identifier: MIT
#pragma once

// What PostgreSQL would do with a statement: which locks, which work under them, which errors, and what the
// schema is afterwards. Checks, `migcheck locks` and the replay all read the same plan: there are no two
// truths.
//
// Rests on measurements on PostgreSQL 12 to 18 (docs/facts.md). An ALTER TABLE is
// planned whole, in PostgreSQL's order of passes; each effect says which subcommand caused it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

// PostgreSQL's table lock modes, in order of strength.
enum class LockMode : std::uint8_t {
  None = 0,
  AccessShare = 1,           // SELECT
  RowShare = 2,              // SELECT FOR UPDATE
  RowExclusive = 3,          // INSERT, UPDATE, DELETE
  ShareUpdateExclusive = 4,  // VACUUM, CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT
  Share = 5,                 // CREATE INDEX
  ShareRowExclusive = 6,     // ADD FOREIGN KEY, CREATE TRIGGER
  Exclusive = 7,             // REFRESH MATERIALIZED VIEW CONCURRENTLY
  AccessExclusive = 8,       // most of ALTER TABLE
};

[[nodiscard]] std::string_view to_string(LockMode mode);  // "ACCESS EXCLUSIVE"
[[nodiscard]] std::string_view pg_name(LockMode mode);    // "AccessExclusiveLock"
[[nodiscard]] bool conflicts(LockMode held, LockMode wanted);
[[nodiscard]] inline bool blocks_reads(LockMode held) {
  return held == LockMode::AccessExclusive;
}
[[nodiscard]] inline bool blocks_writes(LockMode held) {
  return held >= LockMode::Share;
}

// A relation in an effect. An id of kNoObject: the history does not show it.
struct RelationRef {
  catalog::ObjectId id = catalog::kNoObject;
  std::string schema;  // as resolved; empty where the history does not show the relation and none was written
  std::string name;
  [[nodiscard]] std::string qualified() const { return schema.empty() ? name : schema + "." + name; }
  friend bool operator==(const RelationRef&, const RelationRef&) = default;
};

// Why a relation is rewritten, read in full, or gets an index built.
enum class WorkReason : std::uint8_t {
  None,
  VolatileDefault,
  UnknownDefault,
  SerialColumn,
  IdentityColumn,
  StoredColumn,
  ConstrainedDomain,
  OldServerDefault,
  TypeChange,
  UnknownTypeChange,
  CollationChange,
  SetExpression,
  SetNotNull,
  NotNullConstraint,
  CheckConstraint,
  ForeignKey,
  UniqueIndex,
  PrimaryKey,
  ExclusionConstraint,
  IndexBuild,
  IndexRebuild,
  DomainConstraint,
  PartitionBound,
  DefaultPartition,
  Validate,
  VirtualColumn,
  Persistence,
  Tablespace,
  AccessMethod,
  Cluster,
  VacuumFull,
  DropOids,
  Reindex,
  Refresh,
  TableAs,
  Query,
};

// What a statement does to one relation. A statement can have several effects on the same relation, one per
// subcommand; strongest() sums them up.
struct Effect {
  RelationRef relation;
  LockMode lock = LockMode::None;
  bool rewrite = false;             // all rows are written anew, all indexes rebuilt
  bool scan = false;                // all rows are read
  std::vector<std::string> builds;  // names of indexes that are built or rebuilt
  WorkReason reason = WorkReason::None;
  std::int32_t action = -1;  // the subcommand of ALTER TABLE; -1: the statement as a whole
  Span clause;               // where it is written; empty: the statement
  // What of the facts is not certain here: the old type is unknown, the function is not known …
  bool assumed = false;
  bool of_index = false;  // the relation is an index
  bool creates = false;   // the statement makes the relation
};

// An error that PostgreSQL raises for sure, given the catalog.
struct PlanError {
  std::string code;     // SQLSTATE
  std::string message;  // as PostgreSQL words it, as near as the catalog allows
  std::int32_t action = -1;
  Span clause;
  // It is about an object that nothing in the history ever made: an error if the history is the whole truth,
  // and a gap in the history otherwise.
  bool unseen = false;
  std::vector<std::string> in_the_way = {};  // what depends on it: "view v", "policy p on table t"
  std::string_view instead = {};             // what PostgreSQL has in place of another database's type
};

// What kind of mistake an error is: each kind is somebody's business in checks/failing.
enum class ErrorKind : std::uint8_t {
  ObjectMissing,            // a table, column, type … that the history says is not there
  ObjectExists,             // made twice
  Dependents,               // something else needs it: DROP without CASCADE, ALTER TYPE under a view
  ViewReplace,              // CREATE OR REPLACE VIEW may only add columns at the end
  PartitionKey,             // UNIQUE or PRIMARY KEY without the partition key
  PartitionedForeignKey,    // NOT VALID foreign key on a partitioned table, before 18
  PartitionedConcurrently,  // CREATE INDEX CONCURRENTLY on a partitioned table
  ConstraintIndex,          // USING INDEX of an index that cannot be used
  EnumValue,                // a new value used before its transaction is committed
  RefreshConcurrently,      // REFRESH CONCURRENTLY without a unique index
  Other,
};
[[nodiscard]] ErrorKind kind_of(const PlanError& error, const ast::Statement& statement);

// What the statement waits for besides the locks.
struct Waits {
  bool writers = false;        // open transactions that wrote to the table
  bool old_snapshots = false;  // every older snapshot in the database
};

// A thing that a DROP takes along, or a part of one.
struct AlsoDropped {
  catalog::ObjectId object = catalog::kNoObject;
  catalog::Dependency::Part part = catalog::Dependency::Part::Whole;
  std::string part_name;
  std::string words;       // "policy p on table t"
  bool automatic = false;  // it goes silently, CASCADE or not
};

// All effects of a plan on one relation as one: the strongest lock, any rewrite, any scan, all builds.
struct RelationSummary {
  RelationRef relation;
  LockMode lock = LockMode::None;
  bool rewrite = false;
  bool scan = false;
  std::vector<std::string> builds;
  bool of_index = false;
  bool creates = false;
  // Of a transaction's step: nobody else can want it, as this change or this transaction made it.
  bool new_here = false;
};

struct Plan {
  std::vector<Effect> effects;
  std::vector<RelationSummary> relations;  // the effects, in the order in which the relations come up
  std::vector<catalog::Change> changes;
  std::vector<PlanError> errors;
  Waits waits;
  // Not empty: PostgreSQL refuses the statement in a transaction block; this names it: "CREATE INDEX
  // CONCURRENTLY".
  std::string_view not_in_transaction;
  // A DROP's fallout, by name: what CASCADE (or an automatic dependency) takes along.
  std::vector<std::string> also_dropped;
  std::vector<AlsoDropped> also_dropped_parts;  // the same, one by one, with what they are
  // Syntax that the server does not read if it is as old as is assumed: what such a one says of it.
  std::optional<PlanError> if_old;
  // The statement did nothing: IF [NOT] EXISTS found it done.
  bool no_op = false;
};

// The settings of the session that decide what a statement does; replay keeps them in force.
struct Session {
  std::vector<std::string> search_path = {"public"};  // "$user" is not resolved: it is left out
  std::string time_zone;                              // empty: not set in the files
  std::string role;                                   // SET ROLE; empty: whoever runs the files
  std::int64_t lock_timeout_ms = -1;                  // -1: not set; 0: none
  std::int64_t statement_timeout_ms = -1;
  bool in_transaction = false;
};

struct PlanContext {
  const Settings& settings;
  const Session& session;
  catalog::Origin origin;           // what new objects say of where they come from
  bool in_body = false;             // of a DO block or a function, which may have variables
  bool may_have_new_labels = true;  // false: the transaction has added no value to an enum so far
};

// The plan of one statement against the catalog as it is before. Pure: the catalog is not changed (new
// expressions are copied into its arena). Statements without a plan (SHOW, an Unparsable) have an empty one.
Plan plan_of(const ast::Statement& statement, const catalog::Catalog& catalog, const PlanContext& context);

// How steady an expression's value is: the least steady function in it decides.
struct ValueSteadiness {
  ast::Volatility volatility = ast::Volatility::Immutable;
  bool unknown = false;  // a function that nothing shows was counted as VOLATILE
  std::string function;  // the one that decided: "now"
};
// Of an expression over a table (which may be null).
ValueSteadiness steadiness_of(const ast::Expression* expression, const catalog::Table* table,
                              const catalog::Catalog& catalog, const PlanContext& context);

// What Plan::relations holds, of its effects.
std::vector<RelationSummary> summarize(const Plan& plan);

}  // namespace migcheck
