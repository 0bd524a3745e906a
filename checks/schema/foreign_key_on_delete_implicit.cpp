// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace foreign_key_on_delete_implicit_check {

using catalog::Constraint;
using catalog::Table;

// Rows of a table with soft delete are marked, and never go.
bool rows_stay(const CheckContext& context, const Constraint& key) {
  const auto* parent = context.catalog().get<Table>(key.references);
  return parent != nullptr &&
         (parent->column("deleted_at") != nullptr || parent->column("deletedAt") != nullptr);
}

std::string name_of(const Table& table, const Constraint& key) {
  std::string columns;
  for (const catalog::ColumnNumber number : key.columns) {
    const catalog::Column* column = table.column(number);
    if (column != nullptr) columns += (columns.empty() ? "" : ", ") + sql_name(column->name);
  }
  return fmt::format("{} ({})", sql_name(table), columns);
}

// Asked at the end, where it can be seen what the project does elsewhere.
void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  std::vector<std::string> parents;
  for (const Table* table : own_tables(context)) {
    for (const Constraint& key : table->constraints) {
      if (key.kind != catalog::ConstraintKind::ForeignKey || !key.local || rows_stay(context, key)) continue;
      const auto* parent = context.catalog().get<Table>(key.references);
      samples.push_back({key.origin, name_of(*table, key), key.on_delete_written ? "" : "implicit"});
      parents.push_back(parent == nullptr ? key.references_name : sql_name(*parent));
    }
  }
  const Custom custom = custom_of(context, samples);
  for (const CustomSample* sample : custom.departures) {
    out.report(sample->origin.place)
        .message(
            "The foreign key {} does not say what happens to its rows when the row of {} goes: PostgreSQL "
            "then refuses "
            "the DELETE, which is an error for somebody later.",
            sample->name, parents[static_cast<std::size_t>(sample - samples.data())])
        .advice("ON DELETE CASCADE, SET NULL or RESTRICT: whichever is meant");
  }
  if (custom.instead == nullptr) return;
  out.report(custom.instead->origin.place)
      .message(
          "{} of {} foreign keys of this history do not say what happens to their rows when the row that "
          "they refer to "
          "goes, {} among them: PostgreSQL then refuses the DELETE, which is an error for somebody later.",
          custom.others, custom.total, custom.instead->name)
      .advice("ON DELETE CASCADE, SET NULL or RESTRICT: whichever is meant");
}

}  // namespace foreign_key_on_delete_implicit_check

extern constexpr Check foreign_key_on_delete_implicit{
    .since = "0.1.0",
    .summary = "A foreign key does not say what happens when the row that it refers to goes.",
    .once_per_history = true,
    .on_history_end = foreign_key_on_delete_implicit_check::run};

}  // namespace migcheck::checks
