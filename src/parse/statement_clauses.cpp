// SPDX-License-Identifier: MIT

// Where the lists of particular statements begin: what stands before them is a handful of optional words.

#include <algorithm>
#include <array>

#include "parse/clauses.hpp"

namespace migcheck::parsing {
namespace {

// The objects that CREATE, ALTER and DROP are about, by their last word: "TABLE" in FOREIGN TABLE. The most
// frequent ones come first.
constexpr std::array<std::string_view, 34> kObjects = {
    "TABLE",        "INDEX",     "VIEW",       "SEQUENCE",  "TYPE",     "DOMAIN",       "FUNCTION",
    "PROCEDURE",    "ROUTINE",   "AGGREGATE",  "TRIGGER",   "RULE",     "POLICY",       "SCHEMA",
    "EXTENSION",    "COLLATION", "CONVERSION", "LANGUAGE",  "CAST",     "STATISTICS",   "PUBLICATION",
    "SUBSCRIPTION", "ROLE",      "USER",       "GROUP",     "DATABASE", "TABLESPACE",   "SERVER",
    "WRAPPER",      "METHOD",    "OWNED",      "TRANSFORM", "OPERATOR", "CONFIGURATION"};
// Words that may stand between the verb and the object's own.
constexpr std::array<std::string_view, 22> kBefore = {
    "OR",           "REPLACE", "GLOBAL",    "LOCAL",      "TEMPORARY", "TEMP",    "UNLOGGED",   "UNIQUE",
    "MATERIALIZED", "FOREIGN", "RECURSIVE", "CONSTRAINT", "EVENT",     "TRUSTED", "PROCEDURAL", "DATA",
    "TEXT",         "SEARCH",  "ACCESS",    "LARGE",      "DEFAULT",   "ALL"};

template <std::size_t N>
bool is_one_of(const StatementTokens& tokens, std::size_t index,
               const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return tokens.is(index, word); });
}

// The token of the object's word; npos if there is none.
std::size_t object_index(const StatementTokens& tokens) {
  for (std::size_t index = 1;; ++index) {
    if (is_one_of(tokens, index, kObjects)) return index;
    if (!is_one_of(tokens, index, kBefore)) return StatementTokens::npos;
  }
}

// Steps over IF EXISTS and IF NOT EXISTS.
std::size_t after_condition(const StatementTokens& tokens, std::size_t index) {
  if (tokens.are(index, {"IF", "EXISTS"})) return index + 2;
  if (tokens.are(index, {"IF", "NOT", "EXISTS"})) return index + 3;
  return index;
}

std::size_t after_concurrently(const StatementTokens& tokens, std::size_t index) {
  return tokens.is(index, "CONCURRENTLY") ? index + 1 : index;
}

}  // namespace

Span object_keyword(const StatementTokens& tokens) {
  const std::size_t index = object_index(tokens);
  return index == StatementTokens::npos ? Span{} : tokens[index].span;
}

Span concurrently_keyword(const StatementTokens& tokens) {
  const std::size_t index = object_index(tokens);
  if (index == StatementTokens::npos || !tokens.is(index + 1, "CONCURRENTLY")) return {};
  return tokens[index + 1].span;
}

std::vector<Span> alter_actions(const StatementTokens& tokens) {
  const std::size_t object = object_index(tokens);
  if (object == StatementTokens::npos) return {};
  return tokens.list_items(tokens.after_relation(after_condition(tokens, object + 1)));
}

std::vector<Span> table_elements(const StatementTokens& tokens) {
  const std::size_t object = object_index(tokens);
  if (object == StatementTokens::npos) return {};
  std::size_t index = tokens.after_name(after_condition(tokens, object + 1));
  if (tokens.are(index, {"PARTITION", "OF"})) {
    index = tokens.after_name(index + 2);
  } else if (tokens.is(index, "OF")) {
    index = tokens.after_name(index + 1);
  }
  return tokens.is_symbol(index, "(") ? tokens.bracketed_items(index) : std::vector<Span>{};
}

std::vector<Span> drop_names(const StatementTokens& tokens) {
  const std::size_t object = object_index(tokens);
  if (object == StatementTokens::npos) return {};
  // OPERATOR CLASS, OPERATOR FAMILY, OWNED BY; the word is a name only in front of a dot.
  std::size_t first = object + 1;
  const bool second_word =
      (tokens.is(object, "OPERATOR") && (tokens.is(first, "CLASS") || tokens.is(first, "FAMILY"))) ||
      tokens.are(object, {"OWNED", "BY"});
  if (second_word && !tokens.is_symbol(first + 1, ".")) ++first;
  first = after_condition(tokens, after_concurrently(tokens, first));
  std::vector<Span> items = tokens.list_items(first);
  if (items.empty()) return items;
  // CASCADE and RESTRICT are names too where nothing stands before them.
  const std::size_t last = tokens.size() - 1;
  const std::size_t begin = tokens.at(items.back().begin);
  const bool option = tokens.is(last, "CASCADE") || tokens.is(last, "RESTRICT");
  if (option && begin < last && !tokens.is_symbol(last - 1, ".")) items.back() = tokens.span(begin, last);
  return items;
}

std::vector<Span> relation_items(const StatementTokens& tokens) {
  const bool vacuum = tokens.is(0, "VACUUM") || tokens.is(0, "ANALYZE") || tokens.is(0, "ANALYSE");
  std::size_t index = 1;
  if (vacuum) {
    if (tokens.is_symbol(index, "(")) index = tokens.after(index);
    while (tokens.is(index, "FULL") || tokens.is(index, "FREEZE") || tokens.is(index, "VERBOSE") ||
           tokens.is(index, "ANALYZE") || tokens.is(index, "ANALYSE")) {
      ++index;
    }
  } else if (tokens.is(index, "TABLE")) {
    ++index;
  }
  std::vector<Span> items;
  for (;;) {
    const std::size_t first = index;
    index = tokens.after_relation(index);
    if (index == first) return items;
    if (vacuum && tokens.is_symbol(index, "(")) index = tokens.after(index);
    items.push_back(tokens.span(first, index));
    if (!tokens.is_symbol(index, ",")) return items;
    ++index;
  }
}

}  // namespace migcheck::parsing
