// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kDivider = "---- create above / drop below ----";
constexpr std::string_view kSwitch = "---- tern: disable-tx ----";

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  return digits > 0 && digits < name.size() && name[digits] == '_' ? Kind::Up : Kind::No;
}

std::string detect(const Folder& folder) {
  const std::size_t marked = count_marked(folder, {kDivider, kSwitch});
  if (marked > 0) return counted(marked, "file", "with `---- create above / drop below ----`");
  const bool configured =
      folder.has_file("tern.conf") || (!folder.is_root() && folder.parent().has_file("tern.conf"));
  const std::size_t count = count_files(folder, kind_of);
  return configured && count > 0 ? counted(count, "file", "beside tern.conf") : std::string();
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

// Without the transaction tern splits the file and sends statement by statement.
Parts parts(const MigrationText& file) {
  const Wrapping wrapping =
      find_markers(file.text, {kSwitch}).empty() ? Wrapping::Transaction : Wrapping::None;
  std::vector<Cut> cuts = {{0, Direction::Up, wrapping, "create"}};
  const std::vector<Marker> dividers = find_markers(file.text, {kDivider});
  if (!dividers.empty()) cuts.push_back({dividers.front().line.begin, Direction::Down, wrapping, "drop"});
  Parts result = parts_from(file.text, std::move(cuts));
  LineWalker lines(file.text);
  Span line;
  for (std::uint32_t number = 1; lines.next(line); ++number) {
    if (text_of(file.text, line).find("{{ template ") == std::string_view::npos) continue;
    result.unread.push_back(
        {{}, number, "`{{ template }}` is not followed: its text is not part of this file.", false});
  }
  return result;
}

}  // namespace

const Layout layouts::tern{.name = "tern",
                           .tool = "tern",
                           .opt_out = "write `---- tern: disable-tx ----` as the first line",
                           .detect = detect,
                           .arrange = arrange,
                           .parts = parts};

}  // namespace migcheck::input
