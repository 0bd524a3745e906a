// SPDX-License-Identifier: MIT
#pragma once

// What each statement locks, how strongly, and until when: the facts of the plans as a value, for people and
// for machines.
//
// LockWatch looks over the replay's shoulder and keeps what it sees of the targets' statements; history is
// replayed and not listed. A DO block's inner statements are listed after it, with their own lines.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migcheck/plan.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/source.hpp"
#include "migcheck/timeline.hpp"

namespace migcheck {

inline constexpr std::size_t kNoStatement = static_cast<std::size_t>(-1);

// What a statement does to one relation. An index has an effect of its own only where the statement names it.
struct LockEffect {
  std::string relation;  // "public.members"; without a schema where the history does not show the relation
  LockMode lock = LockMode::None;
  bool rewrite = false;
  bool scan = false;
  std::vector<std::string> builds;
  bool is_new = false;  // made in the same change: nobody else can want it yet
  // The lock that the transaction has on the relation by then: `lock`, or a stronger one from before.
  LockMode held = LockMode::None;
  // The statements, as indexes into LockReport::statements, that took what is held (an earlier one of
  // the transaction, maybe) and that is the last to run under it.
  std::size_t taken = kNoStatement;
  std::size_t until = kNoStatement;
};

struct LockError {
  std::string code;  // SQLSTATE
  std::string message;
};

struct LockStatement {
  std::string file;
  std::uint32_t line = 0;
  Span span;                                 // its bytes in the file
  bool inner = false;                        // a DO block runs it: it stands within the statement before it
  std::string text;                          // its first line
  std::optional<std::uint32_t> transaction;  // index into LockReport::transactions plus one; none: autocommit
  bool maybe = false;                        // under a condition in a DO block
  std::vector<LockEffect> effects;
  std::optional<LockError> error;  // raised for sure
};

struct LockTransaction {
  TransactionKind kind = TransactionKind::Explicit;
  bool committed = false;
};

struct LockReport {
  int pg_version = kDefaultPgVersion;
  std::vector<LockStatement> statements;      // in the order in which they run
  std::vector<LockTransaction> transactions;  // that hold listed statements
};

class LockWatch final : public ReplayObserver {
 public:
  explicit LockWatch(int pg_version) { report_.pg_version = pg_version; }

  // The statements that follow stand in this file, which must outlive them.
  void begin_file(const SourceFile& source);
  void on_statement(const Moment& moment) override;
  void on_transaction_end(const TransactionRecord& record, const catalog::Catalog& catalog) override;

  // Complete once the replay has finished.
  [[nodiscard]] const LockReport& report() const { return report_; }

 private:
  // A listed statement and the step of the open transaction that it is.
  struct Pending {
    std::size_t statement = 0;
    std::uint32_t step = 0;
    std::vector<RelationRef> relations;  // of its effects, one each
  };

  void join_transaction(const Moment& moment, LockStatement& statement);
  void add_effects(const Moment& moment, LockStatement& statement, Pending& pending) const;
  void settle(const TransactionRecord& record, const Pending& pending);
  // The last pending statement at or before a step; kNoStatement for a step of the history.
  [[nodiscard]] std::size_t statement_at(std::uint32_t step) const;

  LockReport report_;
  const SourceFile* source_ = nullptr;
  LineIndex lines_;
  std::vector<Pending> pending_;              // of the transaction at hand
  std::optional<std::uint32_t> transaction_;  // the number of the block at hand
};

// One transaction after another, each statement with what it locks, who waits, and until when.
std::string lock_report_text(const LockReport& report);
std::string lock_report_json(const LockReport& report);

}  // namespace migcheck
