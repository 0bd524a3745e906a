// SPDX-License-Identifier: MIT

#include <algorithm>
#include <utility>

#include "parse/characters.hpp"
#include "parse/lexer.hpp"
#include "parse/plpgsql_constant.hpp"
#include "parse/quoting.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

constexpr std::size_t kWidest = 10'000;

// %[position$][-][width]type
struct Placeholder {
  std::size_t length = 0;  // with the %
  std::size_t position = 0;
  std::size_t width = 0;
  bool left = false;
  char type = '\0';
};

std::size_t read_number(std::string_view text, std::size_t& at) {
  std::size_t number = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    number = std::min<std::size_t>(number * 10 + static_cast<std::size_t>(text[at] - '0'), kWidest + 1);
  }
  return number;
}

std::optional<Placeholder> read_placeholder(std::string_view text, std::size_t begin) {
  Placeholder found;
  std::size_t at = begin + 1;
  std::size_t number_begin = at;
  std::size_t number = read_number(text, at);
  if (at > number_begin && at < text.size() && text[at] == '$') {
    if (number == 0) return std::nullopt;
    found.position = number;
    number_begin = ++at;
    number = 0;
  }
  if (at == number_begin) {
    for (; at < text.size() && text[at] == '-'; ++at) found.left = true;
    number = read_number(text, at);
  }
  found.width = number;
  if (at >= text.size() || found.width > kWidest) return std::nullopt;
  found.type = text[at];
  found.length = at + 1 - begin;
  if (found.type != 's' && found.type != 'I' && found.type != 'L' && found.type != '%') return std::nullopt;
  return found;
}

std::optional<std::string> formatted(const Placeholder& placeholder, const Value& value) {
  if (value.array || (value.null && placeholder.type == 'I')) return std::nullopt;
  std::string text = placeholder.type == 'I'   ? quote_identifier(value.text.text)
                     : placeholder.type == 's' ? (value.null ? std::string() : value.text.text)
                     : value.null              ? "NULL"
                                               : quote_literal(value.text.text);
  const auto characters = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  if (characters < placeholder.width) {
    text.insert(placeholder.left ? text.size() : 0, placeholder.width - characters, ' ');
  }
  return text;
}

// Reads the elements of {…} one by one.
class ArrayReader {
 public:
  explicit ArrayReader(std::uint32_t origin) : origin_(origin) {}

  // Everything between the braces; false if it is no array of one dimension.
  bool read(std::string_view inside) {
    for (std::size_t at = 0; at < inside.size(); ++at) {
      const char c = inside[at];
      if (c == '\\' && at + 1 < inside.size()) {
        text_ += inside[++at];
      } else if (c == '"') {
        open_ = !open_;
        quoted_ = true;
      } else if (!open_ && (c == '{' || c == '}')) {
        return false;
      } else if (!open_ && c == ',') {
        finish();
      } else {
        text_ += c;
      }
    }
    const bool empty = elements.empty() && !quoted_ && text_.find_first_not_of(kBlanks) == std::string::npos;
    if (!empty) finish();
    return !open_;
  }

  std::vector<Value> elements;

 private:
  static constexpr std::string_view kBlanks = " \t\r\n";

  void finish() {
    if (!quoted_) {
      text_.erase(0, std::min(text_.find_first_not_of(kBlanks), text_.size()));
      text_.erase(text_.find_last_not_of(kBlanks) + 1);
    }
    Value element;
    element.null = !quoted_ && equals_ignoring_case(text_, "NULL");
    element.text.append_replaced(text_, origin_);
    elements.push_back(std::move(element));
    text_.clear();
    quoted_ = false;
  }

  std::uint32_t origin_;
  std::string text_;
  bool open_ = false;
  bool quoted_ = false;
};

}  // namespace

std::optional<Value> format_value(const Value& pattern, const std::vector<Value>& arguments) {
  if (pattern.array) return std::nullopt;
  if (pattern.null) return pattern;
  const std::string_view text = pattern.text.text;
  Value result;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t percent = std::min(text.find('%', at), text.size());
    result.text.append(
        slice(pattern.text, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(percent)}));
    if (percent == text.size()) break;
    const std::optional<Placeholder> placeholder = read_placeholder(text, percent);
    if (!placeholder) return std::nullopt;
    const std::uint32_t origin = pattern.text.map.to_origin(static_cast<std::uint32_t>(percent));
    at = percent + placeholder->length;
    if (placeholder->type == '%') {
      result.text.append_replaced("%", origin);
      continue;
    }
    if (placeholder->position != 0) next = placeholder->position - 1;
    if (next >= arguments.size()) return std::nullopt;
    const std::optional<std::string> value = formatted(*placeholder, arguments[next++]);
    if (!value) return std::nullopt;
    result.text.append_replaced(*value, origin);
  }
  return result;
}

std::optional<std::vector<Value>> array_elements(const DerivedText& literal) {
  const std::string_view text = literal.text;
  const std::size_t open = text.find_first_not_of(" \t\r\n");
  const std::size_t close = text.find_last_not_of(" \t\r\n");
  if (open == close || open == std::string_view::npos || text[open] != '{' || text[close] != '}') {
    return std::nullopt;
  }
  ArrayReader reader(literal.map.to_origin(static_cast<std::uint32_t>(open)));
  if (!reader.read(text.substr(open + 1, close - open - 1))) return std::nullopt;
  return std::move(reader.elements);
}

}  // namespace migcheck::parsing::plpgsql
