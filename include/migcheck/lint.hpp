// SPDX-License-Identifier: MIT
#pragma once

// The engine: parsed files in, a report out. A pure computation: it opens no file, prints nothing, knows no
// clock.
//
// Files come one after another, in the order in which the tools run them, so that a history of any length
// passes through bounded memory. Per history there is one catalog.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/file_change.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/lint_report.hpp"
#include "migcheck/parse.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/settings.hpp"
#include "migcheck/source.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

// A parsed file on its way through the engine.
struct LintFile {
  // OtherQuery: not checked, but read for what the change breaks in it.
  enum class Purpose : unsigned char { Target, History, Query, Seed, OtherQuery };
  Purpose purpose = Purpose::Target;
  ParsedFile parsed;
  std::vector<Section> sections;
  FileChange change = FileChange::Unknown;
  bool continues = false;  // psql reads it in the session of the file before, as one run with it
  bool goes_on = false;    // and the file behind it in this one's
  // The next file may be its way back: what it touches is remembered until then.
  bool may_be_turned_back = true;
  [[nodiscard]] bool checked() const { return purpose != Purpose::History && purpose != Purpose::OtherQuery; }
};

// May the one file be the way up and the other the way back of one migration, as their names go?
//   7_users.up.sql and 7_users.down.sql; 2024_users/up.sql and 2024_users/down.sql
[[nodiscard]] bool may_be_pair(std::string_view up, std::string_view down);

// Lints histories, one after another. begin_history, then its files in order; finish gives the report.
class Linter {
 public:
  // With one_change all targets are one change; otherwise each file is a change of its own. The settings must
  // outlive this.
  explicit Linter(const Settings& settings, bool one_change = false);
  explicit Linter(Settings&& settings, bool one_change = false) = delete;
  ~Linter();
  Linter(const Linter&) = delete;
  Linter& operator=(const Linter&) = delete;

  // Shows the replay to somebody else too, who must outlive this. Call before the first history.
  void watch(ReplayObserver& observer);
  // The report's files with findings are to have their whole text, for who edits it.
  void keep_texts();
  void begin_history(const LayoutUse& layout, const TransactionModel& model);
  void add(LintFile file);
  // A file or a part of one that could not be read: it becomes part of the report.
  void add_unread(Unread unread);
  void add_remark(std::string sentence);
  // Sorted, counted, with suppressions applied. Call once, this or finish_part().
  LintReport finish();
  // The same as a part of a report that join() makes. The last part: the process is about to end, and what it
  // knows of a large schema may stay where it is until then.
  LintReport finish_part();
  LintReport finish_last_part();

  // The catalog of the history at hand, as it is now.
  [[nodiscard]] const catalog::Catalog& catalog() const;
  // The line of a place of the catalog in the file as it is written.
  [[nodiscard]] std::uint32_t line_of(const Place& place) const;

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

// Puts the parts of linters that each linted some histories of one run together, in this order: the report
// that one linter of all of them would give.
[[nodiscard]] LintReport join(std::vector<LintReport> parts, const Settings& settings);

}  // namespace migcheck
