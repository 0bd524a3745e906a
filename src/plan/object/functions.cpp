// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using catalog::Function;
using Mode = ast::FunctionParameter::Mode;

bool is_output(Mode mode) {
  return mode == Mode::Out || mode == Mode::InOut || mode == Mode::Table;
}

void set_signature(Planner& planner, Function& function, const ast::CreateFunction& statement) {
  std::vector<catalog::TypeRef> outputs;
  for (const ast::FunctionParameter& parameter : statement.parameters) {
    catalog::TypeRef type = resolve_type(planner, parameter.type);
    type.modifiers.clear();  // PostgreSQL keeps no lengths in signatures
    if (is_output(parameter.mode)) outputs.push_back(type);
    function.arguments.push_back({std::string(parameter.name.text), parameter.mode, std::move(type),
                                  parameter.default_value != nullptr});
  }
  if (statement.returns != nullptr) {
    function.returns = resolve_type(planner, statement.returns);
    function.returns.modifiers.clear();
  } else if (outputs.size() == 1) {
    function.returns = outputs.front();
  } else {
    function.returns = builtin_type_ref(outputs.empty() ? "void" : "record");
  }
  function.returns_set =
      statement.returns_table || (statement.returns != nullptr && statement.returns->set_of);
}

void set_definition(Planner& planner, Function& function, const ast::CreateFunction& statement) {
  function.procedure = statement.procedure;
  function.language = std::string(statement.language);
  function.volatility = statement.volatility;
  function.security_definer = statement.security_definer;
  function.strict = statement.strict;
  function.leakproof = statement.leakproof;
  for (const ast::FunctionSetting& setting : statement.settings) {
    auto& values = function.settings[std::string(setting.name)];
    // FROM CURRENT takes what is in force.
    if (setting.from_current && setting.name == "search_path") {
      values.assign(planner.search_path().begin(), planner.search_path().end());
    }
    for (const std::string_view value : setting.values) values.emplace_back(value);
  }
  function.body = ast::clone(statement.body, planner.draft.arena());
  function.atomic = statement.body_text.empty() && statement.body != nullptr;
  function.uncertain = false;
}

// What set_definition() said of another.
void take_definition(Function& function, Function made) {
  function.procedure = made.procedure;
  function.language = std::move(made.language);
  function.volatility = made.volatility;
  function.security_definer = made.security_definer;
  function.strict = made.strict;
  function.leakproof = made.leakproof;
  function.settings = std::move(made.settings);
  function.body = made.body;
  function.atomic = made.atomic;
  function.uncertain = false;
}

// The types it is made of; the objects of its body only where that is SQL-standard: a string is only text to
// PostgreSQL.
void set_function_needs(Planner& planner, Function& function, const ast::CreateFunction& statement) {
  std::vector<catalog::Dependency> needs = needs_of_type(planner, function.returns);
  const auto add = [&](std::vector<catalog::Dependency> more) {
    for (catalog::Dependency& need : more) {
      const bool self = need.on == function.id;
      if (!self && std::find(needs.begin(), needs.end(), need) == needs.end())
        needs.push_back(std::move(need));
    }
  };
  for (const auto& argument : function.arguments) add(needs_of_type(planner, argument.type));
  for (const ast::FunctionParameter& parameter : statement.parameters) {
    add(needs_of(planner, parameter.default_value));
  }
  if (function.atomic) {
    for (const ast::BodyStatement& inner : statement.body->statements) {
      if (inner.statement != nullptr) add(needs_of_query(planner, *inner.statement));
    }
  }
  set_needs(function, Part::Whole, {}, std::move(needs));
}

bool same_type(const catalog::TypeRef& left, const catalog::TypeRef& right) {
  if (left.schema.empty() || right.schema.empty()) return left.name == right.name;
  return left.schema == right.schema && left.name == right.name &&
         left.array_dimensions == right.array_dimensions;
}

// What OR REPLACE cannot change: what callers see.
bool replaceable(Planner& planner, const Function& old, const Function& now) {
  if (old.uncertain) return true;
  if (old.procedure != now.procedure || old.aggregate) {
    planner.error("42809", "cannot change routine kind");
    return false;
  }
  if (!old.procedure && (!same_type(old.returns, now.returns) || old.returns_set != now.returns_set)) {
    planner.error("42P13", "cannot change return type of existing function");
    return false;
  }
  std::vector<const Function::Argument*> before, after;
  for (const auto& argument : old.arguments) before.push_back(&argument);
  for (const auto& argument : now.arguments) after.push_back(&argument);
  for (std::size_t at = 0; at < std::min(before.size(), after.size()); ++at) {
    const bool input = before[at]->mode != Mode::Out && before[at]->mode != Mode::Table;
    if (input && !before[at]->name.empty() && before[at]->name != after[at]->name) {
      planner.error("42P13", fmt::format("cannot change name of input parameter \"{}\"", before[at]->name));
      return false;
    }
    if (before[at]->has_default && !after[at]->has_default) {
      planner.error("42P13", "cannot remove parameter defaults from existing function");
      return false;
    }
  }
  return true;
}

const Function* same_signature(const Planner& planner, const Function& function) {
  const auto others =
      planner.draft.functions_taking(function.input_types(), function.schema, function.name, {});
  return others.empty() ? nullptr : others.front();
}

// SET name = values and RESET name: the name is the first of the values.
void set_setting(const Planner& planner, Function& function, const ast::Option& option) {
  if (option.values.empty()) return;
  const std::string name(option.values[0]);
  if (option.name == "reset") {
    if (name.empty() || name == "all") {
      function.settings.clear();
    } else {
      function.settings.erase(name);
    }
  } else if (option.name == "set_current") {
    // What is in force; of other settings than the path that is not kept.
    if (name == "search_path") {
      function.settings[name].assign(planner.search_path().begin(), planner.search_path().end());
    }
  } else if (option.name == "set") {
    auto& values = function.settings[name];
    values.clear();
    for (std::size_t at = 1; at < option.values.size(); ++at) values.emplace_back(option.values[at]);
  }
}

bool is_on(const ast::Option& option) {
  return !option.has_value || option.value == "true";
}

void set_option(const Planner& planner, Function& function, const ast::Option& option) {
  if (option.name == "volatility") {
    if (option.value == "immutable") function.volatility = ast::Volatility::Immutable;
    if (option.value == "stable") function.volatility = ast::Volatility::Stable;
    if (option.value == "volatile") function.volatility = ast::Volatility::Volatile;
  } else if (option.name == "security") {
    function.security_definer = is_on(option);
  } else if (option.name == "strict") {
    function.strict = is_on(option);
  } else if (option.name == "leakproof") {
    function.leakproof = is_on(option);
  } else {
    set_setting(planner, function, option);
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateFunction& statement) {
  Function made;
  made.schema = schema_for(planner, statement.name.schema);
  made.name = std::string(statement.name.name);
  made.origin = planner.context.origin;
  made.owner = planner.context.session.role;
  set_signature(planner, made, statement);
  set_definition(planner, made, statement);
  const Function* existing = same_signature(planner, made);
  if (existing == nullptr) {
    Function& function = planner.draft.create(std::move(made));
    set_function_needs(planner, function, statement);
    return;
  }
  if (!statement.or_replace) {
    if (existing->uncertain) return;
    return planner.error("42723",
                         fmt::format("function \"{}\" already exists with same argument types", made.name));
  }
  if (!replaceable(planner, *existing, made)) return;
  // It stays the same object: privileges, owner and those who need it are untouched.
  Function& function = planner.draft.edit<Function>(existing->id);
  function.arguments = std::move(made.arguments);
  function.returns = std::move(made.returns);
  function.returns_set = made.returns_set;
  function.origin.place = made.origin.place;  // what it does now is written here
  take_definition(function, std::move(made));
  set_function_needs(planner, function, statement);
}

void plan_statement(Planner& planner, const ast::AlterFunction& statement) {
  const FunctionSearch search = find_function(planner, statement.object, statement.target);
  if (search.ambiguous) {
    return planner.error("42725",
                         fmt::format("function name \"{}\" is not unique", statement.target.name.name));
  }
  if (search.function == nullptr) {
    if (!function_surely_absent(planner, statement.target.name)) return;
    return planner.error("42883",
                         fmt::format("could not find a function named \"{}\"", statement.target.name.name));
  }
  Function& function = planner.draft.edit<Function>(search.function->id);
  for (const ast::Option* option : statement.options) set_option(planner, function, *option);
}

}  // namespace migcheck::plan
