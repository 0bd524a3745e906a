// SPDX-License-Identifier: MIT
#pragma once

// The settings of the session that migcheck follows, and how transactions treat them: ROLLBACK takes back
// what SET did since BEGIN, SET LOCAL ends with its transaction, savepoints take both back.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/plan.hpp"

namespace migcheck::replay {

class SessionState {
 public:
  // `schema` is in the search path of a new connection; empty: the server's own path is.
  explicit SessionState(std::string_view schema = {});

  // In force now.
  [[nodiscard]] const Session& now() const { return now_.effective; }

  // The values at a moment, to return to.
  struct Mark {
    Session effective;  // in force
    Session lasting;    // without SET LOCAL: what COMMIT leaves
  };
  using Snapshot = std::shared_ptr<const Mark>;
  [[nodiscard]] Snapshot mark();
  void restore(const Snapshot& mark);
  void commit();  // SET LOCAL ends
  void reset();   // RESET ALL, a new connection

  // SET, SET LOCAL, RESET … in a transaction or not: outside of one SET LOCAL has no effect.
  void apply(const ast::SetVariable& statement, bool in_transaction);
  // The calls of set_config in the select list. `is_local` alone decides how long each lasts.
  void apply_set_config(const ast::Select& query);

  // While a function with a SET clause of its own runs.
  void set_search_path(std::vector<std::string> path);
  void set_in_transaction(bool in_transaction) { now_.effective.in_transaction = in_transaction; }

 private:
  // What a setting gets: a list of names as SET has it, or nothing for the default.
  void assign(std::string_view name, std::span<const std::string> values, bool local);

  // All that is written goes through here: in_transaction is no setting, and in no snapshot.
  Mark& change() {
    snapshot_ = nullptr;
    return now_;
  }

  Session first_;  // as a new connection has it
  Mark now_;
  Snapshot snapshot_;   // of what is now, where somebody asked for it
  bool local_ = false;  // something in force does not last
};

// search_path as one text, as set_config and ALTER ROLE have it: names at commas, folded unless quoted.
[[nodiscard]] std::vector<std::string> split_search_path(std::string_view text);

}  // namespace migcheck::replay
