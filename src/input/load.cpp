// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
#include "input/template_branches.hpp"
#include "input/template_calls.hpp"
#include "input/text_edits.hpp"
#include "migcheck/input.hpp"

namespace migcheck {
using namespace input;
namespace {

Result<FileRead> read(const InputSet& set, const FileEntry& entry, const InputRequest& request) {
  if (entry.location.empty()) return FileRead{request.stdin_text};
  if (const auto found = request.edited_texts.find(entry.path); found != request.edited_texts.end()) {
    return FileRead{found->second};
  }
  if (entry.read) {
    if (auto file = set.read->take(*entry.read)) return std::move(*file);
  }
  Result<std::string> bytes = read_whole(entry.location);
  if (bytes) return FileRead{std::move(*bytes)};
  Error error = bytes.error();
  error.where = entry.path;
  return error;
}

// Baselines, seeds and queries are no migrations: psql or the application runs them.
const Layout& layout_of(const InputSet& set, const FileEntry& entry) {
  const bool migration = entry.role == Role::Target || entry.role == Role::History;
  const Layout* layout = migration ? find_layout(set.histories[entry.history].layout) : nullptr;
  return layout == nullptr ? *find_layout("plain") : *layout;
}

void take_parts(const InputSet& set, const FileEntry& entry, LoadedFile& file) {
  const Layout& layout = layout_of(set, entry);
  const std::string location = entry.location.empty() ? absolute(entry.path, set.root) : entry.location;
  FilesRead nothing(set.root);
  FilesRead& read = set.read == nullptr ? nothing : *set.read;
  Parts parts = layout.parts({set.histories[entry.history], location, file.source.text, read});
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
  std::string_view other;
  if (file.sections.size() == 1) {
    const std::string_view only = text_of(file.source.text, file.sections.front().span);
    other = other_database(only.substr(0, kDialectBytes));
  } else {
    other = other_database(beginnings_of(file));
  }
  if (other.empty()) return;
  file.sections = {make_section({0, 0}, Direction::Up, Wrapping::None)};
  file.unread = {{{}, 0, says_other_database(other), false}};
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
  Result<FileRead> read_file = read(set, entry, request);
  if (!read_file) return read_file.error();
  LoadedFile loaded;
  loaded.source = decode(entry.path, std::move(read_file->bytes));
  note_includes(set, entry, loaded);
  if (is_psql_script(set, entry)) take_part(entry, loaded);
  leave_out_other_databases(loaded.source);
  std::vector<Unread> calls = leave_out_template_calls(loaded.source);
  std::move(calls.begin(), calls.end(), std::back_inserter(loaded.unread));
  const bool query = is_query(entry);
  if (query) end_queries_at_names(loaded.source);
  fill_schema_names(loaded.source);
  loaded.parameter_names = fill_placeholders(
      loaded.source, query ? PlaceholderStyle::Query : PlaceholderStyle::Migration, entry.part.variables);
  take_parts(set, entry, loaded);
  if (read_file->may_be_other_dialect) refuse_other_dialect(loaded);
  for (Unread& one : loaded.unread) one.path = entry.path;
  return loaded;
}

}  // namespace migcheck
