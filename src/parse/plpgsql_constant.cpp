// SPDX-License-Identifier: MIT

#include "parse/plpgsql_constant.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "parse/characters.hpp"
#include "parse/clauses.hpp"
#include "parse/quoting.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestText = 1024 * 1024;

using Known = std::optional<Value>;

// What is produced is paid for, so that doubling a text over and over ends.
Known paid(Known value, std::uint64_t& budget) {
  if (!value) return value;
  std::size_t size = value->text.text.size();
  for (const Value& element : value->elements) size += sizeof(Value) + element.text.text.size();
  if (size > kLongestText || size > budget) return std::nullopt;
  budget -= size;
  return value;
}

// One expression, folded from its tokens.
class Folding {
 public:
  Folding(const DerivedText& body, const Constants& constants, std::uint64_t& budget, Span expression)
      : body_(body), constants_(constants), budget_(budget), tokens_(body.text, expression) {}

  Known whole() {
    Known value = concatenation();
    return at_ == tokens_.size() ? std::move(value) : std::nullopt;
  }
  std::optional<std::vector<Row>> rows();

 private:
  Known concatenation();
  Known cast_operand();
  Known operand();
  Known string();
  Known name();
  Known array_literal();
  Known cast_call();
  Known call(std::string_view function);
  std::optional<std::vector<Value>> list(std::string_view close);
  bool skip_type();

  Known joined(Known left, Known right) const;
  Known named(std::string_view name, Span place) const;
  Known paid(Known value) const { return parsing::plpgsql::paid(std::move(value), budget_); }
  [[nodiscard]] std::uint32_t origin(Span place) const { return body_.map.to_origin(place.begin); }

  std::optional<std::vector<Row>> values_rows();
  std::optional<std::vector<Row>> unnested();
  std::optional<std::vector<Row>> source();
  bool alias(std::vector<Row>& rows);
  bool accept(std::string_view keyword);
  bool accept_symbol(std::string_view symbol);

  const DerivedText& body_;
  const Constants& constants_;
  std::uint64_t& budget_;
  StatementTokens tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

Value text_value(std::string_view text, std::uint32_t origin) {
  Value value;
  value.text.append_replaced(text, origin);
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

bool Folding::skip_type() {
  const std::size_t after = tokens_.after_name(at_);
  if (after == at_) return false;
  at_ = after;
  if (tokens_.is(at_, "VARYING")) ++at_;
  while (tokens_.is_symbol(at_, "(") || tokens_.is_symbol(at_, "[")) at_ = tokens_.after(at_);
  return true;
}

// A cast leaves the text as it is, but for arrays.
Known Folding::cast_operand() {
  Known value = operand();
  while (value && accept_symbol("::")) {
    if (!skip_type()) return std::nullopt;
    if (!tokens_.is_symbol(at_ - 1, "]") || value->array || value->null) continue;
    std::optional<std::vector<Value>> elements = array_elements(value->text);
    if (!elements) return std::nullopt;
    value->array = true;
    value->elements = std::move(*elements);
  }
  return value;
}

Known Folding::operand() {
  const Token& token = tokens_[at_];
  switch (token.kind) {
    case TokenKind::String:
    case TokenKind::DollarString:
      return string();
    case TokenKind::Number:
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
  if (!value || !accept("AS") || !skip_type() || !accept_symbol(")")) return std::nullopt;
  return value;
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

// --- literal rows ---

Row default_row(std::vector<Value> values) {
  Row row;
  for (std::size_t n = 0; n < values.size(); ++n) row.names.push_back("column" + std::to_string(n + 1));
  row.values = std::move(values);
  return row;
}

// VALUES (…), (…)
std::optional<std::vector<Row>> Folding::values_rows() {
  std::vector<Row> rows;
  do {
    if (!accept_symbol("(")) return std::nullopt;
    std::optional<std::vector<Value>> values = list(")");
    if (!values || values->empty() || (!rows.empty() && values->size() != rows[0].values.size())) {
      return std::nullopt;
    }
    rows.push_back(default_row(std::move(*values)));
  } while (accept_symbol(","));
  return rows;
}

// unnest(array): the opening parenthesis was read.
std::optional<std::vector<Row>> Folding::unnested() {
  const Known value = concatenation();
  if (!value || !accept_symbol(")")) return std::nullopt;
  std::optional<std::vector<Value>> elements = value->array ? value->elements : array_elements(value->text);
  if (!elements) return std::nullopt;
  std::vector<Row> rows;
  for (Value& element : *elements) rows.push_back({{"unnest"}, {std::move(element)}});
  return rows;
}

// [AS] name [(column, …)]. A function of one column gives the column its own alias.
bool Folding::alias(std::vector<Row>& rows) {
  accept("AS");
  if (tokens_.after_name(at_) == at_) return true;
  const std::string table = identifier_text(body_.text, tokens_[at_++]);
  std::vector<std::string> names;
  if (accept_symbol("(")) {
    do {
      names.push_back(identifier_text(body_.text, tokens_[at_]));
      if (tokens_.after_name(at_) != at_ + 1) return false;
      ++at_;
    } while (accept_symbol(","));
    if (!accept_symbol(")")) return false;
  } else if (!rows.empty() && rows[0].names[0] == "unnest") {
    names.push_back(table);
  }
  for (Row& row : rows) {
    if (names.size() > row.names.size()) return false;
    std::copy(names.begin(), names.end(), row.names.begin());
  }
  return true;
}

// What may stand behind FROM: unnest(…) or (VALUES …), with an alias.
std::optional<std::vector<Row>> Folding::source() {
  std::optional<std::vector<Row>> rows;
  if (tokens_.is(at_, "UNNEST") && tokens_.is_symbol(at_ + 1, "(")) {
    at_ += 2;
    rows = unnested();
  } else if (tokens_.is_symbol(at_, "(") && tokens_.is(at_ + 1, "VALUES")) {
    at_ += 2;
    rows = values_rows();
    if (rows && !accept_symbol(")")) return std::nullopt;
  }
  if (rows && !alias(*rows)) return std::nullopt;
  return rows;
}

// The columns that a list of names picks; nothing if one is no column. * keeps all.
std::optional<std::vector<Row>> picked(std::vector<Row> rows, const std::vector<std::string>& columns) {
  for (Row& row : rows) {
    Row result;
    for (const std::string& column : columns) {
      const auto found = std::find(row.names.begin(), row.names.end(), column);
      if (found == row.names.end()) return std::nullopt;
      result.names.push_back(column);
      result.values.push_back(row.values[static_cast<std::size_t>(found - row.names.begin())]);
    }
    row = std::move(result);
  }
  return rows;
}

std::optional<std::vector<Row>> Folding::rows() {
  if (accept("VALUES")) {
    std::optional<std::vector<Row>> rows = values_rows();
    return at_ == tokens_.size() ? std::move(rows) : std::nullopt;
  }
  if (!accept("SELECT")) return std::nullopt;
  if (tokens_.is(at_, "UNNEST") && tokens_.is_symbol(at_ + 1, "(")) {
    at_ += 2;
    std::optional<std::vector<Row>> rows = unnested();
    if (!rows || !alias(*rows) || at_ != tokens_.size()) return std::nullopt;
    return rows;
  }
  std::vector<std::string> columns;
  bool all = accept_symbol("*");
  if (!all) {
    do {
      const std::size_t after = tokens_.after_name(at_);
      if (after == at_) return std::nullopt;
      all = tokens_.is_symbol(after, ".") && tokens_.is_symbol(after + 1, "*");  // v.*
      columns.push_back(identifier_text(body_.text, tokens_[after - 1]));
      at_ = all ? after + 2 : after;
    } while (!all && accept_symbol(","));
  }
  if (!accept("FROM")) return std::nullopt;
  std::optional<std::vector<Row>> rows = source();
  if (!rows || at_ != tokens_.size()) return std::nullopt;
  return all ? std::move(rows) : picked(std::move(*rows), columns);
}

}  // namespace

Known Evaluator::value(Span expression) const {
  if (expression.empty()) return std::nullopt;
  // A variable alone gives its text where it was put together, so that findings point there.
  const StatementTokens tokens(body_.text, expression);
  const TokenKind kind = tokens[0].kind;
  if (tokens.size() == 1 && (kind == TokenKind::Identifier || kind == TokenKind::QuotedIdentifier)) {
    const auto found = constants_.find(identifier_text(body_.text, tokens[0]));
    if (found != constants_.end()) return paid(found->second, budget_);
  }
  return Folding(body_, constants_, budget_, expression).whole();
}

std::optional<std::vector<Value>> Evaluator::array(Span expression) const {
  const Known known = value(expression);
  if (!known || known->null) return std::nullopt;
  return known->array ? known->elements : array_elements(known->text);
}

std::optional<std::int64_t> Evaluator::integer(Span expression) const {
  const Known known = value(expression);
  if (!known || known->null || known->array) return std::nullopt;
  const std::string& text = known->text.text;
  std::int64_t number = 0;
  const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::vector<Row>> Evaluator::rows(Span query) const {
  return Folding(body_, constants_, budget_, query).rows();
}

}  // namespace migcheck::parsing::plpgsql
