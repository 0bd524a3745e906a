// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace uuid_primary_key_expected_check {

std::string_view uuid_function(const CheckContext& context) {
  return context.pg_version() >= 18 ? "uuidv7()" : "gen_random_uuid()";
}

// A uuid, or a number that the server counts up: what else a key can be (a code, a number from elsewhere) was
// chosen on purpose.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  for (const catalog::Table* table : own_tables(context)) {
    const catalog::Column* key = own_columns::single_key(*table);
    if (key == nullptr || is_in_foreign_key(*table, key->number)) continue;
    const bool counted = own_columns::is_integer(*key) && own_columns::is_counted(*key);
    if (!counted && key->type.name != "uuid") continue;
    if (context.is_small({table->id, table->schema, table->name})) continue;
    samples.push_back({key->origin, sql_name(*table) + "." + sql_name(key->name), counted ? "counted" : ""});
  }
  const Custom custom = custom_of(context, samples);
  for (const CustomSample* sample : custom.departures) {
    out.report(sample->origin.place)
        .message(
            "{} is counted: whoever sees one key knows how many rows there are and can try its neighbours, "
            "and rows of "
            "two databases cannot be merged.",
            sample->name)
        .advice("id uuid PRIMARY KEY DEFAULT {}", uuid_function(context));
  }
  if (custom.instead == nullptr) return;
  out.report(custom.instead->origin.place)
      .severity(Severity::Info)
      .message(
          "{} of {} primary keys of this history are counted numbers, {} among them: one key tells how many "
          "rows "
          "there are and what its neighbours are called.",
          custom.others, custom.total, custom.instead->name)
      .advice("Where keys are seen outside, in addresses and APIs: id uuid PRIMARY KEY DEFAULT {}",
              uuid_function(context));
}

}  // namespace uuid_primary_key_expected_check

extern constexpr Check uuid_primary_key_expected{
    .since = "0.1.0",
    .summary = "A primary key that is a counted number, not a uuid.",
    .once_per_history = true,
    .on_history_end = uuid_primary_key_expected_check::run};

}  // namespace migcheck::checks
