// SPDX-License-Identifier: MIT
// The type of an expression: the plain cases of PostgreSQL's parse analysis. Where operators or functions are
// overloaded beyond that, there is no answer rather than a guess.
#include <algorithm>
#include <array>
#include <utility>

#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::TypeRef;

namespace {

constexpr int kDeepestExpression = 64;

std::optional<TypeRef> type_at(const Planner& planner, const ast::Expression* expression,
                               const catalog::Table* table, int depth);

std::optional<TypeRef> type_of_constant(const ast::Constant& constant) {
  switch (constant.type) {
    case ast::Constant::Type::Boolean:
      return builtin_type_ref("bool");
    case ast::Constant::Type::Integer:
      return builtin_type_ref(constant.integer > INT32_MAX || constant.integer < INT32_MIN ? "int8" : "int4");
    case ast::Constant::Type::Float:
      return builtin_type_ref("numeric");
    case ast::Constant::Type::BitString:
      return builtin_type_ref("bit");
    case ast::Constant::Type::Null:
    case ast::Constant::Type::String:
      break;
  }
  return std::nullopt;
}

std::optional<TypeRef> type_of_sql_value(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypesOfValues = {{
      {"current_date", "date"},
      {"current_timestamp", "timestamptz"},
      {"current_time", "timetz"},
      {"localtimestamp", "timestamp"},
      {"localtime", "time"},
      {"current_catalog", "name"},
      {"current_schema", "name"},
  }};
  for (const auto& [value, type] : kTypesOfValues) {
    if (name.substr(0, value.size()) == value) return builtin_type_ref(type);
  }
  if (name == "minvalue" || name == "maxvalue") return std::nullopt;
  return builtin_type_ref("name");  // current_user, session_user, user
}

std::vector<std::optional<TypeRef>> argument_types_at(const Planner& planner, const ast::FunctionCall& call,
                                                      const catalog::Table* table, int depth) {
  std::vector<std::optional<TypeRef>> types;
  for (const ast::Expression* argument : call.arguments) {
    auto type = type_at(planner, argument, table, depth + 1);
    if (type) type = base_type_of(planner, *type);
    types.push_back(std::move(type));
  }
  return types;
}

// What all overloads of a built-in function that fit the arguments return, or what the one user function
// does.
std::optional<TypeRef> type_of_call(const Planner& planner, const ast::FunctionCall& call,
                                    const catalog::Table* table, int depth) {
  if (call.name.schema.empty() || call.name.schema == "pg_catalog") {
    std::string_view returns;
    std::optional<std::vector<std::optional<TypeRef>>> arguments;
    for (const BuiltinFunction& function : builtin_functions(call.name.name)) {
      if (!holds_on(function, planner.version())) continue;
      if (!arguments) arguments = argument_types_at(planner, call, table, depth);
      if (!arguments_fit(function.arguments, *arguments)) continue;
      if (function.returns.empty() || (!returns.empty() && returns != function.returns)) return std::nullopt;
      returns = function.returns;
    }
    if (!returns.empty()) {
      if (builtin_type(returns, planner.version()) == nullptr) return std::nullopt;
      return builtin_type_ref(returns);
    }
  }
  const auto functions = planner.before.functions(call.name.schema, call.name.name, planner.search_path());
  if (functions.size() != 1 || functions.front()->returns_set) return std::nullopt;
  if (functions.front()->returns.name.empty()) return std::nullopt;
  return functions.front()->returns;
}

// PostgreSQL's order of the numeric types: the wider one wins.
int numeric_rank(const TypeRef& type) {
  constexpr std::array<std::string_view, 6> kOrder = {"int2", "int4", "int8", "numeric", "float4", "float8"};
  if (type.schema != "pg_catalog" || is_array(type)) return -1;
  for (std::size_t rank = 0; rank < kOrder.size(); ++rank) {
    if (type.name == kOrder[rank]) return static_cast<int>(rank);
  }
  return -1;
}

bool is_comparison(std::string_view op) {
  return op == "=" || op == "<>" || op == "!=" || op == "<" || op == ">" || op == "<=" || op == ">=" ||
         op == "@>" || op == "<@" || op == "&&" || op == "?" || op == "@@" || op == "~" || op == "!~" ||
         op == "~*" || op == "!~*" || op == "~~" || op == "!~~" || op == "~~*" || op == "!~~*";
}

std::optional<TypeRef> type_of_operation(const Planner& planner, const ast::Operation& operation,
                                         const catalog::Table* table, int depth) {
  using Form = ast::Operation::Form;
  if (operation.form == Form::NullIf) return type_at(planner, operation.left, table, depth + 1);
  if (operation.form != Form::Plain || is_comparison(operation.op.name)) return builtin_type_ref("bool");
  auto left = type_at(planner, operation.left, table, depth + 1);
  auto right = type_at(planner, operation.right, table, depth + 1);
  if (operation.op.name == "||" && (!left || !right || left->name == "text" || right->name == "text")) {
    if ((left && is_array(*left)) || (left && left->name == "jsonb")) return left;
    return builtin_type_ref("text");
  }
  if (operation.left == nullptr) return right;
  if (!left || !right) return std::nullopt;
  const int left_rank = numeric_rank(*left);
  const int right_rank = numeric_rank(*right);
  if (left_rank < 0 || right_rank < 0) return std::nullopt;
  TypeRef wider = left_rank >= right_rank ? *left : *right;
  wider.modifiers.clear();
  if (wider.name == "float4" && left->name != right->name) wider.name = "float8";
  return wider;
}

template <typename Items>
std::optional<TypeRef> first_known(const Planner& planner, const Items& items, const catalog::Table* table,
                                   int depth) {
  for (const ast::Expression* item : items) {
    if (auto type = type_at(planner, item, table, depth + 1)) return type;
  }
  return std::nullopt;
}

std::optional<TypeRef> type_of_case(const Planner& planner, const ast::Case& expression,
                                    const catalog::Table* table, int depth) {
  for (const ast::Case::When& when : expression.whens) {
    if (auto type = type_at(planner, when.result, table, depth + 1)) return type;
  }
  return type_at(planner, expression.otherwise, table, depth + 1);
}

std::optional<TypeRef> type_of_column(const ast::ColumnRef& reference, const catalog::Table* table) {
  if (table == nullptr || reference.star) return std::nullopt;
  const catalog::Column* column = table->column(reference.column());
  if (column == nullptr || column->type.name.empty()) return std::nullopt;
  return column->type;
}

std::optional<TypeRef> type_at(const Planner& planner, const ast::Expression* expression,
                               const catalog::Table* table, int depth) {
  if (expression == nullptr || depth > kDeepestExpression) return std::nullopt;
  switch (expression->kind) {
    case ast::NodeKind::ColumnRef:
      return type_of_column(*ast::as<ast::ColumnRef>(expression), table);
    case ast::NodeKind::Constant:
      return type_of_constant(*ast::as<ast::Constant>(expression));
    case ast::NodeKind::Cast: {
      TypeRef type = resolve_type(planner, ast::as<ast::Cast>(expression)->type);
      if (type.name.empty()) return std::nullopt;
      return type;
    }
    case ast::NodeKind::Collate:
      return type_at(planner, ast::as<ast::Collate>(expression)->argument, table, depth + 1);
    case ast::NodeKind::FunctionCall:
      return type_of_call(planner, *ast::as<ast::FunctionCall>(expression), table, depth);
    case ast::NodeKind::SqlValue:
      return type_of_sql_value(ast::as<ast::SqlValue>(expression)->name);
    case ast::NodeKind::Operation:
      return type_of_operation(planner, *ast::as<ast::Operation>(expression), table, depth);
    case ast::NodeKind::Coalesce:
      return first_known(planner, ast::as<ast::Coalesce>(expression)->arguments, table, depth);
    case ast::NodeKind::MinMax:
      return first_known(planner, ast::as<ast::MinMax>(expression)->arguments, table, depth);
    case ast::NodeKind::Case:
      return type_of_case(planner, *ast::as<ast::Case>(expression), table, depth);
    case ast::NodeKind::ArrayLiteral: {
      auto type = first_known(planner, ast::as<ast::ArrayLiteral>(expression)->items, table, depth);
      if (type) type->array_dimensions = 1;
      return type;
    }
    case ast::NodeKind::BoolOperation:
    case ast::NodeKind::NullTest:
    case ast::NodeKind::BooleanTest:
    case ast::NodeKind::InList:
    case ast::NodeKind::Between:
      return builtin_type_ref("bool");
    default:
      return std::nullopt;
  }
}

}  // namespace

bool arguments_fit(std::string_view wanted, const std::vector<std::optional<TypeRef>>& actual) {
  if (wanted == "*") return true;
  std::size_t index = 0;
  while (!wanted.empty()) {
    const std::string_view type = wanted.substr(0, wanted.find(','));
    wanted.remove_prefix(std::min(wanted.size(), type.size() + 1));
    if (index >= actual.size()) return false;
    const std::optional<TypeRef>& given = actual[index];
    ++index;
    if (!given || given->name == type) continue;
    if (type != "text" || (given->name != "varchar" && given->name != "bpchar")) return false;
  }
  return index == actual.size();
}

std::vector<std::optional<TypeRef>> argument_types(const Planner& planner, const ast::FunctionCall& call,
                                                   const catalog::Table* table) {
  return argument_types_at(planner, call, table, 0);
}

std::optional<TypeRef> type_of(const Planner& planner, const ast::Expression* expression,
                               const catalog::Table* table) {
  return type_at(planner, expression, table, 0);
}

}  // namespace migcheck::plan
