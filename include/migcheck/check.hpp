// SPDX-License-Identifier: MIT
#pragma once

// What a check is, and what it may ask. The only header that a check includes.
//
// A check is a constant: metadata and up to five functions. It is stateless; what has to be remembered lies
// in the catalog and in the timeline. It asks the context, and reports to the sink. The words of the house
// (new here, existing, in a transaction) are methods of the context, so that all checks mean the same by
// them.
//
//   // A plain build holds SHARE on the table until it ends, so every writer waits.
//   void run(const CheckContext& context, FindingSink& out) { … }
//   extern constexpr Check index_not_concurrent{.since = "0.1.0", .summary = "…", .on_statement = run};
//
// The check's name is the name of its file, its category the folder: neither is written here.

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/file_change.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/plan.hpp"
#include "migcheck/reads.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/settings.hpp"
#include "migcheck/tenancy.hpp"
#include "migcheck/timeline.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

class CheckContext;
class FindingSink;

// Names as SQL wants them: quoted where they must be.
[[nodiscard]] std::string sql_name(std::string_view name);
[[nodiscard]] std::string sql_name(const ast::QualifiedName& name);
[[nodiscard]] std::string sql_name(const RelationRef& relation);
[[nodiscard]] std::string sql_name(const catalog::ObjectBase& object);
// "5s", "250": a timeout's value in milliseconds; nothing for what PostgreSQL refuses.
[[nodiscard]] std::optional<std::int64_t> timeout_ms(std::string_view value);
// "a, b and c"; of many: "a, b, c, d, e and 4 more".
[[nodiscard]] std::string enumerate(std::span<const std::string> words);
// "a, b, c"
[[nodiscard]] std::string sql_names(ast::List<ast::Name> names);

// In which of the three sets a check is on without being asked for. Each holds the one before.
enum class Preset : unsigned char { Safety, Saas, Strict, OptIn };

// An option of a check, with its default.
struct OptionSpec {
  std::string_view name;
  std::string_view summary;
  std::string_view default_value;  // as it would stand in the configuration
  enum class Type : unsigned char { Boolean, Integer, Text, List } type = Type::Text;
};

struct Check {
  std::string_view since;                 // the version that brought it
  std::string_view summary;               // one sentence with a period
  std::optional<Severity> severity = {};  // unset: the category's
  std::optional<Preset> preset = {};      // unset: the category's
  int min_pg = 0;                         // the first server version that it is about; 0: any
  int max_pg = 0;                         // the last
  bool fixable = false;
  // What it says of one file of a history it says of most: one decision for all of them. Of a whole history
  // that was not linted before it is said once, with the count.
  bool once_per_history = false;
  std::span<const OptionSpec> options = {};

  // Each statement that is checked, before it runs.
  void (*on_statement)(const CheckContext&, FindingSink&) = nullptr;
  // Each query, wherever it stands: a statement, a view's, a function's, one of a query file.
  void (*on_query)(const CheckContext&, const ast::Statement& query, FindingSink&) = nullptr;
  // Each transaction that ended, with its locks.
  void (*on_transaction_end)(const CheckContext&, FindingSink&) = nullptr;
  // What a change (with --since all targets together, otherwise each file) left behind.
  void (*on_change_end)(const CheckContext&, FindingSink&) = nullptr;
  // What the whole history left behind.
  void (*on_history_end)(const CheckContext&, FindingSink&) = nullptr;
};

// What a file does to one subject, statement after statement: one finding speaks of all of it.
struct Gathering {
  std::size_t finding = 0;  // which one, among the run's
  std::string subject;
  std::vector<std::string> items = {};
};

// A finding in the making.
class FindingBuilder {
 public:
  explicit FindingBuilder(Finding& finding, bool configured = false, const Gathering* gathering = nullptr)
      : finding_(&finding), configured_(configured), gathering_(gathering) {}

  template <typename... Args>
  FindingBuilder& message(fmt::format_string<Args...> format, Args&&... args) {
    finding_->message = fmt::format(format, std::forward<Args>(args)...);
    return *this;
  }
  // What to write instead: a statement with the real names in it, or a sentence.
  template <typename... Args>
  FindingBuilder& advice(fmt::format_string<Args...> format, Args&&... args) {
    finding_->advice = fmt::format(format, std::forward<Args>(args)...);
    return *this;
  }
  // What the case at hand deserves. What the project says of the check wins.
  FindingBuilder& severity(Severity severity) {
    if (!configured_) finding_->severity = severity;
    return *this;
  }
  // The finding is about this relation: if the project says that it is small, it is only worth an info.
  FindingBuilder& about(const CheckContext& context, const RelationRef& relation);
  FindingBuilder& note(std::string text, Place place) {
    finding_->notes.push_back({std::move(text), place});
    return *this;
  }
  // What FindingSink::gather() collected: "a", "b"; this statement's own item is the last.
  [[nodiscard]] const std::vector<std::string>& gathered() const { return gathering_->items; }
  FindingBuilder& fix(std::string title, std::vector<Edit> edits, Applicability applicability) {
    finding_->fix = Fix{std::move(title), std::move(edits), applicability};
    return *this;
  }

 private:
  Finding* finding_;
  bool configured_;
  const Gathering* gathering_;
};

// Where a check's findings go. One sink per check and moment.
class FindingSink {
 public:
  // A finding at a clause of the statement at hand (or, at the end of a history, at a place made earlier).
  FindingBuilder report(Span clause);
  FindingBuilder report(Place place);
  // What the file does to one subject (a table), statement after statement, is one hazard: the first finding
  // speaks for the others. Gives that finding with `item` gathered into it; its message is to be written
  // anew.
  FindingBuilder gather(Span clause, std::string_view subject, std::string item);

 private:
  friend class SinkAccess;  // the engine
  std::vector<Finding>* findings_ = nullptr;
  std::vector<Gathering>* gatherings_ = nullptr;  // of the file at hand
  Finding blank_;            // check, category, severity, file, statement, transaction: filled by the engine
  bool configured_ = false;  // the project gave the check a severity of its own
};

// Where a query stands, for on_query.
enum class QueryOrigin : unsigned char {
  Migration,  // a statement of a migration: it runs once, mostly over all tenants
  Seed,       // a statement of a seeds file
  View,       // the query of a view or materialized view
  Function,   // in the body of a function or procedure: it runs later, for whoever calls
  QueryFile,  // the application's own query
};

// A name that a checked migration took away, or a column that it gave another type: what still uses it fails.
struct Departure {
  RelationRef relation;            // as it was called
  std::string column;              // empty: the relation itself
  std::string new_name;            // empty: dropped
  Place place;                     // the statement
  catalog::TypeRef old_type = {};  // with new_type: the name stays, and the column has another type
  catalog::TypeRef new_type = {};
  [[nodiscard]] bool is_retyping() const { return !new_type.name.empty(); }
};

// A migration of the history at hand, for checks of the set as a whole.
struct HistoryFile {
  std::uint32_t file = kNoFile;
  std::string path;
  bool target = true;
  bool has_up = true;
  bool has_down = false;  // it holds the way up and the way back
  FileChange change = FileChange::Unknown;
  // The way back, run after the way up, does not lead where the way up began: how the schema differs then.
  std::vector<std::string> down_differences = {};
  Place down = {};  // where the way back begins; unknown: there is none, or it does nothing
};

// In which order transactions took their strong locks.
class LockOrders;

// What the engine knows at the moment; checks see it through CheckContext.
struct Scene {
  const Settings* settings = nullptr;
  const catalog::Catalog* catalog = nullptr;
  const TransactionModel* model = nullptr;
  const TransactionRecord* transaction = nullptr;
  const Moment* moment = nullptr;  // null outside statements
  std::uint32_t file = kNoFile;
  std::uint32_t change = 0;
  const CheckSetting* setting = nullptr;       // of the check that runs; may be null
  const Check* check = nullptr;                // the check that runs
  const std::vector<bool>* targets = nullptr;  // by file: is it checked?
  bool reported_in_file = false;               // the check that runs has spoken in this file already
  std::span<const Finding> said = {};          // by the checks that looked at this statement before
  std::span<const Finding> said_in_file = {};  // in this file so far
  const LockOrders* lock_orders = nullptr;
  QueryOrigin query_origin = QueryOrigin::Migration;
  bool seed = false;  // the file at hand is a seeds file
  const std::vector<Departure>* departures = nullptr;
  const std::vector<HistoryFile>* files = nullptr;
  std::string_view text;  // of the file at hand; empty where none is
  TenancyAnswers* tenancy = nullptr;
};

class CheckContext {
 public:
  explicit CheckContext(const Scene& scene) : scene_(scene) {}

  // --- the statement (in on_statement and on_query) ---
  [[nodiscard]] const ast::Statement& statement() const { return scene_.moment->statement; }
  template <typename T>
  [[nodiscard]] const T* statement_as() const {
    return scene_.moment == nullptr ? nullptr : ast::as<T>(&scene_.moment->statement);
  }
  [[nodiscard]] const Plan& plan() const { return scene_.moment->plan; }
  // PostgreSQL will raise this error for sure: the statement runs, and nothing that it needs is uncertain.
  [[nodiscard]] bool is_certain(const PlanError& error) const;
  // The plan's effects for these reasons on relations that exist already, one per subcommand (partitions and
  // children repeat it). Effects on what is new here are left out: nobody waits.
  [[nodiscard]] std::vector<const Effect*> effects(std::initializer_list<WorkReason> reasons) const;
  // The subcommand of ALTER TABLE that caused the effect; nullptr for other statements.
  [[nodiscard]] const ast::AlterAction* action_of(const Effect& effect) const;
  [[nodiscard]] const Session& session() const { return scene_.moment->session; }
  [[nodiscard]] bool maybe_run() const { return scene_.moment->maybe; }
  // In a loop: it may run more than once, on other rows each time.
  [[nodiscard]] bool is_looped() const { return scene_.moment->looped; }
  // Where the query at hand stands (in on_query).
  [[nodiscard]] QueryOrigin query_origin() const { return scene_.query_origin; }

  // The file at hand is a seeds file: it may be run again.
  [[nodiscard]] bool is_seed() const { return scene_.seed; }

  // --- around the statement ---
  // What comes before and after it in the file, in order; in a DO block, the block's own statements too.
  [[nodiscard]] std::vector<const ast::Statement*> earlier_in_file() const;
  [[nodiscard]] std::vector<const ast::Statement*> rest_of_file() const;
  // What comes after it in the same transaction.
  [[nodiscard]] std::vector<const ast::Statement*> rest_of_transaction() const;
  // For checks of statements that come by the thousand: these make no lists.
  [[nodiscard]] bool any_earlier_in_file(const std::function<bool(const ast::Statement&)>& wanted) const;
  [[nodiscard]] bool is_last_in_file() const;
  // A later statement of the same transaction makes something of the object's name: nobody sees it gone.
  [[nodiscard]] bool made_again(const catalog::Object& object) const;
  // Likewise, wherever in the file.
  [[nodiscard]] bool made_again_in_file(const catalog::Object& object) const;
  // Likewise of what the history does not show: by its name alone.
  [[nodiscard]] bool made_again_in_file(const ast::QualifiedName& name) const;

  // --- what the statement changes ---
  // PostgreSQL will refuse it: then that is what there is to say.
  [[nodiscard]] bool is_refused() const { return !plan().errors.empty(); }
  // The object as the statement leaves it; nullptr: gone.
  [[nodiscard]] const catalog::Object* after(catalog::ObjectId id) const;
  // What it drops as a whole, as it was: what it names, and what falls with that.
  [[nodiscard]] std::vector<const catalog::Object*> dropped() const;

  // The first line of the statement, for findings about all of it.
  [[nodiscard]] Span headline() const;
  // What stands in the file at this span, and the whole statement as it would read with something put in.
  [[nodiscard]] std::string_view text(Span span) const { return scene_.text.substr(span.begin, span.size()); }
  [[nodiscard]] std::string statement_with(Span after, std::string_view inserted) const;

  // The check that runs has reported something in this file: for hazards that are said once a file.
  [[nodiscard]] bool reported_in_file() const { return scene_.reported_in_file; }

  // One of these checks, which are more to the point, has found something in this statement.
  [[nodiscard]] bool is_said_by(std::initializer_list<std::string_view> checks) const;

  // Likewise, somewhere in this file before: for hazards that one line at its top cures.
  [[nodiscard]] bool is_said_in_file(std::initializer_list<std::string_view> checks) const;

  // --- the world ---
  [[nodiscard]] const catalog::Catalog& catalog() const { return *scene_.catalog; }  // before the statement
  [[nodiscard]] const Settings& settings() const { return *scene_.settings; }
  [[nodiscard]] int pg_version() const { return scene_.settings->pg_version; }
  [[nodiscard]] Place place(Span span) const { return {scene_.file, span}; }

  // The relation that a name means here; nullptr if the history does not show it.
  [[nodiscard]] const catalog::Object* relation(const ast::QualifiedName& name) const;
  [[nodiscard]] const catalog::Table* table(const ast::QualifiedName& name) const;

  // The schema that the name means here: as written, else of what it finds, else where it would be made.
  [[nodiscard]] std::string schema_of(const ast::QualifiedName& name) const;
  // The name, as written here, is the object's.
  [[nodiscard]] bool is_name_of(const ast::QualifiedName& name, const catalog::Object& object) const;
  // What IF EXISTS does not find is not there: the history shows everything in the schema that it means.
  [[nodiscard]] bool shows_everything(const ast::QualifiedName& name) const;

  // --- new here, existing, unknown ---
  // Made earlier in the same change, whatever made it; temporary objects too. Nobody else uses it yet.
  [[nodiscard]] bool is_new_here(const catalog::Origin& origin) const {
    return origin.change == scene_.change;
  }
  [[nodiscard]] bool is_new_here(const catalog::Object& object) const;
  [[nodiscard]] bool is_new_here(const ast::QualifiedName& relation_name) const;
  [[nodiscard]] bool is_new_here(const RelationRef& relation) const;
  // The history does not show it: treated as existing, and the message should say so.
  [[nodiscard]] bool is_unknown(const ast::QualifiedName& relation_name) const {
    return relation(relation_name) == nullptr;
  }
  // The project says that the table is small: locks on it are brief.
  [[nodiscard]] bool is_small(const RelationRef& relation) const;

  // --- transactions ---
  // In a transaction block as PostgreSQL counts it: BEGIN, the tool's own, or an implicit one.
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] const TransactionRecord& transaction() const { return *scene_.transaction; }
  [[nodiscard]] const TransactionModel& transaction_model() const { return *scene_.model; }
  // Nothing is locked if the object is not there, and the history does not show it: IF EXISTS was written.
  [[nodiscard]] bool is_lock_assumed() const;
  // The statement does not wait for its locks without end: a lock_timeout is in force.
  [[nodiscard]] bool is_wait_bounded() const;
  // Of a strong lock for brief work: what it costs is the wait for it, with everybody queueing behind.
  [[nodiscard]] Severity severity_of_brief_lock() const {
    return is_wait_bounded() ? Severity::Info : Severity::Warning;
  }
  // Where an earlier transaction locked `first` strongly and then `second`; unknown if none did.
  [[nodiscard]] Place locked_in_order(const RelationRef& first, const RelationRef& second) const;
  // The statement stands in a DO block: PostgreSQL runs it from a function.
  [[nodiscard]] bool in_do_block() const;
  // Who opened the transaction, to append to "a transaction block": " (goose opens one around the file)".
  [[nodiscard]] std::string transaction_origin() const;
  // What to do to leave the transaction, in the tool's words: a sentence.
  [[nodiscard]] std::string how_to_leave_transaction() const;

  // --- the end of a change or a history ---
  // Made in a file that is checked: what history left behind is not this change's finding.
  [[nodiscard]] bool is_target(const catalog::Origin& origin) const;

  // --- tenants ---
  // Which tables belong to tenants; off where no tenant column is configured or clear.
  [[nodiscard]] const TenantMap& tenants() const;
  // Does the query at hand stay within one tenant? Its verdicts are found once for all checks.
  [[nodiscard]] const std::vector<TableVerdict>& tenancy_of(const ast::Statement& query) const;
  // What is wrong with it, given where it stands.
  [[nodiscard]] std::vector<TenantFault> tenant_faults_of(const ast::Statement& query) const;

  // The migrations of the history so far, in the order in which they run.
  [[nodiscard]] const std::vector<HistoryFile>& files() const { return *scene_.files; }
  // Names that the checked migrations took away so far.
  [[nodiscard]] const std::vector<Departure>& departures() const { return *scene_.departures; }

  // --- options ---
  // As configured, else the default that the check declares; empty if it declares no such option.
  [[nodiscard]] std::optional<OptionValue> option(std::string_view name) const;

 private:
  Scene scene_;
};

}  // namespace migcheck
