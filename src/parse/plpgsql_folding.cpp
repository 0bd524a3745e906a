// SPDX-License-Identifier: MIT

#include "parse/plpgsql_folding.hpp"

#include <algorithm>
#include <array>

#include "parse/characters.hpp"
#include "parse/quoting.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestText = 1024 * 1024;

constexpr std::array<std::string_view, 7> kTextTypes = {"text",     "varchar",      "character", "name",
                                                        "regclass", "regnamespace", "regrole"};
constexpr std::array<std::string_view, 6> kIntegerTypes = {"int",      "integer", "bigint",
                                                           "smallint", "int4",    "int8"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A number that PostgreSQL prints as it is written: not 1e3, 0xFF, 1_000, 007 or .5.
bool is_plain_number(std::string_view number) {
  const bool digits =
      std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.'; });
  return digits && is_digit(number.front()) && is_digit(number.back()) &&
         (number.size() == 1 || number.front() != '0' || number[1] == '.');
}

Value text_value(std::string_view text, std::uint32_t origin) {
  Value value;
  value.text.append_replaced(text, origin);
  return value;
}

Known one_text(const std::vector<Value>& arguments, std::uint32_t origin,
               std::string (*convert)(std::string_view), std::string_view for_null) {
  if (arguments.size() != 1 || arguments[0].array) return std::nullopt;
  if (!arguments[0].null) return text_value(convert(arguments[0].text.text), origin);
  if (!for_null.empty()) return text_value(for_null, origin);
  return arguments[0];
}

Known split_text(const std::vector<Value>& arguments, std::uint32_t origin) {
  if (arguments.size() != 2 || arguments[0].array || arguments[1].array || arguments[1].text.text.empty()) {
    return std::nullopt;
  }
  const std::string_view text = arguments[0].text.text;
  const std::string_view separator = arguments[1].text.text;
  Value result;
  result.array = true;
  for (std::size_t at = 0; !text.empty() && at != std::string_view::npos;) {
    const std::size_t end = text.find(separator, at);
    result.elements.push_back(text_value(text.substr(at, end - at), origin));
    at = end == std::string_view::npos ? end : end + separator.size();
  }
  return result;
}

// concat() and concat_ws(): NULL counts as nothing.
Known concatenated(const std::vector<Value>& arguments, std::size_t first, std::string_view separator,
                   std::uint32_t origin) {
  Value result;
  bool any = false;
  for (std::size_t n = first; n < arguments.size(); ++n) {
    if (arguments[n].array) return std::nullopt;
    if (arguments[n].null) continue;
    if (any) result.text.append_replaced(separator, origin);
    result.text.append(arguments[n].text);
    any = true;
  }
  return result;
}

std::string folded(std::string_view text, char (*convert)(char)) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), convert);
  return result;
}

}  // namespace

// What is produced is paid for, so that doubling a text over and over ends.
Known paid(Known value, std::uint64_t& budget) {
  if (!value) return value;
  std::size_t size = value->text.text.size();
  for (const Value& element : value->elements) size += sizeof(Value) + element.text.text.size();
  if (size > kLongestText || size > budget) return std::nullopt;
  budget -= size;
  return value;
}

bool Folding::accept(std::string_view keyword) {
  const bool here = tokens_.is(at_, keyword);
  if (here) ++at_;
  return here;
}

bool Folding::accept_symbol(std::string_view symbol) {
  const bool here = tokens_.is_symbol(at_, symbol);
  if (here) ++at_;
  return here;
}

Known Folding::joined(Known left, Known right) const {
  if (!left || !right) return std::nullopt;
  if (left->array != right->array) {
    if (left->null || right->null) return std::nullopt;
    Value& list = left->array ? *left : *right;
    list.elements.insert(left->array ? list.elements.end() : list.elements.begin(),
                         left->array ? *right : *left);
    return std::move(list);
  }
  if (left->null) return left;
  if (right->null) return right;
  if (left->array) {
    left->elements.insert(left->elements.end(), right->elements.begin(), right->elements.end());
  } else {
    left->text.append(right->text);
  }
  return paid(std::move(left));
}

Known Folding::concatenation() {
  if (++depth_ > kDeepest) return std::nullopt;
  Known value = cast_operand();
  while (value && accept_symbol("||")) value = joined(std::move(value), cast_operand());
  --depth_;
  return value;
}

// The type of a cast: its last word, and whether it is an array; nothing if it changes a text's length.
std::optional<Folding::Type> Folding::type() {
  const std::size_t after = tokens_.after_name(at_);
  if (after == at_) return std::nullopt;
  Type type;
  type.name = identifier_text(body_.text, tokens_[after - 1]);
  at_ = after;
  accept("VARYING");
  if (tokens_.is_symbol(at_, "(")) return std::nullopt;
  while (tokens_.is_symbol(at_, "[")) {
    at_ = tokens_.after(at_);
    type.array = true;
  }
  return type;
}

// A cast between texts and names leaves the text as it is; one to an array reads it.
Known Folding::cast_to(Known value, const std::optional<Type>& type) {
  if (!value || !type) return std::nullopt;
  if (type->array && !value->array && !value->null) {
    std::optional<std::vector<Value>> elements = array_elements(value->text);
    if (!elements) return std::nullopt;
    value->array = true;
    value->elements = std::move(*elements);
  }
  const std::string& text = value->text.text;
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  return value->array || is_one_of(kTextTypes, type->name) || (digits && is_one_of(kIntegerTypes, type->name))
             ? std::move(value)
             : std::nullopt;
}

Known Folding::cast_operand() {
  Known value = operand();
  while (value && accept_symbol("::")) value = cast_to(std::move(value), type());
  return value;
}

Known Folding::operand() {
  const Token& token = tokens_[at_];
  switch (token.kind) {
    case TokenKind::String:
    case TokenKind::DollarString:
      return string();
    case TokenKind::Number:
      if (!is_plain_number(tokens_.text(at_))) return std::nullopt;
      return text_value(tokens_.text(at_++), origin(token.span));
    case TokenKind::Identifier:
    case TokenKind::QuotedIdentifier:
      return name();
    default:
      break;
  }
  if (!accept_symbol("(")) return std::nullopt;
  Known value = concatenation();
  return accept_symbol(")") ? std::move(value) : std::nullopt;
}

// A string, and the segments that continue it.
Known Folding::string() {
  Value value;
  const Token first = tokens_[at_];
  const bool escapes = to_lower(body_.text[first.span.begin]) == 'e';
  for (; tokens_[at_].kind == TokenKind::String || tokens_[at_].kind == TokenKind::DollarString; ++at_) {
    // A continued E'…' keeps its backslashes in a segment without an E: too rare to be worth a guess.
    if (escapes && tokens_[at_].span != first.span) return std::nullopt;
    std::optional<DerivedText> text = decode_string(body_.text, tokens_[at_]);
    if (!text) return std::nullopt;
    rebase(*text, body_.map);
    value.text.append(*text);
  }
  return paid(std::move(value));
}

Known Folding::named(std::string_view name, Span place) const {
  const auto found = constants_.find(name);
  if (found == constants_.end()) return std::nullopt;
  Value value = found->second;
  if (!value.array && !value.null) value = text_value(found->second.text.text, origin(place));
  return paid(std::move(value));
}

Known Folding::name() {
  if (tokens_.is(at_, "NULL")) {
    ++at_;
    Value value;
    value.null = true;
    return value;
  }
  if (tokens_.is(at_, "ARRAY") && tokens_.is_symbol(at_ + 1, "[")) return array_literal();
  if (tokens_.is(at_, "CAST") && tokens_.is_symbol(at_ + 1, "(")) return cast_call();
  const std::size_t first = at_;
  std::string full = identifier_text(body_.text, tokens_[at_]);
  at_ = tokens_.after_name(at_);
  if (accept_symbol("(")) {
    const std::size_t words = at_ - first;
    if (words == 4 && full == "pg_catalog") return call(identifier_text(body_.text, tokens_[first + 2]));
    return words == 2 ? call(full) : std::nullopt;
  }
  if (at_ - first == 3) full += "." + identifier_text(body_.text, tokens_[first + 2]);
  if (at_ - first > 3 || tokens_.is_symbol(at_, "[")) return std::nullopt;
  return named(full, tokens_.span(first, at_));
}

Known Folding::array_literal() {
  at_ += 2;
  std::optional<std::vector<Value>> elements = list("]");
  if (!elements) return std::nullopt;
  Value value;
  value.array = true;
  value.elements = std::move(*elements);
  return value;
}

Known Folding::cast_call() {
  at_ += 2;
  Known value = concatenation();
  if (!value || !accept("AS")) return std::nullopt;
  value = cast_to(std::move(value), type());
  return accept_symbol(")") ? std::move(value) : std::nullopt;
}

// Expressions between commas, up to and with the closing bracket.
std::optional<std::vector<Value>> Folding::list(std::string_view close) {
  std::vector<Value> values;
  if (accept_symbol(close)) return values;
  do {
    Known value = concatenation();
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  } while (accept_symbol(","));
  if (!accept_symbol(close)) return std::nullopt;
  return values;
}

Known Folding::call(std::string_view function) {
  const std::uint32_t place = origin(tokens_[at_ - 1].span);
  const std::optional<std::vector<Value>> arguments = list(")");
  if (!arguments || arguments->empty()) return std::nullopt;
  if (function == "format") {
    return paid(format_value(arguments->front(), {arguments->begin() + 1, arguments->end()}));
  }
  if (function == "concat") return paid(concatenated(*arguments, 0, "", place));
  if (function == "concat_ws" && !arguments->front().array && !arguments->front().null) {
    return paid(concatenated(*arguments, 1, arguments->front().text.text, place));
  }
  if (function == "quote_ident") return one_text(*arguments, place, quote_identifier, "");
  if (function == "quote_literal") return one_text(*arguments, place, quote_literal, "");
  if (function == "quote_nullable") return one_text(*arguments, place, quote_literal, "NULL");
  if (function == "string_to_array") return split_text(*arguments, place);
  if (function == "lower") {
    return one_text(
        *arguments, place, [](std::string_view text) { return folded(text, to_lower); }, "");
  }
  if (function == "upper") {
    return one_text(
        *arguments, place, [](std::string_view text) { return folded(text, to_upper); }, "");
  }
  return std::nullopt;
}

}  // namespace migcheck::parsing::plpgsql
