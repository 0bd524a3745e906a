// SPDX-License-Identifier: MIT

// Function calls, those with words in place of commas among them.

#include "ast/printer.hpp"

namespace migcheck::ast {

void Printer::arguments(const FunctionCall& call) {
  if (call.star) raw("*");
  if (call.distinct) raw("DISTINCT ");
  for (std::size_t at = 0; at < call.arguments.size(); ++at) {
    if (at > 0) raw(", ");
    if (call.variadic && at + 1 == call.arguments.size()) raw("VARIADIC ");
    whole(call.arguments[at]);
  }
  if (call.order_by.empty() || call.within_group) return;
  raw(" ORDER BY ");
  sort_items(call.order_by);
}

void Printer::call(const FunctionCall& call) {
  if (call.sql_syntax) {
    if (!worded_call(call)) give_up();
    return;
  }
  name(call.name);
  raw("(");
  arguments(call);
  raw(")");
  if (call.within_group) {
    raw(" WITHIN GROUP (ORDER BY ");
    sort_items(call.order_by);
    raw(")");
  }
  if (call.filter != nullptr) {
    raw(" FILTER (WHERE ");
    whole(call.filter);
    raw(")");
  }
  if (call.over == nullptr) return;
  raw(" OVER ");
  if (!call.over->name.empty()) return name(call.over->name);
  raw("(");
  window(*call.over);
  raw(")");
}

void Printer::window(const WindowDefinition& window) {
  if (window.has_frame) return give_up();
  if (!window.base.empty()) raw(quoted_name(window.base) + " ");
  if (!window.partition_by.empty()) {
    raw("PARTITION BY ");
    list(window.partition_by);
    raw(" ");
  }
  if (window.order_by.empty()) return;
  raw("ORDER BY ");
  sort_items(window.order_by);
}

bool Printer::worded_call(const FunctionCall& call) {
  const auto& given = call.arguments;
  const std::string_view called = call.name.name;
  const auto worded = [&](std::string_view begin, const Expression* first, std::string_view between,
                          const Expression* second) {
    raw(begin);
    operand(first);
    raw(between);
    operand(second);
    raw(")");
    return true;
  };
  if (called == "timezone" && given.size() == 2) return worded("(", given[1], " AT TIME ZONE ", given[0]);
  if (called == "timezone" && given.size() == 1) return worded("(", given[0], " AT LOCAL", nullptr);
  if (called == "position" && given.size() == 2) return worded("POSITION(", given[1], " IN ", given[0]);
  if ((called == "extract" || called == "date_part") && given.size() == 2) {
    return worded("EXTRACT(", given[0], " FROM ", given[1]);
  }
  const bool trims = called == "btrim" || called == "ltrim" || called == "rtrim";
  const std::string_view side = called == "btrim" ? "BOTH " : called == "ltrim" ? "LEADING " : "TRAILING ";
  if (trims && given.size() == 1) return worded("TRIM(" + std::string(side) + "FROM ", given[0], "", nullptr);
  if (trims && given.size() == 2) return worded("TRIM(" + std::string(side), given[1], " FROM ", given[0]);
  const bool cuts = called == "substring" || called == "overlay";
  const std::size_t fewest = called == "overlay" ? 3 : 2;
  if (!cuts || given.size() < fewest || given.size() > fewest + 1) return false;
  raw(called == "overlay" ? "OVERLAY(" : "SUBSTRING(");
  operand(given[0]);
  if (called == "overlay") {
    raw(" PLACING ");
    operand(given[1]);
  }
  raw(" FROM ");
  operand(given[fewest - 1]);
  if (given.size() > fewest) {
    raw(" FOR ");
    operand(given[fewest]);
  }
  raw(")");
  return true;
}

}  // namespace migcheck::ast
