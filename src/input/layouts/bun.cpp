// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kSplit = "--bun:split";
constexpr std::string_view kOlderSplit = "--gopg:split";  // go-pg, bun's forerunner

// <number>_name.tx.up.sql runs in a transaction.
bool is_in_transaction(std::string_view name) {
  const std::string_view stem = without_ending(name);
  return ends_with_ignoring_case(stem, ".tx.up") || ends_with_ignoring_case(stem, ".tx.down");
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_files(
      folder, [](std::string_view name) { return is_in_transaction(name) ? up_or_down(name) : Kind::No; });
  if (count > 0) return counted(count, "file", "named <number>_name.tx.up.sql or .tx.down.sql");
  if (count_files(folder, up_or_down) == 0) return {};
  const std::size_t marked = count_marked(folder, {kSplit, kOlderSplit});
  return marked == 0 ? std::string() : counted(marked, "file", "with `--bun:split`");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, up_or_down);
}

// Outside of a transaction each piece is sent as one query of its own.
Parts parts(const MigrationText& file) {
  const std::string_view name = name_of(file.path);
  const Direction direction = up_or_down(name) == Kind::Down ? Direction::Down : Direction::Up;
  if (is_in_transaction(name)) return one_part(file, Wrapping::Transaction, direction);
  std::vector<Cut> cuts = {{0, direction, Wrapping::SimpleQuery, {}}};
  for (const Marker& split : find_markers(file.text, {kSplit, kOlderSplit}))
    cuts.push_back({split.line.begin, direction, Wrapping::SimpleQuery, {}});
  return parts_from(file.text, std::move(cuts));
}

}  // namespace

const Layout layouts::bun{
    .name = "bun",
    .tool = "bun",
    .opt_out = "leave `.tx` out of the file's name, with the statement alone between `--bun:split`",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
