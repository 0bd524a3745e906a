// SPDX-License-Identifier: MIT
#pragma once

// What the engine knows at the moment at which it calls a check. Checks see it through CheckContext.

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/catalog.hpp"
#include "migcheck/file_change.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/settings.hpp"
#include "migcheck/tenancy.hpp"
#include "migcheck/timeline.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

struct Check;

// Where a query stands, for on_query.
enum class QueryOrigin : unsigned char {
  Migration,  // a statement of a migration: it runs once, mostly over all tenants
  Seed,       // a statement of a seeds file
  View,       // the query of a view or materialized view
  Function,   // in the body of a function or procedure: it runs later, for whoever calls
  QueryFile,  // the application's own query
};

// A name that a checked migration took away, or a column that it gave another type: what still uses it fails.
struct Departure {
  RelationRef relation;                       // as it was called
  std::string column;                         // empty: the relation itself
  std::string new_name;                       // empty: dropped
  Place place;                                // the clause, or the statement
  std::vector<catalog::Column> columns = {};  // as they were: of a relation all, else the one
  catalog::TypeRef new_type = {};             // the name stays, and the column has another type
  std::vector<Place> readers = {};            // queries of the application that still use the name
  [[nodiscard]] bool is_retyping() const { return !new_type.name.empty(); }
};

// A name in a query that a departure took away.
struct DepartedRead {
  const Departure* departure = nullptr;
  Span span;
};

// Resolves names as they were before the departures.
class Departed;

// Which functions say a name.
class FunctionWords;

// A migration of the history at hand, for checks of the set as a whole.
struct HistoryFile {
  std::uint32_t file = kNoFile;
  std::string path;
  bool target = true;
  bool has_up = true;
  bool has_down = false;  // it holds the way up and the way back
  FileChange change = FileChange::Unknown;
  // The way back, run after the way up, does not lead where the way up began: how the schema differs then.
  std::vector<std::string> down_differences = {};
  Place down = {};  // where the way back begins; unknown: there is none, or it does nothing
};

// The statements around the one at hand.
class Surroundings;

// In which order transactions took their strong locks.
class LockOrders;

// What the engine knows at the moment; checks see it through CheckContext.
struct Scene {
  const Settings* settings = nullptr;
  const catalog::Catalog* catalog = nullptr;
  const TransactionModel* model = nullptr;
  const TransactionRecord* transaction = nullptr;
  const Moment* moment = nullptr;  // null outside statements
  std::uint32_t file = kNoFile;
  std::uint32_t change = 0;
  const CheckSetting* setting = nullptr;       // of the check that runs; may be null
  const Check* check = nullptr;                // the check that runs
  const std::vector<bool>* targets = nullptr;  // by file: is it checked?
  bool reported_in_file = false;               // the check that runs has spoken in this file already
  std::span<const Finding> said = {};          // by the checks that looked at this statement before
  const std::set<std::string_view>* said_in_file = nullptr;  // checks that spoke in this file before
  const LockOrders* lock_orders = nullptr;
  QueryOrigin query_origin = QueryOrigin::Migration;
  bool seed = false;  // the file at hand is a seeds file
  const std::vector<Departure>* departures = nullptr;
  const Departed* departed = nullptr;  // of the change that ends; null where it took nothing away
  const FunctionWords* function_words = nullptr;
  Surroundings* surroundings = nullptr;
  const Session* session = nullptr;
  const std::vector<HistoryFile>* files = nullptr;
  std::string_view text;  // of the file at hand; empty where none is
  TenancyAnswers* tenancy = nullptr;
  // The relation that was asked for last: the checks of one statement mostly ask for the same one.
  struct Asked {
    std::string_view schema;
    std::string_view name;
    const catalog::Object* found = nullptr;
  };
  mutable std::optional<Asked> asked = {};
};

}  // namespace migcheck
