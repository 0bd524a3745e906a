// SPDX-License-Identifier: MIT
#pragma once

// Does a query stay within one tenant?
//
// In a schema that keeps all customers' rows in the same tables, every reference to such a table must have
// its tenant bound: to a parameter, a constant, a setting, or the tenant of another bound row, and to the
// same one throughout the query. prove() follows equalities through the whole query and gives a verdict for
// each reference. "Bound" promises non-interference: whatever the rows of other tenants are, the result of
// the query (and the rows it touches) stays the same. It is a promise about rows; errors and timing (a
// division by zero in another tenant's row, a uniqueness error) are outside of it.
//
// Pure analysis: a statement and a catalog in, values out.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

// Whose rows a table holds.
enum class TenantKind : std::uint8_t {
  Unknown,    // it may belong to tenants, but the files don't say through what
  Global,     // everybody's: countries, plans, users who have several tenants
  Root,       // the tenants themselves
  Column,     // it has a tenant column
  Inherited,  // its rows belong to the tenant of the row that a foreign key refers to
};

struct TenantTable {
  TenantKind kind = TenantKind::Unknown;
  std::string column = {};                      // of Column; of Root its key
  std::vector<catalog::ColumnNumber> key = {};  // of Inherited: the foreign key's columns
  catalog::ObjectId parent = catalog::kNoObject;
  std::string reason = {};  // why, in a few words: "line_items.order_id refers to orders"
  // Ties the tenants to something global (users): a row says "this user is in this tenant".
  bool membership = false;
  [[nodiscard]] bool tenants() const {
    return kind == TenantKind::Root || kind == TenantKind::Column || kind == TenantKind::Inherited;
  }
};

// Which tables belong to tenants, at one moment of the history.
struct TenantMap {
  std::vector<std::string> columns;  // the names of the tenant column; empty: tenancy is off
  catalog::ObjectId root = catalog::kNoObject;
  std::string root_name;
  bool inferred = false;
  std::string explanation;  // one or two sentences: what was configured or inferred, or why tenancy is off
  std::map<catalog::ObjectId, TenantTable> tables;
  // Tables that belong to tenants, by the last word of their names: "task" for v1_tasks.
  std::map<std::string, std::vector<catalog::ObjectId>, std::less<>> named = {};

  [[nodiscard]] bool on() const { return !columns.empty(); }
  // Unknown for what is not in the map.
  [[nodiscard]] const TenantTable& of(catalog::ObjectId table) const;
};

// The map as configured; without a configured column, the column that most tables carry as a foreign key to
// one table. Below a clear majority the map is off, and its explanation says so.
// With explain_none the explanation also says why nothing could be inferred.
TenantMap tenant_map(const catalog::Catalog& catalog, const TenancySettings& settings,
                     bool explain_none = true);

enum class Binding : std::uint8_t {
  Bound,    // proven
  Assumed,  // proven if the data are as `assumption` says
  Unbound,
};

// Why a reference is not bound.
enum class TenantGap : std::uint8_t {
  None,
  NoCondition,     // nothing ties its tenant to anything
  OtherReference,  // its tenant is bound, but not the one of the other references
  OrBypass,        // a condition binds it, but an OR lets rows past
  ManyValues,      // = ANY (list), IN (list): several tenants
  ConflictTarget,  // ON CONFLICT may update a row of another tenant
  InsertedTenant,  // the inserted tenant is not the one that was read
  MissingColumn,   // INSERT leaves the tenant column out
  TooComplex,      // beyond the prover's limits
};

// One reference to a tenant table.
struct TableVerdict {
  Span span;  // where the query names the table (of a view's inside: where the query names the view)
  catalog::ObjectId table = catalog::kNoObject;
  std::string name;  // the alias, or the table's name: what a condition would say
  std::string table_name;
  std::string column;  // what to bind: the tenant column, the root's key, or the key to the parent
  TenantKind kind = TenantKind::Column;
  Binding binding = Binding::Unbound;
  TenantGap gap = TenantGap::None;
  bool written = false;  // the target of INSERT, UPDATE, DELETE, MERGE
  bool through_view = false;
  std::vector<std::string> values;  // the tenant that it is bound to, as written: "$1"
  std::string assumption;  // of Assumed: "orders.customer_id refers to a customer of the same tenant"
  std::string reason;      // of Unbound: a sentence
  std::string advice;      // what to add: "AND o.team_id = $1"
  std::string asked;       // of Unbound: what the query asks of the rows instead: "id = $1"
  // References whose tenants are provably the same share a number. Where a migration goes over all tenants,
  // more than one group means that rows of different tenants may meet.
  std::uint32_t group = 0;
  // Likewise of references that a key joins: their rows belong together, whatever is known of their tenants.
  std::uint32_t kin = 0;
  bool guard = false;       // it stands in an EXISTS that asks nothing of the rows outside
  std::string near;         // another reference, of another group, that it meets; empty if it is alone
  std::string near_column;  // its tenant column; empty if it has none of its own
};

// What a proof may rest on.
struct ProofContext {
  const catalog::Catalog& catalog;
  const TenantMap& map;
  const TenancySettings& settings;
  std::span<const std::string> search_path;
  // A view, or a function's result: columns of the result that a reader can filter by are taken as bound by
  // the reader.
  bool bound_by_reader = false;
  // A function's body: a name that is no column is a variable, and as good as a parameter.
  bool has_variables = false;
  // Variables that the function fills itself: a row that they name was found by it, not asked for.
  std::vector<std::string_view> locals = {};
  // The body of a trigger: a table that nobody made is a transition table.
  bool in_trigger = false;
};

// Verdicts on all references to tenant tables in the query, sub-queries and views included, in the order in
// which they stand.
std::vector<TableVerdict> prove(const ast::Statement& query, const ProofContext& context);

// Is every reference bound (or, where assumptions are allowed, assumed)?
[[nodiscard]] bool isolated(const std::vector<TableVerdict>& verdicts, bool accept_assumptions);

// What is wrong with a query, as the checks of tenancy name it.
enum class TenantFaultKind : std::uint8_t {
  FilterMissing,  // rows of all tenants
  JoinLeak,       // rows of one tenant beside rows of another
  OrBypass,
  ViewLeak,
  MissingColumn,  // INSERT without the tenant column
};

struct TenantFault {
  TenantFaultKind kind = TenantFaultKind::FilterMissing;
  const TableVerdict* verdict = nullptr;
  std::vector<std::string> also;  // other references of the same tenant: they have the same fault
};

// In what light a query is read.
struct QueryLight {
  bool over_all_tenants = false;  // a migration: only rows that meet across tenants are a fault
  bool view = false;
  bool under_row_security = false;  // it runs with the rights of who asks: policies filter too
};

// One fault for each set of rows that belong together, in source order.
std::vector<TenantFault> tenant_faults(const std::vector<TableVerdict>& verdicts,
                                       const catalog::Catalog& catalog, QueryLight light);

namespace tenancy {
class TenantMapper;
}

// Remembers what was asked of one catalog, for the checks that ask the same of it and of one query.
class TenancyAnswers {
 public:
  TenancyAnswers();
  ~TenancyAnswers();
  TenancyAnswers(TenancyAnswers&&) noexcept;
  TenancyAnswers& operator=(TenancyAnswers&&) noexcept;

  // Was an inferred map asked for since forget_asked()? What rests on it holds if the whole history agrees.
  [[nodiscard]] bool asked_inferred() const;
  void forget_asked() { asked_ = false; }
  [[nodiscard]] const TenantMap& last_map() const;
  const TenantMap& map(const catalog::Catalog& catalog, const TenancySettings& settings);
  const std::vector<TableVerdict>& verdicts(const ast::Statement& query, const ProofContext& context);
  // The next query may stand where this one stood in memory.
  void next_query() { query_ = nullptr; }

 private:
  bool asked_ = false;
  std::unique_ptr<tenancy::TenantMapper> mapper_;  // null: no map was made yet
  const ast::Statement* query_ = nullptr;
  std::size_t query_revision_ = 0;
  std::vector<TableVerdict> verdicts_;
};

}  // namespace migcheck
