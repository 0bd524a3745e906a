// SPDX-License-Identifier: MIT

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

// Statement by statement: `autocommit` is Play's default.
Parts parts(const MigrationText& file) {
  std::vector<Cut> cuts;
  LineWalker lines(file.text);
  Span line;
  while (lines.next(line)) {
    const std::string_view content = text_of(file.text, line);
    const bool up = is_mark(content, "!Ups");
    if (!up && !is_mark(content, "!Downs")) continue;
    cuts.push_back({line.begin, up ? Direction::Up : Direction::Down, Wrapping::None, up ? "Ups" : "Downs"});
  }
  Parts result = cuts.empty() ? one_part(file, Wrapping::None) : parts_from(file.text, std::move(cuts));
  add_edits(file.text, result.edits);
  return result;
}

}  // namespace

const Layout layouts::evolutions{.name = "evolutions",
                                 .tool = "Play Evolutions",
                                 .opt_out = "keep `play.evolutions.autocommit = true`",
                                 .detect = detect,
                                 .arrange = arrange,
                                 .parts = parts};

}  // namespace migcheck::input
