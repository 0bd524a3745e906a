// SPDX-License-Identifier: MIT

#include <vector>

#include "own_columns.hpp"

namespace migcheck::checks {
namespace integer_primary_key_check {

// The keys that one file makes: one finding speaks of them all.
struct FileKeys {
  Place place;
  std::vector<std::string> names;
  std::string column;
  bool all_half = true;  // smallint
};

bool runs_out(const CheckContext& context, const catalog::Table& table, const catalog::Column& key) {
  const bool narrow = key.type.name == "int4" || key.type.name == "int2";
  // Only a key that the server counts up runs out.
  return narrow && context.is_target(key.origin) && own_columns::is_counted(key) &&
         !context.is_small({table.id, table.schema, table.name});
}

// Asked at the end, so that a later bigint counts.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<FileKeys> files;
  for (const catalog::Table* table : own_tables(context)) {
    const catalog::Column* key = own_columns::single_key(*table);
    if (key == nullptr || !runs_out(context, *table, *key)) continue;
    // Tables come in the order in which they were made: a file's stand together.
    if (files.empty() || files.back().place.file != key->origin.place.file)
      files.push_back({key->origin.place, {}, sql_name(key->name)});
    files.back().names.push_back(sql_name(*table) + "." + sql_name(key->name));
    files.back().all_half = files.back().all_half && key->type.name == "int2";
  }
  for (const FileKeys& file : files) {
    const std::string_view end = file.all_half ? "32,767" : "2,147,483,647";
    const std::size_t count = file.names.size();
    const std::string subject =
        count == 1 ? fmt::format("{} counts", file.names[0])
                   : fmt::format("{} primary keys of this file ({}) count", count, enumerate(file.names));
    out.report(file.place)
        .message(
            "{} up to {} and then every INSERT fails; numbers of rolled back and deleted rows are gone too. "
            "Widening a "
            "key later rewrites the table and everything that refers to it.",
            subject, end)
        .advice("{} bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", file.column);
  }
}

}  // namespace integer_primary_key_check

extern constexpr Check integer_primary_key{.since = "0.1.0",
                                           .summary = "A primary key that counts in 32 bits runs out.",
                                           .preset = Preset::Safety,
                                           .once_per_history = true,
                                           .on_history_end = integer_primary_key_check::run};

}  // namespace migcheck::checks
