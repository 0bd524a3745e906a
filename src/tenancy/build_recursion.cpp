// SPDX-License-Identifier: MIT

// Recursive WITH queries, by induction: what is true of the first branch's rows, and of the second's if it is
// true of the rows that those are made from, is true of all. Guesses come from the first branch; those that
// the second does not keep are dropped.

#include <algorithm>

#include "tenancy/builder.hpp"

namespace migcheck::tenancy {

// What the first branch of a recursive query says of its columns: each may hold of all rows.
std::vector<Builder::Guess> Builder::first_guesses(const CommonTable& table) {
  const RangeId start = model_.blocks[table.base].output;
  std::vector<Guess> guesses;
  for (const bool assumed : {false, true}) {
    const Classes base(model_, model_.blocks[table.base].up, assumed);
    for (std::size_t i = 0; i < model_.blocks[table.block].outputs.size(); ++i) {
      const auto column = static_cast<std::int32_t>(i);
      for (const TermId value : base.strong_values(model_.column(start, column))) {
        const bool known = std::any_of(guesses.begin(), guesses.end(), [&](const Guess& guess) {
          return guess.column == column && guess.value == value;
        });
        if (!known) guesses.push_back({column, value, assumed});
      }
    }
  }
  return guesses;
}

// The guesses as facts about the rows of a range.
Facts Builder::told(const std::vector<Guess>& guesses, RangeId range) {
  Facts facts;
  for (const Guess& guess : guesses) {
    facts.push_back({.left = model_.column(range, guess.column),
                     .right = guess.value,
                     .relation = Relation::Same,
                     .assumed = guess.assumed});
  }
  return facts;
}

// Likewise of whole rows: each row of the result may come from a row of one table that is a certain tenant's,
// and whose columns it shows. A tree is walked along such rows.
std::vector<Builder::RowGuess> Builder::first_rows(const CommonTable& table) {
  const Block base = model_.blocks[table.base];
  std::vector<RowGuess> guesses;
  for (const bool assumed : {false, true}) {
    const Classes classes(model_, base.up, assumed);
    for (const RangeId range : base.visible) {
      const TermId tenant = model_.ranges[range].table == nullptr ? kNone : model_.tenant_of(range);
      const std::vector<TermId> values =
          tenant == kNone ? std::vector<TermId>{} : classes.strong_values(tenant);
      if (values.empty()) continue;
      RowGuess guess{.row = range, .value = values.front(), .assumed = assumed};
      for (std::size_t i = 0; i < base.outputs.size(); ++i) {
        const Term source = model_.terms[base.outputs[i].source];
        if (source.range == range && source.column >= 0)
          guess.columns[static_cast<std::int32_t>(i)] = source.column;
      }
      if (!guess.columns.empty()) guesses.push_back(std::move(guess));
    }
  }
  return guesses;
}

// A row of its own that stands for the one that each row of `range` comes from.
RangeId Builder::row_behind(const RowGuess& guess, RangeId range) {
  const Range& seen = model_.ranges[guess.row];
  Range copy{.alias = seen.alias, .table = seen.table, .columns = seen.columns};
  copy.owner = model_.ranges[range].owner;
  copy.original = seen.original != kNone ? seen.original : guess.row;
  return model_.add_range(std::move(copy));
}

void Builder::tell(const RowGuess& guess, RangeId range, RangeId behind, Facts& out) {
  for (const auto& [own, column] : guess.columns) {
    out.push_back({.left = model_.column(range, own),
                   .right = model_.column(behind, column),
                   .relation = Relation::Same,
                   .assumed = guess.assumed});
  }
  out.push_back({.left = model_.tenant_of(behind),
                 .right = guess.value,
                 .relation = Relation::Same,
                 .assumed = guess.assumed});
}

// The columns that a row of the second branch still shows of a row of that table and tenant.
std::map<std::int32_t, std::int32_t> Builder::kept_columns(const RowGuess& guess, const Classes& classes,
                                                           BlockId step) {
  std::map<std::int32_t, std::int32_t> most;
  const std::vector<RangeId> rows = model_.blocks[step].visible;
  for (const RangeId row : rows) {
    if (model_.ranges[row].table != model_.ranges[guess.row].table) continue;
    if (!classes.same(model_.tenant_of(row), guess.value)) continue;
    std::map<std::int32_t, std::int32_t> kept;
    for (const auto& [own, column] : guess.columns) {
      const TermId shown = model_.column(model_.blocks[step].output, own);
      if (classes.same(shown, model_.column(row, column))) kept[own] = column;
    }
    if (kept.size() > most.size()) most = std::move(kept);
  }
  return most;
}

// One round: drops what the second branch does not keep. False: nothing was dropped.
bool Builder::drop_failing(std::uint32_t id, std::vector<Guess>& guesses, std::vector<RowGuess>& rows) {
  const CommonTable table = model_.common_tables[id];
  const BlockId step = model_.blocks[table.block].right;
  Facts facts = model_.blocks[step].up;
  for (std::size_t i = 0; i < table.self_references.size(); ++i) {
    const RangeId self = table.self_references[i];
    const Facts own = told(guesses, self);
    facts.insert(facts.end(), own.begin(), own.end());
    for (const RowGuess& row : rows) tell(row, self, row.behind[i], facts);
  }
  const Classes strict(model_, facts, false);
  const Classes lenient(model_, facts, true);
  const auto fails = [&](const Guess& guess) {
    const TermId term = model_.column(model_.blocks[step].output, guess.column);
    return !(guess.assumed ? lenient : strict).same(term, guess.value);
  };
  bool changed = std::erase_if(guesses, fails) != 0;
  for (RowGuess& row : rows) {
    auto kept = kept_columns(row, row.assumed ? lenient : strict, step);
    changed = changed || kept.size() != row.columns.size();
    row.columns = std::move(kept);
  }
  std::erase_if(rows, [](const RowGuess& row) { return row.columns.empty(); });
  return changed;
}

void Builder::induct(std::uint32_t id) {
  const CommonTable table = model_.common_tables[id];
  const BlockId whole = table.block;
  if (table.base == kNone || model_.blocks[whole].right == kNone || model_.blocks[whole].open ||
      model_.too_complex)
    return;
  std::vector<Guess> guesses = first_guesses(table);
  std::vector<RowGuess> rows = first_rows(table);
  for (RowGuess& row : rows) {
    for (const RangeId self : table.self_references) row.behind.push_back(row_behind(row, self));
  }
  while (drop_failing(id, guesses, rows)) {
  }
  for (std::size_t i = 0; i < table.self_references.size(); ++i) {
    const RangeId self = table.self_references[i];
    model_.ranges[self].exports = told(guesses, self);
    for (const RowGuess& row : rows) tell(row, self, row.behind[i], model_.ranges[self].exports);
  }
  const RangeId output = model_.blocks[whole].output;
  Facts of_whole = told(guesses, output);
  for (const RowGuess& row : rows) {
    const RangeId behind = row_behind(row, output);
    model_.ranges[behind].owner = whole;
    tell(row, output, behind, of_whole);
  }
  Facts& up = model_.blocks[whole].up;
  up.insert(up.end(), of_whole.begin(), of_whole.end());
}

}  // namespace migcheck::tenancy
