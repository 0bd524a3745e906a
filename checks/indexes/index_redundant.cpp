// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_redundant_check {

using catalog::Index;

bool same_key(const catalog::KeyElement& a, const catalog::KeyElement& b) {
  return a.column != 0 && a.column == b.column && a.operator_class == b.operator_class &&
         a.collation == b.collation && a.descending == b.descending && a.nulls_first == b.nulls_first;
}

bool counts(const Index& index) {
  return index.valid && index.parent_index == catalog::kNoObject && index.method == "btree" &&
         index.predicate == nullptr;
}

// The wide one answers whatever the narrow one answers; a unique one also holds to a rule, and is not
// redundant.
bool makes_redundant(const Index& wide, const Index& narrow) {
  if (narrow.unique || !narrow.including.empty() || wide.keys.size() <= narrow.keys.size()) return false;
  for (std::size_t at = 0; at < narrow.keys.size(); ++at) {
    if (!same_key(narrow.keys[at], wide.keys[at])) return false;
  }
  return true;
}

void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    const auto indexes = context.catalog().indexes_of(table->id);
    for (const Index* narrow : indexes) {
      if (!counts(*narrow)) continue;
      for (const Index* wide : indexes) {
        if (!counts(*wide) || !makes_redundant(*wide, *narrow)) continue;
        const bool mine = context.is_target(narrow->origin);
        if (!mine && !context.is_target(wide->origin)) continue;
        out.report(mine ? narrow->origin.place : wide->origin.place)
            .message(
                "The index {0} on {1} holds the first column{2} of {3} only: {3} answers the same queries, "
                "and every write "
                "keeps both up to date.",
                sql_name(narrow->name), sql_name(*table), narrow->keys.size() == 1 ? "" : "s",
                sql_name(wide->name))
            .advice("DROP INDEX CONCURRENTLY {};", sql_name(*narrow))
            .about(context, RelationRef{table->id, table->schema, table->name})
            .note("the other one", mine ? wide->origin.place : narrow->origin.place);
        break;
      }
    }
  }
}

}  // namespace index_redundant_check

extern constexpr Check index_redundant{.since = "0.1.0",
                                       .summary = "An index whose columns are the first ones of another.",
                                       .on_history_end = index_redundant_check::run};

}  // namespace migcheck::checks
