// SPDX-License-Identifier: MIT

// What other tools' settings say of files: sqlc's of queries, Supabase's of seeds and declared schemas.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "input/glob.hpp"
#include "input/histories.hpp"
#include "input/sql_text.hpp"
#include "input/sqlc.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

std::string location_below(const Folder& folder, std::string_view path) {
  std::string location = (fs::path(folder.location()) / path).lexically_normal().generic_string();
  while (location.size() > 1 && location.ends_with('/')) location.pop_back();
  return location;
}

// The folder in front of a pattern's first part that has glob characters.
std::string_view fixed_folder(std::string_view path) {
  while (has_glob_characters(path)) path = folder_of(path);
  return path;
}

// The strings of `key = ["…", "…"]` in the table [section] of a TOML file; the list may run over lines.
std::vector<std::string> strings_of(std::string_view toml, std::string_view section, std::string_view key) {
  std::vector<std::string> strings;
  bool inside = false;
  bool in_list = false;
  LineWalker lines(toml);
  Span line;
  while (lines.next(line)) {
    std::string_view content = trimmed(text_of(toml, line));
    if (content.empty() || content.front() == '#') continue;
    if (!in_list && content.front() == '[') {
      inside = content.starts_with(section);
      continue;
    }
    in_list =
        in_list || (inside && starts_with_word(content, key) && content.find('=') != std::string_view::npos);
    if (!in_list) continue;
    for (std::size_t open = content.find('"'); open != std::string_view::npos;
         open = content.find('"', open)) {
      const std::size_t close = content.find('"', open + 1);
      if (close == std::string_view::npos) break;
      strings.emplace_back(content.substr(open + 1, close - open - 1));
      open = close + 1;
    }
    in_list = content.find(']') == std::string_view::npos;
  }
  return strings;
}

}  // namespace

void HistoryFinder::note_settings_above(const Folder& folder) {
  Folder at = folder;
  while (true) {
    note_settings(at);
    if (at.is_root() || at.parent().location() == at.location()) return;
    at = at.parent();
  }
}

void HistoryFinder::note_settings(const Folder& folder) {
  if (!seen_settings_.insert(folder.location()).second) return;
  note_sqlc(folder);
  if (folder.name() == "supabase") note_supabase(folder);
}

// Queries for another database are named; those for PostgreSQL are query files wherever they lie.
void HistoryFinder::note_sqlc(const Folder& folder) {
  for (const std::string_view name : {"sqlc.yaml", "sqlc.yml"}) {
    for (const SqlcPackage& package : sqlc_packages(folder.head(name))) {
      QueriesOfSchema pair;
      for (const std::string& path : package.schema) pair.schema.push_back(location_below(folder, path));
      if (package.engine != "postgresql") {
        const std::string reason =
            fmt::format("{} says engine \"{}\": migcheck reads PostgreSQL.", name, package.engine);
        for (const std::string& path : package.queries)
          refuse_below(std::string(fixed_folder(location_below(folder, path))), reason);
        for (const std::string& location : pair.schema) refuse_below(location, reason);
        continue;
      }
      for (const std::string& path : package.queries) {
        pair.queries = fixed_folder(location_below(folder, path));
        sqlc_.push_back(pair);
        // Where both lie in one folder the files themselves must tell which they are.
        const auto holds = [&](const std::string& schema) { return lies_below(schema, pair.queries); };
        if (std::none_of(pair.schema.begin(), pair.schema.end(), holds)) queries_.push_back(pair.queries);
      }
    }
  }
}

// Seeds may lie anywhere; a declared schema is what `supabase db diff` makes migrations of.
void HistoryFinder::note_supabase(const Folder& folder) {
  const std::string& settings = folder.head("config.toml");
  for (const std::string& path : strings_of(settings, "[db.seed]", "sql_paths"))
    seeds_.emplace_back(fixed_folder(location_below(folder, path)));
  if (!folder.has_folder("migrations")) return;
  constexpr std::string_view kDeclared =
      "A declared schema: what `supabase db diff` writes of it into migrations is read instead.";
  std::vector<std::string> declared = strings_of(settings, "[db.migrations]", "schema_paths");
  declared.emplace_back("schemas");
  for (const std::string& path : declared)
    refuse_below(std::string(fixed_folder(location_below(folder, path))), std::string(kDeclared));
}

// Names the SQL files there instead of reading them; not what a person asks for by name.
void HistoryFinder::refuse_below(const std::string& location, const std::string& reason) {
  const auto is_asked_for = [&](const std::string& asked) { return lies_below(asked, location); };
  if (std::any_of(scope_.begin(), scope_.end(), is_asked_for)) return;
  std::error_code error;
  std::vector<std::string> files;
  if (fs::is_directory(location, error)) {
    const Folder folder(tree_, location);
    for (const std::string& path : folder.sql_files_below()) files.push_back(join_path(location, path));
  } else if (fs::is_regular_file(location, error)) {
    files.push_back(location);
  }
  for (const std::string& file : files) {
    const auto holds = [&](const std::string& asked) { return lies_below(file, asked); };
    if (std::none_of(scope_.begin(), scope_.end(), holds) || !claimed_.insert(file).second) continue;
    unread.push_back({tree_.relative(file), 0, reason, false});
  }
}

std::vector<std::string> HistoryFinder::schemas_of(std::string_view query) const {
  for (const QueriesOfSchema& pair : sqlc_) {
    if (lies_below(query, pair.queries)) return pair.schema;
  }
  return {};
}

}  // namespace migcheck::input
