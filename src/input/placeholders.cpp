// SPDX-License-Identifier: MIT

#include "input/placeholders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "input/byte_set.hpp"
#include "input/psql.hpp"
#include "input/sql_text.hpp"
#include "input/text_edits.hpp"

namespace migcheck::input {
namespace {

// A template tag longer than this is none.
constexpr std::size_t kLongestTag = 4096;

bool is_letter(char c) {
  return is_identifier_char(c) && !is_digit(c);
}

std::size_t end_of_word(std::string_view text, std::size_t begin) {
  while (begin < text.size() && is_identifier_char(text[begin])) ++begin;
  return begin;
}

// The same number of bytes, all of them legal in an identifier: ${schema} becomes __schema_.
std::string as_identifier(std::string_view text) {
  std::string name(text);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_identifier_char(c); }, '_');
  if (is_digit(name.front())) name.front() = '_';
  return name;
}

// Spaces of the same length; line ends stay, so that lines keep their numbers.
std::string as_blank(std::string_view text) {
  std::string blank(text);
  std::replace_if(
      blank.begin(), blank.end(), [](char c) { return c != '\n' && c != '\r'; }, ' ');
  return blank;
}

std::string padded(std::string text, std::size_t length) {
  if (text.size() < length) text.append(length - text.size(), ' ');
  return text;
}

// `{{ if … }}` and its like steer the template; `{{ .Schema }}` stands for text.
bool steers_template(std::string_view content) {
  while (!content.empty() && (content.front() == '-' || content.front() == ' ' || content.front() == '\t')) {
    content.remove_prefix(1);
  }
  constexpr std::array<std::string_view, 14> kWords = {
      "if", "else", "end", "range", "with", "define", "template", "/*", "block", "#", "/", "!", "endif", ">"};
  // `{{ $x := … }}` gives a variable of the template its value.
  if (content.starts_with('$') && content.find(":=") != std::string_view::npos) return true;
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return is_letter(word.front()) ? starts_with_word(content, word) : content.starts_with(word);
  });
}

// Behind these words a lone `?` is a parameter, not the operator of jsonb.
bool expects_value(std::string_view word) {
  constexpr std::array<std::string_view, 17> kWords = {
      "and",  "or",   "not",  "in",    "like",   "ilike",   "limit",  "offset", "set",
      "then", "else", "when", "where", "select", "between", "values", "by"};
  return std::find(kWords.begin(), kWords.end(), lowered(word)) != kWords.end();
}

// Collects the edits of one file.
class Filler {
 public:
  Filler(std::string_view text, PlaceholderStyle style, PsqlVariables variables)
      : text_(text),
        scanner_(text),
        query_(style == PlaceholderStyle::Query),
        variables_(std::move(variables)) {
    if (query_) names_.resize(highest_number());
  }

  void run() {
    TextPiece piece;
    while (scanner_.next(piece)) {
      if (piece.region == Region::PsqlLine) follow_set(text_of(text_, piece.span), variables_);
      if (piece.region == Region::Dollar) fill_body(piece.span);
      if (piece.region == Region::Code) fill_code(piece.span);
      if (piece.region == Region::Identifier) fill_identifier(piece.span);
    }
  }

  std::vector<TextEdit> edits;
  std::vector<std::string> take_names() { return std::move(names_); }

 private:
  // The highest $n that the file has of its own: named parameters are numbered behind it.
  std::size_t highest_number() const {
    std::size_t highest = 0;
    for (std::size_t at = text_.find('$'); at != std::string_view::npos; at = text_.find('$', at + 1)) {
      std::size_t number = 0;
      for (std::size_t n = at + 1; n < text_.size() && n < at + 4 && is_digit(text_[n]); ++n) {
        number = number * 10 + static_cast<std::size_t>(text_[n] - '0');
      }
      highest = std::max(highest, number);
    }
    return highest;
  }

  // In a body only what cannot be SQL is a placeholder. The `$` that ends its tag begins none, whatever
  // follows: $tag${"key": 1}$tag$.
  void fill_body(Span body) {
    const std::string_view here = text_.substr(0, body.end);
    const std::size_t begin = here.find('$', body.begin + 1);
    if (begin == std::string_view::npos) return;
    for (std::size_t at = begin + 1; (at = here.find('{', at)) < body.end;) {
      const bool dollar = at > begin + 1 && text_[at - 1] == '$';
      const std::size_t end = std::min<std::size_t>(fill_template(dollar ? at - 1 : at), body.end);
      at = std::max(end, at + 1);
    }
  }

  // "{{ index .Options "Namespace" }}": the quotes inside of the tag belong to the template.
  void fill_identifier(Span name) {
    const std::size_t open = text_.substr(0, name.end).find("{{", name.begin);
    if (open == std::string_view::npos) return;
    const std::size_t close = text_.substr(0, open + kLongestTag).find("}}", open);
    if (close == std::string_view::npos || close < name.end) return;
    const std::size_t quote = text_.substr(0, close + kLongestTag).find('"', close);
    if (quote == std::string_view::npos) return;
    add(open, close + 2, as_identifier(text_.substr(open, close + 2 - open)));
    scanner_.resume_at(quote + 1);
  }

  // Only this piece is looked at: a search to the end of the text for each piece would be quadratic.
  void fill_code(Span code) {
    static constexpr ByteSet kMigrationMarks(":${%");
    static constexpr ByteSet kQueryMarks(":${%@?s");
    const ByteSet& marks = query_ ? kQueryMarks : kMigrationMarks;
    const std::string_view here = text_.substr(0, code.end);
    std::size_t at = code.begin;
    while ((at = marks.find_in(here, at)) < code.end) {
      const std::size_t end = fill_at(at);
      if (end > code.end) return scanner_.resume_at(end);
      at = std::max(end, at + 1);
    }
  }

  // The end of the placeholder that begins here; 0 if none does.
  std::size_t fill_at(std::size_t at) {
    switch (text_[at]) {
      case ':':
        return fill_colon(at);
      case '$':
      case '{':
        return fill_template(at);
      case '%':
        return fill_percent(at);
      case '@':
        return fill_at_sign(at);
      case '?':
        return fill_question_mark(at);
      default:
        return fill_sqlc(at);
    }
  }

  // ${name}, {{ name }}, {% tag %}
  std::size_t fill_template(std::size_t at) {
    const std::string_view rest = text_.substr(at, kLongestTag);
    if (rest.starts_with("${")) return replace_tag(at, "}", false);
    if (rest.starts_with("{{")) return replace_tag(at, "}}", steers_template(rest.substr(2)));
    if (rest.starts_with("{%")) return replace_tag(at, "%}", true);
    return 0;
  }

  std::size_t replace_tag(std::size_t at, std::string_view close, bool blank) {
    const std::size_t found = text_.substr(at, kLongestTag).find(close, 2);
    if (found == std::string_view::npos) return 0;
    const std::string_view tag = text_.substr(at, found + close.size());
    if (!blank && tag.find('\n') != std::string_view::npos) blank = true;
    add(at, at + tag.size(), blank ? as_blank(tag) : as_identifier(tag));
    return at + tag.size();
  }

  // %(name)s; in query files also %s
  std::size_t fill_percent(std::size_t at) {
    if (query_ && text_.substr(at).starts_with("%s") && end_of_word(text_, at + 1) == at + 2) {
      return add_parameter(at, at + 2, {});
    }
    if (!text_.substr(at).starts_with("%(")) return 0;
    const std::size_t end = end_of_word(text_, at + 2);
    if (end == at + 2 || !text_.substr(end).starts_with(")s")) return 0;
    if (query_) return add_parameter(at, end + 2, text_.substr(at + 2, end - at - 2));
    add(at, end + 2, as_identifier(text_.substr(at, end + 2 - at)));
    return end + 2;
  }

  // :name :'name' :"name" :{?name}, but not ::type, :=, a[1:n]
  std::size_t fill_colon(std::size_t at) {
    if (at + 1 >= text_.size() || (at > 0 && text_[at - 1] == ':')) return 0;
    const char next = text_[at + 1];
    if (next == ':') return at + 2;
    if (next == '\'' || next == '"') return fill_quoted_variable(at, next);
    if (text_.substr(at).starts_with(":{?")) return fill_question(at);
    const std::size_t end = end_of_word(text_, at + 1);
    if (end == at + 1 || (!query_ && is_digit(next))) return 0;
    const std::string_view name = text_.substr(at + 1, end - at - 1);
    if (const auto variable = variables_.find(name); variable != variables_.end()) {
      add(at, end, variable->second);
      return end;
    }
    if ((at > 0 && (is_identifier_char(text_[at - 1]) || text_[at - 1] == ')')) || is_in_brackets(at))
      return 0;
    if (!query_) {
      add(at, end, as_identifier(text_.substr(at, end - at)));
      return end;
    }
    if (const std::size_t typed = fill_typed(at, end); typed != 0) return typed;
    // pgtyped writes :name! where NULL is not allowed.
    const bool required = end < text_.size() && text_[end] == '!' && !text_.substr(end).starts_with("!=");
    return add_parameter(at, end + (required ? 1u : 0u), name);
  }

  // HugSQL says of a parameter what it is: :value:name, :v*:names, :i:column.
  std::size_t fill_typed(std::size_t at, std::size_t end) {
    if (end < text_.size() && text_[end] == '*') ++end;
    if (end + 1 >= text_.size() || text_[end] != ':' || !is_letter(text_[end + 1])) return 0;
    const std::size_t name_end = end_of_word(text_, end + 1);
    return add_parameter(at, name_end, text_.substr(end + 1, name_end - end - 1));
  }

  std::size_t fill_quoted_variable(std::size_t at, char quote) {
    const std::size_t end = end_of_word(text_, at + 2);
    if (end == at + 2 || end >= text_.size() || text_[end] != quote) return 0;
    const std::string_view name = text_.substr(at + 2, end - at - 2);
    const auto variable = variables_.find(name);
    std::string value = variable == variables_.end() ? std::string(name) : variable->second;
    for (std::size_t n = value.find(quote); n != std::string::npos; n = value.find(quote, n + 2))
      value.insert(n, 1, quote);
    add(at, end + 1, fmt::format("{}{}{}{}", variable == variables_.end() ? " " : "", quote, value, quote));
    return end + 1;
  }

  std::size_t fill_question(std::size_t at) {
    const std::size_t end = end_of_word(text_, at + 3);
    if (end >= text_.size() || text_[end] != '}') return 0;
    const bool known = variables_.contains(text_.substr(at + 3, end - at - 3));
    add(at, end + 1, padded(known ? "true" : "false", end + 1 - at));
    return end + 1;
  }

  // Is this the colon of a slice: a[lower:upper]? ARRAY[:a, :b] and [[:a]] make arrays.
  [[nodiscard]] bool is_in_brackets(std::size_t at) const {
    const std::size_t from = at > 80 ? at - 80 : 0;
    const std::size_t found = text_.substr(from, at - from).find_last_of("[];");
    if (found == std::string_view::npos || text_[from + found] != '[') return false;
    const std::size_t open = from + found;
    const std::string_view before =
        trimmed(text_.substr(open > 40 ? open - 40 : 0, std::min<std::size_t>(open, 40)));
    const bool makes_array = before.ends_with('[') || before.ends_with(',') || word_before(open) == "array";
    return !makes_array;
  }

  std::size_t fill_at_sign(std::size_t at) {
    if (at > 0 && std::string_view("<>~@|&#!=").find(text_[at - 1]) != std::string_view::npos &&
        text_[at - 1] != '=')
      return 0;
    const std::size_t end = end_of_word(text_, at + 1);
    if (end == at + 1 || !is_letter(text_[at + 1])) return 0;
    return add_parameter(at, end, text_.substr(at + 1, end - at - 1));
  }

  std::size_t fill_question_mark(std::size_t at) {
    if (at + 1 < text_.size() && std::string_view("|&?").find(text_[at + 1]) != std::string_view::npos)
      return at + 2;
    const std::string_view before =
        trimmed(text_.substr(at > 100 ? at - 100 : 0, std::min<std::size_t>(at, 100)));
    if (before.empty()) return 0;
    std::size_t word = before.size();
    while (word > 0 && is_identifier_char(before[word - 1])) --word;
    const bool value = word == before.size()
                           ? std::string_view("=<>(,+-*/|").find(before.back()) != std::string_view::npos
                           : expects_value(before.substr(word));
    return value ? add_parameter(at, at + 1, {}) : 0;
  }

  // sqlc.arg(name), sqlc.narg('name'), sqlc.slice(name)
  std::size_t fill_sqlc(std::size_t at) {
    const std::string_view rest = text_.substr(at, 200);
    if (!rest.starts_with("sqlc.") || (at > 0 && is_identifier_char(text_[at - 1]))) return 0;
    const std::size_t open = rest.find('(');
    const std::size_t close = rest.find(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return 0;
    const std::string_view function = rest.substr(5, open - 5);
    if (function != "arg" && function != "narg" && function != "slice") return 0;
    std::string_view name = trimmed(rest.substr(open + 1, close - open - 1));
    if (name.size() >= 2 && (name.front() == '\'' || name.front() == '"'))
      name = name.substr(1, name.size() - 2);
    return add_parameter(at, at + close + 1, name);
  }

  std::size_t add_parameter(std::size_t begin, std::size_t end, std::string_view name) {
    std::size_t number = 0;
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) {
      number = known->second;
    } else {
      names_.emplace_back(name);
      number = names_.size();
      if (!name.empty()) numbers_.emplace(name, number);
    }
    // pgtyped writes IN :ids and VALUES :rows, and fills in the parentheses.
    const std::string before = word_before(begin);
    const bool list = before == "in" || before == "values";
    add(begin, end, padded(list ? fmt::format("(${})", number) : fmt::format("${}", number), end - begin));
    return end;
  }

  // The word that stands directly before, in lower case; empty if something else does.
  [[nodiscard]] std::string word_before(std::size_t at) const {
    const std::string_view before =
        trimmed(text_.substr(at > 40 ? at - 40 : 0, std::min<std::size_t>(at, 40)));
    std::size_t begin = before.size();
    while (begin > 0 && is_identifier_char(before[begin - 1])) --begin;
    return lowered(before.substr(begin));
  }

  void add(std::size_t begin, std::size_t end, std::string text) {
    edits.push_back({span_of(begin, end), std::move(text)});
  }

  std::string_view text_;
  SqlScanner scanner_;
  bool query_;
  PsqlVariables variables_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<std::string> names_;
};

// A colon that may begin a variable: not the one of ::type, :=, or what a blank follows.
bool has_colon_name(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at)) {
    if (++at >= text.size()) return false;
    const char next = text[at];
    if (next == ':') {
      ++at;
    } else if (is_identifier_char(next) || next == '\'' || next == '"' || next == '{') {
      return true;
    }
  }
  return false;
}

// Most migrations hold none, and are not walked through for them.
bool may_hold_placeholder(std::string_view text) {
  for (const std::string_view mark : {"${", "{{", "{%", "%("}) {
    if (text.find(mark) != std::string_view::npos) return true;
  }
  return has_colon_name(text);
}

}  // namespace

std::vector<std::string> fill_placeholders(SourceFile& source, PlaceholderStyle style,
                                           PsqlVariables variables) {
  if (style == PlaceholderStyle::Migration && !may_hold_placeholder(source.text)) return {};
  Filler filler(source.text, style, std::move(variables));
  filler.run();
  apply_edits(source, filler.edits);
  std::vector<std::string> names = filler.take_names();
  const bool named =
      std::any_of(names.begin(), names.end(), [](const std::string& name) { return !name.empty(); });
  return named ? names : std::vector<std::string>();
}

}  // namespace migcheck::input
