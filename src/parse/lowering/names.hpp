// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: identifiers, qualified names, relations, roles.

#include "parse/lowering/context.hpp"

namespace migcheck::parsing::lowering {

// The text of a String node; empty for anything else.
inline const char* string_value(const ::Node* node) {
  return node != nullptr && nodeTag(node) == T_String ? reinterpret_cast<const ::String*>(node)->sval : "";
}

inline ast::Name name(Context& c, const char* text, std::uint32_t place = kNowhere) {
  if (text == nullptr) return {};
  const std::string_view named = text;
  return {c.arena.text(named), c.word_meaning(place, named)};
}

// Names without a place.
inline ast::List<ast::Name> names(Context& c, const ::List* strings) {
  return c.list<ast::Name>(each(strings), [&](::Node* item) { return name(c, string_value(item)); });
}
inline ast::List<std::string_view> texts(Context& c, const ::List* strings) {
  return c.list<std::string_view>(each(strings), [&](::Node* item) { return c.text(string_value(item)); });
}

// A list of names in brackets that open at `open`: (a, b), also (a, PERIOD b) and (a, b WITHOUT OVERLAPS).
inline ast::List<ast::Name> names_in_brackets(Context& c, const ::List* strings, std::uint32_t open) {
  if (open == kNowhere || c.scan.at(open) != '(') return names(c, strings);
  std::uint32_t at = open + 1;
  return c.list<ast::Name>(each(strings), [&](::Node* item) {
    if (at == kNowhere) return name(c, string_value(item));
    std::uint32_t begin = c.scan.after_space(at);
    std::uint32_t next = c.scan.after_space(c.scan.after_word(begin));
    if (c.scan.is(begin, "PERIOD") && c.scan.after_word(next) != next) {
      begin = next;
      next = c.scan.after_space(c.scan.after_word(begin));
    }
    const ast::Name made = name(c, string_value(item), begin);
    while (c.scan.after_word(next) != next) next = c.scan.after_space(c.scan.after_word(next));
    at = c.scan.at(next) == ',' ? next + 1 : kNowhere;
    return made;
  });
}

// schema.name from a list of Strings; a catalog in front is dropped.
inline ast::QualifiedName qualified(Context& c, const ::List* strings, Span span = {}) {
  const auto parts = each(strings);
  ast::QualifiedName made;
  made.span = span;
  if (!parts.empty()) made.name = c.text(string_value(parts.back()));
  if (parts.size() > 1) made.schema = c.text(string_value(parts[parts.size() - 2]));
  return made;
}
inline ast::QualifiedName qualified_at(Context& c, const ::List* strings, std::uint32_t place) {
  return qualified(c, strings, c.name_at(place));
}
// For one name after another: the part of a list before its last element names the table.
inline ast::QualifiedName qualified_without_last(Context& c, const ::List* strings) {
  const auto parts = each(strings);
  ast::QualifiedName made;
  if (parts.size() > 1) made.name = c.text(string_value(parts[parts.size() - 2]));
  if (parts.size() > 2) made.schema = c.text(string_value(parts[parts.size() - 3]));
  return made;
}

// PostgreSQL writes pg_catalog in front of what its own syntax stands for (extract, AT TIME ZONE, int).
inline void drop_implied_catalog(const Context& c, ast::QualifiedName& name, std::uint32_t place) {
  if (name.schema != "pg_catalog") return;
  if (place == kNowhere || (!c.scan.is(place, "PG_CATALOG") && c.scan.at(place) != '"')) name.schema = {};
}

inline ast::RelationName relation(Context& c, const ::RangeVar* range) {
  ast::RelationName made;
  if (range == nullptr) return made;
  made.schema = c.text(range->schemaname);
  made.name = c.text(range->relname);
  made.span = c.name_at(c.place(range->location));
  made.only = !range->inh;
  made.temporary = range->relpersistence == 't' || made.schema == "pg_temp";
  return made;
}
inline ast::List<ast::RelationName> relations(Context& c, const ::List* ranges) {
  return c.list<ast::RelationName>(each<::RangeVar>(ranges),
                                   [&](::RangeVar* range) { return relation(c, range); });
}

// A role as text: its name, or the lower-case word that stands for one.
inline std::string_view role(Context& c, const ::RoleSpec* spec) {
  if (spec == nullptr) return {};
  switch (spec->roletype) {
    case ROLESPEC_CSTRING:
      return c.text(spec->rolename);
    case ROLESPEC_CURRENT_ROLE:
      return "current_role";
    case ROLESPEC_CURRENT_USER:
      return "current_user";
    case ROLESPEC_SESSION_USER:
      return "session_user";
    case ROLESPEC_PUBLIC:
      return "public";
  }
  return {};
}
inline ast::Name role_name(Context& c, const ::RoleSpec* spec) {
  if (spec == nullptr) return {};
  return {role(c, spec), c.word_at(c.place(spec->location))};
}
inline ast::List<std::string_view> roles(Context& c, const ::List* specs) {
  return c.list<std::string_view>(each<::RoleSpec>(specs), [&](::RoleSpec* spec) { return role(c, spec); });
}

// Where the identifier stands among the tokens from `from` to `until`; npos if it does not.
inline std::size_t find_identifier(Context& c, std::string_view wanted, std::size_t from, std::size_t until) {
  const StatementTokens& tokens = c.tokens();
  for (std::size_t index = from; index < until && index < tokens.size(); ++index) {
    const TokenKind kind = tokens[index].kind;
    if (kind == TokenKind::Operator && tokens.text(index) == wanted) return index;
    if (kind != TokenKind::Identifier && kind != TokenKind::QuotedIdentifier) continue;
    if (c.spells(tokens[index].span, wanted)) return index;
  }
  return StatementTokens::npos;
}
// A name to which PostgreSQL gives no place, looked for among tokens from `from` on.
inline ast::Name name_among(Context& c, const char* text, std::size_t from,
                            std::size_t until = StatementTokens::npos) {
  if (text == nullptr) return {};
  const std::size_t index = find_identifier(c, text, from, until);
  return {c.text(text), index == StatementTokens::npos ? Span{} : c.tokens()[index].span};
}
// The same inside a clause, whose first word is a keyword: DROP COLUMN name.
inline ast::Name name_inside(Context& c, const char* text, Span clause) {
  if (text == nullptr || clause.empty()) return name(c, text);
  return name_among(c, text, c.tokens().at(clause.begin) + 1, c.tokens().at(clause.end));
}

// A qualified name without a place: its last part is looked for, then the parts before it.
inline Span qualified_span_among(Context& c, const ::List* strings, std::size_t from) {
  if (strings == nullptr) return {};
  const std::size_t first = find_identifier(c, string_value(each(strings)[0]), from, StatementTokens::npos);
  return first == StatementTokens::npos ? Span{} : c.tokens().name(first);
}
// The same inside an item, behind its first word: name COLLATE "C" text_ops.
inline ast::QualifiedName qualified_inside(Context& c, const ::List* strings, Span item) {
  if (strings == nullptr || item.empty()) return qualified(c, strings);
  const std::size_t until = c.tokens().at(item.end);
  const std::size_t first =
      find_identifier(c, string_value(each(strings)[0]), c.tokens().at(item.begin) + 1, until);
  return qualified(c, strings, first == StatementTokens::npos ? Span{} : c.tokens().name(first));
}
inline ast::QualifiedName qualified_among(Context& c, const ::List* strings, std::size_t from) {
  return qualified(c, strings, qualified_span_among(c, strings, from));
}

}  // namespace migcheck::parsing::lowering
