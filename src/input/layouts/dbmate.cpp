// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/parts.hpp"

namespace migcheck::input {
namespace {

std::string detect(const Folder& folder) {
  const std::size_t count = count_mostly_marked(folder, {"-- migrate:up"}, 50);
  return count == 0 ? std::string() : counted(count, "file", "with `-- migrate:up`");
}

Kind kind_of(std::string_view name) {
  return starts_with_number(name) ? Kind::Up : Kind::No;
}

// dbmate compares the files' names byte by byte, not their numbers.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement = by_number(folder, kind_of);
  std::sort(arrangement.files.begin(), arrangement.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return arrangement;
}

// A part is sent as one simple query; without dbmate's own transaction several statements are still one
// implicit transaction.
Parts parts(const MigrationText& file) {
  std::vector<Cut> cuts;
  for (const Marker& marker : find_markers(file.text, {"-- migrate:"})) {
    const bool up = marker.words.starts_with("up");
    if (!up && !marker.words.starts_with("down")) continue;
    const bool alone = marker.words.find("transaction:false") != std::string::npos;
    cuts.push_back({marker.line.begin, up ? Direction::Up : Direction::Down,
                    alone ? Wrapping::SimpleQuery : Wrapping::Transaction, up ? "up" : "down"});
  }
  if (!cuts.empty()) return parts_from(file.text, std::move(cuts));
  Parts whole_file = one_part(file, Wrapping::Transaction);
  whole_file.unread.push_back(
      {{}, 0, "There is no `-- migrate:up` line, so dbmate refuses this file; it is read whole.", false});
  return whole_file;
}

}  // namespace

const Layout layouts::dbmate{
    .name = "dbmate",
    .tool = "dbmate",
    .opt_out = "write `-- migrate:up transaction:false`, with the statement alone in its file",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
