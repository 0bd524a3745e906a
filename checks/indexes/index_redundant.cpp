// SPDX-License-Identifier: MIT

#include <map>
#include <vector>

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

// The table's indexes that count, in order; those of several columns by their first one as well: a narrow one
// is compared with few.
struct Candidates {
  std::vector<const Index*> all;
  std::map<catalog::ColumnNumber, std::vector<const Index*>> wide;
};

Candidates candidates(const catalog::Catalog& catalog, catalog::ObjectId table) {
  Candidates found;
  for (const Index* index : catalog.indexes_of(table)) {
    if (!counts(*index)) continue;
    found.all.push_back(index);
    if (index->keys.size() > 1) found.wide[index->keys.front().column].push_back(index);
  }
  return found;
}

void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    const Candidates indexes = candidates(context.catalog(), table->id);
    for (const Index* narrow : indexes.all) {
      const auto wider =
          narrow->keys.empty() ? indexes.wide.end() : indexes.wide.find(narrow->keys.front().column);
      if (wider == indexes.wide.end()) continue;
      for (const Index* wide : wider->second) {
        if (!makes_redundant(*wide, *narrow)) continue;
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
