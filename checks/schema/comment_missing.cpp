// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace comment_missing_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Table* table : own_tables(context)) {
    if (table->commented || !context.is_target(table->origin)) continue;
    out.report(table->origin.place)
        .message("{} has no comment: what a row of it means stands nowhere in the database.",
                 sql_name(*table))
        .advice("COMMENT ON TABLE {} IS '…';", sql_name(*table));
  }
}

}  // namespace comment_missing_check

extern constexpr Check comment_missing{.since = "0.1.0",
                                       .summary = "A table without COMMENT ON TABLE.",
                                       .severity = Severity::Info,
                                       .preset = Preset::OptIn,
                                       .once_per_history = true,
                                       .on_history_end = comment_missing_check::run};

}  // namespace migcheck::checks
