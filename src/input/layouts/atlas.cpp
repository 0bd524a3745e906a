// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kSum = "atlas.sum";

// `dir = "file://migrations"` in the `migration` block of atlas.hcl; with another tool's format it is that
// tool's folder.
bool is_named(const Folder& folder, const NearestFile& configuration) {
  LineWalker lines(configuration.text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(configuration.text, line));
    if (!starts_with_word(content, "dir")) continue;
    const std::size_t scheme = content.find("\"file://");
    if (scheme == std::string_view::npos) continue;
    const std::string_view path = content.substr(scheme + 8, content.find('"', scheme + 1) - scheme - 8);
    const std::size_t query = path.find('?');
    if (query != std::string_view::npos && path.find("format=atlas") == std::string_view::npos) continue;
    const Folder home = folder.folder(configuration.folder());
    if (home.leads_to(path.substr(0, query), folder)) return true;
  }
  return false;
}

std::string detect(const Folder& folder) {
  if (folder.has_file(kSum)) return "atlas.sum guards the folder";
  if (!is_named(folder, folder.nearest("atlas.hcl"))) return {};
  return folder.sql_files().empty() ? "" : "atlas.hcl names the folder";
}

// What atlas.sum names and is not there stops Atlas.
void note_missing(const Folder& folder, Arrangement& arrangement) {
  const std::string sum = folder.text(kSum);
  LineWalker lines(sum);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(sum, line));
    const std::string_view name = content.substr(0, content.find(" h1:"));
    if (name.size() == content.size() || folder.has_file(name)) continue;
    arrangement.unread.push_back(
        {std::string(name), 0, "atlas.sum names this file, but it is not there: Atlas stops here.", true});
  }
}

// Atlas sorts names byte by byte.
Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  note_missing(folder, arrangement);
  for (const std::string& name : folder.sql_files()) {
    if (starts_with_number(name)) arrangement.files.push_back({name, Role::Target});
  }
  std::sort(arrangement.files.begin(), arrangement.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return arrangement;
}

Parts parts(const MigrationText& file) {
  const bool down = ends_with_ignoring_case(without_ending(name_of(file.path)), ".down");
  return one_part(file,
                  header_has(file.text, "-- atlas:txmode none") ? Wrapping::None : Wrapping::Transaction,
                  down ? Direction::Down : Direction::Up);
}

}  // namespace

const Layout layouts::atlas{
    .name = "atlas",
    .tool = "Atlas",
    .opt_out = "write `-- atlas:txmode none` as the first line, with an empty line below",
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
