// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// Lower case, one space between words, none at the ends.
std::string normalized(std::string_view text) {
  std::string result;
  for (const char c : lowered(trimmed(text))) {
    const bool space = c == ' ' || c == '\t';
    if (!space) {
      result.push_back(c);
    } else if (result.empty() || result.back() != ' ') {
      result.push_back(' ');
    }
  }
  return result;
}

// The rest of the line after the prefix, if it begins with it. A space in the prefix stands for any number of
// spaces, also none: tools accept `--+goose Up` as well as `-- +goose Up`.
std::optional<std::string_view> after_prefix(std::string_view line, std::string_view prefix) {
  line = trimmed(line);
  while (!prefix.empty()) {
    if (prefix.front() == ' ') {
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    } else {
      if (line.empty() || lower(line.front()) != lower(prefix.front())) return std::nullopt;
      line.remove_prefix(1);
    }
    prefix.remove_prefix(1);
  }
  return line;
}

struct Numbered {
  std::string path;
  Kind kind = Kind::No;
};

bool runs_before(const Numbered& a, const Numbered& b) {
  if (const int order = compare_digits(leading_digits(a.path), leading_digits(b.path)); order != 0) {
    return order < 0;
  }
  if (a.kind != b.kind) return a.kind == Kind::Up;
  return naturally_before(a.path, b.path);
}

}  // namespace

Section make_section(Span span, Direction direction, Wrapping wrapping, unsigned unit, std::string name) {
  Section section;
  section.span = span;
  section.direction = direction;
  section.wrapping = wrapping;
  section.unit = unit;
  section.name = std::move(name);
  return section;
}

Parts one_part(const MigrationText& file, Wrapping wrapping, Direction direction) {
  Parts parts;
  parts.sections.push_back(make_section(whole(file.text), direction, wrapping));
  return parts;
}

Parts parts_from(std::string_view text, std::vector<Cut> cuts) {
  Parts parts;
  for (std::size_t n = 0; n < cuts.size(); ++n) {
    const std::uint32_t end = n + 1 < cuts.size() ? cuts[n + 1].begin : whole(text).end;
    parts.sections.push_back(make_section({cuts[n].begin, end}, cuts[n].direction, cuts[n].wrapping,
                                          static_cast<unsigned>(n), std::move(cuts[n].name)));
  }
  return parts;
}

std::vector<Marker> find_markers(std::string_view text, const std::vector<std::string_view>& prefixes) {
  std::vector<Marker> markers;
  for (const Span& line : comment_lines(text)) {
    const std::string_view content = text_of(text, line);
    for (const std::string_view prefix : prefixes) {
      if (const auto rest = after_prefix(content, prefix)) {
        markers.push_back({line, normalized(*rest)});
        break;
      }
    }
  }
  return markers;
}

bool first_line_is(std::string_view text, std::string_view comment) {
  LineWalker lines(text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(text, line));
    if (content.empty()) continue;
    const auto rest = after_prefix(content, comment);
    return rest && rest->empty();
  }
  return false;
}

bool header_has(std::string_view text, std::string_view comment) {
  LineWalker lines(text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(text, line));
    if (content.empty()) continue;
    if (!content.starts_with("--")) return false;
    if (after_prefix(content, comment)) return true;
  }
  return false;
}

Kind up_or_down(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  if (digits == 0 || digits >= name.size() || name[digits] != '_') return Kind::No;
  const std::string_view stem = without_ending(name);
  if (ends_with_ignoring_case(stem, ".up")) return Kind::Up;
  return ends_with_ignoring_case(stem, ".down") ? Kind::Down : Kind::No;
}

Arrangement by_number(const Folder& folder, KindOf kind_of) {
  std::vector<Numbered> numbered;
  for (const std::string& name : folder.sql_files()) {
    const Kind kind = kind_of(name);
    if (kind != Kind::No) numbered.push_back({name, kind});
  }
  std::sort(numbered.begin(), numbered.end(), runs_before);
  Arrangement arrangement;
  for (Numbered& file : numbered) arrangement.files.push_back({std::move(file.path), Role::Target});
  return arrangement;
}

std::size_t count_files(const Folder& folder, KindOf kind_of) {
  const std::vector<std::string>& names = folder.sql_files();
  return static_cast<std::size_t>(std::count_if(
      names.begin(), names.end(), [&](const std::string& name) { return kind_of(name) != Kind::No; }));
}

Arrangement by_folder(const Folder& folder, bool (*is_migration)(std::string_view name),
                      const std::vector<std::string_view>& files) {
  Arrangement arrangement;
  const std::vector<std::string>& names = folder.folders();
  for (std::size_t n = 0; n < names.size(); ++n) {
    if (!is_migration(names[n])) continue;
    const Folder migration = folder.folder(n);
    for (const std::string_view file : files) {
      if (migration.has_file(file)) arrangement.files.push_back({join_path(names[n], file), Role::Target});
    }
  }
  return arrangement;
}

std::size_t count_folders(const Folder& folder, bool (*is_migration)(std::string_view name),
                          std::string_view file) {
  const std::vector<std::string>& names = folder.folders();
  std::size_t count = 0;
  for (std::size_t n = 0; n < names.size(); ++n)
    count += is_migration(names[n]) && folder.folder(n).has_file(file) ? 1u : 0u;
  return count;
}

bool is_marked(const Beginning& beginning, const std::vector<std::string_view>& prefixes) {
  return std::any_of(beginning.comments.begin(), beginning.comments.end(), [&](const Span& line) {
    const std::string_view content = text_of(beginning.head.text, line);
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return after_prefix(content, prefix).has_value(); });
  });
}

std::size_t count_marked(const Folder& folder, const std::vector<std::string_view>& prefixes) {
  const std::vector<Beginning>& beginnings = folder.beginnings();
  return static_cast<std::size_t>(
      std::count_if(beginnings.begin(), beginnings.end(),
                    [&](const Beginning& beginning) { return is_marked(beginning, prefixes); }));
}

std::size_t count_mostly_marked(const Folder& folder, const std::vector<std::string_view>& prefixes,
                                std::size_t share) {
  const std::size_t marked = count_marked(folder, prefixes);
  return marked * 100 >= folder.sql_files().size() * share ? marked : 0;
}

std::string counted(std::size_t count, std::string_view noun, std::string_view what) {
  return fmt::format("{} {}{} {}", count, noun, count == 1 ? "" : "s", what);
}

bool starts_with_number(std::string_view name) {
  return !leading_digits(name).empty();
}

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         starts_with_ignoring_case(text.substr(text.size() - ending.size()), ending);
}

std::string_view without_ending(std::string_view name) {
  return name.substr(0, name.rfind('.'));
}

bool is_index_concurrently(std::string_view words) {
  for (const std::string_view start :
       {"create index concurrently", "create unique index concurrently", "drop index concurrently"}) {
    if (starts_with_word(words, start)) return true;
  }
  return starts_with_word(words, "reindex") &&
         words.substr(0, 60).find(" concurrently") != std::string_view::npos;
}

bool is_vacuum(std::string_view words) {
  return starts_with_word(words, "vacuum");
}

}  // namespace migcheck::input
