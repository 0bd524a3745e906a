// SPDX-License-Identifier: MIT
#pragma once

// Does a migration's way back undo its way up? Watches what both touch: what each object was before the first
// statement, and what it is after the last. Compared is what a schema's users see, by name: tables and their
// columns, keys, triggers and policies, indexes, views, functions, types. Left out is what PostgreSQL offers
// no way back from (a value added to an enum) or what mostly stays on purpose (extensions, roles,
// privileges, and a schema that the way up makes only IF NOT EXISTS: others may live in it by then).

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "migcheck/replay.hpp"

namespace migcheck {

class WayBack final : public ReplayObserver {
 public:
  // A way up begins: nothing is touched yet. Unwatched, nothing can be told of it.
  void begin(bool watched = true);
  // Of the way up, and then of the way back.
  void on_statement(const Moment& moment) override;
  void on_transaction_end(const TransactionRecord&, const catalog::Catalog&) override {}
  // The way back begins.
  void turn() { back_ = true; }
  // The way back ran something that changes the schema, and nothing in either direction is uncertain.
  [[nodiscard]] bool can_tell() const { return changes_back_ && !uncertain_; }
  // How the schema is now, other than before the way up: "the table t is still there".
  [[nodiscard]] std::vector<std::string> differences(const catalog::Catalog& now) const;

  // What one object contributes to the picture of a schema.
  struct Fact {
    std::string value = {};       // "text"
    std::string strict = {};      // "NOT NULL": compared only if the number is the same
    std::string belongs_to = {};  // the fact without which this one is no news: "the table t"
    bool told = true;             // false: the history does not show the value
    int number = 0;               // of a column: another one after DROP and ADD
    std::int64_t longest = -1;    // of a text: the characters that it takes at most; -1: it is none
  };
  using Facts = std::map<std::string, Fact, std::less<>>;

 private:
  void remember(catalog::ObjectId id, const catalog::Catalog& catalog);

  [[nodiscard]] Facts facts_before(catalog::ObjectId id, const catalog::Catalog& now) const;
  [[nodiscard]] bool is_as_before(catalog::ObjectId id, const catalog::Catalog& now) const;

  // By what was touched, as it was; empty: it was not there. Words are made of it only if it is another now.
  std::map<catalog::ObjectId, std::optional<const catalog::Object>> before_;
  std::set<catalog::ObjectId> may_stay_;
  std::set<std::string, std::less<>>
      maybe_there_;  // names that the way up drops IF EXISTS, and that nothing shows
  bool back_ = false;
  bool changes_back_ = false;
  bool uncertain_ = false;
};

}  // namespace migcheck
