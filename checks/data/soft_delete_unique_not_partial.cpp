// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace soft_delete_unique_not_partial_check {

constexpr OptionSpec kOptions[] = {
    {"column", "The column that is set when a row is deleted.", "deleted_at", OptionSpec::Type::Text}};

std::string marker(const CheckContext& context) {
  const auto option = context.option("column");
  return option ? std::get<std::string>(*option) : "deleted_at";
}

// Nobody gives a row the uuid of a deleted one; a name or address comes back.
bool is_generated(const catalog::Table& table, const catalog::Index& index) {
  return std::all_of(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
    const catalog::Column* column = table.column(key.column);
    return column != nullptr && (column->identity != catalog::Identity::No ||
                                 column->sequence != catalog::kNoObject || column->type.name == "uuid");
  });
}

// With the whole primary key in it, it refuses nothing that the primary key lets through.
bool holds_primary_key(const catalog::Table& table, const catalog::Index& index) {
  const catalog::Constraint* key = table.primary_key();
  return key != nullptr &&
         std::all_of(key->columns.begin(), key->columns.end(), [&](catalog::ColumnNumber number) {
           return std::any_of(index.keys.begin(), index.keys.end(),
                              [&](const catalog::KeyElement& element) { return element.column == number; });
         });
}

bool is_foreign_key(const catalog::Table& table, catalog::ColumnNumber column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const catalog::Constraint& key) {
    return key.kind == catalog::ConstraintKind::ForeignKey && key.columns.size() == 1 &&
           key.columns.front() == column;
  });
}

// A child that belongs to its parent one to one goes and comes with it; what stands before the parent's key
// only says in which name space. Two foreign keys are a membership, which ends and begins anew.
bool is_one_to_one(const catalog::Table& table, const catalog::Index& index) {
  const auto keys = std::count_if(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
    return is_foreign_key(table, key.column);
  });
  return keys == 1 && is_foreign_key(table, index.keys.back().column);
}

void run(const CheckContext& context, FindingSink& out) {
  const std::string name = marker(context);
  for (const catalog::Table* table : context.catalog().tables()) {
    const catalog::Column* column = table->column(name);
    if (column == nullptr || table->partition_of != catalog::kNoObject) continue;
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (!index->unique || index->primary || index->predicate != nullptr || is_generated(*table, *index))
        continue;
      if (holds_primary_key(*table, *index) || is_one_to_one(*table, *index)) continue;
      const bool holds_marker =
          std::any_of(index->keys.begin(), index->keys.end(), [&](const catalog::KeyElement& key) {
            return key.column == column->number ||
                   std::find(key.reads.begin(), key.reads.end(), column->number) != key.reads.end();
          });
      if (holds_marker) continue;
      const bool mine = context.is_target(index->origin);
      if (!mine && !context.is_target(column->origin)) continue;
      out.report(mine ? index->origin.place : column->origin.place)
          .message(
              "{0} marks deleted rows in {1}, and the unique {2} counts them too: the value of a deleted row "
              "can never be "
              "used again.",
              sql_name(*table), sql_name(name), sql_name(index->name))
          .advice("CREATE UNIQUE INDEX CONCURRENTLY … ON {} (…) WHERE {} IS NULL; in the place of {}",
                  sql_name(*table), sql_name(name), sql_name(index->name));
    }
  }
}

}  // namespace soft_delete_unique_not_partial_check

extern constexpr Check soft_delete_unique_not_partial{
    .since = "0.1.0",
    .summary = "A unique key that also counts the deleted rows.",
    .options = soft_delete_unique_not_partial_check::kOptions,
    .on_history_end = soft_delete_unique_not_partial_check::run};

}  // namespace migcheck::checks
