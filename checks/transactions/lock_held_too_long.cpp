// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace lock_held_too_long_check {

// What a step does for as long as a table is big; empty for brief work.
std::string_view long_work(const Step& step, const RelationSummary& relation) {
  const auto* create = ast::as<ast::CreateIndex>(step.statement);
  if (create != nullptr && create->concurrently) return "";  // refused in a transaction
  if (relation.rewrite) return "rewrites";
  if (!relation.builds.empty()) return "builds an index on";
  const bool changes_rows = step.statement != nullptr && (step.statement->kind == ast::NodeKind::Update ||
                                                          step.statement->kind == ast::NodeKind::Delete);
  if (changes_rows && relation.lock == LockMode::RowExclusive) return "changes rows of";
  const bool reads =
      relation.scan && (step.statement == nullptr || step.statement->kind != ast::NodeKind::Select);
  return reads && relation.lock > LockMode::RowExclusive ? "reads every row of" : "";
}

// New here, and with no more rows than the file writes out: work on it is brief.
bool is_new(const CheckContext& context, const RelationSummary& relation) {
  if (relation.creates) return true;
  const auto* table = context.catalog().get<catalog::Table>(relation.relation.id);
  return relation.new_here && (table == nullptr || !table->populated_here);
}

// The first words of a statement of the file at hand: "ALTER TABLE a ADD COLUMN b int"; elsewhere it has no
// text any more, and the note says where it stands.
std::string words_of(const CheckContext& context, Place place) {
  constexpr std::size_t kLongest = 60;
  if (context.place({}).file != place.file) return "an earlier file's statement";
  std::string words;
  for (const char c : context.text(place.span)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) words += c;
    if (space && !words.empty() && words.back() != ' ') words += ' ';
    if (words.size() > kLongest) break;
  }
  if (words.size() <= kLongest) return words;
  return words.substr(0, words.rfind(' ')) + " …";
}

// The strongest lock that an earlier statement took and this step's own work does not need itself.
const HeldLock* held_meanwhile(const TransactionRecord& record, std::uint32_t step,
                               const RelationSummary& work) {
  const HeldLock* strongest = nullptr;
  for (const HeldLock& lock : record.locks) {
    if (lock.first >= step) break;  // they stand in the order in which they were taken
    if (lock.last < step || lock.new_here || lock.of_index || !blocks_writes(lock.mode)) continue;
    if (lock.relation == work.relation && lock.mode <= work.lock)
      continue;  // its own lock, which other checks speak of
    if (strongest == nullptr || lock.mode > strongest->mode) strongest = &lock;
    if (lock.mode == LockMode::AccessExclusive) break;
  }
  return strongest;
}

// Long work of this step on an existing table, while a lock of an earlier step is held.
struct Overlap {
  const RelationSummary* work = nullptr;
  const HeldLock* lock = nullptr;
};

Overlap overlap_at(const CheckContext& context, std::uint32_t step) {
  const TransactionRecord& record = context.transaction();
  for (const RelationSummary& relation : record.steps[step].relations) {
    if (relation.of_index || context.is_small(relation.relation) || is_new(context, relation)) continue;
    if (long_work(record.steps[step], relation).empty()) continue;
    if (const HeldLock* lock = held_meanwhile(record, step, relation)) return {&relation, lock};
  }
  return {};
}

// The statement alters a table that the same change made: whatever it reads elsewhere, it looks up for no
// row.
bool alters_new_table(const CheckContext& context, const Step& step) {
  const auto* alter = ast::as<ast::AlterTable>(step.statement);
  if (alter == nullptr) return false;
  for (const RelationSummary& relation : step.relations) {
    if (relation.relation.name == alter->relation.name) return is_new(context, relation);
  }
  return false;
}

// Locks last to the end of the transaction: what is taken for a moment is held through everything that
// follows. One finding a transaction: at the first long work; the rest is the same mistake.
void run(const CheckContext& context, FindingSink& out) {
  const TransactionRecord& record = context.transaction();
  std::uint32_t first = 0;
  std::size_t more = 0;
  Overlap found;
  for (std::uint32_t step = 1; step < record.steps.size(); ++step) {
    if (!record.steps[step].target || alters_new_table(context, record.steps[step])) continue;
    const Overlap overlap = overlap_at(context, step);
    if (overlap.lock == nullptr) continue;
    if (found.lock != nullptr) {
      ++more;
      continue;
    }
    found = overlap;
    first = step;
  }
  if (found.lock == nullptr) return;
  const std::string table = sql_name(found.lock->relation);
  out.report(record.steps[first].place)
      .message(
          "While this {} {}, the {} lock on {} that {} took is still held: {} of {} wait for all of it{}.",
          long_work(record.steps[first], *found.work), sql_name(found.work->relation),
          to_string(found.lock->mode), table, words_of(context, record.steps[found.lock->first].place),
          blocks_reads(found.lock->mode) ? "reads and writes" : "writes", table,
          more == 0 ? "" : fmt::format(", and for {} more statement{} like it", more, more == 1 ? "" : "s"))
      .advice("Commit before it: put this statement into a transaction (a migration) of its own.")
      .note(fmt::format("{} on {} is taken here", to_string(found.lock->mode), table),
            record.steps[found.lock->first].place);
}

}  // namespace lock_held_too_long_check

extern constexpr Check lock_held_too_long{
    .since = "0.1.0",
    .summary = "Long work while an earlier statement of the transaction holds a strong lock.",
    .on_transaction_end = lock_held_too_long_check::run};

}  // namespace migcheck::checks
