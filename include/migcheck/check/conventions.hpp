// SPDX-License-Identifier: MIT
#pragma once

// What checks of conventions share: which tables are the project's own, and whose convention holds.
//
// A convention is asked at the end of the history, when everything is there, and speaks of what the checked
// files made. What a history does throughout is the project's own convention: a new table that follows it is
// no finding, and a whole history that differs from the guide is told once.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/catalog.hpp"

namespace migcheck {

class CheckContext;

// Tables that the project designs: no partitions, temporary or foreign tables, none of an extension or of a
// migration tool, and none that a statement may or may not have made.
[[nodiscard]] std::vector<const catalog::Table*> own_tables(const CheckContext& context);
// schema_migrations, _prisma_migrations, flyway_schema_history …
[[nodiscard]] bool is_tool_table(std::string_view name);
// orders_backup, tmp_orders, orders_2023_old: a copy that is there for a while.
[[nodiscard]] bool is_copy_name(std::string_view name);
// audit_log, billing_audit_events: a table that only ever grows.
[[nodiscard]] bool is_audit_log_name(std::string_view name);

// A foreign key holds the column, alone or with others.
[[nodiscard]] bool is_in_foreign_key(const catalog::Table& table, catalog::ColumnNumber column);

// One thing that a convention is about: a table, a key, an index.
struct CustomSample {
  catalog::Origin origin;
  std::string name;   // as messages call it
  std::string style;  // how it departs from the guide; empty: it does not
};

struct Custom {
  // Departures to be told one by one: made by the checked files, where the guide's convention holds.
  std::vector<const CustomSample*> departures;
  // The history as a whole does otherwise: told once, here. Null where that was settled before the change.
  const CustomSample* instead = nullptr;
  std::size_t others = 0;  // how many do otherwise …
  std::size_t total = 0;   // … of how many
};

// Whose convention holds: the guide's where three of four follow it (or the project asked for the check by
// name), the project's own otherwise.
[[nodiscard]] Custom custom_of(const CheckContext& context, std::span<const CustomSample> samples);

}  // namespace migcheck
