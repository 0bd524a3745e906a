// SPDX-License-Identifier: MIT
#pragma once

// A history as one script for psql: every forward statement in the order, the transactions and the sessions
// in which the migration tool runs it. What the script leaves on an empty server is what `migcheck catalog`
// says: tests/server holds one against the other.
//
// Each statement follows a line "-- at FILE:LINE", so that psql's complaints lead back to the files. What
// PostgreSQL's grammar refuses is left out, with a line that says so.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "migcheck/lint.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck::cli {

class HistoryScript {
 public:
  explicit HistoryScript(TransactionModel model) : model_(std::move(model)) {}

  // The next file of the history.
  void add(const LintFile& file);
  [[nodiscard]] std::string text() const { return text_; }

 private:
  void set_schema();
  void add_section(const LintFile& file, const Section& section);
  void add_statement(const LintFile& file, std::size_t number, bool goes_on);
  void add_data_behind(const LintFile& file, std::size_t number);
  void reconnect_before(const LintFile& file, std::uint32_t offset);
  void end_unit();
  [[nodiscard]] std::string place_of(const LintFile& file, Span span) const;

  TransactionModel model_;
  std::string text_;
  LineIndex lines_;       // of the file at hand
  bool in_unit_ = false;  // BEGIN was written for sections of one unit
  unsigned unit_ = 0;
  std::size_t next_statement_ = 0;  // of the file at hand
  std::size_t next_skipped_ = 0;
};

}  // namespace migcheck::cli
