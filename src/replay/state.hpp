// SPDX-License-Identifier: MIT
#pragma once

// The replay at work: files and sections (files.cpp), transactions (transactions.cpp), statements
// (statements.cpp).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "migcheck/replay.hpp"
#include "replay/open_transaction.hpp"
#include "replay/session_state.hpp"

namespace migcheck {

// Bodies in bodies in bodies: PostgreSQL ends at its stack limit, people long before.
inline constexpr int kDeepestBody = 32;
// Calls that one statement of a file may lead to: functions that call functions multiply.
inline constexpr int kMostCalls = 500;

[[nodiscard]] std::string literals_of(std::string_view body);

class Replay::State {
 public:
  State(const Settings& settings, TransactionModel model, ast::BodyReader reader)
      : settings_(settings),
        model_(std::move(model)),
        read_body_(std::move(reader)),
        session_(model_.schema) {}

  void run(const ReplayFile& file, ReplayObserver& observer);
  bool rehearse_way_back(const ReplayFile& file, ReplayObserver& observer,
                         const std::function<void(const catalog::Catalog&)>& look);
  bool run_way_back(const ReplayFile& file, ReplayObserver& observer);
  void finish(ReplayObserver& observer);

  [[nodiscard]] const catalog::Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const Session& session() const { return session_.now(); }

 private:
  // Where the replay stands in its input.
  struct Position {
    const ReplayFile* file = nullptr;
    const Section* section = nullptr;
    ReplayObserver* observer = nullptr;
  };
  // How a statement comes to run.
  struct Call {
    const ast::Statement& outer;
    bool maybe = false;
    bool looped = false;
    bool dynamic = false;
    int depth = 0;        // bodies around it
    bool called = false;  // in a function that a statement calls
  };

  // --- files.cpp ---
  void run_sections(const ReplayFile& file, Direction direction);
  std::size_t run_section(const Section& section, std::size_t next);
  void run_at_top(const ast::Statement& statement);
  void begin_file(const ReplayFile& file);
  void end_file(const ReplayFile& file);
  void reconnect_before(std::uint32_t offset);
  void new_session();

  // --- transactions.cpp ---
  void open(TransactionKind kind);
  void close(bool committed);
  void begin_of_tool();
  void end_of_tool();
  void control(const ast::Transaction& statement, const Call& call);
  void end_block(const ast::Transaction& statement);
  void prepare(std::string_view name);
  void rollback_prepared(std::string_view name);
  void drop_objects(const std::vector<catalog::ObjectId>& ids);
  [[nodiscard]] bool in_block() const { return open_ && open_->record.is_block(); }

  // --- statements.cpp ---
  void run_statement(const ast::Statement& statement);
  // Whether the statement can run at all, as far as the history shows.
  bool perform(const ast::Statement& statement, const Call& call);
  void look(const ast::Statement& statement, const Call& call, const Plan& plan);
  void add_step(const ast::Statement& statement, std::vector<RelationSummary> relations);
  void apply(const ast::Statement& statement, const Call& call, Plan plan);
  void follow_session(const ast::Statement& statement, const Call& call);
  void run_inside(const ast::Statement& statement, const Call& call);
  void run_body(const ast::Body& body, const Call& call);
  void note_gaps(const Plan& plan);
  // doubt.cpp: what cannot be read may have changed what it names.
  void doubt_mentioned(std::string_view text);
  void forget_mentioned(std::string_view text);
  void doubt_new_name(const ast::Rename& rename);
  // computed.cpp: what it may have done to tables that nothing names, as far as its text tells.
  void doubt_computed(const ast::Body& body);
  void doubt_like(const ast::Statement& like);
  void doubt_made(const ast::OpaqueSql& opaque);
  // calls.cpp
  void run_called(const ast::Statement& statement, const Call& call);
  const ast::Body* read_called(const ast::Body& body, std::vector<ast::BoundValue> values, const Call& call);
  void run_function(const catalog::Function& function, const ast::FunctionCall& written, const Call& call);
  [[nodiscard]] const catalog::Function* function_called(const ast::FunctionCall& call);
  [[nodiscard]] bool is_new_here(const RelationSummary& relation) const;

  const Settings& settings_;
  TransactionModel model_;
  ast::BodyReader read_body_;
  ast::Arena called_;  // bodies of called functions, until their transaction is over
  // Those that the statement at hand has led to: functions that call each other come by again and again.
  struct CalledBody {
    const ast::Body* written = nullptr;
    std::vector<ast::BoundValue> values;
    const ast::Body* read = nullptr;
  };
  std::vector<CalledBody> called_bodies_;
  int calls_left_ = 0;
  catalog::Catalog catalog_;
  replay::SessionState session_;
  std::optional<replay::OpenTransaction> open_;
  Position at_;
  std::uint32_t transactions_ = 0;      // numbers given so far
  std::uint32_t labels_added_in_ = 0;   // the last transaction with an ALTER TYPE … ADD VALUE
  std::uint64_t changes_ = 0;           // statements that changed the catalog so far
  bool implicit_ = false;               // in a simple query of several statements
  bool tool_transaction_ = false;       // the tool has said BEGIN and will say COMMIT
  std::optional<std::uint32_t> batch_;  // the change whose files share the tool's transaction
  std::size_t next_reconnect_ = 0;
  bool rehearsing_ = false;  // what runs is taken back: it says nothing of what the history leaves out
  std::vector<catalog::Undo> rehearsed_;  // what rehearsed transactions did, to be taken back
  // PREPARE: valid while the file that holds the statement is at hand.
  std::unordered_map<std::string, const ast::Statement*> prepared_statements_;
  // PREPARE TRANSACTION: how to take it back, as long as nothing came after it.
  struct PreparedTransaction {
    std::vector<catalog::Undo> journal;
    std::uint64_t changes = 0;
  };
  std::unordered_map<std::string, PreparedTransaction> prepared_transactions_;
};

}  // namespace migcheck
