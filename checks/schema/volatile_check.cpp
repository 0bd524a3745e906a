// SPDX-License-Identifier: MIT

#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace volatile_check_check {

using catalog::Constraint;
using catalog::Table;

bool is_clock(const ast::Node& node) {
  if (const auto* value = ast::as<ast::SqlValue>(&node))
    return value->name.starts_with("current_") || value->name.starts_with("local");
  const auto* call = ast::as<ast::FunctionCall>(&node);
  return call != nullptr && (call->name.name == "now" || call->name.name.ends_with("_timestamp"));
}

bool has_clock(const ast::Expression* expression) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    found = found || is_clock(node);
    return !found;
  });
  return found;
}

// born_on <= current_date: what was past once is past for ever.
bool stays_true(const ast::Expression* condition) {
  const auto* comparison = ast::as<ast::Operation>(condition);
  if (comparison == nullptr || comparison->left == nullptr) return false;
  const bool less = comparison->op.name == "<" || comparison->op.name == "<=";
  const bool greater = comparison->op.name == ">" || comparison->op.name == ">=";
  return (less && has_clock(comparison->right) && !has_clock(comparison->left)) ||
         (greater && has_clock(comparison->left) && !has_clock(comparison->right));
}

// Sums of a timestamptz and an interval, and casts, rest on the time zone only: nobody minds.
bool calls(const ast::Expression* condition, std::string_view function) {
  bool found = false;
  ast::walk(condition, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    found = found || (call != nullptr && function.ends_with(call->name.name));
    return !found;
  });
  return found;
}

// The conditions that AND and OR put together.
std::vector<const ast::Expression*> parts_of(const ast::Expression* condition) {
  std::vector<const ast::Expression*> parts;
  std::vector<const ast::Expression*> pending = {condition};
  while (!pending.empty()) {
    const ast::Expression* next = pending.back();
    pending.pop_back();
    const auto* both = ast::as<ast::BoolOperation>(next);
    if (both != nullptr && both->op != ast::BoolOperation::Op::Not) {
      pending.insert(pending.end(), both->arguments.begin(), both->arguments.end());
    } else {
      parts.push_back(next);
    }
  }
  return parts;
}

void look(const CheckContext& context, const Table& table, const Constraint& check, FindingSink& out) {
  const Session session;
  const PlanContext planned{context.settings(), session, {}};
  for (const ast::Expression* part : parts_of(check.expression)) {
    if (stays_true(part)) continue;
    const ValueSteadiness steadiness = steadiness_of(part, &table, context.catalog(), planned);
    const bool clock = has_clock(part);
    const bool decided = steadiness.volatility != ast::Volatility::Immutable && !steadiness.unknown;
    if (!clock && !(decided && calls(part, steadiness.function))) continue;
    out.report(check.origin.place)
        .message(
            "This CHECK of {} rests on {}, whose result changes: rows that were right become wrong without "
            "an error, and "
            "then an UPDATE of them or the restore of a backup fails.",
            sql_name(table), clock ? "the current time" : steadiness.function)
        .advice("Check it when the row is written, in a trigger, or compare with another column of the row.");
    return;
  }
}

void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : own_tables(context)) {
    for (const Constraint& check : table->constraints) {
      if (check.kind == catalog::ConstraintKind::Check && check.local && context.is_target(check.origin))
        look(context, *table, check, out);
    }
  }
}

}  // namespace volatile_check_check

extern constexpr Check volatile_check{.since = "0.1.0",
                                      .summary = "A CHECK whose result changes while the row does not.",
                                      .on_history_end = volatile_check_check::run};

}  // namespace migcheck::checks
