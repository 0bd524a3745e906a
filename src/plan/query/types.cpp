// SPDX-License-Identifier: MIT
// Types of expressions, as far as they follow without PostgreSQL's tables of operators and functions. What is
// not certain has no type: a wrong one would claim that CREATE OR REPLACE VIEW fails.
#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "migcheck/settings.hpp"
#include "plan/query/scope.hpp"
#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

catalog::TypeRef built_in(std::string_view name) {
  return {"pg_catalog", std::string(name), catalog::kNoObject, {}, 0};
}

struct FunctionType {
  std::string_view name;
  std::string_view type;
};
// Functions that return one type whatever they are given. Sorted.
constexpr std::array kFunctionTypes = {
    FunctionType{"bool_and", "bool"},
    FunctionType{"bool_or", "bool"},
    FunctionType{"char_length", "int4"},
    FunctionType{"clock_timestamp", "timestamptz"},
    FunctionType{"concat", "text"},
    FunctionType{"concat_ws", "text"},
    FunctionType{"count", "int8"},
    FunctionType{"dense_rank", "int8"},
    FunctionType{"format", "text"},
    FunctionType{"gen_random_uuid", "uuid"},
    FunctionType{"initcap", "text"},
    FunctionType{"json_agg", "json"},
    FunctionType{"json_build_array", "json"},
    FunctionType{"json_build_object", "json"},
    FunctionType{"jsonb_agg", "jsonb"},
    FunctionType{"jsonb_build_array", "jsonb"},
    FunctionType{"jsonb_build_object", "jsonb"},
    FunctionType{"md5", "text"},
    FunctionType{"now", "timestamptz"},
    FunctionType{"random", "float8"},
    FunctionType{"rank", "int8"},
    FunctionType{"row_number", "int8"},
    FunctionType{"row_to_json", "json"},
    FunctionType{"string_agg", "text"},
    FunctionType{"strpos", "int4"},
    FunctionType{"to_char", "text"},
    FunctionType{"to_json", "json"},
    FunctionType{"to_jsonb", "jsonb"},
};

// Operators that compare, match or contain give booleans for all of PostgreSQL's own types.
constexpr std::array<std::string_view, 19> kBooleanOperators = {
    "=",   "<>", "!=",  "<",   ">",    "<=", ">=", "~",  "~*", "!~",
    "!~*", "~~", "!~~", "~~*", "!~~*", "@>", "<@", "&&", "@@"};

// A string literal or NULL: it takes the type that its place asks for, and is text where none does.
catalog::TypeRef unknown_literal() {
  return built_in("unknown");
}

bool is_literal(const catalog::TypeRef& type) {
  return type.name == "unknown";
}

catalog::TypeRef type_of_constant(const ast::Constant& constant) {
  switch (constant.type) {
    case ast::Constant::Type::Boolean:
      return built_in("bool");
    case ast::Constant::Type::Integer:
      return built_in(constant.integer > std::numeric_limits<std::int32_t>::max() ? "int8" : "int4");
    case ast::Constant::Type::Float: {
      // What is too big for an integer is one of eight bytes where it fits.
      constexpr std::size_t kSurelyFits = 18;
      const bool digits = constant.text.find_first_not_of("0123456789") == std::string_view::npos;
      return built_in(digits && constant.text.size() <= kSurelyFits ? "int8" : "numeric");
    }
    case ast::Constant::Type::String:
    case ast::Constant::Type::Null:
      return unknown_literal();
    default:
      return {};
  }
}

catalog::TypeRef type_of_keyword(std::string_view name) {
  if (name == "current_timestamp") return built_in("timestamptz");
  if (name == "localtimestamp") return built_in("timestamp");
  if (name == "current_date") return built_in("date");
  if (name == "current_user" || name == "session_user" || name == "current_role" || name == "user") {
    return built_in("name");
  }
  return {};
}

bool is_boolean(const ast::Operation& operation) {
  if (operation.form != ast::Operation::Form::Plain) {
    return operation.form != ast::Operation::Form::NullIf;
  }
  return std::find(kBooleanOperators.begin(), kBooleanOperators.end(), operation.op.name) !=
         kBooleanOperators.end();
}

bool is_plain(const catalog::TypeRef& type) {
  return type.schema == "pg_catalog" && type.array_dimensions == 0;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, const catalog::TypeRef& type) {
  return is_plain(type) && std::find(names.begin(), names.end(), type.name) != names.end();
}

constexpr std::array<std::string_view, 3> kTextTypes = {"text", "varchar", "bpchar"};
// The wider one wins.
constexpr std::array<std::string_view, 6> kNumbers = {"int2", "int4", "int8", "numeric", "float4", "float8"};
// UNION, CASE and COALESCE prefer the last.
constexpr std::array<std::string_view, 3> kMoments = {"date", "timestamp", "timestamptz"};

template <std::size_t N>
std::size_t rank_in(const std::array<std::string_view, N>& names, const catalog::TypeRef& type) {
  const auto found = std::find(names.begin(), names.end(), is_plain(type) ? type.name : std::string());
  return static_cast<std::size_t>(found - names.begin());
}

catalog::TypeRef without_modifiers(catalog::TypeRef type) {
  type.modifiers.clear();
  return type;
}

template <std::size_t N>
catalog::TypeRef wider(const std::array<std::string_view, N>& names, const catalog::TypeRef& left,
                       const catalog::TypeRef& right) {
  const std::size_t rank = std::max(rank_in(names, left), rank_in(names, right));
  return rank < N ? built_in(names[rank]) : catalog::TypeRef{};
}

// What + - * / % give of numbers and of moments in time.
catalog::TypeRef type_of_arithmetic(std::string_view op, const catalog::TypeRef& left,
                                    const catalog::TypeRef& right) {
  if (op != "+" && op != "-" && op != "*" && op != "/" && op != "%") return {};
  if (is_one_of(kNumbers, left) && is_one_of(kNumbers, right)) {
    const bool mixed = (left.name == "float4") != (right.name == "float4");
    const catalog::TypeRef type = wider(kNumbers, left, right);
    return mixed && type.name == "float4" ? built_in("float8") : type;
  }
  const bool interval = is_plain(right) && right.name == "interval";
  const bool moment = is_one_of(kMoments, left);
  if (moment && interval && (op == "+" || op == "-")) {
    return built_in(left.name == "date" ? "timestamp" : left.name);
  }
  if (moment && op == "-" && is_one_of(kMoments, right)) {
    const bool days = left.name == "date" && right.name == "date";
    return built_in(days ? "int4" : "interval");
  }
  if (is_plain(left) && left.name == "date" && is_one_of(kNumbers, right)) return built_in("date");
  return {};
}

catalog::TypeRef type_of_joined(const catalog::TypeRef& left, const catalog::TypeRef& right) {
  if (left.array_dimensions > 0) return without_modifiers(left);
  if (right.array_dimensions > 0) return without_modifiers(right);
  if (is_plain(left) && left.name == "jsonb") {
    return right == left || is_literal(right) ? left : catalog::TypeRef{};
  }
  const bool text =
      is_one_of(kTextTypes, left) || is_one_of(kTextTypes, right) || (is_literal(left) && is_literal(right));
  return text ? built_in("text") : catalog::TypeRef{};
}

catalog::TypeRef type_of_sum(const catalog::TypeRef& type) {
  if (!is_plain(type)) return {};
  if (type.name == "int2" || type.name == "int4") return built_in("int8");
  if (type.name == "int8" || type.name == "numeric") return built_in("numeric");
  const bool itself = type.name == "float4" || type.name == "float8" || type.name == "interval";
  return itself ? without_modifiers(type) : catalog::TypeRef{};
}

catalog::TypeRef type_of_average(const catalog::TypeRef& type) {
  if (is_plain(type) && type.name == "float4") return built_in("float8");
  const catalog::TypeRef sum = type_of_sum(type);
  return sum.name == "int8" ? built_in("numeric") : sum;
}

// min() and max() lose the modifiers, and work on text where they are given varchar.
catalog::TypeRef type_of_extreme(const catalog::TypeRef& type) {
  if (type.id != catalog::kNoObject) return {};
  return is_plain(type) && (type.name == "varchar" || is_literal(type)) ? built_in("text")
                                                                        : without_modifiers(type);
}

bool follows_first(std::string_view function) {
  constexpr std::array<std::string_view, 7> kNames = {"abs",  "first_value", "lag", "last_value",
                                                      "lead", "max",         "min"};
  return std::find(kNames.begin(), kNames.end(), function) != kNames.end();
}

bool is_text_function(std::string_view function) {
  constexpr std::array<std::string_view, 16> kNames = {
      "btrim", "left",    "lower", "lpad",  "ltrim",      "overlay", "regexp_replace", "repeat",
      "right", "replace", "rpad",  "rtrim", "split_part", "substr",  "substring",      "upper"};
  return std::find(kNames.begin(), kNames.end(), function) != kNames.end();
}

// The calls whose type follows from that of their first argument.
catalog::TypeRef type_by_argument(std::string_view function, const catalog::TypeRef& argument) {
  if (function == "sum") return type_of_sum(argument);
  if (function == "avg") return type_of_average(argument);
  if (follows_first(function)) {
    return function == "min" || function == "max" ? type_of_extreme(argument) : without_modifiers(argument);
  }
  if (is_text_function(function) && (is_one_of(kTextTypes, argument) || is_literal(argument))) {
    return built_in("text");
  }
  if (function == "array_agg" && argument.array_dimensions == 0 && !argument.name.empty() &&
      !is_literal(argument)) {
    catalog::TypeRef array = without_modifiers(argument);
    array.array_dimensions = 1;
    return array;
  }
  return {};
}

catalog::TypeRef common_type_of(const std::vector<catalog::TypeRef>& types) {
  catalog::TypeRef common = types.empty() ? unknown_literal() : types.front();
  for (const catalog::TypeRef& type : types) common = plan::common_type(common, type);
  return common;
}

// What PostgreSQL brings, where all overloads that can be meant return the same.
catalog::TypeRef type_of_builtin(std::string_view name,
                                 const std::vector<std::optional<catalog::TypeRef>>& arguments) {
  std::string_view returns;
  for (const BuiltinFunction& function : builtin_functions(name)) {
    if (!arguments_fit(function.arguments, arguments)) continue;
    const bool agreed = returns.empty() || returns == function.returns;
    // What only some versions have may be another function elsewhere.
    if (function.returns.empty() || !agreed || function.first != 0 || function.last != 99) return {};
    returns = function.returns;
  }
  const bool known = !returns.empty() && builtin_type(returns, kDefaultPgVersion) != nullptr;
  return known && !returns.starts_with("any") && !returns.starts_with('_') ? built_in(returns)
                                                                           : catalog::TypeRef{};
}

}  // namespace

// The type of UNION, CASE and their like: PostgreSQL's select_common_type for the types that occur.
catalog::TypeRef common_type(const catalog::TypeRef& left, const catalog::TypeRef& right) {
  if (left.name.empty() || right.name.empty()) return {};
  if (left == right) return left;
  // A literal is made one of the other type, without its length.
  if (is_literal(left)) return without_modifiers(right);
  if (is_literal(right)) return without_modifiers(left);
  if (without_modifiers(left) == without_modifiers(right)) return without_modifiers(left);
  if (is_one_of(kNumbers, left) && is_one_of(kNumbers, right)) return wider(kNumbers, left, right);
  if (is_one_of(kMoments, left) && is_one_of(kMoments, right)) return wider(kMoments, left, right);
  // Texts are cast into each other both ways: the first one stays.
  const bool texts = is_one_of(kTextTypes, left) && is_one_of(kTextTypes, right);
  return texts ? without_modifiers(left) : catalog::TypeRef{};
}

void settle_literals(QueryOutput& output) {
  for (OutputColumn& column : output.columns) {
    if (is_literal(column.type)) column.type = built_in("text");
  }
}

catalog::TypeRef QueryResolver::type_of(const ast::Expression* expression, const Scope& scope) const {
  return type_at(expression, scope, 0);
}

catalog::TypeRef QueryResolver::type_of_query(const ast::SubQuery& query, const Scope& scope) const {
  using Form = ast::SubQuery::Form;
  if (query.form != Form::Scalar && query.form != Form::Array) return built_in("bool");
  // Each level is resolved once more for its type: a few levels are enough for what people write.
  constexpr int kDeepestTyped = 4;
  if (query.query == nullptr || typed_depth_ >= kDeepestTyped) return {};
  QueryResolver inner(lookup_);
  inner.typed_depth_ = typed_depth_ + 1;
  const QueryOutput output = inner.statement(*query.query, &scope);
  if (!output.known || output.columns.size() != 1) return {};
  catalog::TypeRef type = output.columns[0].type;
  if (query.form == Form::Array && !type.name.empty()) type.array_dimensions = 1;
  return type;
}

catalog::TypeRef QueryResolver::type_of_operation(const ast::Operation& operation, const Scope& scope,
                                                  int depth) const {
  const auto type = [&](const ast::Expression* side) { return type_at(side, scope, depth + 1); };
  // The operator = decides what NULLIF compares; the value is the left one all the same.
  if (operation.form == ast::Operation::Form::NullIf) {
    const catalog::TypeRef left = type(operation.left);
    return is_plain(left) && left.name == "varchar" ? catalog::TypeRef{} : left;
  }
  if (is_boolean(operation)) return built_in("bool");
  const std::string_view op = operation.op.name;
  if (op == "->>" || op == "#>>") return built_in("text");
  if (operation.left == nullptr)
    return op == "-" || op == "+" ? without_modifiers(type(operation.right)) : catalog::TypeRef{};
  const catalog::TypeRef left = type(operation.left);
  if (op == "->" || op == "#>") {
    return is_plain(left) && (left.name == "json" || left.name == "jsonb") ? left : catalog::TypeRef{};
  }
  const catalog::TypeRef right = type(operation.right);
  if (left.name.empty() || right.name.empty()) {
    const catalog::TypeRef& one = left.name.empty() ? right : left;
    return op == "||" && is_one_of(kTextTypes, one) ? built_in("text") : catalog::TypeRef{};
  }
  return op == "||" ? type_of_joined(left, right) : type_of_arithmetic(op, left, right);
}

catalog::TypeRef QueryResolver::type_of_call(const ast::FunctionCall& call, const Scope& scope,
                                             int depth) const {
  const auto functions = lookup_.functions(call.name.schema, call.name.name);
  if (functions.size() == 1) {
    const catalog::TypeRef& returns = functions.front()->returns;
    return returns.name.starts_with("any") ? catalog::TypeRef{} : returns;  // what it is given decides
  }
  if (!functions.empty() || !(call.name.schema.empty() || call.name.schema == "pg_catalog")) return {};
  const auto known =
      std::lower_bound(kFunctionTypes.begin(), kFunctionTypes.end(), call.name.name,
                       [](const FunctionType& one, std::string_view name) { return one.name < name; });
  if (known != kFunctionTypes.end() && known->name == call.name.name) return built_in(known->type);
  std::vector<std::optional<catalog::TypeRef>> arguments;
  for (const ast::Expression* argument : call.arguments) {
    const catalog::TypeRef type = type_at(argument, scope, depth + 1);
    const bool told = !type.name.empty() && !is_literal(type);
    arguments.push_back(told ? std::optional(type) : std::nullopt);
    if (arguments.size() > 1 || type.name.empty()) continue;
    catalog::TypeRef followed = type_by_argument(call.name.name, type);
    if (!followed.name.empty()) return followed;
  }
  return type_of_builtin(call.name.name, arguments);
}

catalog::TypeRef QueryResolver::type_of_choice(const ast::Expression& expression, const Scope& scope,
                                               int depth) const {
  std::vector<catalog::TypeRef> types;
  const auto add = [&](const ast::Expression* one) { types.push_back(type_at(one, scope, depth + 1)); };
  if (const auto* choice = ast::as<ast::Case>(&expression)) {
    // ELSE is looked at first.
    if (choice->otherwise == nullptr) types.push_back(unknown_literal());
    if (choice->otherwise != nullptr) add(choice->otherwise);
    for (const ast::Case::When& when : choice->whens) add(when.result);
  } else if (const auto* coalesce = ast::as<ast::Coalesce>(&expression)) {
    for (const ast::Expression* one : coalesce->arguments) add(one);
  } else if (const auto* extreme = ast::as<ast::MinMax>(&expression)) {
    for (const ast::Expression* one : extreme->arguments) add(one);
  } else if (const auto* array = ast::as<ast::ArrayLiteral>(&expression)) {
    for (const ast::Expression* one : array->items) add(one);
    catalog::TypeRef element = common_type_of(types);
    if (is_literal(element)) element = built_in("text");
    if (!element.name.empty()) element.array_dimensions = 1;
    return element;
  }
  return common_type_of(types);
}

catalog::TypeRef QueryResolver::type_at(const ast::Expression* expression, const Scope& scope,
                                        int depth) const {
  constexpr int kDeepestExpression = 48;
  if (expression == nullptr || depth > kDeepestExpression) return {};
  switch (expression->kind) {
    case ast::NodeKind::ColumnRef: {
      const OutputColumn* column = find(*ast::as<ast::ColumnRef>(expression), scope);
      return column == nullptr ? catalog::TypeRef{} : column->type;
    }
    case ast::NodeKind::Cast: {
      const ast::TypeName* type = ast::as<ast::Cast>(expression)->type;
      return type == nullptr ? catalog::TypeRef{} : lookup_.type(*type);
    }
    case ast::NodeKind::Constant:
      return type_of_constant(*ast::as<ast::Constant>(expression));
    case ast::NodeKind::SqlValue:
      return type_of_keyword(ast::as<ast::SqlValue>(expression)->name);
    case ast::NodeKind::BoolOperation:
    case ast::NodeKind::NullTest:
    case ast::NodeKind::BooleanTest:
    case ast::NodeKind::InList:
    case ast::NodeKind::Between:
      return built_in("bool");
    case ast::NodeKind::SubQuery:
      return type_of_query(*ast::as<ast::SubQuery>(expression), scope);
    case ast::NodeKind::Operation:
      return type_of_operation(*ast::as<ast::Operation>(expression), scope, depth);
    case ast::NodeKind::Collate:
      return type_at(ast::as<ast::Collate>(expression)->argument, scope, depth + 1);
    case ast::NodeKind::FunctionCall:
      return type_of_call(*ast::as<ast::FunctionCall>(expression), scope, depth);
    case ast::NodeKind::Case:
    case ast::NodeKind::Coalesce:
    case ast::NodeKind::MinMax:
    case ast::NodeKind::ArrayLiteral:
      return type_of_choice(*expression, scope, depth);
    default:
      return {};
  }
}

}  // namespace migcheck::plan
