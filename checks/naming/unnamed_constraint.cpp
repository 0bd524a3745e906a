// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"

namespace migcheck::checks {
namespace unnamed_constraint_check {

using catalog::Constraint;
using catalog::Table;

// PostgreSQL's names for keys, and for a CHECK of one column, follow from their columns: orders_team_id_fkey,
// orders_total_check. A CHECK of several is numbered: orders_check, orders_check1.
bool has_numbered_name(const Table& table, const Constraint& check) {
  const std::string stem = table.name + "_check";
  return check.name.starts_with(stem) &&
         check.name.find_first_not_of("0123456789", stem.size()) == std::string::npos;
}

// Asked at the end: a later file may have renamed it, and it can be seen what the project does elsewhere.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  std::vector<const Table*> tables;
  for (const Table* table : own_tables(context)) {
    for (const Constraint& check : table->constraints) {
      if (check.kind != catalog::ConstraintKind::Check || !check.local || check.columns.size() == 1) continue;
      samples.push_back(
          {check.origin, sql_name(check.name), has_numbered_name(*table, check) ? "numbered" : ""});
      tables.push_back(table);
    }
  }
  customs::report(
      context, samples, out, "checks over several columns in this history have no name of their own",
      "CONSTRAINT ck_orders_ends_later CHECK (…), so that an error and a later DROP CONSTRAINT can name it",
      [&](const CustomSample& sample, FindingBuilder finding) {
        const Table& table = *tables[static_cast<std::size_t>(&sample - samples.data())];
        finding
            .message(
                "PostgreSQL named this CHECK {} because it has no name of its own: the next one of {} gets "
                "a number, a migration that drops it has to guess, and so does whoever reads the error.",
                sample.name, sql_name(table))
            .advice("CONSTRAINT {} CHECK (…)", sql_name("ck_" + table.name + "_what_must_hold"));
      });
}

}  // namespace unnamed_constraint_check

extern constexpr Check unnamed_constraint{
    .since = "0.1.0",
    .summary = "A CHECK without a name gets one that has to be guessed.",
    .once_per_history = true,
    .on_history_end = unnamed_constraint_check::run};

}  // namespace migcheck::checks
