// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// 1.sql, 2.sql …
Kind kind_of(std::string_view name) {
  return !name.empty() && leading_digits(name).size() == without_ending(name).size() ? Kind::Up : Kind::No;
}

// Play takes any comment line (# or --) that names !Ups or !Downs.
bool is_mark(std::string_view line, std::string_view word) {
  line = trimmed(line);
  return (line.starts_with('#') || line.starts_with("--")) && line.find(word) != std::string_view::npos;
}

bool has_mark(std::string_view text) {
  LineWalker lines(text);
  Span line;
  while (lines.next(line)) {
    if (is_mark(text_of(text, line), "!Ups")) return true;
  }
  return false;
}

std::string detect(const Folder& folder) {
  std::size_t count = 0;
  for (const std::string& name : folder.sql_files()) {
    if (kind_of(name) == Kind::Up && has_mark(folder.head(name))) ++count;
  }
  return count == 0 ? std::string() : counted(count, "file", "named <number>.sql with `!Ups`");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

// `;;` is how a semicolon inside a statement is written: Play sends one. `#` lines are comments only to Play.
void add_edits(std::string_view text, std::vector<TextEdit>& edits) {
  LineWalker lines(text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = text_of(text, line);
    if (trimmed(content).starts_with('#')) {
      edits.push_back({line, std::string(line.size(), ' ')});
      continue;
    }
    for (std::size_t at = content.find(";;"); at != std::string_view::npos; at = content.find(";;", at + 2)) {
      edits.push_back({span_of(line.begin + at, line.begin + at + 2), " ;"});
    }
  }
}

// `play.evolutions.autocommit = false`, or the same of one database: `play.evolutions.db.reports.autocommit`.
bool is_autocommit(std::string_view configuration, std::string_view database) {
  bool result = true;
  LineWalker lines(configuration);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(configuration, line));
    const std::size_t equals = content.find('=');
    if (equals == std::string_view::npos || content.starts_with('#')) continue;
    const std::string_view key = trimmed(content.substr(0, equals));
    const bool off = trimmed(content.substr(equals + 1)).starts_with("false");
    if (key == fmt::format("play.evolutions.db.{}.autocommit", database)) return !off;
    if (key == "play.evolutions.autocommit" || key == "evolutions.autocommit") result = !off;
  }
  return result;
}

// Statement by statement, unless Play is told to commit once for each script.
Parts parts(const MigrationText& file) {
  const Wrapping wrapping =
      is_autocommit(file.above("application.conf"), file.folder) ? Wrapping::None : Wrapping::Transaction;
  std::vector<Cut> cuts;
  LineWalker lines(file.text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = text_of(file.text, line);
    const bool up = is_mark(content, "!Ups");
    if (!up && !is_mark(content, "!Downs")) continue;
    cuts.push_back({line.begin, up ? Direction::Up : Direction::Down, wrapping, up ? "Ups" : "Downs"});
  }
  Parts result = cuts.empty() ? one_part(file, wrapping) : parts_from(file.text, std::move(cuts));
  add_edits(file.text, result.edits);
  return result;
}

}  // namespace

const Layout layouts::evolutions{.name = "evolutions",
                                 .tool = "Play Evolutions",
                                 .opt_out = "keep `play.evolutions.autocommit = true`",
                                 .wrapping = Wrapping::None,
                                 .detect = detect,
                                 .arrange = arrange,
                                 .parts = parts};

}  // namespace migcheck::input
