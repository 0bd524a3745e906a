// SPDX-License-Identifier: MIT

// Functions and procedures of the history that a statement calls: SELECT create_partition('events'), CALL
// p(). Their bodies run there, with the constants of the call for their parameters.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/ast.hpp"
#include "replay/state.hpp"

namespace migcheck {
namespace {

using catalog::Function;
using Mode = ast::FunctionParameter::Mode;

// A function call in a statement, and whether it is sure to run, once.
struct Called {
  const ast::FunctionCall* call = nullptr;
  bool certain = false;
  bool looped = false;
};

const ast::Expression* without_casts(const ast::Expression* expression) {
  constexpr int kDeepest = 64;
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto* cast = ast::as<ast::Cast>(expression);
    if (cast == nullptr) break;
    expression = cast->argument;
  }
  return expression;
}

// What runs exactly once: a select list over nothing, or over one function in FROM.
bool runs_once(const ast::Select& query) {
  if (query.set_operation != ast::Select::SetOperation::None || query.is_values()) return false;
  if (query.where != nullptr || query.having != nullptr || query.limit != nullptr || query.offset != nullptr)
    return false;
  return std::all_of(query.from.begin(), query.from.end(),
                     [](const ast::FromItem* item) { return item->kind == ast::NodeKind::FunctionTable; });
}

// The calls at the top of the select list and of FROM.
std::vector<const ast::Expression*> tops_of(const ast::Statement& statement) {
  std::vector<const ast::Expression*> tops;
  if (const auto* call = ast::as<ast::Call>(&statement)) {
    tops.push_back(call->call);
  } else if (const auto* query = ast::as<ast::Select>(&statement); query != nullptr && runs_once(*query)) {
    for (const ast::FromItem* item : query->from) {
      for (const ast::Expression* function : ast::as<ast::FunctionTable>(item)->functions) {
        tops.push_back(without_casts(function));
      }
    }
    // Over a function in FROM the list runs once for each of its rows, which may be none.
    if (query->from.empty()) {
      for (const ast::SelectItem* item : query->items) tops.push_back(without_casts(item->value));
    }
  }
  return tops;
}

std::vector<Called> calls_in(const ast::Statement& statement) {
  const std::vector<const ast::Expression*> tops = tops_of(statement);
  std::vector<Called> calls;
  ast::walk(&statement, [&](const ast::Node& node) {
    if (const auto* call = ast::as<ast::FunctionCall>(&node)) {
      const bool certain = std::find(tops.begin(), tops.end(), call) != tops.end();
      calls.push_back({call, certain, !certain});
    }
    return true;
  });
  return calls;
}

// --- arguments ---------------------------------------------------------------------------------------------

bool is_input(const Function::Argument& argument) {
  return argument.mode != Mode::Out && argument.mode != Mode::Table;
}

bool is_known(const ast::Constant* constant) {
  return constant != nullptr && constant->type != ast::Constant::Type::BitString;
}

bool bind_constant(const ast::Constant* constant, ast::BoundValue& bound) {
  if (!is_known(constant)) return false;
  bound.null = constant->type == ast::Constant::Type::Null;
  bound.text = std::string(constant->text);
  return true;
}

bool bind_value(const ast::Expression* expression, ast::BoundValue& bound) {
  expression = without_casts(expression);
  const auto* array = ast::as<ast::ArrayLiteral>(expression);
  if (array == nullptr) return bind_constant(ast::as<ast::Constant>(expression), bound);
  bound.array = true;
  for (const ast::Expression* item : array->items) {
    const auto* constant = ast::as<ast::Constant>(without_casts(item));
    if (!is_known(constant) || constant->type == ast::Constant::Type::Null) return false;
    bound.elements.emplace_back(constant->text);
  }
  return true;
}

// The values that are known; a parameter without one is left to what the body makes of it.
std::vector<ast::BoundValue> bind(const Function& function, const ast::FunctionCall& call) {
  std::vector<ast::BoundValue> values;
  std::size_t position = 0;
  for (const Function::Argument& argument : function.arguments) {
    if (!is_input(argument)) continue;
    const ast::Expression* given = nullptr;
    for (const ast::Expression* one : call.arguments) {
      const auto* named = ast::as<ast::NamedArgument>(one);
      if (named != nullptr && named->name == argument.name) given = named->value;
    }
    ast::BoundValue bound;
    bound.name = argument.name;
    if (argument.mode == Mode::Variadic && !call.variadic) {
      bound.array = true;
      bool known = true;
      for (; position < call.arguments.size(); ++position) {
        ast::BoundValue element;
        known = known && bind_value(call.arguments[position], element) && !element.array && !element.null;
        bound.elements.push_back(std::move(element.text));
      }
      if (known) values.push_back(std::move(bound));
      continue;
    }
    if (given == nullptr && position < call.arguments.size() &&
        ast::as<ast::NamedArgument>(call.arguments[position]) == nullptr) {
      given = call.arguments[position++];
    }
    if (given != nullptr && !bound.name.empty() && bind_value(given, bound))
      values.push_back(std::move(bound));
  }
  return values;
}

bool takes_as_many(const Function& function, std::size_t given) {
  std::size_t fewest = 0, most = 0;
  bool variadic = false;
  for (const Function::Argument& argument : function.arguments) {
    if (!is_input(argument)) continue;
    variadic = variadic || argument.mode == Mode::Variadic;
    most += 1;
    fewest += argument.has_default || argument.mode == Mode::Variadic ? 0 : 1;
  }
  return fewest <= given && (given <= most || variadic);
}

// A STRICT function that is given NULL does nothing.
bool does_nothing(const Function& function, const ast::FunctionCall& call) {
  return function.strict &&
         std::any_of(call.arguments.begin(), call.arguments.end(), [](const ast::Expression* argument) {
           const auto* constant = ast::as<ast::Constant>(without_casts(argument));
           return constant != nullptr && constant->type == ast::Constant::Type::Null;
         });
}

std::string constants_of(const ast::Node& root) {
  std::string texts;
  ast::walk(&root, [&](const ast::Node& node) {
    const auto* constant = ast::as<ast::Constant>(&node);
    if (constant != nullptr && constant->type == ast::Constant::Type::String)
      texts += std::string(constant->text) + " ";
    return true;
  });
  return texts;
}

}  // namespace

// The one function of the history that the call can mean; null where there is none or a choice.
const Function* Replay::State::function_called(const ast::FunctionCall& call) {
  std::vector<const Function*> fitting;
  for (const Function* function :
       catalog_.functions(call.name.schema, call.name.name, session_.now().search_path)) {
    if (takes_as_many(*function, call.arguments.size())) fitting.push_back(function);
  }
  if (fitting.size() == 1) return fitting.front()->body == nullptr ? nullptr : fitting.front();
  const bool computes = std::any_of(fitting.begin(), fitting.end(), [](const Function* function) {
    return function->body != nullptr && !function->body->opaque.empty();
  });
  if (computes) doubt_mentioned(constants_of(call));
  return nullptr;
}

void Replay::State::run_called(const ast::Statement& statement, const Call& call) {
  if (read_body_ == nullptr || call.depth >= kDeepestBody) return;
  if (statement.kind != ast::NodeKind::Select && statement.kind != ast::NodeKind::Call) return;
  for (const Called& called : calls_in(statement)) {
    const Function* function = function_called(*called.call);
    if (function == nullptr || calls_left_ == 0 || does_nothing(*function, *called.call)) continue;
    --calls_left_;
    Call inner = call;
    inner.maybe = call.maybe || !called.certain || function->uncertain;
    inner.called = true;
    inner.looped = call.looped || called.looped;
    inner.depth += 1;
    run_function(*function, *called.call, inner);
  }
}

const ast::Body* Replay::State::read_called(const ast::Body& body, std::vector<ast::BoundValue> values,
                                            const Call& call) {
  const auto known = std::find_if(
      called_bodies_.begin(), called_bodies_.end(),
      [&](const CalledBody& called) { return called.written == &body && called.values == values; });
  if (known != called_bodies_.end()) return known->read;
  const ast::Body* read = read_body_(called_, body, values, call.outer.span.begin);
  called_bodies_.push_back({&body, std::move(values), read});
  return read;
}

void Replay::State::run_function(const Function& function, const ast::FunctionCall& written,
                                 const Call& call) {
  // A SQL-standard body has no text: its trees are all there is to know.
  const ast::Body* body = function.body;
  if (!body->text.empty()) {
    body = read_called(*body, bind(function, written), call);
    if (body == nullptr) return;
  }
  const auto path = function.settings.find("search_path");
  const bool has_path = path != function.settings.end();
  const std::vector<std::string> outside = session_.now().search_path;
  if (has_path) session_.set_search_path(path->second);
  const std::string computed =
      body->opaque.empty() ? std::string() : constants_of(written) + literals_of(body->text);
  doubt_mentioned(computed);
  doubt_computed(*body);
  run_body(*body, call);
  doubt_computed(*body);
  forget_mentioned(computed);
  if (has_path) session_.set_search_path(outside);
}

}  // namespace migcheck
