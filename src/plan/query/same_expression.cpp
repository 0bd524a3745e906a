// SPDX-License-Identifier: MIT
#include "plan/query/same_expression.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace migcheck::plan {

namespace {

// What a node says besides its children.
std::string_view own_text(const ast::Node& node) {
  if (const auto* column = ast::as<ast::ColumnRef>(&node)) return column->column();
  if (const auto* constant = ast::as<ast::Constant>(&node)) return constant->text;
  if (const auto* operation = ast::as<ast::Operation>(&node)) return operation->op.name;
  if (const auto* call = ast::as<ast::FunctionCall>(&node)) return call->name.name;
  if (const auto* type = ast::as<ast::TypeName>(&node)) return type->name;
  if (const auto* value = ast::as<ast::SqlValue>(&node)) return value->name;
  if (const auto* collate = ast::as<ast::Collate>(&node)) return collate->collation.name;
  if (const auto* other = ast::as<ast::Other>(&node)) return other->what;
  return {};
}

int own_number(const ast::Node& node) {
  if (const auto* constant = ast::as<ast::Constant>(&node)) return static_cast<int>(constant->type);
  if (const auto* operation = ast::as<ast::Operation>(&node)) return static_cast<int>(operation->form);
  if (const auto* operation = ast::as<ast::BoolOperation>(&node)) return static_cast<int>(operation->op);
  if (const auto* test = ast::as<ast::NullTest>(&node)) return test->negated ? 1 : 0;
  if (const auto* test = ast::as<ast::BooleanTest>(&node)) return static_cast<int>(test->test);
  if (const auto* list = ast::as<ast::InList>(&node)) return list->negated ? 1 : 0;
  if (const auto* between = ast::as<ast::Between>(&node))
    return (between->negated ? 1 : 0) + (between->symmetric ? 2 : 0);
  if (const auto* among = ast::as<ast::MinMax>(&node)) return among->greatest ? 1 : 0;
  if (const auto* type = ast::as<ast::TypeName>(&node)) return type->array_dimensions;
  // CASE x WHEN y THEN z END has as many children as CASE WHEN x THEN y ELSE z END.
  if (const auto* chosen = ast::as<ast::Case>(&node)) return chosen->argument != nullptr ? 1 : 0;
  return 0;
}

// What stands in brackets is among the children; not the fields, nor which bound of a slice is left out.
bool same_steps(const ast::Subscript& a, const ast::Subscript& b) {
  return std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(),
                    [](const ast::Subscript::Step& one, const ast::Subscript::Step& other) {
                      return one.field == other.field && one.slice == other.slice &&
                             (one.low == nullptr) == (other.low == nullptr);
                    });
}

bool say_the_same(const ast::Node& a, const ast::Node& b) {
  if (a.kind != b.kind || own_text(a) != own_text(b) || own_number(a) != own_number(b)) return false;
  const auto* steps = ast::as<ast::Subscript>(&a);
  return steps == nullptr || same_steps(*steps, static_cast<const ast::Subscript&>(b));
}

}  // namespace

bool same_expression(const ast::Expression* left, const ast::Expression* right) {
  std::vector<std::pair<const ast::Node*, const ast::Node*>> pending = {{left, right}};
  while (!pending.empty()) {
    const auto [a, b] = pending.back();
    pending.pop_back();
    if (a == nullptr || b == nullptr) {
      if (a != b) return false;
      continue;
    }
    if (!say_the_same(*a, *b)) return false;
    ast::NodeStack of_a;
    ast::NodeStack of_b;
    ast::append_children(*a, of_a);
    ast::append_children(*b, of_b);
    if (of_a.size() != of_b.size()) return false;
    for (std::size_t at = 0; at < of_a.size(); ++at) pending.emplace_back(of_a[at], of_b[at]);
  }
  return true;
}

}  // namespace migcheck::plan
