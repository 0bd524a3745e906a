// SPDX-License-Identifier: MIT

// Functions in FROM. One in SQL is its query, with the arguments in the place of its parameters, as the
// planner has it; all others are opaque: their rows are anybody's, and say nothing of the tenant.

#include <algorithm>
#include <iterator>
#include <utility>

#include "tenancy/builder.hpp"

namespace migcheck::tenancy {

namespace {

using Mode = ast::FunctionParameter::Mode;
using Argument = catalog::Function::Argument;

bool is_input(const Argument& argument) {
  return argument.mode != Mode::Out && argument.mode != Mode::Table;
}

std::vector<Argument> inputs_of(const catalog::Function& function) {
  std::vector<Argument> inputs;
  std::copy_if(function.arguments.begin(), function.arguments.end(), std::back_inserter(inputs), is_input);
  return inputs;
}

// The one query that makes its rows. Of a function that returns no set only the first row counts, or nulls.
const ast::Select* query_of(const catalog::Function& function) {
  if (function.language != "sql" || !function.returns_set || function.body == nullptr) return nullptr;
  if (function.body->statements.size() != 1) return nullptr;
  return ast::as<ast::Select>(function.body->statements.front().statement);
}

}  // namespace

// The function that the call means, if it is one that can be looked into.
const catalog::Function* Builder::followed_function(const ast::FunctionCall& call) const {
  const auto found =
      model_.context.catalog.functions(call.name.schema, call.name.name, model_.context.search_path);
  if (found.size() != 1 || query_of(*found.front()) == nullptr) return nullptr;
  if (std::find(views_.begin(), views_.end(), found.front()->id) != views_.end()) return nullptr;
  const std::vector<Argument> inputs = inputs_of(*found.front());
  const bool plain =
      std::all_of(inputs.begin(), inputs.end(), [](const Argument& one) { return one.mode == Mode::In; });
  return plain && inputs.size() == call.arguments.size() ? found.front() : nullptr;
}

RangeId Builder::function_rows(const ast::FunctionTable& reference, BlockId block) {
  for (const ast::Expression* one : reference.functions) expression(one, block);
  const auto* call =
      reference.functions.size() != 1 ? nullptr : ast::as<ast::FunctionCall>(reference.functions.front());
  const catalog::Function* function =
      call == nullptr || reference.ordinality ? nullptr : followed_function(*call);
  if (function == nullptr) {
    Range range{.open = true, .owner = block, .span = reference.span};
    if (call != nullptr) range.alias = call->name.name;
    const RangeId opaque = model_.add_range(std::move(range));
    rename(opaque, reference.alias);
    return opaque;
  }
  Call inside{.function = function};
  for (const ast::Expression* one : call->arguments) inside.arguments.push_back(term(one, block));
  if (views_.empty()) view_span_ = call->name.span.empty() ? reference.span : call->name.span;
  views_.push_back(function->id);
  calls_.push_back(std::move(inside));
  const catalog::View* around = std::exchange(view_, nullptr);
  const BlockId inner = select(*query_of(*function), kNone);
  view_ = around;
  // It may be called for each row of what stands beside it.
  const std::vector<TermId>& given = calls_.back().arguments;
  model_.blocks[inner].correlated = std::any_of(given.begin(), given.end(), [this](TermId argument) {
    return argument != kNone && model_.terms[argument].value == ValueKind::Column;
  });
  calls_.pop_back();
  views_.pop_back();
  const RangeId range = rows_inside(inner, block, reference.span);
  std::size_t place = 0;
  for (const Argument& argument : function->arguments) {  // RETURNS TABLE (…) names the columns
    if (is_input(argument) || place >= model_.ranges[range].columns.size()) continue;
    model_.ranges[range].columns[place++] = argument.name;
  }
  model_.ranges[range].alias = call->name.name;
  rename(range, reference.alias);
  return range;
}

// A parameter of the function whose body this is: what it was called with. kNone: it is none.
TermId Builder::argument(const ast::ColumnRef& reference) {
  if (calls_.empty() || calls_.back().function == nullptr) return kNone;
  const catalog::Function& function = *calls_.back().function;
  if (!reference.table().empty() && reference.table() != function.name) return kNone;
  const std::vector<Argument> inputs = inputs_of(function);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].name == reference.column()) return calls_.back().arguments[i];
  }
  return kNone;
}

TermId Builder::numbered_argument(const ast::Parameter& parameter) {
  const std::vector<TermId>& given = calls_.back().arguments;
  const auto place = static_cast<std::size_t>(parameter.number);
  return parameter.name.empty() && place >= 1 && place <= given.size() ? given[place - 1] : kNone;
}

}  // namespace migcheck::tenancy
