// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: types where a statement names one, and the options that can hold one.

#include "parse/lowering/names.hpp"

namespace migcheck::parsing::lowering {

const ast::Expression* expression(Context& c, const ::Node* node);
ast::List<const ast::Expression*> expressions(Context& c, const ::List* nodes);

// The words that can follow a type's first word and still belong to it: timestamp (3) with time zone.
inline std::uint32_t after_type_words(const Context& c, std::uint32_t begin, std::uint32_t end) {
  static constexpr std::string_view kZoned[] = {"WITH", "WITHOUT", "TIME", "ZONE"};
  static constexpr std::string_view kInterval[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO"};
  static constexpr std::string_view kVarying[] = {"PRECISION", "VARYING", "CHARACTER", "CHAR"};
  const bool zoned = c.scan.is(begin, "TIMESTAMP") || c.scan.is(begin, "TIME");
  const bool interval = c.scan.is(begin, "INTERVAL");
  const std::uint32_t next = c.scan.after_space(end);
  // `timestamp WITH CHECK`, `time WITHOUT OVERLAPS`: only with TIME behind it.
  if (c.scan.is(next, "WITH") || c.scan.is(next, "WITHOUT")) {
    if (!zoned || !c.scan.is(c.scan.after_space(c.scan.after_word(next)), "TIME")) return end;
  }
  const auto is_any = [&](const auto& words) {
    for (const std::string_view word : words) {
      if (c.scan.is(next, word)) return true;
    }
    return false;
  };
  const bool goes_on = zoned ? is_any(kZoned) : interval ? is_any(kInterval) : is_any(kVarying);
  return goes_on ? c.scan.after_word(next) : end;
}

// Past the type that begins here: its words, (modifiers), [] and ARRAY[n].
inline std::uint32_t after_type(Context& c, std::uint32_t begin) {
  std::uint32_t at = begin;
  if (c.scan.is(at, "SETOF")) at = c.scan.after_keyword(at, "SETOF");
  const std::uint32_t first = at;
  std::uint32_t end = c.scan.after_name(at);
  while (true) {
    const std::uint32_t words = after_type_words(c, first, end);
    const std::uint32_t next = c.scan.after_space(end);
    if (words != end) {
      end = words;
    } else if (c.scan.at(next) == '(' || c.scan.at(next) == '[') {
      end = c.after_closing(next);
    } else if (c.scan.at(next) == '%' && c.scan.is(next + 1, "TYPE")) {
      end = next + 5;
    } else if (c.scan.is(next, "ARRAY")) {
      end = c.scan.after_word(next);
    } else {
      return end;
    }
  }
}

inline const ast::TypeName* type(Context& c, const ::TypeName* source) {
  if (source == nullptr) return nullptr;
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::TypeName>();
  if (begin != kNowhere) made->span = {begin, after_type(c, begin)};
  ast::QualifiedName name = qualified(c, source->names);
  if (name.schema == "pg_catalog") name.schema = {};
  made->schema = name.schema;
  made->name = name.name;
  made->modifiers = expressions(c, source->typmods);
  made->array_dimensions = static_cast<std::int16_t>(each(source->arrayBounds).size());
  made->set_of = source->setof;
  made->percent_type = source->pct_type;
  return made;
}

// A scalar as text: numbers, strings, words, names joined by dots. Empty for what is none.
inline std::string_view scalar_text(Context& c, const ::Node* node) {
  if (node == nullptr) return {};
  switch (nodeTag(node)) {
    case T_String:
      return c.text(string_value(node));
    case T_Integer:
      return c.arena.text(fmt::format_int(intVal(node)).c_str());
    case T_Float:
      return c.text(reinterpret_cast<const ::Float*>(node)->fval);
    case T_Boolean:
      return boolVal(node) ? "true" : "false";
    case T_BitString:
      return c.text(reinterpret_cast<const ::BitString*>(node)->bsval);
    case T_TypeName: {
      const auto* type = reinterpret_cast<const ::TypeName*>(node);
      return qualified(c, type->names).name;
    }
    case T_A_Const: {
      const auto* constant = reinterpret_cast<const ::A_Const*>(node);
      return constant->isnull ? std::string_view{} : scalar_text(c, &constant->val.node);
    }
    case T_TypeCast:
      return scalar_text(c, reinterpret_cast<const ::TypeCast*>(node)->arg);
    case T_RoleSpec:
      return role(c, reinterpret_cast<const ::RoleSpec*>(node));
    case T_DefElem: {
      const auto* option = reinterpret_cast<const ::DefElem*>(node);
      return option->arg == nullptr ? c.text(option->defname) : scalar_text(c, option->arg);
    }
    default:
      return {};
  }
}

inline ast::List<std::string_view> scalar_texts(Context& c, const ::List* nodes) {
  return c.list<std::string_view>(each(nodes), [&](::Node* node) { return scalar_text(c, node); });
}

inline std::string_view lower_case(Context& c, const char* text) {
  if (text == nullptr) return {};
  std::string folded = text;
  for (char& letter : folded) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return c.arena.text(folded);
}

// The end of an option: its value's, as far as one token tells.
inline Span option_span(Context& c, const ::DefElem* source) {
  const std::uint32_t begin = c.place(source->location);
  if (begin == kNowhere) return {};
  std::uint32_t end = c.scan.after_name(begin);
  if (end == begin) end = c.after_token(begin);
  const std::uint32_t equals = c.scan.after_space(end);
  if (c.scan.at(equals) == '=') end = c.after_token(c.scan.after_space(equals + 1));
  return {begin, end};
}

inline void option_value(Context& c, const ::Node* argument, ast::Option& made) {
  switch (nodeTag(argument)) {
    case T_List:
      made.values = scalar_texts(c, reinterpret_cast<const ::List*>(argument));
      break;
    case T_TypeName: {
      const auto* named = reinterpret_cast<const ::TypeName*>(argument);
      made.argument = type(c, named);
      made.value = scalar_text(c, argument);
      break;
    }
    case T_VariableSetStmt: {
      const auto* set = reinterpret_cast<const ::VariableSetStmt*>(argument);
      std::vector<std::string_view> values = {lower_case(c, set->name)};
      for (const ::Node* value : each(set->args)) values.push_back(scalar_text(c, value));
      const bool resets =
          set->kind == VAR_RESET || set->kind == VAR_RESET_ALL || set->kind == VAR_SET_DEFAULT;
      if (resets) made.name = "reset";
      if (set->kind == VAR_SET_CURRENT) made.name = "set_current";
      made.values = c.arena.list(values);
      break;
    }
    default:
      made.value = scalar_text(c, argument);
      if (made.value.empty()) made.argument = expression(c, argument);
  }
}

inline const ast::Option* option(Context& c, const ::DefElem* source) {
  auto* made = c.arena.make<ast::Option>(option_span(c, source));
  made->space = lower_case(c, source->defnamespace);
  made->name = lower_case(c, source->defname);
  made->has_value = source->arg != nullptr;
  switch (source->defaction) {
    case DEFELEM_SET:
      made->action = ast::Option::Action::Set;
      break;
    case DEFELEM_ADD:
      made->action = ast::Option::Action::Add;
      break;
    case DEFELEM_DROP:
      made->action = ast::Option::Action::Drop;
      break;
    case DEFELEM_UNSPEC:
      break;
  }
  if (source->arg != nullptr) option_value(c, source->arg, *made);
  return made;
}

inline ast::List<const ast::Option*> options(Context& c, const ::List* list) {
  return c.list<const ast::Option*>(each<::DefElem>(list), [&](::DefElem* item) { return option(c, item); });
}

}  // namespace migcheck::parsing::lowering
