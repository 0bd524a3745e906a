// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"
#include "keys.hpp"

namespace migcheck::checks {
namespace junction_table_name_check {

using catalog::Constraint;
using catalog::Table;

// Its key is two foreign keys, and it has hardly anything else.
std::vector<const Table*> joined_by(const CheckContext& context, const Table& table) {
  std::vector<const Table*> parents;
  const Constraint* primary = table.primary_key();
  if (primary == nullptr || primary->columns.size() != 2 || table.columns.size() > 5) return {};
  for (const catalog::ColumnNumber column : primary->columns) {
    for (const Constraint& key : table.constraints) {
      if (key.kind != catalog::ConstraintKind::ForeignKey || key.columns.size() != 1 ||
          key.columns[0] != column)
        continue;
      if (const auto* parent = context.catalog().get<Table>(key.references)) parents.push_back(parent);
      break;
    }
  }
  if (parents.size() != 2 || parents[0] == parents[1]) return {};
  return parents;
}

// Words that say "a table that joins", which its columns say already.
bool is_technical(std::string_view word) {
  constexpr std::string_view kWords[] = {"junction", "join", "joins", "map",   "mapping", "mappings",
                                         "rel",      "rels", "xref",  "assoc", "bridge",  "jt",
                                         "jn",       "lnk",  "nm",    "m2m"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : own_tables(context)) {
    if (!context.is_target(table->origin)) continue;
    const std::vector<const Table*> parents = joined_by(context, *table);
    const std::vector<std::string> words = english::words_of(table->name);
    if (parents.empty() || std::none_of(words.begin(), words.end(), is_technical)) continue;
    out.report(table->origin.place)
        .message("{} is named for how it is built: a reader wants to know what a row of it means.",
                 sql_name(*table))
        .advice("{}_{}, or what a row is: memberships, enrollments, assignments",
                keys::stem_of_table(parents[0]->name),
                english::plural_of(keys::stem_of_table(parents[1]->name)));
  }
}

}  // namespace junction_table_name_check

extern constexpr Check junction_table_name{
    .since = "0.1.0",
    .summary = "A table between two others is named for how it is built.",
    .once_per_history = true,
    .on_history_end = junction_table_name_check::run};

}  // namespace migcheck::checks
