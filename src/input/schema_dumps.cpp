// SPDX-License-Identifier: MIT

#include "input/schema_dumps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "input/folder.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

using Words = std::vector<std::string>;

// The words of a statement: names folded or out of their quotes, strings with their quote in front, any other
// sign by itself.
void add_code(std::string_view code, Words& words) {
  for (std::size_t at = 0; at < code.size();) {
    if (!is_identifier_char(code[at])) {
      if (std::isspace(static_cast<unsigned char>(code[at])) == 0) words.emplace_back(1, code[at]);
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < code.size() && is_identifier_char(code[end])) ++end;
    words.push_back(lowered(code.substr(at, end - at)));
    at = end;
  }
}

Words words_of(std::string_view text) {
  Words words;
  SqlScanner scanner(text);
  TextPiece piece;
  while (scanner.next(piece)) {
    const std::string_view part = text_of(text, piece.span);
    if (piece.region == Region::Code) add_code(part, words);
    if (piece.region == Region::String) words.emplace_back(part.substr(0, part.size() - 1));
    if (piece.region == Region::Identifier && part.size() > 2)
      words.emplace_back(part.substr(1, part.size() - 2));
  }
  return words;
}

bool is(const Words& words, std::size_t at, std::string_view word) {
  return at < words.size() && words[at] == word;
}

// Steps over the words as far as they stand there.
std::size_t after(const Words& words, std::size_t at, std::initializer_list<std::string_view> skipped) {
  for (const std::string_view word : skipped) {
    if (is(words, at, word)) ++at;
  }
  return at;
}

// [schema.]name, as "name" where the schema is public; `at` moves behind it.
std::string table_at(const Words& words, std::size_t& at) {
  if (at >= words.size()) return {};
  std::string name = words[at++];
  while (is(words, at, ".") && at + 1 < words.size()) {
    name = (name == "public" ? std::string() : name + ".") + words[at + 1];
    at += 2;
  }
  return name;
}

bool begins_constraint(std::string_view word) {
  constexpr std::array<std::string_view, 7> kWords = {"constraint", "check",   "unique", "primary",
                                                      "foreign",    "exclude", "like"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// The names that stand first in the outermost brackets.
std::set<std::string> columns_at(const Words& words, std::size_t at) {
  std::set<std::string> columns;
  int depth = 0;
  for (bool first = false; at < words.size(); ++at) {
    if (words[at] == "(") {
      first = ++depth == 1;
    } else if (words[at] == ")") {
      if (--depth == 0) break;
    } else if (words[at] == "," && depth == 1) {
      first = true;
    } else if (first) {
      first = false;
      if (!begins_constraint(words[at])) columns.insert(words[at]);
    }
  }
  return columns;
}

bool is_create_table(const Words& words, std::size_t& at, bool& if_not_exists) {
  if (!is(words, 0, "create")) return false;
  at = after(words, 1, {"unlogged"});
  if (!is(words, at, "table")) return false;
  const std::size_t behind = after(words, ++at, {"if", "not", "exists"});
  if_not_exists = behind != at;
  at = behind;
  return true;
}

std::string_view version_in(std::string_view file) {
  const std::string_view name = name_of(file);
  const auto end = std::find_if_not(name.begin(), name.end(), is_digit);
  return name.substr(0, static_cast<std::size_t>(end - name.begin()));
}

// Names of the file and of its folder: a migration can be a folder with a file in it.
bool is_version_of(std::string_view version, std::string_view file) {
  return !version.empty() && (version_in(file) == version || version_in(folder_of(file)) == version);
}

}  // namespace

DumpJudge::DumpJudge(std::string_view dump) {
  for_each_statement(dump, [&](const StatementText& statement) {
    const bool makes = starts_with_word(statement.words, "create");
    if (makes || starts_with_word(statement.words, "insert")) {
      read_dump_statement(words_of(text_of(dump, statement.span)));
    }
  });
}

void DumpJudge::read_dump_statement(const Words& words) {
  std::size_t at = 0;
  bool if_not_exists = false;
  if (is_create_table(words, at, if_not_exists)) {
    std::string table = table_at(words, at);
    tables_[std::move(table)] = columns_at(words, at);
    return;
  }
  at = 2;
  const std::string table =
      is(words, 0, "insert") && is(words, 1, "into") ? table_at(words, at) : std::string();
  if (table.find("schema_migrations") == std::string::npos) return;
  for (; at < words.size(); ++at) {
    if (words[at].starts_with('\'')) versions_.insert(words[at].substr(1));
  }
}

bool DumpJudge::add_migration(std::string_view name, std::string_view text) {
  for (const std::string& version : versions_) {
    if (is_version_of(version, name)) contradict(fmt::format("it says that {} has run", name));
  }
  for_each_statement(text, [&](const StatementText& statement) {
    if (!contradiction_.empty()) return;
    constexpr std::array<std::string_view, 6> kRead = {"create", "alter",  "drop",
                                                       "insert", "update", "delete"};
    const bool read = std::any_of(kRead.begin(), kRead.end(), [&](std::string_view word) {
      return starts_with_word(statement.words, word);
    });
    if (read) read_statement(name, words_of(text_of(text, statement.span)));
  });
  return contradiction_.empty();
}

void DumpJudge::contradict(std::string text) {
  if (contradiction_.empty()) contradiction_ = std::move(text);
}

void DumpJudge::need(const std::string& table) {
  if (!tables_.contains(table) || made_.contains(table) || gone_.contains(table)) return;
  if (std::find(needed_.begin(), needed_.end(), table) == needed_.end()) needed_.push_back(table);
}

void DumpJudge::create_table(std::string_view name, const std::string& table, bool if_not_exists) {
  if (tables_.contains(table) && !if_not_exists && !gone_.contains(table)) {
    contradict(fmt::format("{} makes {}, which is in it", name, table));
  }
  made_.insert(table);
}

void DumpJudge::alter(std::string_view name, const Words& words, std::size_t at) {
  const bool optional = is(words, at, "if");
  at = after(words, at, {"if", "exists", "only"});
  const std::string table = table_at(words, at);
  if (is(words, at, "rename") && is(words, at + 1, "to") && at + 2 < words.size()) {
    const std::string& now = words[at + 2];
    if (tables_.contains(now) && !tables_.contains(table)) {
      contradict(fmt::format("{} gives {} that name, under which it is in it", name, now));
    }
    if (made_.erase(table) > 0) made_.insert(now);
    if (!optional) need(table);
    gone_.insert(table);
    return;
  }
  const auto found = tables_.find(table);
  const bool of_dump = found != tables_.end() && !made_.contains(table) && !gone_.contains(table);
  for (; of_dump && at + 1 < words.size(); ++at) {
    if (words[at] != "add") continue;
    const std::size_t column = after(words, at + 1, {"column"});
    if (is(words, column, "if") || column >= words.size() || begins_constraint(words[column])) continue;
    if (found->second.contains(words[column])) {
      contradict(fmt::format("{} adds {}.{}, which is in it", name, table, words[column]));
    }
  }
  if (!optional) need(table);
}

void DumpJudge::read_statement(std::string_view name, const Words& words) {
  std::size_t at = 0;
  bool if_not_exists = false;
  if (is_create_table(words, at, if_not_exists)) {
    create_table(name, table_at(words, at), if_not_exists);
  } else if (is(words, 0, "alter") && is(words, 1, "table")) {
    alter(name, words, 2);
  } else if (is(words, 0, "drop") && is(words, 1, "table")) {
    at = after(words, 2, {"if", "exists"});
    const std::string table = table_at(words, at);
    if (!is(words, 2, "if")) need(table);
    made_.erase(table);
    gone_.insert(table);
  } else if (is(words, 0, "insert") || is(words, 0, "update") || is(words, 0, "delete")) {
    at = after(words, 1, {"into", "from", "only"});
    need(table_at(words, at));
  }
  const bool index = is(words, 0, "create") && (is(words, 1, "index") || is(words, 2, "index"));
  for (at = 0; at + 1 < words.size(); ++at) {
    if (words[at] != "references" && !(index && words[at] == "on")) continue;
    std::size_t place = after(words, at + 1, {"only"});
    need(table_at(words, place));
  }
}

std::string DumpJudge::reason() const {
  if (!contradiction_.empty()) return contradiction_;
  if (needed_.empty()) return "the migrations refer to nothing that only it makes";
  constexpr std::size_t kShown = 3;
  const std::size_t shown = std::min(needed_.size(), kShown);
  std::string list = fmt::format(
      "{}", fmt::join(needed_.begin(), needed_.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < needed_.size()) list += fmt::format(" and {} more", needed_.size() - shown);
  return fmt::format("the migrations refer to {}, which it makes and none of them does", list);
}

}  // namespace migcheck::input
