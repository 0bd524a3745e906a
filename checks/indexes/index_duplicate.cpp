// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_duplicate_check {

using catalog::Index;

bool same_key(const catalog::KeyElement& a, const catalog::KeyElement& b) {
  return a.column != 0 && a.column == b.column && a.operator_class == b.operator_class &&
         a.collation == b.collation && a.descending == b.descending && a.nulls_first == b.nulls_first;
}

bool same_keys(const Index& a, const Index& b) {
  if (a.method != b.method || a.keys.size() != b.keys.size() || a.including != b.including) return false;
  if (a.predicate != nullptr || b.predicate != nullptr) return false;
  for (std::size_t at = 0; at < a.keys.size(); ++at) {
    if (!same_key(a.keys[at], b.keys[at])) return false;
  }
  return true;
}

// Which of the two can go: the one that holds nothing to a rule, else the later one.
const Index& superfluous(const Index& first, const Index& second) {
  if (first.unique != second.unique) return first.unique ? second : first;
  if (first.constraint.empty() != second.constraint.empty()) return first.constraint.empty() ? first : second;
  return first.primary || !second.primary ? second : first;
}

bool counts(const Index& index) {
  return index.valid && index.parent_index == catalog::kNoObject;
}

// Every write pays for both; the planner uses one.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : context.catalog().tables()) {
    const auto indexes = context.catalog().indexes_of(table->id);
    for (std::size_t later = 1; later < indexes.size(); ++later) {
      if (!counts(*indexes[later])) continue;
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!counts(*indexes[earlier]) || !same_keys(*indexes[earlier], *indexes[later])) continue;
        const Index& extra = superfluous(*indexes[earlier], *indexes[later]);
        const Index& kept = &extra == indexes[later] ? *indexes[earlier] : *indexes[later];
        const bool mine = context.is_target(extra.origin);
        if (!mine && !context.is_target(kept.origin)) continue;
        out.report(mine ? extra.origin.place : kept.origin.place)
            .message(
                "The indexes {0} and {1} on {2} are the same: every write keeps both up to date, and no "
                "query gains by it.",
                sql_name(extra.name), sql_name(kept.name), sql_name(*table))
            .advice("Keep {}; {}", sql_name(kept.name),
                    extra.constraint.empty() ? "DROP INDEX CONCURRENTLY " + sql_name(extra) + ";"
                                             : "ALTER TABLE " + sql_name(*table) + " DROP CONSTRAINT " +
                                                   sql_name(extra.constraint) + ";")
            .about(context, RelationRef{table->id, table->schema, table->name})
            .note("the other one", mine ? kept.origin.place : extra.origin.place);
        break;
      }
    }
  }
}

}  // namespace index_duplicate_check

extern constexpr Check index_duplicate{.since = "0.1.0",
                                       .summary = "Two indexes of a table on the same columns.",
                                       .on_history_end = index_duplicate_check::run};

}  // namespace migcheck::checks
