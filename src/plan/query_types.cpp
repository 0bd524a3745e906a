// SPDX-License-Identifier: MIT
// Types of expressions, as far as they follow without PostgreSQL's tables of operators and functions. What is
// not certain has no type: a wrong one would claim that CREATE OR REPLACE VIEW fails.
#include <algorithm>
#include <array>
#include <limits>

#include "plan/query_scope.hpp"

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

catalog::TypeRef type_of_constant(const ast::Constant& constant) {
  switch (constant.type) {
    case ast::Constant::Type::Boolean:
      return built_in("bool");
    case ast::Constant::Type::Integer:
      return built_in(constant.integer > std::numeric_limits<std::int32_t>::max() ? "int8" : "int4");
    case ast::Constant::Type::Float:
      return built_in("numeric");
    default:
      // A string or NULL takes the type that its place asks for; alone in a select list it becomes text.
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

}  // namespace

catalog::TypeRef QueryResolver::type_of(const ast::Expression* expression, const Scope& scope) const {
  bool through_function = false;
  catalog::TypeRef type = type_of_leaf(expression, scope, through_function);
  if (!through_function) return type;
  // min(), max() and NULLIF lose the modifiers, and work on text where they are given varchar.
  if (type.id != catalog::kNoObject || type.name == "varchar") return {};
  type.modifiers.clear();
  return type;
}

// The loop follows the one argument that decides the type; everything else ends it.
catalog::TypeRef QueryResolver::type_of_leaf(const ast::Expression* expression, const Scope& scope,
                                             bool& through_function) const {
  const Scope nothing;
  const Scope* at = &scope;
  for (int steps = 0; steps < 64 && expression != nullptr; ++steps) {
    switch (expression->kind) {
      case ast::NodeKind::ColumnRef: {
        const OutputColumn* column = find(*ast::as<ast::ColumnRef>(expression), *at);
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
      case ast::NodeKind::SubQuery: {
        using Form = ast::SubQuery::Form;
        const auto& query = *ast::as<ast::SubQuery>(expression);
        if (query.form == Form::Exists || query.form == Form::In || query.form == Form::Any ||
            query.form == Form::All) {
          return built_in("bool");
        }
        // Of (SELECT count(*) …) what needs no names of its own.
        if (query.form != Form::Scalar || query.query == nullptr || query.query->items.size() != 1) return {};
        expression = query.query->items[0]->value;
        at = &nothing;
        break;
      }
      case ast::NodeKind::Operation: {
        const auto& operation = *ast::as<ast::Operation>(expression);
        if (is_boolean(operation)) return built_in("bool");
        if (operation.op.name == "->>" || operation.op.name == "#>>") return built_in("text");
        const bool follows = operation.op.name == "->" || operation.op.name == "#>" ||
                             operation.form == ast::Operation::Form::NullIf;
        if (!follows) return {};
        through_function = true;
        expression = operation.left;
        break;
      }
      case ast::NodeKind::Collate:
        expression = ast::as<ast::Collate>(expression)->argument;
        break;
      case ast::NodeKind::FunctionCall: {
        const auto& call = *ast::as<ast::FunctionCall>(expression);
        if ((call.name.name == "min" || call.name.name == "max") && call.arguments.size() == 1) {
          expression = call.arguments[0];
          through_function = true;
          break;
        }
        const auto known =
            std::lower_bound(kFunctionTypes.begin(), kFunctionTypes.end(), call.name.name,
                             [](const FunctionType& one, std::string_view name) { return one.name < name; });
        if (known != kFunctionTypes.end() && known->name == call.name.name) return built_in(known->type);
        const auto functions = lookup_.functions(call.name.schema, call.name.name);
        return functions.size() == 1 ? functions.front()->returns : catalog::TypeRef{};
      }
      default:
        return {};
    }
  }
  return {};
}

}  // namespace migcheck::plan
