// SPDX-License-Identifier: MIT
#pragma once

// What a check is, and what it may ask. The only header that a check includes.
//
// A check is a constant: metadata and up to five functions. It is stateless; what has to be remembered lies
// in the catalog and in the timeline. It asks the context (check/context.hpp) and reports to the sink
// (check/reporting.hpp).
//
//   // A plain build holds SHARE on the table until it ends, so every writer waits.
//   void run(const CheckContext& context, FindingSink& out) { … }
//   extern constexpr Check index_not_concurrent{.since = "0.1.0", .summary = "…", .on_statement = run};
//
// The check's name is the name of its file, its category the folder: neither is written here.

#include <optional>
#include <span>
#include <string_view>

#include "migcheck/ast/mentions.hpp"
#include "migcheck/check/context.hpp"
#include "migcheck/check/conventions.hpp"
#include "migcheck/check/reporting.hpp"
#include "migcheck/check/searches.hpp"
#include "migcheck/check/statement_kinds.hpp"
#include "migcheck/check/words.hpp"
#include "migcheck/english.hpp"
#include "migcheck/reads.hpp"
#include "migcheck/tenancy/row_access.hpp"
#include "migcheck/tenancy/unique_keys.hpp"

namespace migcheck {

// In which of the three sets a check is on without being asked for. Each holds the one before.
enum class Preset : unsigned char { Safety, Saas, Strict, OptIn };

// An option of a check, with its default.
struct OptionSpec {
  std::string_view name;
  std::string_view summary;
  std::string_view default_value;  // as it would stand in the configuration
  enum class Type : unsigned char { Boolean, Integer, Text, List } type = Type::Text;
};

struct Check {
  std::string_view since;                 // the version that brought it
  std::string_view summary;               // one sentence with a period
  std::optional<Severity> severity = {};  // unset: the category's
  std::optional<Preset> preset = {};      // unset: the category's
  int min_pg = 0;                         // the first server version that it is about; 0: any
  int max_pg = 0;                         // the last
  bool fixable = false;
  // What it says of one file of a history it says of most: one decision for all of them. Of a whole history
  // that was not linted before it is said once, with the count.
  bool once_per_history = false;
  // The check that says more of the same clause: where it has spoken, and nobody has accepted that, one
  // finding is enough, and this one is left out.
  std::string_view yields_to = {};
  std::span<const OptionSpec> options = {};

  // The kinds of statements that on_statement looks at; where none is named, all.
  StatementKinds statements = {};
  // Each statement that is checked, before it runs.
  void (*on_statement)(const CheckContext&, FindingSink&) = nullptr;
  // Each query, wherever it stands: a statement, a view's, a function's, one of a query file.
  void (*on_query)(const CheckContext&, const ast::Statement& query, FindingSink&) = nullptr;
  // Each transaction that ended, with its locks.
  void (*on_transaction_end)(const CheckContext&, FindingSink&) = nullptr;
  // What a change (with --since all targets together, otherwise each file) left behind.
  void (*on_change_end)(const CheckContext&, FindingSink&) = nullptr;
  // What the whole history left behind.
  void (*on_history_end)(const CheckContext&, FindingSink&) = nullptr;
};

}  // namespace migcheck
