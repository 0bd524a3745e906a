// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace primary_key_missing_check {

using catalog::Index;
using catalog::Table;

// UNIQUE over columns that are NOT NULL identifies a row as a primary key does.
bool identifies_rows(const Table& table, const Index& index) {
  return index.unique && index.valid && index.predicate == nullptr && !index.keys.empty() &&
         std::all_of(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
           const catalog::Column* column = table.column(key.column);
           return column != nullptr && column->not_null;
         });
}

bool has_key(const CheckContext& context, const Table& table) {
  if (table.primary_key() != nullptr) return true;
  const auto indexes = context.catalog().indexes_of(table.id);
  return std::any_of(indexes.begin(), indexes.end(),
                     [&](const Index* index) { return identifies_rows(table, *index); });
}

// Asked at the end: a later file may bring the key.
void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : own_tables(context)) {
    if (!context.is_target(table->origin) || table->persistence == catalog::Persistence::Unlogged) continue;
    if (!table->inherits.empty() || is_copy_name(table->name) || has_key(context, *table)) continue;
    out.report(table->origin.place)
        .message(
            "{} has no primary key: nothing tells two rows that are alike apart, and logical replication "
            "refuses "
            "UPDATE and DELETE of it once the table is published.",
            sql_name(*table))
        .advice(
            "id uuid PRIMARY KEY DEFAULT gen_random_uuid(), or PRIMARY KEY over the columns that tell rows "
            "apart");
  }
}

}  // namespace primary_key_missing_check

extern constexpr Check primary_key_missing{.since = "0.1.0",
                                           .summary = "A table without a primary key.",
                                           .preset = Preset::Safety,
                                           .on_history_end = primary_key_missing_check::run};

}  // namespace migcheck::checks
