// SPDX-License-Identifier: MIT

#include "parse/unparsable.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "parse/lexer.hpp"

namespace migcheck::parsing {
namespace {

// The length of a character as PostgreSQL counts it: by its first byte alone.
std::uint32_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if ((byte & 0xE0) == 0xC0) return 2;
  if ((byte & 0xF0) == 0xE0) return 3;
  if ((byte & 0xF8) == 0xF0) return 4;
  return 1;
}

// PostgreSQL counts characters from 1, we count bytes from 0.
std::uint32_t byte_of(std::string_view buffer, Span statement, int cursor) {
  std::uint32_t at = statement.begin;
  for (int character = 1; character < cursor && at < statement.end; ++character) {
    at += character_length(buffer[at]);
  }
  return std::min(at, statement.end);
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> keywords) {
  return std::any_of(keywords.begin(), keywords.end(),
                     [&](std::string_view keyword) { return equals_ignoring_case(word, keyword); });
}

// Does anything but spaces stand between the token and the line's begin?
bool begins_line(std::string_view buffer, Span statement, std::uint32_t at) {
  while (at > statement.begin && (buffer[at - 1] == ' ' || buffer[at - 1] == '\t')) --at;
  return at > statement.begin && (buffer[at - 1] == '\n' || buffer[at - 1] == '\r');
}

bool holds_word(std::string_view buffer, Span statement, std::initializer_list<std::string_view> words) {
  Lexer lexer(buffer, statement);
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (token.kind == TokenKind::Identifier && is_any(text_of(buffer, token.span), words)) return true;
  }
  return false;
}

// A backtick in the code itself: bodies and comments hold them for other reasons.
bool holds_backtick(std::string_view buffer, Span statement) {
  Lexer lexer(buffer, statement);
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (token.kind == TokenKind::Operator && text_of(buffer, token.span).find('`') != std::string_view::npos)
      return true;
  }
  return false;
}

// What stands at the error, with a little of what is before and after it.
struct Scene {
  std::string_view buffer;
  Span statement;
  Span at;
  [[nodiscard]] std::string_view token() const { return text_of(buffer, at); }
  [[nodiscard]] bool follows(std::string_view text) const {
    return at.begin >= statement.begin + text.size() &&
           buffer.compare(at.begin - text.size(), text.size(), text) == 0;
  }
  [[nodiscard]] bool starts(std::string_view text) const {
    return buffer.compare(at.begin, text.size(), text) == 0;
  }
};

std::string_view other_dialect(const Scene& scene) {
  constexpr std::string_view kMySql = "this looks like MySQL: migcheck reads PostgreSQL";
  if (scene.token().find('`') != std::string_view::npos) return kMySql;
  if (is_any(scene.token(), {"AUTO_INCREMENT", "ENGINE", "UNSIGNED", "MODIFY", "DELIMITER"})) return kMySql;
  if (holds_backtick(scene.buffer, scene.statement) ||
      holds_word(scene.buffer, scene.statement, {"AUTO_INCREMENT", "AUTOINCREMENT", "ENGINE"})) {
    return kMySql;
  }
  if (scene.starts("[") && holds_word(scene.buffer, scene.statement, {"DBO", "NVARCHAR", "IDENTITY"})) {
    return "this looks like T-SQL: migcheck reads PostgreSQL";
  }
  return {};
}

std::string_view placeholder(const Scene& scene) {
  if (scene.starts("{{") || scene.starts("{%") || scene.starts("{") || scene.starts("${") ||
      scene.starts("$") || scene.starts("<%") || scene.starts("%(") || scene.starts("%s")) {
    return "this looks like a placeholder of a template: PostgreSQL sees the text after it was filled in";
  }
  if (scene.starts("?")) return "? is a parameter of a driver; PostgreSQL's own are $1, $2 …";
  if (scene.starts(":") || scene.follows(":")) {
    return "this looks like a psql variable or a driver's named parameter, which PostgreSQL does not read";
  }
  if (scene.starts("@"))
    return "this looks like @extschema@ of an extension's script, or a variable of MySQL or T-SQL";
  if (scene.starts("\\")) return "psql commands stand on a line of their own, outside of statements";
  return {};
}

std::string_view strange_character(const Scene& scene) {
  const std::string_view token = scene.token();
  for (const std::string_view quote : {"\u2018", "\u2019", "\u201C", "\u201D"}) {
    if (token.find(quote) != std::string_view::npos) {
      return "this is a typographic quotation mark; SQL has only ' and \"";
    }
  }
  for (const std::string_view space : {"\u00A0", "\u200B", "\uFEFF"}) {
    if (token.find(space) != std::string_view::npos) {
      return "there is an invisible character here, such as a no-break space: to PostgreSQL it is a letter";
    }
  }
  return {};
}

std::string_view newer_grammar([[maybe_unused]] const Scene& scene) {
#if MIGCHECK_PG_MAJOR < 18
  constexpr std::string_view kNewer =
      "this build parses PostgreSQL 17 syntax; what is new in 18 is not known to it";
  if (is_any(scene.token(), {"ENFORCED", "VIRTUAL", "PERIOD", "OVERLAPS", "NOT", "WITHOUT", "OLD", "NEW"})) {
    return kNewer;
  }
  // GENERATED ALWAYS AS (…) without STORED, ENFORCED behind NOT, a bare INHERIT, and so on: the words that
  // only 18 knows.
  if (holds_word(scene.buffer, scene.statement, {"ENFORCED", "VIRTUAL", "PERIOD", "OVERLAPS"})) return kNewer;
#endif
  return {};
}

// The token in front of the error; empty at the beginning.
std::string_view word_before(const Scene& scene) {
  std::string_view before;
  Lexer lexer(scene.buffer, scene.statement);
  for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
    if (token.span.begin >= scene.at.begin) break;
    before = text_of(scene.buffer, token.span);
  }
  return before;
}

// Functions and parameters could be called so until SQL's JSON functions came.
std::string_view new_keyword(const Scene& scene) {
  const std::initializer_list<std::string_view> words = {
      "JSON",       "JSON_ARRAY",  "JSON_ARRAYAGG",  "JSON_EXISTS", "JSON_OBJECT", "JSON_OBJECTAGG",
      "JSON_QUERY", "JSON_SCALAR", "JSON_SERIALIZE", "JSON_TABLE",  "JSON_VALUE"};
  const bool beside = scene.starts("(") || scene.starts(")") || scene.starts(",");
  const bool holds_one = beside && holds_word(scene.buffer, scene.statement, words);
  if (!is_any(scene.token(), words) && !is_any(word_before(scene), words) && !holds_one) return {};
  return "json, json_value, json_object and their like are keywords from PostgreSQL 16 or 17 on: older "
         "servers "
         "read this, newer ones only with the name in quotes";
}

std::string_view missing_semicolon(const Scene& scene) {
  const bool starts_statement =
      is_any(scene.token(), {"CREATE", "ALTER",  "DROP",    "INSERT", "UPDATE", "DELETE",  "SELECT",   "WITH",
                             "GRANT",  "REVOKE", "COMMENT", "COMMIT", "BEGIN",  "DO",      "TRUNCATE", "COPY",
                             "SET",    "VACUUM", "REFRESH", "LOCK",   "CALL",   "ROLLBACK"});
  if (!starts_statement || !begins_line(scene.buffer, scene.statement, scene.at.begin)) return {};
  return "is a semicolon missing before this line?";
}

std::string_view hint_for(const Scene& scene) {
  for (const auto explain :
       {strange_character, placeholder, other_dialect, new_keyword, missing_semicolon, newer_grammar}) {
    const std::string_view hint = explain(scene);
    if (!hint.empty()) return hint;
  }
  return {};
}

// PostgreSQL repeats the token, which is the rest of the file where a quote was never closed.
std::string shortened(std::string_view message) {
  constexpr std::size_t kLongest = 200;
  if (message.size() <= kLongest) return std::string(message);
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0u) == 0x80u) --end;  // a whole character
  return std::string(message.substr(0, end)) + "...\"";
}

}  // namespace

ast::Unparsable* unparsable(ast::Arena& arena, std::string_view buffer, Span statement,
                            const SyntaxError& error) {
  auto* made = arena.make<ast::Unparsable>(statement);
  made->message = arena.text(shortened(error.message));
  const std::uint32_t begin = error.cursor > 0 ? byte_of(buffer, statement, error.cursor) : statement.begin;
  made->at = {begin, begin};
  if (begin < statement.end) {
    const Token token = Lexer(buffer, {begin, statement.end}).next();
    if (token.kind != TokenKind::End && token.span.begin == begin) made->at = token.span;
  }
  made->hint = hint_for({buffer, statement, made->at});
  return made;
}

}  // namespace migcheck::parsing
