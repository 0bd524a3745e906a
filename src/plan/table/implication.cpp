// SPDX-License-Identifier: MIT
#include "plan/table/implication.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace migcheck::plan {

namespace {

// A clause of a condition, possibly under a NOT.
struct Clause {
  const ast::Expression* expression = nullptr;
  bool negated = false;
};

// The clauses that are joined by AND (or, with `disjunction`, by OR), with NOT carried inwards.
std::vector<Clause> clauses_of(const ast::Expression* condition, bool negated, bool disjunction) {
  using Op = ast::BoolOperation::Op;
  std::vector<Clause> found;
  std::vector<Clause> pending = {{condition, negated}};
  while (!pending.empty()) {
    const Clause clause = pending.back();
    pending.pop_back();
    const auto* operation = ast::as<ast::BoolOperation>(clause.expression);
    const bool splits = operation != nullptr && operation->op != Op::Not &&
                        ((operation->op == Op::Or) != clause.negated) == disjunction;
    if (operation != nullptr && (operation->op == Op::Not || splits)) {
      for (const ast::Expression* argument : operation->arguments) {
        pending.push_back({argument, clause.negated != (operation->op == Op::Not)});
      }
    } else if (clause.expression != nullptr) {
      found.push_back(clause);
    }
  }
  return found;
}

const ast::Expression* without_casts(const ast::Expression* expression) {
  while (const auto* cast = ast::as<ast::Cast>(expression)) expression = cast->argument;
  return expression;
}

bool is_column(const ast::Expression* expression, std::string_view column) {
  const auto* reference = ast::as<ast::ColumnRef>(without_casts(expression));
  return reference != nullptr && reference->column() == column;
}

bool is_null_constant(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(without_casts(expression));
  return constant != nullptr && constant->type == ast::Constant::Type::Null;
}

// A constant, so far as two of them can be compared without the type's own operators.
std::optional<int> compare(const ast::Expression* left, const ast::Expression* right) {
  using Type = ast::Constant::Type;
  const auto* a = ast::as<ast::Constant>(without_casts(left));
  const auto* b = ast::as<ast::Constant>(without_casts(right));
  if (a == nullptr || b == nullptr) return std::nullopt;
  const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (a->type == Type::Integer && b->type == Type::Integer) return sign(a->integer, b->integer);
  const auto number = [](const ast::Constant& constant) -> std::optional<double> {
    if (constant.type == Type::Integer) return static_cast<double>(constant.integer);
    std::string text(constant.text);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
    return value;
  };
  const auto x = number(*a);
  const auto y = number(*b);
  if (x && y) return sign(*x, *y);
  if (a->type != Type::String || b->type != Type::String) return std::nullopt;
  if (a->text == b->text) return 0;
  // ISO dates and times are ordered as their text is, where both are written alike.
  const auto iso = [](std::string_view text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && text[0] >= '0' && text[0] <= '9';
  };
  if (iso(a->text) && iso(b->text) &&
      (a->text.size() == b->text.size() || a->text.substr(0, 10) != b->text.substr(0, 10))) {
    return sign(a->text, b->text);
  }
  return std::nullopt;
}

enum class Op : std::uint8_t { Less, LessEqual, Equal, GreaterEqual, Greater };

// column op value
struct Comparison {
  Op op = Op::Equal;
  const ast::Expression* value = nullptr;
};

std::optional<Op> op_named(std::string_view name) {
  if (name == "<") return Op::Less;
  if (name == "<=") return Op::LessEqual;
  if (name == "=") return Op::Equal;
  if (name == ">=") return Op::GreaterEqual;
  if (name == ">") return Op::Greater;
  return std::nullopt;
}

Op mirrored(Op op) {
  return static_cast<Op>(static_cast<int>(Op::Greater) - static_cast<int>(op));
}

std::optional<Op> opposite(Op op) {
  switch (op) {
    case Op::Less:
      return Op::GreaterEqual;
    case Op::LessEqual:
      return Op::Greater;
    case Op::GreaterEqual:
      return Op::Less;
    case Op::Greater:
      return Op::LessEqual;
    case Op::Equal:
      break;
  }
  return std::nullopt;
}

std::optional<Comparison> comparison_of(const Clause& clause, std::string_view column) {
  const auto* operation = ast::as<ast::Operation>(clause.expression);
  if (operation == nullptr || operation->form != ast::Operation::Form::Plain) return std::nullopt;
  std::optional<Op> op = op_named(operation->op.name);
  if (!op) return std::nullopt;
  const ast::Expression* value = operation->right;
  if (is_column(operation->right, column)) {
    value = operation->left;
    op = mirrored(*op);
  } else if (!is_column(operation->left, column)) {
    return std::nullopt;
  }
  if (clause.negated) op = opposite(*op);
  if (!op || ast::as<ast::Constant>(without_casts(value)) == nullptr) return std::nullopt;
  return Comparison{*op, value};
}

// Whatever fulfils `known` fulfils `wanted`.
bool implies(const Comparison& known, const Comparison& wanted) {
  const std::optional<int> order = compare(known.value, wanted.value);
  if (!order) return false;
  const bool known_below = known.op == Op::Less || known.op == Op::LessEqual;
  const bool known_above = known.op == Op::Greater || known.op == Op::GreaterEqual;
  switch (wanted.op) {
    case Op::Less:
      return (known_below && *order < 0) || (known.op == Op::Less && *order == 0) ||
             (known.op == Op::Equal && *order < 0);
    case Op::LessEqual:
      return (known_below || known.op == Op::Equal) && *order <= 0;
    case Op::Greater:
      return (known_above && *order > 0) || (known.op == Op::Greater && *order == 0) ||
             (known.op == Op::Equal && *order > 0);
    case Op::GreaterEqual:
      return (known_above || known.op == Op::Equal) && *order >= 0;
    case Op::Equal:
      return known.op == Op::Equal && *order == 0;
  }
  return false;
}

// The clauses of all valid CHECKs of the table.
std::vector<Clause> valid_clauses(const catalog::Table& table) {
  std::vector<Clause> clauses;
  for (const catalog::Constraint& constraint : table.constraints) {
    if (constraint.kind != catalog::ConstraintKind::Check || !constraint.valid || !constraint.enforced)
      continue;
    const auto more = clauses_of(constraint.expression, false, false);
    clauses.insert(clauses.end(), more.begin(), more.end());
  }
  return clauses;
}

bool any_implies(const std::vector<Clause>& clauses, std::string_view column, const Comparison& wanted) {
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    const auto known = comparison_of(clause, column);
    return known && implies(*known, wanted);
  });
}

bool leaves_open(const ast::Expression* value) {
  const auto* word = ast::as<ast::SqlValue>(value);
  return word != nullptr && (word->name == "minvalue" || word->name == "maxvalue");
}

// The column of a partition key with one plain column; empty otherwise (then nothing is proved).
std::string_view single_key(const catalog::Partitioning& partitioning, const catalog::Table& parent) {
  if (partitioning.keys.size() != 1) return {};
  const catalog::Column* column = parent.column(partitioning.keys.front().column);
  return column == nullptr ? std::string_view{} : std::string_view(column->name);
}

// k = a, or k IN (a, b): all values that the clause lets through, if it says so.
std::vector<const ast::Expression*> values_let_through(const Clause& clause, std::string_view column) {
  if (clause.negated) return {};
  if (const auto equal = comparison_of(clause, column); equal && equal->op == Op::Equal)
    return {equal->value};
  const auto* list = ast::as<ast::InList>(clause.expression);
  if (list == nullptr || list->negated || !is_column(list->argument, column)) return {};
  return {list->items.begin(), list->items.end()};
}

bool in_list(const ast::PartitionBound& bound, const ast::Expression* value) {
  return std::any_of(bound.values.begin(), bound.values.end(), [&](const ast::Expression* allowed) {
    const auto order = compare(allowed, value);
    return order && *order == 0;
  });
}

bool never_null(const catalog::Table& table, const std::vector<Clause>& clauses, std::string_view column) {
  const catalog::Column* found = table.column(column);
  if (found != nullptr && found->not_null && found->not_null_valid) return true;
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    const auto* test = ast::as<ast::NullTest>(clause.expression);
    return test != nullptr && test->negated != clause.negated && is_column(test->argument, column);
  });
}

}  // namespace

std::optional<int> order_of_constants(const ast::Expression* left, const ast::Expression* right) {
  using Type = ast::Constant::Type;
  const auto* a = ast::as<ast::Constant>(without_casts(left));
  const auto* b = ast::as<ast::Constant>(without_casts(right));
  if (a == nullptr || b == nullptr || a->type != b->type) return std::nullopt;
  if (a->type == Type::Integer) return compare(left, right);
  if (a->type != Type::String && a->type != Type::Boolean) return std::nullopt;
  if (a->text == b->text) return 0;
  // Whether a text stands for a number its column says.
  const auto is_date = [](std::string_view text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-';
  };
  return is_date(a->text) && is_date(b->text) ? compare(left, right) : std::nullopt;
}

bool implies_not_null(const ast::Expression* check, std::string_view column) {
  for (const Clause& clause : clauses_of(check, false, false)) {
    if (const auto* test = ast::as<ast::NullTest>(clause.expression)) {
      if (test->negated != clause.negated && is_column(test->argument, column)) return true;
    }
    const auto* operation = ast::as<ast::Operation>(clause.expression);
    if (operation == nullptr || (operation->form != ast::Operation::Form::Distinct &&
                                 operation->form != ast::Operation::Form::NotDistinct)) {
      continue;
    }
    const bool distinct = (operation->form == ast::Operation::Form::Distinct) != clause.negated;
    const bool about_null = (is_column(operation->left, column) && is_null_constant(operation->right)) ||
                            (is_column(operation->right, column) && is_null_constant(operation->left));
    if (distinct && about_null) return true;
  }
  return false;
}

bool check_proves_not_null(const catalog::Table& table, const catalog::Column& column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const catalog::Constraint& constraint) {
                       return constraint.kind == catalog::ConstraintKind::Check && constraint.valid &&
                              constraint.enforced && implies_not_null(constraint.expression, column.name);
                     });
}

bool checks_imply_bound(const catalog::Table& table, const catalog::Partitioning& partitioning,
                        const catalog::Table& parent, const ast::PartitionBound& bound) {
  const std::string_view key = single_key(partitioning, parent);
  if (key.empty() || bound.is_default) return false;
  const std::vector<Clause> clauses = valid_clauses(table);
  if (!never_null(table, clauses, key)) return false;
  if (bound.strategy == ast::PartitionBy::Strategy::Range) {
    if (bound.from.size() != 1 || bound.to.size() != 1) return false;
    const bool above =
        leaves_open(bound.from[0]) || any_implies(clauses, key, {Op::GreaterEqual, bound.from[0]});
    return above && (leaves_open(bound.to[0]) || any_implies(clauses, key, {Op::Less, bound.to[0]}));
  }
  if (bound.strategy != ast::PartitionBy::Strategy::List) return false;
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    const auto values = values_let_through(clause, key);
    return !values.empty() && std::all_of(values.begin(), values.end(), [&](const ast::Expression* value) {
      return in_list(bound, value);
    });
  });
}

bool checks_exclude_bound(const catalog::Table& table, const catalog::Partitioning& partitioning,
                          const catalog::Table& parent, const ast::PartitionBound& bound) {
  const std::string_view key = single_key(partitioning, parent);
  if (key.empty() || bound.strategy != ast::PartitionBy::Strategy::Range) return false;
  if (bound.from.size() != 1 || bound.to.size() != 1) return false;
  const auto outside = [&](const Clause& clause) {
    // No range takes a null.
    const auto* test = ast::as<ast::NullTest>(clause.expression);
    if (test != nullptr && is_column(test->argument, key)) return test->negated == clause.negated;
    const auto known = comparison_of(clause, key);
    if (!known) return false;
    return (!leaves_open(bound.from[0]) && implies(*known, {Op::Less, bound.from[0]})) ||
           (!leaves_open(bound.to[0]) && implies(*known, {Op::GreaterEqual, bound.to[0]}));
  };
  const std::vector<Clause> clauses = valid_clauses(table);
  return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
    const auto alternatives = clauses_of(clause.expression, clause.negated, true);
    return !alternatives.empty() && std::all_of(alternatives.begin(), alternatives.end(), outside);
  });
}

}  // namespace migcheck::plan
