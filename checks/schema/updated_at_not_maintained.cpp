// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace updated_at_not_maintained_check {

using catalog::Table;

bool has_trigger(const Table& table) {
  return std::any_of(table.triggers.begin(), table.triggers.end(), [](const catalog::Trigger& trigger) {
    return trigger.row && trigger.on_update && trigger.timing == ast::CreateTrigger::Timing::Before;
  });
}

// Where most tables have a trigger for it, the application relies on the database. Where none has, it writes
// the column itself.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  std::vector<std::string> columns;
  for (const Table* table : own_tables(context)) {
    const auto column =
        std::find_if(table->columns.begin(), table->columns.end(), [](const catalog::Column& one) {
          return own_columns::is_change_time(one) && own_columns::is_time(one) && one.not_null;
        });
    if (column == table->columns.end()) continue;
    samples.push_back({table->origin, sql_name(*table), has_trigger(*table) ? "" : "none"});
    columns.push_back(sql_name(column->name));
  }
  for (const CustomSample* sample : custom_of(context, samples).departures) {
    const std::string& column = columns[static_cast<std::size_t>(sample - samples.data())];
    // A few tables without any trigger make no custom of the database's keeping it.
    const bool any =
        std::any_of(samples.begin(), samples.end(), [](const auto& one) { return one.style.empty(); });
    if (!any && !context.is_asked_for()) return;
    out.report(sample->origin.place)
        .message("{}.{} keeps the time of the INSERT: no trigger sets it, as one does for other tables.",
                 sample->name, column)
        .advice("CREATE TRIGGER set_{0} BEFORE UPDATE ON {1} FOR EACH ROW EXECUTE FUNCTION set_{0}();",
                column, sample->name);
  }
}

}  // namespace updated_at_not_maintained_check

extern constexpr Check updated_at_not_maintained{
    .since = "0.1.0",
    .summary = "No trigger keeps updated_at, where other tables have one.",
    .severity = Severity::Info,
    .on_history_end = updated_at_not_maintained_check::run};

}  // namespace migcheck::checks
