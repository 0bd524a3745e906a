// SPDX-License-Identifier: MIT
#pragma once

// Runs the statements of a history against the catalog, as the migration tool and PostgreSQL would:
// transactions, savepoints, settings in force, search_path, DO blocks. It does not parse: bodies and EXECUTE
// strings were parsed before.
//
// Whoever wants to look (the checks, `migcheck locks`) is an observer and is called at each statement with
// the catalog as it is before, and at each transaction's end.

#include <cstdint>
#include <functional>
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
  bool continues = false;        // in the session of the file before it, which is left as it is
  bool goes_on = false;          // the file behind it continues this one
  const ast::StatementStream* statements = nullptr;
  const std::vector<Section>* sections = nullptr;          // null or empty: all of it, nothing wrapped
  const std::vector<std::uint32_t>* reconnects = nullptr;  // where psql's \connect starts a new session
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
  bool maybe = false;    // under IF or EXCEPTION: it may not run
  bool looped = false;   // in a loop: it may run more than once
  bool dynamic = false;  // it came from EXECUTE in a body
  // Run by another statement (DO, EXECUTE of a prepared one) and not written at the top of the file.
  [[nodiscard]] bool is_inner() const { return &statement != &outer; }
};

class ReplayObserver {
 public:
  virtual ~ReplayObserver() = default;
  virtual void on_statement(const Moment& moment) = 0;
  // `record` is complete; the catalog is as it is afterwards.
  virtual void on_transaction_end(const TransactionRecord& record, const catalog::Catalog& catalog) = 0;
};

// Replays one history. Not copyable; one per history.
//
// What it decides where PostgreSQL would stop or cannot be foreseen:
//  * The changes of a statement that certainly fails are left out, and the statements after it go on. One
//  that
//    is only refused because of its transaction block (CONCURRENTLY) is applied: once its place is put right
//    it leaves the same schema.
//  * What a DO block runs only under a condition is applied, and the objects are uncertain from then on; a
//  name
//    that it may have dropped is unknown afterwards, not missing. Its SET statements are not followed.
//  * A function or procedure of the history that is called (SELECT f(), CALL p(), PERFORM f()) runs its body
//    there, with the constants of the call for its parameters. Functions that triggers, defaults and checks
//    call are not looked into.
//  * A transaction that is open at the end of a file lasts into the next one if the tool keeps its session,
//    and is rolled back otherwise, as PostgreSQL does when the connection ends.
//  * PREPARE TRANSACTION counts as COMMIT; ROLLBACK PREPARED takes it back if nothing was changed since.
class Replay {
 public:
  // Without a reader, functions that are called are not looked into.
  Replay(const Settings& settings, TransactionModel model, ast::BodyReader reader = nullptr);
  ~Replay();

  // Runs a file's statements. A section whose direction is Down is stepped over.
  void run(const ReplayFile& file, ReplayObserver& observer);
  // Runs the sections of the file that lead back (Direction::Down) in one transaction, calls `look` with what
  // they leave, and takes all of it back. False: something is open that this would take back too, so that
  // nothing was run.
  bool rehearse_way_back(const ReplayFile& file, ReplayObserver& observer,
                         const std::function<void(const catalog::Catalog&)>& look);
  // Runs the sections that lead back as the tool would, in its own transactions, and takes all of it back.
  // False: something is open that this would take back too, so that nothing was run.
  bool run_way_back(const ReplayFile& file, ReplayObserver& observer);
  // Ends what is still open (the batch transaction of a tool that spans files).
  void finish(ReplayObserver& observer);

  [[nodiscard]] const catalog::Catalog& catalog() const;
  [[nodiscard]] const Session& session() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace migcheck
