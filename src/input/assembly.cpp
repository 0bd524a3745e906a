// SPDX-License-Identifier: MIT

#include "input/assembly.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "input/dialect.hpp"
#include "input/file_kinds.hpp"
#include "input/folder.hpp"
#include "input/natural_order.hpp"
#include "input/read_file.hpp"
#include "input/schema_dumps.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// How many folders two locations have in common.
std::ptrdiff_t shared_folders(std::string_view a, std::string_view b) {
  const auto [end_a, end_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const bool whole = end_a == a.end() && (end_b == b.end() || *end_b == '/');
  return std::count(a.begin(), end_a, '/') + (whole ? 1 : 0);
}

constexpr std::string_view kDumps = "dump";

Role unchecked(Role role) {
  if (role == Role::Query) return Role::OtherQuery;
  return role == Role::Seed ? Role::OtherSeed : Role::History;
}

}  // namespace

// Ties go to the first by path; a dump is nobody's neighbour while there is a history of migrations.
FoundHistory& Assembly::nearest(const std::string& location) {
  auto& histories = finder_.histories;
  if (histories.empty()) {
    const Layout* plain = find_layout("plain");
    histories.push_back(
        {std::string(folder_of(location)), plain, "no migrations lie near", Wraps::AsTheToolDoes, {}});
  }
  const auto closeness = [&](const FoundHistory& history) {
    // Of two as near, the one that a tool runs.
    const std::ptrdiff_t near =
        2 * shared_folders(history.folder, location) + (history.layout->name == "plain" ? 0 : 1);
    return history.why.starts_with(kDumps) ? near - 1000 : near;
  };
  return *std::max_element(
      histories.begin(), histories.end(),
      [&](const FoundHistory& a, const FoundHistory& b) { return closeness(a) < closeness(b); });
}

std::optional<Error> Assembly::add_baselines(const std::vector<std::string>& locations) {
  for (const std::string& location : locations) {
    std::error_code error;
    if (!fs::exists(location, error)) {
      return Error{"There is no such baseline.", tree_.relative(location),
                   "Paths are relative to the configuration."};
    }
    for (FoundHistory& history : finder_.histories) {
      std::erase_if(history.files, [&](const FoundHistory::File& file) { return file.location == location; });
    }
    std::erase_if(finder_.histories, [](const FoundHistory& history) { return history.files.empty(); });
    std::erase_if(finder_.loose, [&](const LooseFile& file) { return file.location == location; });
    FoundHistory& history = nearest(location);
    put_before(history, location);
    history.why += fmt::format("; {} stands before it, as the configuration says", tree_.relative(location));
  }
  return std::nullopt;
}

void Assembly::put_before(FoundHistory& history, const std::string& location) {
  const auto behind =
      std::find_if(history.files.begin(), history.files.end(),
                   [](const FoundHistory::File& file) { return file.role != Role::Baseline; });
  history.files.insert(behind, {location, Role::Baseline, {}});
}

// A dump lies in the folder of the migrations or one or two above (db/structure.sql, db/migrate/), whether or
// not anybody named that folder.
void Assembly::look_beside(const FoundHistory& history) {
  constexpr int kFarthest = 2;
  std::string folder = history.folder;
  for (int up = 0; up <= kFarthest && lies_below(folder, tree_.root()); ++up) {
    if (::access(folder.c_str(), R_OK) != 0) return;
    for (const std::string& name : Folder(tree_, folder).sql_files()) {
      const std::string location = join_path(folder, name);
      const bool known = std::any_of(finder_.loose.begin(), finder_.loose.end(),
                                     [&](const LooseFile& file) { return file.location == location; });
      if (known || finder_.holds(location) || !is_schema_dump(location, tree_.head(location))) continue;
      finder_.loose.push_back({location, LooseFile::Kind::Beside});
    }
    folder = std::string(folder_of(folder));
  }
}

bool Assembly::try_baseline(FoundHistory& history, LooseFile& dump) {
  const Result<std::string> text = read_whole(dump.location);
  if (!text) return false;  // whoever reads the dump says so
  DumpJudge judge(*text);
  for (const FoundHistory::File& file : history.files) {
    const std::string migration = tree_.text(file.location, kLargestFile);
    if (!judge.add_migration(tree_.relative(file.location), migration)) break;
  }
  if (!judge.stands_before()) {
    dump.why = fmt::format("it does not stand before {}: {}", tree_.relative(history.folder), judge.reason());
    return false;
  }
  put_before(history, dump.location);
  history.why += fmt::format("; {} stands before it: {}", tree_.relative(dump.location), judge.reason());
  return true;
}

void Assembly::find_baselines() {
  for (const FoundHistory& history : finder_.histories) look_beside(history);
  std::vector<LooseFile> left;
  for (LooseFile& file : finder_.loose) {
    const bool dump = file.kind == LooseFile::Kind::Dump || file.kind == LooseFile::Kind::Beside;
    FoundHistory* history = dump && !finder_.histories.empty() ? &nearest(file.location) : nullptr;
    const bool has_one =
        history != nullptr && history->files.front().role == Role::Baseline;  // found or configured
    if (history != nullptr && !has_one && try_baseline(*history, file)) continue;
    // Nobody asked for what lies beside.
    if (file.kind != LooseFile::Kind::Beside) left.push_back(std::move(file));
  }
  finder_.loose = std::move(left);
}

// Whether a name that tells another database is mistaken: nothing of the history would be left, and its SQL
// is PostgreSQL's own. (Where files for PostgreSQL stand beside, the names tell them apart.)
bool Assembly::is_misnamed(const FoundHistory& history, const Question& is_other) const {
  constexpr std::size_t kLookedInto = 100;
  std::size_t read = 0;
  bool postgres = false;
  for (const FoundHistory::File& file : history.files) {
    if (!is_other(file.location)) return false;
    // It has PostgreSQL's words: they say nothing against the name.
    if (other_dialect_by_name(tree_.relative(file.location)).find("CockroachDB") != std::string::npos)
      return false;
    if (++read > kLookedInto) continue;
    const std::string text = tree_.text(file.location, kDialectBytes);
    if (!other_database(text).empty()) return false;  // the name is right: SQLite has jsonb too
    postgres = postgres || is_surely_postgres(text);
  }
  return postgres;
}

// The word has other meanings: it is the database's where PostgreSQL's folder lies beside it.
bool Assembly::is_oracles(const std::string& folder) {
  const std::size_t at = lowered(folder).find("oracle/");
  if (at == std::string::npos || (at > 0 && folder[at - 1] != '/')) return false;
  const Folder around(tree_, at == 0 ? tree_.root() : join_path(tree_.root(), folder.substr(0, at - 1)));
  const auto& beside = around.folders();
  return std::any_of(beside.begin(), beside.end(),
                     [](const std::string& name) { return starts_with_ignoring_case(name, "postgres"); });
}

// Files that lie in a folder for MySQL, unless a person names them.
void Assembly::drop_other_databases(const Question& is_named) {
  // Neighbours lie in the same folder: its name is read once for all of them.
  std::string folder;
  std::string folder_says;
  const auto other_database = [&](const std::string& path) {
    const std::size_t name = path.rfind('/') + 1;
    if (path.compare(0, name, folder) != 0) {
      folder = path.substr(0, name);
      folder_says = other_dialect_by_name(folder);
      if (folder_says.empty() && is_oracles(folder)) folder_says = "For Oracle, as its folder says.";
    }
    return folder_says.empty() ? other_dialect_by_name(std::string_view(path).substr(name)) : folder_says;
  };
  const auto is_other = [&](const std::string& location) {
    return !other_database(tree_.relative(location)).empty() && !is_named(location);
  };
  const auto drop = [&](const std::string& location) {
    if (!is_other(location)) return false;
    std::string path = tree_.relative(location);
    std::string reason = other_database(path);
    set_.unread.push_back({std::move(path), 0, std::move(reason), false});
    return true;
  };
  for (FoundHistory& history : finder_.histories) {
    if (is_misnamed(history, is_other)) continue;
    std::erase_if(history.files, [&](const FoundHistory::File& file) { return drop(file.location); });
  }
  std::erase_if(finder_.histories, [](const FoundHistory& history) { return history.files.empty(); });
  std::erase_if(finder_.loose, [&](const LooseFile& file) { return drop(file.location); });
}

// A dump says what the migrations lead to; replayed among them it would make everything twice. So it is a
// history of its own, replayed and not checked.
void Assembly::add_dumps() {
  for (const LooseFile& file : finder_.loose) {
    if (file.kind != LooseFile::Kind::Dump) continue;
    finder_.histories.push_back({std::string(folder_of(file.location)),
                                 find_layout("plain"),
                                 fmt::format("{} of a schema: name the file to have it checked{}", kDumps,
                                             file.why.empty() ? "" : "; " + file.why),
                                 Wraps::AsTheToolDoes,
                                 {{file.location, Role::Baseline, {}}}});
  }
}

void Assembly::attach_loose(LooseFile::Kind kind, Role role) {
  for (const LooseFile& file : finder_.loose) {
    if (file.kind != kind) continue;
    FoundHistory* configured = role == Role::Query ? schema_of(file.location) : nullptr;
    FoundHistory& history = configured == nullptr ? nearest(file.location) : *configured;
    history.files.push_back({file.location, role, {}});
  }
}

// The history that runs the schema which sqlc reads these queries against.
FoundHistory* Assembly::schema_of(const std::string& query) {
  for (const std::string& schema : finder_.schemas_of(query)) {
    for (FoundHistory& history : finder_.histories) {
      const bool runs =
          std::any_of(history.files.begin(), history.files.end(), [&](const FoundHistory::File& file) {
            return file.role != Role::Query && file.role != Role::Seed && lies_below(file.location, schema);
          });
      if (runs) return &history;
    }
  }
  return nullptr;
}

void Assembly::assemble(const Question& is_target, const Question& is_named, const std::string& pretended) {
  drop_other_databases(is_named);
  drop_other_histories();
  std::stable_sort(
      finder_.histories.begin(), finder_.histories.end(),
      [](const FoundHistory& a, const FoundHistory& b) { return naturally_before(a.folder, b.folder); });
  add_dumps();
  attach_loose(LooseFile::Kind::Seed, Role::Seed);
  attach_loose(LooseFile::Kind::Query, Role::Query);
  std::size_t count = 0;
  for (const FoundHistory& history : finder_.histories) count += history.files.size();
  set_.files.reserve(count);
  for (FoundHistory& history : finder_.histories) {
    const auto number = static_cast<std::uint32_t>(set_.histories.size());
    set_.histories.push_back({tree_.relative(history.folder), std::string(history.layout->name),
                              std::move(history.why), history.layout->transactions(history.wraps),
                              history.wraps, std::move(history.folder)});
    set_.histories.back().transactions.schema = std::move(history.schema);
    for (FoundHistory::File& file : history.files) {
      const bool checked = file.role == Role::Baseline || is_target(file.location);
      FileEntry entry;
      entry.path = tree_.relative(file.location);
      entry.role = checked ? file.role : unchecked(file.role);
      entry.history = number;
      entry.part = std::move(file.part);
      if (file.location != pretended) entry.location = std::move(file.location);
      set_.files.push_back(std::move(entry));
    }
    history.files = {};
  }
  std::move(finder_.unread.begin(), finder_.unread.end(), std::back_inserter(set_.unread));
}

}  // namespace migcheck::input
