// SPDX-License-Identifier: MIT

#include "input/file_kinds.hpp"

#include <algorithm>

#include "input/folder.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// "seed", "seeds", "seeding", "seed_users", "01-seed"
bool says_seed(std::string_view name) {
  const std::string lower = lowered(name);
  for (std::size_t at = lower.find("seed"); at != std::string::npos; at = lower.find("seed", at + 1)) {
    std::string_view rest = std::string_view(lower).substr(at + 4);
    for (const std::string_view ending : {"s", "ing", "er", "ers", "data"}) {
      if (rest == ending || (rest.starts_with(ending) && rest.size() > ending.size() &&
                             !is_identifier_char(rest[ending.size()]))) {
        rest.remove_prefix(ending.size());
        break;
      }
    }
    const bool begins = at == 0 || lower[at - 1] == '_' || !is_identifier_char(lower[at - 1]);
    if (begins && (rest.empty() || rest.front() == '_' || !is_identifier_char(rest.front()))) return true;
  }
  return false;
}

// The name of a query, and what tools write behind it: `get_user^`, `GetUser :one`, `get-user(id)`.
bool is_name_of_query(std::string_view words) {
  std::size_t end = 0;
  while (end < words.size() && (is_identifier_char(words[end]) || words[end] == '-')) ++end;
  if (end == 0) return false;
  while (end < words.size() && std::string_view("!?<>^$#*").find(words[end]) != std::string_view::npos) ++end;
  const std::string_view rest = trimmed(words.substr(end));
  return rest.empty() || rest.front() == ':' || rest.front() == '(' || rest.front() == '@';
}

// Does "name:", ":name " or "@name " stand anywhere? Looked for by the bytes that are rare.
bool may_name_queries(std::string_view head) {
  for (std::size_t at = head.find(':'); at != std::string_view::npos; at = head.find(':', at + 1)) {
    if (at >= 4 && head.substr(at - 4, 4) == "name") return true;
    if (head.substr(at + 1, 5) == "name ") return true;
  }
  return head.find("@name ") != std::string_view::npos;
}

}  // namespace

bool is_schema_dump(std::string_view path, std::string_view head) {
  return name_of(path) == "structure.sql" ||
         head.find("-- PostgreSQL database dump") != std::string_view::npos ||
         head.starts_with("\\restrict ") || head.find("\n\\restrict ") != std::string_view::npos ||
         head.find("-- Dumped from database version") != std::string_view::npos;
}

bool names_query(std::string_view line) {
  if (!line.starts_with("--")) return false;
  const std::string_view words = trimmed(line.substr(2));
  if (words.starts_with(":name ")) return true;  // HugSQL
  // pg_dump writes "-- Name: t; Type: TABLE": with a capital, and more on the line.
  return words.starts_with("name:") && is_name_of_query(trimmed(words.substr(5)));
}

bool is_query_file(std::string_view head) {
  if (!may_name_queries(head)) return false;
  LineWalker lines(head);
  Span line;
  while (lines.next(line)) {
    // What is indented stands inside a statement.
    if (names_query(text_of(head, line))) return true;
    std::string_view content = trimmed(text_of(head, line));
    if (!content.starts_with("--") && !content.starts_with("/*") && !content.starts_with("@name") &&
        !content.starts_with("* @name"))
      continue;
    while (!content.empty() && std::string_view("-/* \t").find(content.front()) != std::string_view::npos)
      content.remove_prefix(1);
    if (content.starts_with("@name ")) return true;
  }
  return false;
}

bool is_seed(std::string_view relative_path) {
  while (true) {
    const std::size_t slash = relative_path.find('/');
    const bool last = slash == std::string_view::npos;
    std::string_view part = relative_path.substr(0, slash);
    if (last) part = part.substr(0, part.find('.'));
    if (says_seed(part)) return true;
    if (last) return false;
    relative_path.remove_prefix(slash + 1);
  }
}

}  // namespace migcheck::input
