// SPDX-License-Identifier: MIT
#pragma once

// The settings of the session that migcheck follows, and how transactions treat them: ROLLBACK takes back
// what SET did since BEGIN, SET LOCAL ends with its transaction, savepoints take both back.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/plan.hpp"

namespace migcheck::replay {

class SessionState {
 public:
  // In force now.
  [[nodiscard]] const Session& now() const { return now_.effective; }

  // The values at a moment, to return to.
  struct Mark {
    Session effective;  // in force
    Session lasting;    // without SET LOCAL: what COMMIT leaves
  };
  [[nodiscard]] const Mark& mark() const { return now_; }
  void restore(const Mark& mark);
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

  Mark now_;
};

// search_path as one text, as set_config and ALTER ROLE have it: names at commas, folded unless quoted.
[[nodiscard]] std::vector<std::string> split_search_path(std::string_view text);

}  // namespace migcheck::replay
