// SPDX-License-Identifier: MIT
#pragma once

// Runs the statements of a history against the catalog, as the migration tool and PostgreSQL would:
// transactions, savepoints, settings in force, search_path, DO blocks. It does not parse: bodies and EXECUTE
// strings were parsed before.
//
// Whoever wants to look (the checks, `migcheck locks`) is an observer and is called at each statement with
// the catalog as it is before, and at each transaction's end.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "migcheck/catalog.hpp"
#include "migcheck/plan.hpp"
#include "migcheck/timeline.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

// A file as the replay needs it.
struct ReplayFile {
  std::uint32_t file = kNoFile;  // index into the run's files
  std::uint32_t change = 0;      // files of one change share a number
  bool target = true;            // its statements are checked
  const std::vector<const ast::Statement*>* statements = nullptr;
  const std::vector<Section>* sections = nullptr;
};

// One statement, at the moment before it runs.
struct Moment {
  const ReplayFile& file;
  const ast::Statement& statement;  // in a DO block: the inner one
  const ast::Statement& outer;      // the statement of the file that holds it; itself, mostly
  const catalog::Catalog& catalog;  // before
  const Plan& plan;
  const Session& session;
  const TransactionRecord& transaction;
  const TransactionModel& model;
  const Section* section = nullptr;
  bool maybe = false;  // under IF or EXCEPTION: it may not run
};

class ReplayObserver {
 public:
  virtual ~ReplayObserver() = default;
  virtual void on_statement(const Moment& moment) = 0;
  // `record` is complete; the catalog is as it is afterwards.
  virtual void on_transaction_end(const TransactionRecord& record, const catalog::Catalog& catalog) = 0;
};

// Replays one history. Not copyable; one per history.
class Replay {
 public:
  Replay(const Settings& settings, TransactionModel model);
  ~Replay();

  // Runs a file's statements. A section whose direction is Down is stepped over.
  void run(const ReplayFile& file, ReplayObserver& observer);
  // Ends what is still open (the batch transaction of a tool that spans files).
  void finish(ReplayObserver& observer);

  [[nodiscard]] const catalog::Catalog& catalog() const;
  [[nodiscard]] const Session& session() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace migcheck
