// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace timestamps_missing_check {

using catalog::Column;
using catalog::Table;

bool has_any(const Table& table, bool (*wanted)(const Column&)) {
  return std::any_of(table.columns.begin(), table.columns.end(), wanted);
}

// Rows that are written once have no time of change: logs, events, histories.
bool is_written_once(std::string_view name) {
  return is_audit_log_name(name) ||
         own_columns::has_word(
             name, {"log",      "logs",      "event",  "events", "history", "histories", "audit",   "audits",
                    "snapshot", "snapshots", "token",  "tokens", "session", "sessions",  "metric",  "metrics",
                    "stats",    "queue",     "outbox", "lock",   "locks",   "version",   "versions"});
}

// Rows that come and go by themselves have a key made for them: no list of what there is, no pair of keys, no
// state of a worker.
bool has_a_life(const Table& table) {
  const Column* key = own_columns::single_key(table);
  if (key == nullptr || table.columns.size() < 4 || is_copy_name(table.name)) return false;
  const bool made = key->type.name == "uuid" || own_columns::is_counted(*key) || key->name == "id";
  return made && !is_in_foreign_key(table, key->number);
}

void report(const CheckContext& context, const std::vector<CustomSample>& samples, std::string_view column,
            std::string_view what, Severity severity, FindingSink& out) {
  const Custom custom = custom_of(context, samples);
  // What a table holds nobody can see from here, and whether its rows change even less: only the odd one out
  // is told.
  const bool few = custom.total < 5 && column == "created_at";
  const bool nearly_all = custom.others * 10 <= custom.total || few;
  if (custom.instead == nullptr && !nearly_all && !context.is_asked_for()) return;
  for (const CustomSample* sample : custom.departures) {
    out.report(sample->origin.place)
        .severity(severity)
        .message(
            "{} has no {}, and other tables of this schema have: when a row {} cannot be told afterwards.",
            sample->name, column, what)
        .advice("{} timestamptz NOT NULL DEFAULT now()", column);
  }
  if (custom.instead == nullptr || column != "created_at") return;
  out.report(custom.instead->origin.place)
      .severity(Severity::Info)
      .message(
          "{} of {} tables of this history have no created_at, {} among them: when a row came cannot be told "
          "afterwards.",
          custom.others, custom.total, custom.instead->name)
      .advice("created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()");
}

// Asked at the end: a later file may bring them.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> created;
  std::vector<CustomSample> updated;
  for (const Table* table : own_tables(context)) {
    if (!has_a_life(*table)) continue;
    const bool has_creation = has_any(*table, own_columns::is_creation_time);
    const bool has_change = has_any(*table, own_columns::is_change_time);
    created.push_back({table->origin, sql_name(*table), has_creation || has_change ? "" : "missing"});
    if (has_creation && !is_written_once(table->name))
      updated.push_back({table->origin, sql_name(*table), has_change ? "" : "missing"});
  }
  report(context, created, "created_at", "came", Severity::Warning, out);
  report(context, updated, "updated_at", "changed", Severity::Info, out);
}

}  // namespace timestamps_missing_check

extern constexpr Check timestamps_missing{
    .since = "0.1.0",
    .summary = "A table without created_at and updated_at, where others have them.",
    .once_per_history = true,
    .on_history_end = timestamps_missing_check::run};

}  // namespace migcheck::checks
