// SPDX-License-Identifier: MIT
#include "plan/type/volatility.hpp"

#include <algorithm>

#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using ast::Volatility;

Volatility from_letter(char letter) {
  if (letter == 'i') return Volatility::Immutable;
  return letter == 's' ? Volatility::Stable : Volatility::Volatile;
}

void weaken(Steadiness& steadiness, Volatility volatility, std::string_view function) {
  if (volatility <= steadiness.volatility) return;
  steadiness.volatility = volatility;
  steadiness.function = function;
}

struct Builtin {
  char letter = ' ';       // ' ': no function of that name on this version
  bool ambiguous = false;  // several overloads may be meant, and they differ
  bool elsewhere = false;  // some version has the name
};

// What the built-in functions of that name say: the least steady overload that may be meant.
Builtin builtin_letter(const Planner& planner, const ast::FunctionCall& call, const catalog::Table* table) {
  const auto rank = [](char c) { return c == 'v' ? 3 : c == 's' ? 2 : c == 'i' ? 1 : 0; };
  // Until 13 the grammar made date_part of EXTRACT; the function of its own name came with 14.
  const bool extract = call.name.name == "extract" && planner.version() < 14;
  const std::span<const BuiltinFunction> functions =
      builtin_functions(extract ? "date_part" : call.name.name);
  Builtin fitting;
  Builtin any;
  const auto take = [&](Builtin& found, char letter) {
    found.ambiguous |= found.letter != ' ' && found.letter != letter;
    if (rank(letter) > rank(found.letter)) found.letter = letter;
  };
  std::vector<std::optional<catalog::TypeRef>> arguments;
  if (!functions.empty()) arguments = argument_types(planner, call, table);
  for (const BuiltinFunction& function : functions) {
    if (!holds_on(function, planner.version())) continue;
    take(any, function.volatility);
    if (arguments_fit(function.arguments, arguments)) take(fitting, function.volatility);
  }
  Builtin result = fitting.letter != ' ' ? fitting : any;
  result.elsewhere = !functions.empty();
  return result;
}

// PostgreSQL puts the body of a plain SQL function in the place of its call before it asks how steady the
// expression is, so a function that was not declared steady may be all the same. (clauses.c:
// inline_function.)
const ast::Expression* inlined_body(const catalog::Function& function, const ast::FunctionCall& call) {
  if (function.language != "sql" || function.body == nullptr || function.returns_set || function.procedure ||
      function.aggregate || function.security_definer || function.strict || !function.settings.empty() ||
      function.arguments.size() != call.arguments.size() || function.body->statements.size() != 1) {
    return nullptr;
  }
  const auto* select = ast::as<ast::Select>(function.body->statements[0].statement);
  if (select == nullptr || select->set_operation != ast::Select::SetOperation::None ||
      !select->with.empty() || !select->from.empty() || select->where != nullptr ||
      select->limit != nullptr || select->items.size() != 1) {
    return nullptr;
  }
  const ast::Expression* value = select->items[0]->value;
  bool has_query = false;
  ast::walk(value, [&](const ast::Node& node) {
    has_query = has_query || node.kind == ast::NodeKind::SubQuery;
    return !has_query;
  });
  return has_query ? nullptr : value;
}

void add_call(const Planner& planner, const ast::FunctionCall& call, const catalog::Table* table,
              Steadiness& steadiness, std::vector<const ast::Expression*>& pending) {
  bool elsewhere = false;
  if (call.name.schema.empty() || call.name.schema == "pg_catalog") {
    const Builtin found = builtin_letter(planner, call, table);
    elsewhere = found.elsewhere;
    if (found.letter != ' ') {
      steadiness.unknown |= found.ambiguous;
      return weaken(steadiness, from_letter(found.letter), call.name.name);
    }
  }
  const auto functions = planner.before.functions(call.name.schema, call.name.name, planner.search_path());
  const ast::Expression* body = functions.size() == 1 ? inlined_body(*functions.front(), call) : nullptr;
  if (body != nullptr && functions.front()->volatility == Volatility::Volatile) {
    pending.push_back(body);
    return;
  }
  // One that is STABLE by name may be IMMUTABLE by its body.
  steadiness.unknown |= body != nullptr && functions.front()->volatility == Volatility::Stable;
  for (const catalog::Function* function : functions) {
    steadiness.unknown |= functions.size() > 1 && function->volatility != functions.front()->volatility;
    weaken(steadiness, function->volatility, call.name.name);
  }
  if (!functions.empty()) return;
  weaken(steadiness, Volatility::Volatile, call.name.name);
  steadiness.unknown = true;
  if (elsewhere && steadiness.missing.empty()) {
    steadiness.missing = std::string(call.name.name) + (call.arguments.empty() ? "()" : "");
  }
}

void add_cast(const Planner& planner, const ast::Cast& cast, const catalog::Table* table,
              Steadiness& steadiness) {
  const catalog::TypeRef to = resolve_type(planner, cast.type);
  const auto from = type_of(planner, cast.argument, table);
  if (!from) return;  // a literal is read once, when the statement is
  const catalog::TypeRef from_base = base_type_of(planner, *from);
  const catalog::TypeRef to_base = base_type_of(planner, to);
  if (from_base.name == to_base.name && is_array(from_base) == is_array(to_base)) return;
  const bool by_text = is_array(from_base) != is_array(to_base);
  const BuiltinCast* found =
      by_text ? nullptr : builtin_cast(from_base.name, to_base.name, planner.version());
  if (found != nullptr) return weaken(steadiness, from_letter(found->volatility), to.name);
  // By way of text: one prints the value, the other reads it. Enums, arrays and rows are printed by what the
  // catalog says now.
  const auto letter = [&](const catalog::TypeRef& type, char BuiltinType::*which) {
    const BuiltinType* builtin = builtin_type(type.name, planner.version());
    const bool plain = builtin != nullptr && type.schema == "pg_catalog" && !is_array(type);
    return plain ? builtin->*which : 's';
  };
  weaken(steadiness, from_letter(letter(from_base, &BuiltinType::printing)), to.name);
  weaken(steadiness, from_letter(letter(to_base, &BuiltinType::reading)), to.name);
}

void add_operation(const Planner& planner, const ast::Operation& operation, const catalog::Table* table,
                   Steadiness& steadiness) {
  const auto left = type_of(planner, operation.left, table);
  const auto right = type_of(planner, operation.right, table);
  if (!left || !right) return;
  for (const BuiltinOperator& row : non_immutable_operators()) {
    if (row.name == operation.op.name && row.left == left->name && row.right == right->name &&
        holds_on(row, planner.version())) {
      weaken(steadiness, from_letter(row.volatility), row.name);
    }
  }
}

}  // namespace

Steadiness steadiness_of(const Planner& planner, const ast::Expression* expression,
                         const catalog::Table* table) {
  // Functions that call each other may go round in circles.
  constexpr std::size_t kMostBodies = 100;
  Steadiness steadiness;
  std::vector<const ast::Expression*> pending = {expression};
  for (std::size_t at = 0; at < pending.size() && at < kMostBodies; ++at) {
    ast::walk(pending[at], [&](const ast::Node& node) {
      if (const auto* call = ast::as<ast::FunctionCall>(&node)) {
        add_call(planner, *call, table, steadiness, pending);
      } else if (const auto* cast = ast::as<ast::Cast>(&node)) {
        add_cast(planner, *cast, table, steadiness);
      } else if (const auto* operation = ast::as<ast::Operation>(&node)) {
        add_operation(planner, *operation, table, steadiness);
      } else if (node.kind == ast::NodeKind::SqlValue) {
        weaken(steadiness, Volatility::Stable, ast::as<ast::SqlValue>(&node)->name);
      }
      return true;
    });
  }
  return steadiness;
}

bool surely_missing(const Planner& planner, const Steadiness& steadiness) {
  return !steadiness.missing.empty() && planner.before.is_complete("public") &&
         planner.before.objects(catalog::ObjectKind::Extension).empty();
}

}  // namespace migcheck::plan

namespace migcheck {

ValueSteadiness steadiness_of(const ast::Expression* expression, const catalog::Table* table,
                              const catalog::Catalog& catalog, const PlanContext& context) {
  const plan::Planner planner(catalog, context);
  const plan::Steadiness found = plan::steadiness_of(planner, expression, table);
  return {found.volatility, found.unknown, found.function};
}

}  // namespace migcheck
