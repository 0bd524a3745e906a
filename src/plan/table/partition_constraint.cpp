// SPDX-License-Identifier: MIT
#include "plan/table/partition_constraint.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "plan/query/same_expression.hpp"
#include "plan/table/implication.hpp"
#include "plan/type/array_text.hpp"

namespace migcheck::plan {

namespace {

using Expressions = std::vector<const ast::Expression*>;
using BoolOp = ast::BoolOperation::Op;

bool is_word(const ast::Expression* value, std::string_view word) {
  const auto* written = ast::as<ast::SqlValue>(value);
  return written != nullptr && written->name == word;
}

bool is_unbounded(const ast::Expression* value) {
  return is_word(value, "minvalue") || is_word(value, "maxvalue");
}

class Writer {
 public:
  Writer(ast::Arena& arena, const catalog::Table& parent) : arena_(arena), parent_(parent) {}

  // The conditions that the bound puts on the keys of its parent; none where they cannot be told.
  Expressions of(const ast::PartitionBound& bound) {
    if (bound.is_default || !parent_.partitioning) return {};
    const std::vector<catalog::KeyElement>& keys = parent_.partitioning->keys;
    if (bound.strategy == ast::PartitionBy::Strategy::List) return list(keys.front(), bound.values);
    const bool complete = bound.from.size() == keys.size() && bound.to.size() == keys.size();
    return bound.strategy == ast::PartitionBy::Strategy::Range && complete ? range(keys, bound)
                                                                           : Expressions{};
  }

  const ast::Expression* joined(BoolOp op, const Expressions& parts) {
    if (parts.size() == 1) return parts.front();
    auto* made = arena_.make<ast::BoolOperation>();
    made->op = op;
    made->arguments = arena_.list(parts);
    return made;
  }

 private:
  const ast::Expression* key_of(const catalog::KeyElement& key) {
    if (key.column == 0) return key.expression;
    auto* reference = arena_.make<ast::ColumnRef>();
    ast::Name name;
    name.text = arena_.text(parent_.column(key.column)->name);
    reference->parts = arena_.list(std::vector<ast::Name>{name});
    return reference;
  }

  const ast::Expression* null_test(const catalog::KeyElement& key, bool negated) {
    auto* test = arena_.make<ast::NullTest>();
    test->argument = key_of(key);
    test->negated = negated;
    return test;
  }

  ast::Operation* compared(const catalog::KeyElement& key, std::string_view op,
                           const ast::Expression* value) {
    auto* made = arena_.make<ast::Operation>();
    made->op.name = op;
    made->left = key_of(key);
    made->right = value;
    return made;
  }

  // A boolean needs no comparison.
  const ast::Expression* equal_to(const catalog::KeyElement& key, const ast::Expression* value) {
    const auto* constant = ast::as<ast::Constant>(value);
    if (constant == nullptr || constant->type != ast::Constant::Type::Boolean)
      return compared(key, "=", value);
    return constant->integer != 0 ? key_of(key) : joined_not(key_of(key));
  }

  const ast::Expression* joined_not(const ast::Expression* argument) {
    auto* made = arena_.make<ast::BoolOperation>();
    made->op = BoolOp::Not;
    made->arguments = arena_.list(Expressions{argument});
    return made;
  }

  // The values as one constant, '{"a","b"}': so PostgreSQL keeps them.
  const ast::Expression* any_of(const catalog::KeyElement& key, const Expressions& values) {
    std::string text;
    for (const ast::Expression* value : values) {
      const auto* constant = ast::as<ast::Constant>(value);
      if (constant == nullptr) return any_of_array(key, values);
      text += (text.empty() ? "{" : ",") + array_element(constant->text);
    }
    auto* array = arena_.make<ast::Constant>();
    array->type = ast::Constant::Type::String;
    array->text = arena_.text(text + "}");
    ast::Operation* made = compared(key, "=", array);
    made->form = ast::Operation::Form::AnyOfArray;
    return made;
  }

  const ast::Expression* any_of_array(const catalog::KeyElement& key, const Expressions& values) {
    auto* in = arena_.make<ast::InList>();
    in->argument = key_of(key);
    in->items = arena_.list(values);
    return in;
  }

  Expressions list(const catalog::KeyElement& key, const ast::List<const ast::Expression*>& written) {
    Expressions values;
    for (const ast::Expression* value : written) {
      const auto* constant = ast::as<ast::Constant>(value);
      if (constant == nullptr || constant->type != ast::Constant::Type::Null) values.push_back(value);
    }
    const bool takes_null = values.size() != written.size();
    const ast::Expression* among = values.empty()       ? nullptr
                                   : values.size() == 1 ? equal_to(key, values.front())
                                                        : any_of(key, values);
    if (!takes_null) return {null_test(key, true), among};
    const ast::Expression* null = null_test(key, false);
    return {among == nullptr ? null : joined(BoolOp::Or, {null, among})};
  }

  // What one side says of the keys from `first` on: k > a, or k = a and the next one …; each alternative
  // takes one more key.
  Expressions side(const std::vector<catalog::KeyElement>& keys,
                   const ast::List<const ast::Expression*>& values, std::size_t first, bool lower) {
    Expressions alternatives;
    for (std::size_t last = first; last < keys.size() && !is_unbounded(values[last]); ++last) {
      Expressions all;
      for (std::size_t at = first; at < last; ++at) all.push_back(compared(keys[at], "=", values[at]));
      const bool inclusive = lower ? last + 1 == keys.size() || is_word(values[last + 1], "minvalue")
                                   : last + 1 < keys.size() && is_word(values[last + 1], "maxvalue");
      const std::string_view op = lower ? (inclusive ? ">=" : ">") : (inclusive ? "<=" : "<");
      all.push_back(compared(keys[last], op, values[last]));
      alternatives.push_back(joined(BoolOp::And, all));
    }
    return alternatives.empty() ? alternatives : Expressions{joined(BoolOp::Or, alternatives)};
  }

  Expressions range(const std::vector<catalog::KeyElement>& keys, const ast::PartitionBound& bound) {
    Expressions all;
    for (const catalog::KeyElement& key : keys) all.push_back(null_test(key, true));
    std::size_t first = 0;
    while (first < keys.size() && !is_unbounded(bound.from[first]) &&
           same_expression(bound.from[first], bound.to[first])) {
      all.push_back(compared(keys[first], "=", bound.from[first]));
      ++first;
    }
    for (const ast::Expression* one : side(keys, bound.from, first, true)) all.push_back(one);
    for (const ast::Expression* one : side(keys, bound.to, first, false)) all.push_back(one);
    return all;
  }

  ast::Arena& arena_;
  const catalog::Table& parent_;
};

}  // namespace

const ast::Expression* partition_constraint(Planner& planner, const catalog::Table& partition) {
  std::vector<Expressions> levels;
  for (const catalog::Table* at = &partition; at->partition_of != catalog::kNoObject;) {
    const auto* parent = planner.draft.get<catalog::Table>(at->partition_of);
    if (parent == nullptr || at->bound == nullptr) return nullptr;
    levels.push_back(Writer(planner.draft.arena(), *parent).of(*at->bound));
    if (levels.back().empty()) return nullptr;
    at = parent;
  }
  Expressions all;
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    all.insert(all.end(), level->begin(), level->end());
  return all.empty() ? nullptr : Writer(planner.draft.arena(), partition).joined(BoolOp::And, all);
}

bool checks_imply_partition(const Planner& planner, const catalog::Table& partition,
                            const ast::Expression* constraint) {
  for (const catalog::Constraint& check : partition.constraints) {
    const bool counts = check.kind == catalog::ConstraintKind::Check && check.valid;
    if (counts && same_expression(check.expression, constraint)) return true;
  }
  for (const catalog::Table* at = &partition; at->partition_of != catalog::kNoObject;) {
    const auto* parent = planner.draft.get<catalog::Table>(at->partition_of);
    if (parent == nullptr || !parent->partitioning || at->bound == nullptr) return false;
    if (!checks_imply_bound(partition, *parent->partitioning, *parent, *at->bound)) return false;
    at = parent;
  }
  return true;
}

}  // namespace migcheck::plan
