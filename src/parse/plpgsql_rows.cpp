// SPDX-License-Identifier: MIT

// Queries whose rows stand in the text: VALUES, unnest(…) of an array, and a SELECT from one of them.

#include <algorithm>

#include "parse/plpgsql_folding.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

Row default_row(std::vector<Value> values) {
  Row row;
  for (std::size_t n = 0; n < values.size(); ++n) row.names.push_back("column" + std::to_string(n + 1));
  row.values = std::move(values);
  return row;
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

}  // namespace

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

}  // namespace migcheck::parsing::plpgsql
