// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <utility>

#include "input/arguments.hpp"
#include "input/dialect.hpp"
#include "input/files_read.hpp"
#include "input/layouts/layout.hpp"
#include "input/layouts/parts.hpp"
#include "input/placeholders.hpp"
#include "input/psql.hpp"
#include "input/read_file.hpp"
#include "input/sql_text.hpp"
#include "input/stand_ins.hpp"
#include "input/text_edits.hpp"
#include "migcheck/input.hpp"

namespace migcheck {
namespace fs = std::filesystem;
using namespace input;
namespace {

// More than any tool's settings for one file.
constexpr std::size_t kSettingsBytes = 256 * 1024;
// Enough to tell another database's SQL by its words.
constexpr std::size_t kDialectBytes = 64 * 1024;

Result<std::string> read_bytes(const InputSet& set, const FileEntry& entry, const InputRequest& request) {
  if (entry.location.empty()) return request.stdin_text;
  if (const auto found = request.edited_texts.find(entry.path); found != request.edited_texts.end()) {
    return found->second;
  }
  if (set.read != nullptr) {
    if (auto bytes = set.read->take(entry.location)) return std::move(*bytes);
  }
  Result<std::string> bytes = read_whole(entry.location);
  if (bytes) return bytes;
  Error error = bytes.error();
  error.where = entry.path;
  return error;
}

MigrationText migration_text(const InputSet& set, const FileEntry& entry, const SourceFile& source,
                             std::string& path, std::string& home) {
  const History& history = set.histories[entry.history];
  const std::string location = entry.location.empty() ? absolute(entry.path, set.root) : entry.location;
  const std::string folder = absolute(history.path, set.root);
  home = folder;
  const bool below = location.size() > folder.size() && location.starts_with(folder) &&
                     (folder.ends_with('/') || location[folder.size()] == '/');
  path = below ? location.substr(folder.size() + (folder.ends_with('/') ? 0 : 1))
               : fs::path(location).lexically_relative(folder).generic_string();
  MigrationText text;
  text.path = path;
  text.text = source.text;
  text.folder = name_of(history.path);
  text.location = home;
  text.beside = [location](std::string_view name) {
    return read_head(join_path(folder_of(location), name), kSettingsBytes).text;
  };
  text.nearest = [&set, folder](std::string_view name) {
    return set.read != nullptr ? set.read->nearest(folder, name) : FilesRead(set.root).nearest(folder, name);
  };
  return text;
}

// Baselines, seeds and queries are no migrations: psql or the application runs them.
const Layout& layout_of(const InputSet& set, const FileEntry& entry) {
  const bool migration = entry.role == Role::Target || entry.role == Role::History;
  const Layout* layout = migration ? find_layout(set.histories[entry.history].layout) : nullptr;
  return layout == nullptr ? *find_layout("plain") : *layout;
}

void take_parts(const InputSet& set, const FileEntry& entry, LoadedFile& file) {
  std::string path;
  std::string home;
  const Layout& layout = layout_of(set, entry);
  Parts parts = layout.parts(migration_text(set, entry, file.source, path, home));
  file.sections = std::move(parts.sections);
  const bool migration = entry.role == Role::Target || entry.role == Role::History;
  if (migration) layout.rewrap(set.histories[entry.history].wraps, file.sections);
  for (Section& section : file.sections) {
    section.span.begin = std::clamp(entry.part.span.begin, section.span.begin, section.span.end);
    section.span.end = std::clamp(entry.part.span.end, section.span.begin, section.span.end);
  }
  apply_edits(file.source, parts.edits);
  std::move(parts.unread.begin(), parts.unread.end(), std::back_inserter(file.unread));
}

// Enough of each part to tell the dialect.
std::string beginnings_of(const LoadedFile& file) {
  std::string text;
  for (const Section& section : file.sections) {
    if (text.size() >= kDialectBytes) break;
    text += text_of(file.source.text, section.span).substr(0, kDialectBytes);
    text += '\n';
  }
  return text;
}

// What the tool runs of the file decides: a changeset for MySQL may stand beside one for PostgreSQL.
void refuse_other_dialect(LoadedFile& file) {
  std::string other;
  if (file.sections.size() == 1) {
    const std::string_view only = text_of(file.source.text, file.sections.front().span);
    other = other_dialect(only.substr(0, kDialectBytes));
  } else {
    other = other_dialect(beginnings_of(file));
  }
  if (other.empty()) return;
  file.sections = {make_section({0, 0}, Direction::Up, Wrapping::None)};
  file.unread = {{{}, 0, std::move(other), false}};
  file.refused = true;
}

bool is_query(const FileEntry& entry) {
  return entry.role == Role::Query || entry.role == Role::OtherQuery;
}

// psql runs plain scripts, sqitch's, schema dumps and seeds.
bool is_psql_script(const InputSet& set, const FileEntry& entry) {
  if (is_query(entry)) return false;
  const Layout& layout = layout_of(set, entry);
  return layout.runs_psql;
}

// discover() follows the includes of migrations that psql runs; those of other files are not followed, and it
// is said.
void note_includes(const InputSet& set, const FileEntry& entry, LoadedFile& file) {
  const bool script = entry.role == Role::Target || entry.role == Role::History;
  if (script && !entry.location.empty() && is_psql_script(set, entry)) return;
  for (const Include& include : find_includes(file.source.text)) {
    file.unread.push_back(
        {{}, include.line, fmt::format("`\\i {}` is not followed here.", include.path), false});
  }
}

TextEdit blank(std::string_view text, Span span) {
  std::string spaces(text_of(text, span));
  std::replace_if(
      spaces.begin(), spaces.end(), [](char c) { return c != '\n' && c != '\r'; }, ' ');
  return {span, std::move(spaces)};
}

// What psql steps over in a script that nobody has walked yet.
std::vector<Span> walked(LoadedFile& file) {
  const std::string& text = file.source.text;
  if (text.find("\\if") == std::string::npos && text.find("\\q") == std::string::npos) return {};
  PsqlWalk walk(text, {});
  while (walk.next()) continue;
  file.unread.insert(file.unread.end(), walk.unread().begin(), walk.unread().end());
  return walk.stepped_over();
}

// Leaves of a script what psql reads of it here: this part, without the branches that are not taken.
void take_part(const FileEntry& entry, LoadedFile& file) {
  const std::string& text = file.source.text;
  const ScriptPart& part = entry.part;
  std::vector<TextEdit> edits;
  std::uint32_t at = std::min(part.span.begin, whole(text).end);
  const std::uint32_t end = std::min(part.span.end, whole(text).end);
  if (at > 0) edits.push_back(blank(text, {0, at}));
  for (const Span& span : part.stepped_over ? *part.stepped_over : walked(file)) {
    const Span inside = {std::max(span.begin, at), std::min(span.end, end)};
    if (inside.begin >= inside.end) continue;
    edits.push_back(blank(text, inside));
    at = inside.end;
  }
  if (end < text.size()) edits.push_back(blank(text, {end, whole(text).end}));
  apply_edits(file.source, edits);
}

}  // namespace

Result<LoadedFile> load(const InputSet& set, std::size_t file, const InputRequest& request) {
  const FileEntry& entry = set.files[file];
  Result<std::string> bytes = read_bytes(set, entry, request);
  if (!bytes) return bytes.error();
  LoadedFile loaded;
  loaded.source = decode(entry.path, std::move(*bytes));
  note_includes(set, entry, loaded);
  if (is_psql_script(set, entry)) take_part(entry, loaded);
  const bool query = is_query(entry);
  if (query) end_queries_at_names(loaded.source);
  fill_schema_names(loaded.source);
  loaded.parameter_names = fill_placeholders(
      loaded.source, query ? PlaceholderStyle::Query : PlaceholderStyle::Migration, entry.part.variables);
  take_parts(set, entry, loaded);
  refuse_other_dialect(loaded);
  for (Unread& one : loaded.unread) one.path = entry.path;
  return loaded;
}

}  // namespace migcheck
