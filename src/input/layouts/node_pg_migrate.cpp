// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kUp = "-- Up Migration";
constexpr std::string_view kDown = "-- Down Migration";

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size() || (name[digits] != '_' && name[digits] != '-')) return Kind::No;
  return ends_with_ignoring_case(without_ending(name), ".down") ? Kind::Down : Kind::Up;
}

std::string detect(const Folder& folder) {
  const std::size_t marked = count_mostly_marked(folder, {kUp}, 50);
  if (marked > 0) return counted(marked, "file", "with `-- Up Migration`");
  const std::size_t count = count_files(folder, kind_of);
  if (count == 0 || !folder.mentioned_above("package.json", "\"node-pg-migrate\"")) return {};
  return counted(count, "file", "named <number>_name.sql, and package.json names node-pg-migrate");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

Parts parts(const MigrationText& file) {
  std::vector<Cut> cuts;
  for (const Marker& marker : find_markers(file.text, {kUp, kDown})) {
    const bool down = contains_ignoring_case(text_of(file.text, marker.line), "down");
    cuts.push_back({marker.line.begin, down ? Direction::Down : Direction::Up, Wrapping::Transaction,
                    down ? "Down" : "Up"});
  }
  if (!cuts.empty()) return parts_from(file.text, std::move(cuts));
  return one_part(file, Wrapping::Transaction,
                  kind_of(name_of(file.path)) == Kind::Down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::node_pg_migrate{
    .name = "node-pg-migrate",
    .tool = "node-pg-migrate",
    .opt_out = "write the migration in JavaScript with `pgm.noTransaction()` (SQL files have no switch)",
    .spans_files = true,  // singleTransaction is its default
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
