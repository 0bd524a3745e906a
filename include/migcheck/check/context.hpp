// SPDX-License-Identifier: MIT
#pragma once

// What a check may ask. The words of the house (new here, existing, in a transaction) are methods, so that
// all checks mean the same by them.

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/check/scene.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/plan.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/settings.hpp"
#include "migcheck/tenancy.hpp"
#include "migcheck/timeline.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

class CheckContext {
 public:
  // Looks at the scene, which the engine keeps while a check runs.
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
  // The plan's effects for these reasons on relations that exist already, one per subcommand: what it does to
  // partitions and children is the work of the table that it names. Effects on what is new here are left out:
  // nobody waits.
  [[nodiscard]] std::vector<Effect> effects(std::initializer_list<WorkReason> reasons) const;
  // The subcommand of ALTER TABLE that caused the effect; nullptr for other statements.
  [[nodiscard]] const ast::AlterAction* action_of(const Effect& effect) const;
  [[nodiscard]] const Session& session() const { return *scene_.session; }
  [[nodiscard]] bool maybe_run() const { return scene_.moment->maybe; }
  // In a loop: it may run more than once, on other rows each time.
  [[nodiscard]] bool is_looped() const { return scene_.moment->looped; }
  // Written in a body that runs here: of a DO block, of a function that is called.
  [[nodiscard]] bool in_body() const { return scene_.moment != nullptr && scene_.moment->is_inner(); }
  // Where the query at hand stands (in on_query).
  [[nodiscard]] QueryOrigin query_origin() const { return scene_.query_origin; }

  // The file at hand is a seeds file: it may be run again.
  [[nodiscard]] bool is_seed() const { return scene_.seed; }

  // --- around the statement ---
  // What comes before and after it in the file, in order; in a DO block, the block's own statements too.
  // Given names, those statements alone that say all of them: of what they make, change, drop or fill, of the
  // table that it is on, of a part that ALTER TABLE is about, of what a query reads that fills a table;
  // without schemas. Statements come by the thousand, and few of them say a name.
  using Names = std::initializer_list<std::string_view>;
  [[nodiscard]] std::vector<const ast::Statement*> earlier_in_file(Names names) const;
  [[nodiscard]] std::vector<const ast::Statement*> rest_of_file(Names names = {}) const;
  // What comes after it in the same transaction.
  [[nodiscard]] std::vector<const ast::Statement*> rest_of_transaction(Names names = {}) const;
  // One before it is wanted, which must be the same question each time that the check asks: each statement is
  // asked once. What DO blocks hold is not, but for the block at hand.
  [[nodiscard]] bool any_earlier_in_file(const std::function<bool(const ast::Statement&)>& wanted) const;
  [[nodiscard]] bool is_last_in_file() const;
  // A later statement of the same transaction makes something of the object's name: nobody sees it gone.
  [[nodiscard]] bool made_again(const catalog::Object& object) const;
  // Likewise, wherever in the file.
  [[nodiscard]] bool made_again_in_file(const catalog::Object& object) const;
  // Likewise of what the history does not show: by its name alone.
  [[nodiscard]] bool made_again_in_file(const ast::QualifiedName& name) const;
  // A RENAME further up in the file gave the table this name: nobody asks for it by that one yet.
  [[nodiscard]] bool is_named_here(const ast::QualifiedName& table) const;
  // A TRUNCATE, or a DELETE without a condition, further up in the file has removed every row.
  [[nodiscard]] bool is_emptied_here(const ast::QualifiedName& table) const;

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
  // Work on the table is brief: the project says that it is small, or its keys allow a handful of rows.
  [[nodiscard]] bool is_small(const RelationRef& relation) const;
  // Its keys allow a handful of rows: a settings table of one row, a row per value of an enum.
  [[nodiscard]] bool has_few_rows(const ast::QualifiedName& relation_name) const;

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
  // Of these, what the change that ends took away (in on_change_end), and where a statement still uses one.
  [[nodiscard]] std::span<const Departure> departures_of_change() const;
  // The functions in whose texts one of these names stands as a word, each once: they may use it.
  [[nodiscard]] std::vector<const catalog::Function*> functions_saying(
      std::span<const Departure> names) const;
  [[nodiscard]] std::vector<DepartedRead> departed_reads(const ast::Statement& statement,
                                                         std::span<const std::string> search_path) const;

  // --- options ---
  // As configured, else the default that the check declares; empty if it declares no such option.
  [[nodiscard]] std::optional<OptionValue> option(std::string_view name) const;
  [[nodiscard]] std::string text_option(std::string_view name) const;  // of an option that is a text
  // The project switched the check on by name, or said how it wants it: a convention is meant then, whatever
  // the history did before.
  [[nodiscard]] bool is_asked_for() const;

 private:
  const Scene& scene_;
};

}  // namespace migcheck
