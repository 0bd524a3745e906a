// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace timestamp_without_time_zone_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "timestamp"))) continue;
    FindingBuilder finding = out.gather(one.column->type->span, "", new_columns::name_of(one));
    const std::size_t count = finding.gathered().size();
    if (count == 1) {
      finding
          .message(
              "{0} has no time zone: the same value is another moment for each session that writes or reads "
              "it under "
              "another TimeZone, and an hour is ambiguous each autumn.",
              new_columns::name_of(one))
          .advice("{0} timestamptz", sql_name(one.column->name.text));
    } else {
      finding
          .message(
              "{} columns of this file have no time zone ({}): the same value is another moment for each "
              "session that "
              "writes or reads it under another TimeZone, and an hour is ambiguous each autumn.",
              count, enumerate(finding.gathered()))
          .advice("timestamptz for each of them");
    }
  }
}

}  // namespace timestamp_without_time_zone_check

extern constexpr Check timestamp_without_time_zone{
    .since = "0.1.0",
    .summary = "A timestamp without time zone is no moment in time.",
    .preset = Preset::Safety,
    .once_per_history = true,
    .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
    .on_statement = timestamp_without_time_zone_check::run};

}  // namespace migcheck::checks
