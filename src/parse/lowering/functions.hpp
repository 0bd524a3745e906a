// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: functions, procedures and DO, with their bodies.
//
// A body in a string waits: it is parsed after this statement (see PendingBody). A SQL-standard body (BEGIN
// ATOMIC, RETURN) is part of PostgreSQL's tree and lowered right here.

#include "parse/lowering/session.hpp"

namespace migcheck::parsing::lowering {

inline ast::FunctionParameter function_parameter(Context& c, const ::FunctionParameter* source, Span place) {
  using Mode = ast::FunctionParameter::Mode;
  ast::FunctionParameter made;
  switch (source->mode) {
    case FUNC_PARAM_OUT:
      made.mode = Mode::Out;
      break;
    case FUNC_PARAM_INOUT:
      made.mode = Mode::InOut;
      break;
    case FUNC_PARAM_VARIADIC:
      made.mode = Mode::Variadic;
      break;
    case FUNC_PARAM_TABLE:
      made.mode = Mode::Table;
      break;
    default:
      made.mode = Mode::In;
  }
  if (source->name != nullptr && !place.empty()) {
    made.name = name_among(c, source->name, c.tokens().at(place.begin), c.tokens().at(place.end));
  } else {
    made.name = name(c, source->name);
  }
  made.type = type(c, source->argType);
  made.default_value = expression(c, source->defexpr);
  return made;
}

// The parameters in brackets, and behind them those of RETURNS TABLE (…).
inline ast::List<ast::FunctionParameter> function_parameters(Context& c, const ::List* list, Span name) {
  const auto parameters = each<::FunctionParameter>(list);
  std::vector<Span> places;
  const std::uint32_t open = name.empty() ? kNowhere : c.bracket_after_words(name.end);
  if (open != kNowhere && !parameters.empty()) {
    places = c.tokens().bracketed_items(c.tokens().at(open));
    const std::uint32_t returns = c.bracket_after_words(c.after_closing(open));
    const bool table = parameters.back()->mode == FUNC_PARAM_TABLE && returns != kNowhere;
    if (table) {
      for (const Span place : c.tokens().bracketed_items(c.tokens().at(returns))) places.push_back(place);
    }
  }
  Places next(std::move(places), parameters.size());
  return c.list<ast::FunctionParameter>(parameters, [&](::FunctionParameter* parameter) {
    return function_parameter(c, parameter, next.next());
  });
}

// The string that begins at the token: what it means, mapped to the buffer, and where it stands. Strings that
// go on in the next line are one.
inline std::optional<DerivedText> string_at(Context& c, std::size_t index, Span& span) {
  const StatementTokens& tokens = c.tokens();
  std::optional<DerivedText> text;
  for (; index < tokens.size(); ++index) {
    const TokenKind kind = tokens[index].kind;
    if (kind != TokenKind::String && kind != TokenKind::DollarString) break;
    std::optional<DerivedText> part = decode_string(c.buffer, tokens[index]);
    if (!part) return text;
    span = cover(span, tokens[index].span);
    if (!text) {
      text = std::move(part);
    } else {
      text->append(*part);
    }
  }
  return text;
}

// --- bodies ------------------------------------------------------------------------------------------------

inline void add_body_statement(Context& c, const ::Node* node, std::vector<ast::BodyStatement>& statements,
                               std::vector<const ast::Node*>& expressions) {
  if (const auto* result = node_as<::ReturnStmt>(node, T_ReturnStmt)) {
    expressions.push_back(expression(c, result->returnval));
  } else if (node != nullptr) {
    statements.push_back({statement(c, node, {})});
  }
}

// RETURN expression, or BEGIN ATOMIC: a list of lists of statements.
inline const ast::Body* standard_body(Context& c, const ::Node* source) {
  std::vector<ast::BodyStatement> statements;
  std::vector<const ast::Node*> expressions;
  if (nodeTag(source) == T_List) {
    for (const ::Node* group : each(source)) {
      for (const ::Node* item : each(group)) add_body_statement(c, item, statements, expressions);
    }
  } else {
    add_body_statement(c, source, statements, expressions);
  }
  auto* body = c.arena.array<ast::Body>(1);
  body->language = "sql";
  body->statements = c.arena.list(statements);
  body->expressions = c.arena.list(expressions);
  return body;
}

inline void string_body(Context& c, const ::DefElem* as, ast::CreateFunction& made) {
  const auto parts = each(as->arg);
  if (parts.empty()) return;
  made.body_text = c.text(string_value(parts[0]));
  const std::uint32_t place = c.place(as->location);
  if (place == kNowhere || parts.size() > 1) return;  // two strings: a C library and its symbol
  std::optional<DerivedText> text = string_at(c, c.tokens().at(place) + 1, made.body_span);
  if (text) c.bodies.push_back({&made, nullptr, std::move(*text)});
}

// --- options -----------------------------------------------------------------------------------------------

inline ast::FunctionSetting function_setting(Context& c, const ::VariableSetStmt* source) {
  ast::FunctionSetting made;
  made.name = lower_case(c, source->name);
  made.values = scalar_texts(c, source->args);
  made.from_current = source->kind == VAR_SET_CURRENT;
  return made;
}

inline ast::Volatility volatility(std::string_view word) {
  if (word == "immutable") return ast::Volatility::Immutable;
  return word == "stable" ? ast::Volatility::Stable : ast::Volatility::Volatile;
}

// One option of CREATE FUNCTION into its own member; false for those that have none.
inline bool function_option(Context& c, const ::DefElem* item, ast::CreateFunction& made,
                            std::vector<ast::FunctionSetting>& settings) {
  const std::string_view option = item->defname;
  const bool on = item->arg != nullptr && nodeTag(item->arg) == T_Boolean && boolVal(item->arg);
  if (option == "language") {
    made.language = lower_case(c, string_value(item->arg));
  } else if (option == "volatility") {
    made.volatility = volatility(string_value(item->arg));
  } else if (option == "strict") {
    made.strict = on;
  } else if (option == "security") {
    made.security_definer = on;
  } else if (option == "leakproof") {
    made.leakproof = on;
  } else if (const auto* set = node_as<::VariableSetStmt>(item->arg, T_VariableSetStmt)) {
    settings.push_back(function_setting(c, set));
  } else {
    return option == "as";
  }
  return true;
}

inline const ast::Statement* create_function(Context& c, const ::CreateFunctionStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateFunction>(span);
  made->or_replace = source->replace;
  made->procedure = source->is_procedure;
  made->name = qualified_among(c, source->funcname, after_object_keyword(c));
  made->parameters = function_parameters(c, source->parameters, made->name.span);
  for (const ast::FunctionParameter& parameter : made->parameters) {
    made->returns_table = made->returns_table || parameter.mode == ast::FunctionParameter::Mode::Table;
  }
  made->returns = made->returns_table ? nullptr : type(c, source->returnType);
  std::vector<ast::FunctionSetting> settings;
  std::vector<const ast::Option*> others;
  const ::DefElem* as = nullptr;
  for (const ::DefElem* item : each<::DefElem>(source->options)) {
    if (std::string_view(item->defname) == "as") as = item;
    if (!function_option(c, item, *made, settings)) others.push_back(option(c, item));
  }
  made->settings = c.arena.list(settings);
  made->options = c.arena.list(others);
  if (made->language.empty()) made->language = "sql";  // what PostgreSQL takes for a SQL-standard body
  if (as != nullptr) string_body(c, as, *made);
  if (source->sql_body != nullptr) {
    made->body = standard_body(c, source->sql_body);
    const bool atomic = nodeTag(source->sql_body) == T_List;
    made->body_span = c.tokens().keyword(atomic ? "BEGIN" : "RETURN");
    if (!made->body_span.empty()) made->body_span.end = span.end;
  }
  return made;
}

inline const ast::Statement* alter_function(Context& c, const ::AlterFunctionStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterFunction>(span);
  made->object = object_type(source->objtype);
  made->target = object_among(c, source->objtype, reinterpret_cast<const ::Node*>(source->func),
                              after_object_keyword(c));
  made->options = options(c, source->actions);
  return made;
}

inline const ast::Statement* do_block(Context& c, const ::DoStmt* source, Span span) {
  auto* made = c.arena.make<ast::DoBlock>(span);
  made->language = "plpgsql";
  const ::DefElem* as = nullptr;
  for (const ::DefElem* item : each<::DefElem>(source->args)) {
    if (std::string_view(item->defname) == "language")
      made->language = lower_case(c, string_value(item->arg));
    if (std::string_view(item->defname) == "as") as = item;
  }
  if (as == nullptr) return made;
  made->text = c.text(string_value(as->arg));
  const std::uint32_t place = c.place(as->location);
  if (place == kNowhere) return made;
  std::optional<DerivedText> text = string_at(c, c.tokens().at(place), made->body_span);
  if (text) c.bodies.push_back({nullptr, made, std::move(*text)});
  return made;
}

// --- triggers, rules, policies
// -------------------------------------------------------------------------------

// UPDATE OF a, b: names between OF and ON.
inline ast::List<ast::Name> update_columns(Context& c, const ::List* strings) {
  const std::size_t of = strings == nullptr ? StatementTokens::npos : c.tokens().find("OF");
  return c.list<ast::Name>(each(strings), [&](::Node* item) {
    return of == StatementTokens::npos ? name(c, string_value(item))
                                       : name_among(c, string_value(item), of + 1);
  });
}

inline const ast::Statement* create_trigger(Context& c, const ::CreateTrigStmt* source, Span span) {
  using Timing = ast::CreateTrigger::Timing;
  auto* made = c.arena.make<ast::CreateTrigger>(span);
  made->name = name_among(c, source->trigname, after_object_keyword(c));
  made->table = relation(c, source->relation);
  const std::size_t runs = c.tokens().find("EXECUTE");
  made->function = qualified_among(c, source->funcname, runs == StatementTokens::npos ? 0 : runs + 2);
  made->arguments = texts(c, source->args);
  made->timing = (source->timing & TRIGGER_TYPE_BEFORE) != 0    ? Timing::Before
                 : (source->timing & TRIGGER_TYPE_INSTEAD) != 0 ? Timing::InsteadOf
                                                                : Timing::After;
  made->on_insert = (source->events & TRIGGER_TYPE_INSERT) != 0;
  made->on_update = (source->events & TRIGGER_TYPE_UPDATE) != 0;
  made->on_delete = (source->events & TRIGGER_TYPE_DELETE) != 0;
  made->on_truncate = (source->events & TRIGGER_TYPE_TRUNCATE) != 0;
  made->update_columns = update_columns(c, source->columns);
  made->when = expression(c, source->whenClause);
  made->constraint_from = relation(c, source->constrrel);
  made->transition_tables =
      c.list<ast::Name>(each<::TriggerTransition>(source->transitionRels),
                        [&](::TriggerTransition* item) { return name_among(c, item->name, 0); });
  made->or_replace = source->replace;
  made->constraint = source->isconstraint;
  made->row = source->row;
  made->deferrable = source->deferrable;
  made->initially_deferred = source->initdeferred;
  return made;
}

inline const ast::Statement* create_event_trigger(Context& c, const ::CreateEventTrigStmt* source,
                                                  Span span) {
  auto* made = c.arena.make<ast::CreateEventTrigger>(span);
  made->name = name_among(c, source->trigname, after_object_keyword(c));
  made->event = c.text(source->eventname);
  const std::size_t runs = c.tokens().find("EXECUTE");
  made->function = qualified_among(c, source->funcname, runs == StatementTokens::npos ? 0 : runs + 2);
  return made;
}

inline std::string_view rule_event(::CmdType event) {
  switch (event) {
    case CMD_INSERT:
      return "insert";
    case CMD_UPDATE:
      return "update";
    case CMD_DELETE:
      return "delete";
    default:
      return "select";
  }
}

inline const ast::Statement* create_rule(Context& c, const ::RuleStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateRule>(span);
  made->name = name_among(c, source->rulename, after_object_keyword(c));
  made->table = relation(c, source->relation);
  made->event = rule_event(source->event);
  made->where = expression(c, source->whereClause);
  made->actions = c.list<const ast::Statement*>(each(source->actions),
                                                [&](::Node* action) { return statement(c, action, {}); });
  made->instead = source->instead;
  made->or_replace = source->replace;
  return made;
}

inline ast::PolicyCommand policy_command(std::string_view command) {
  if (command == "select") return ast::PolicyCommand::Select;
  if (command == "insert") return ast::PolicyCommand::Insert;
  if (command == "update") return ast::PolicyCommand::Update;
  return command == "delete" ? ast::PolicyCommand::Delete : ast::PolicyCommand::All;
}

inline const ast::Statement* create_policy(Context& c, const ::CreatePolicyStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreatePolicy>(span);
  made->name = name_among(c, source->policy_name, after_object_keyword(c));
  made->table = relation(c, source->table);
  made->command = policy_command(source->cmd_name == nullptr ? "all" : source->cmd_name);
  made->permissive = source->permissive;
  made->roles = roles(c, source->roles);
  made->using_expression = expression(c, source->qual);
  made->check_expression = expression(c, source->with_check);
  return made;
}

inline const ast::Statement* alter_policy(Context& c, const ::AlterPolicyStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterPolicy>(span);
  made->name = name_among(c, source->policy_name, after_object_keyword(c));
  made->table = relation(c, source->table);
  made->roles = roles(c, source->roles);
  made->using_expression = expression(c, source->qual);
  made->check_expression = expression(c, source->with_check);
  return made;
}

}  // namespace migcheck::parsing::lowering
