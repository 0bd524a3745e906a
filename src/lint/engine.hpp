// SPDX-License-Identifier: MIT
#pragma once

// The engine behind Linter: which checks run, on what, and where their findings go.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "lint/departed.hpp"
#include "lint/function_words.hpp"
#include "lint/lock_orders.hpp"
#include "lint/suppressions.hpp"
#include "lint/surroundings.hpp"
#include "lint/way_back.hpp"
#include "migcheck/check.hpp"
#include "migcheck/lint.hpp"
#include "migcheck/registry.hpp"

namespace migcheck {

// What leads back is a step less severe.
[[nodiscard]] inline Severity one_lower(Severity severity) {
  return severity == Severity::Error ? Severity::Warning : Severity::Info;
}

// A check that is on, with what was decided about it once.
struct ActiveCheck {
  const RegisteredCheck* registered = nullptr;
  FindingAuthor author;
  FindingAuthor author_on_way_back;
  const CheckSetting* setting = nullptr;
  std::uint32_t last_file = kNoFile;  // where it spoke last
};

class Linter::Engine final : public ReplayObserver {
 public:
  Engine(const Settings& settings, bool one_change);

  void begin_history(const LayoutUse& layout, const TransactionModel& model);
  void add(LintFile file);
  // Ends the history at hand, and gives away all that is known of its catalog.
  struct Ended {
    std::unique_ptr<Replay> replay;
    TenancyAnswers tenancy;
  };
  Ended forget_history();
  LintReport finish();
  std::uint32_t line_of(const Place& place);
  [[nodiscard]] const Settings& settings() const { return settings_; }

  void on_statement(const Moment& moment) override;
  void on_transaction_end(const TransactionRecord& record, const catalog::Catalog& catalog) override;

  LintReport report;  // grows as files come; findings in text offsets until finish()
  std::unique_ptr<Replay> replay;
  ReplayObserver* watch = nullptr;  // looks on; may be null
  bool keeps_texts = false;         // the report's files have them whole

 private:
  // What is kept of a file after it has passed.
  struct FileState {
    std::unique_ptr<const SourceFile> source;  // of targets, and where offsets need a map
    std::vector<Span> statements;
    std::vector<Suppression> suppressions;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> suppressed;  // these, by their statement
    bool target = false;
    std::size_t history = 0;  // counts up through the run
  };

  // Where the lines of a file begin; made from the source if nobody has asked yet.
  const LineIndex& lines_of(std::uint32_t index, const SourceFile* source);
  std::uint32_t next_change(bool target, bool continues = false);
  void begin_file(const LintFile& file);
  void end_file(const LintFile& file, std::uint32_t index, bool target);
  void replay_file(const LintFile& file, std::uint32_t index, bool target);
  void take_back_what_is_dropped(const LintFile& file);
  void note_migration(const LintFile& file, std::uint32_t index, bool target);
  void lint_way_back(const LintFile& file, const ReplayFile& replayed);
  void compare_way_back(const LintFile& file, const ReplayFile& replayed);
  // refusals.cpp
  void report_too_deep(const ast::Statement& statement, std::uint32_t index);
  void report_unparsable(const LintFile& file, std::uint32_t index, bool target);
  // Statements of a file that PostgreSQL refuses with the same words, and the last finding about one.
  struct Refused {
    std::size_t statements = 0;
    std::size_t last_finding = 0;
  };
  // The statement that was refused right before, if it was told of: what is cut off from it follows.
  static constexpr std::size_t kNoFinding = static_cast<std::size_t>(-1);
  struct Cause {
    std::size_t finding = kNoFinding;
    std::string_view message = {};
  };
  void report_remains(const ast::Unparsable& piece, std::uint32_t index, const ParsedFile& parsed,
                      const Cause& cause);
  void report_refused(const ast::Unparsable& broken, Span statement, bool back, std::uint32_t index,
                      Refused& alike);
  void lint_query_file(const LintFile& file, std::uint32_t index);
  // Which departures the query still uses.
  void note_readers(const ast::Statement& query, std::uint32_t index);
  // The checks that look at statements of this kind.
  const std::vector<std::size_t>& asked_of(ast::NodeKind kind);
  void run_queries(const Moment& moment, QueryOrigin home);
  void end_change();
  void end_history();
  void drop_wrong_guesses();

  [[nodiscard]] Scene scene_outside();
  [[nodiscard]] Scene scene_at(const Moment& moment);
  // Runs one hook of one check; `call` gets the context and the sink.
  template <typename Call>
  void run_check(ActiveCheck& active, Scene& scene, FindingSink& sink, Call call);
  FindingSink sink_for(const Scene& scene);
  // Keeps what the check said at this moment: its findings from this one on.
  void note_said(ActiveCheck& active, const Scene& scene, std::size_t first);
  // The comments at the statement that accept what is found in it, by their place in the file's suppressions.
  [[nodiscard]] const std::vector<std::size_t>* comments_at(const Moment& moment) const;
  [[nodiscard]] bool is_accepted(const ActiveCheck& active, const Scene& scene) const;
  // A finding of the engine's own (syntax-error, unused-suppression …); nothing if that check is off.
  Finding* own_finding(std::string_view check, Place place, Span statement);

  // settle.cpp: from what was found on the way to the report.
  [[nodiscard]] bool is_taken_back(const Finding& finding) const;
  void settle_file(std::uint32_t index, std::vector<Finding>& findings);
  void report_directives(std::uint32_t index, std::vector<Finding>& findings);
  void fold_histories(std::vector<Finding>& findings) const;
  void keep_excerpts();
  void to_original(Finding& finding) const;
  [[nodiscard]] Place original(const Place& place) const;

  const Settings& settings_;
  const bool one_change_;
  std::vector<ActiveCheck> on_statement_, on_query_, on_transaction_end_, on_change_end_, on_history_end_;
  std::unordered_map<ast::NodeKind, std::vector<std::size_t>> asked_of_;
  std::vector<FileState> files_;
  std::unordered_map<std::uint32_t, LineIndex> lines_;  // of files whose text is not kept, and on demand
  std::vector<bool> targets_;
  std::vector<LintFile> kept_;  // files whose trees an open transaction may still name
  TransactionModel model_;
  std::string_view text_;                               // of the file at hand
  const std::vector<std::size_t>* comments_ = nullptr;  // comments_at() the statement at hand
  mutable TenancyAnswers tenancy_;
  // Findings that rest on an inferred tenant column, and which one.
  struct TenantGuess {
    std::size_t first = 0, end = 0;
    std::vector<std::string> columns;
  };
  std::vector<TenantGuess> guesses_;
  std::set<std::uint32_t> rolled_back_;      // transactions that a ROLLBACK ends
  std::set<std::string_view> said_in_file_;  // checks that spoke in the file at hand
  std::uint32_t change_ = 0;
  std::uint32_t target_change_ = 0;  // of all targets together; 0: none yet
  bool change_open_ = false;
  bool seed_ = false;                          // the file at hand holds seeds
  std::vector<Departure> departures_;          // of the history at hand
  std::size_t ended_departures_ = 0;           // those of changes that ended
  std::optional<Departed> departed_;           // all of them, for the query files
  FunctionWords function_words_;               // of the history at hand
  std::vector<HistoryFile> history_files_;     // likewise
  LockOrders lock_orders_;                     // likewise
  Gatherings gatherings_;                      // of the file at hand
  Surroundings surroundings_;                  // likewise
  std::vector<UnlessDropped> unless_dropped_;  // likewise
  WayBack way_back_;                           // of the migration at hand
  bool compares_way_back_ = false;             // the check of it is on
  bool on_way_back_ = false;                   // the statement at hand leads back
  bool watches_way_back_ = false;              // and the migration at hand may have one
};

}  // namespace migcheck
