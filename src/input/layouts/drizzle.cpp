// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

constexpr std::string_view kJournal = "meta/_journal.json";
constexpr std::string_view kBreakpoint = "--> statement-breakpoint";

// The value behind `"key":` in a flat piece of JSON: a string without its quotes, or a number's text.
std::string json_value(std::string_view object, std::string_view key) {
  const std::size_t at = object.find(fmt::format("\"{}\"", key));
  if (at == std::string_view::npos) return {};
  const std::size_t colon = object.find(':', at);
  if (colon == std::string_view::npos) return {};
  const std::string_view value = trimmed(object.substr(colon + 1));
  if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
  return std::string(value.substr(0, value.find_first_of(",} \t\r\n")));
}

struct Entry {
  std::string index;
  std::string tag;
};

std::vector<Entry> entries_of(std::string_view journal) {
  std::vector<Entry> entries;
  std::size_t at = journal.find("\"entries\"");
  while (at != std::string_view::npos) {
    const std::size_t open = journal.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : journal.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view object = journal.substr(open, close - open + 1);
    Entry entry{json_value(object, "idx"), json_value(object, "tag")};
    if (!entry.tag.empty()) entries.push_back(std::move(entry));
    at = close + 1;
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return compare_digits(a.index, b.index) < 0; });
  return entries;
}

bool is_dated(std::string_view name) {
  return leading_digits(name).size() == 14;
}

// Since version 1: `<14 digits>_name/migration.sql` with a snapshot.json, and no journal.
bool has_folders(const Folder& folder) {
  return count_folders(folder, is_dated, "migration.sql") > 0 &&
         count_folders(folder, is_dated, "snapshot.json") > 0;
}

std::string detect(const Folder& folder) {
  if (folder.has_folder("meta") && folder.folder("meta").has_file("_journal.json")) {
    return fmt::format("{} lists the migrations", kJournal);
  }
  if (has_folders(folder)) return "folders with migration.sql and snapshot.json";
  const std::size_t count = count_marked(folder, {kBreakpoint});
  return count == 0 ? std::string() : counted(count, "file", fmt::format("with `{}`", kBreakpoint));
}

// What the journal does not name never runs; what it names and is not there stops Drizzle.
void follow_journal(const Folder& folder, std::string_view journal, Arrangement& arrangement) {
  std::vector<std::string> left = folder.sql_files();
  for (const Entry& entry : entries_of(journal)) {
    const std::string name = entry.tag + ".sql";
    const auto found = std::find(left.begin(), left.end(), name);
    if (found == left.end()) {
      arrangement.unread.push_back(
          {name, 0, "The journal names this file, but it is not there: Drizzle stops here.", true});
    } else {
      arrangement.files.push_back({name, Role::Target});
      left.erase(found);
    }
  }
  for (const std::string& name : left) {
    arrangement.unread.push_back(
        {name, 0, fmt::format("{} does not name it: Drizzle never runs it.", kJournal), false});
  }
}

void refuse_dialect(std::string_view dialect, Arrangement& arrangement) {
  for (const auto& file : arrangement.files) {
    arrangement.unread.push_back(
        {file.path, 0, fmt::format("The journal says dialect \"{}\": migcheck reads PostgreSQL.", dialect),
         false});
  }
  arrangement.files.clear();
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  const std::string journal = folder.text(kJournal);
  if (!journal.empty()) {
    follow_journal(folder, journal, arrangement);
    const std::string dialect = json_value(journal, "dialect");
    if (!dialect.empty() && dialect != "postgresql" && dialect != "pg") refuse_dialect(dialect, arrangement);
    return arrangement;
  }
  if (has_folders(folder)) return by_folder(folder, is_dated, {"migration.sql"});
  for (const std::string& name : folder.sql_files()) arrangement.files.push_back({name, Role::Target});
  return arrangement;
}

// Each piece between breakpoints is a query of its own, all of them in the one transaction of the run.
Parts parts(const MigrationText& file) {
  Parts result;
  std::size_t begin = 0;
  while (begin <= file.text.size()) {
    const std::size_t found = file.text.find(kBreakpoint, begin);
    const std::size_t end = std::min(found, file.text.size());
    if (!trimmed(file.text.substr(begin, end - begin)).empty()) {
      result.sections.push_back(make_section(span_of(begin, end), Direction::Up, Wrapping::Transaction));
    }
    if (found == std::string_view::npos) break;
    begin = found + kBreakpoint.size();
  }
  if (result.sections.empty()) return one_part(file, Wrapping::Transaction);
  return result;
}

}  // namespace

const Layout layouts::drizzle{
    .name = "drizzle",
    .tool = "Drizzle",
    .opt_out =
        "write `COMMIT;--> statement-breakpoint` before it (Drizzle has no switch), or run "
        "the statement outside of the migrations",
    .spans_files = true,
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
