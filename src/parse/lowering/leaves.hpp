// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: the expressions that hold no others: columns, constants, parameters.

#include "parse/lowering/types.hpp"

namespace migcheck::parsing::lowering {

inline const ast::Expression* column_ref(Context& c, const ::ColumnRef* source) {
  const std::uint32_t begin = c.place(source->location);
  const auto fields = each(source->fields);
  auto* made = c.arena.make<ast::ColumnRef>(c.name_at(begin));
  made->star = nodeTag(fields.back()) == T_A_Star;
  const std::size_t count = fields.size() - (made->star ? 1 : 0);
  if (made->star && count == 0 && begin != kNowhere) made->span.end = begin + 1;
  if (count == 0) return made;
  auto* parts = c.arena.array<ast::Name>(count);
  std::uint32_t at = begin;
  for (std::size_t index = 0; index < count; ++index) {
    parts[index] = name(c, string_value(fields[index]), at);
    if (at != kNowhere) at = c.scan.after_space(c.scan.after_space(parts[index].span.end) + 1);
  }
  made->parts = {parts, count};
  return made;
}

inline const ast::Expression* constant(Context& c, const ::A_Const* source) {
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::Constant>();
  if (begin != kNowhere) {
    const bool sign = c.scan.at(begin) == '-' || c.scan.at(begin) == '+';
    made->span = {begin, c.after_token(sign ? c.scan.after_space(begin + 1) : begin)};
  }
  if (source->isnull) return made;
  const ::Node* value = &source->val.node;
  made->text = scalar_text(c, value);
  switch (nodeTag(value)) {
    case T_Integer:
      made->type = ast::Constant::Type::Integer;
      made->integer = intVal(value);
      break;
    case T_Boolean:
      made->type = ast::Constant::Type::Boolean;
      made->integer = boolVal(value) ? 1 : 0;
      break;
    case T_Float:
      made->type = ast::Constant::Type::Float;
      break;
    case T_BitString:
      made->type = ast::Constant::Type::BitString;
      break;
    default:
      made->type = ast::Constant::Type::String;
  }
  return made;
}

inline const ast::Expression* parameter(Context& c, const ::ParamRef* source) {
  const std::uint32_t begin = c.place(source->location);
  auto* made =
      c.arena.make<ast::Parameter>(Context::from(begin, begin == kNowhere ? 0 : c.after_token(begin)));
  made->number = source->number;
  const auto index = static_cast<std::size_t>(source->number) - 1;
  if (source->number > 0 && index < c.parameter_names.size()) {
    made->name = c.arena.text(c.parameter_names[index]);
  }
  return made;
}

inline const ast::Expression* sql_value(Context& c, const ::SQLValueFunction* source) {
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::SqlValue>(c.word_at(begin));
  switch (source->op) {
    case SVFOP_CURRENT_DATE:
      made->name = "current_date";
      break;
    case SVFOP_CURRENT_TIME:
    case SVFOP_CURRENT_TIME_N:
      made->name = "current_time";
      break;
    case SVFOP_CURRENT_TIMESTAMP:
    case SVFOP_CURRENT_TIMESTAMP_N:
      made->name = "current_timestamp";
      break;
    case SVFOP_LOCALTIME:
    case SVFOP_LOCALTIME_N:
      made->name = "localtime";
      break;
    case SVFOP_LOCALTIMESTAMP:
    case SVFOP_LOCALTIMESTAMP_N:
      made->name = "localtimestamp";
      break;
    case SVFOP_CURRENT_ROLE:
      made->name = "current_role";
      break;
    case SVFOP_CURRENT_USER:
      made->name = "current_user";
      break;
    case SVFOP_USER:
      made->name = "user";
      break;
    case SVFOP_SESSION_USER:
      made->name = "session_user";
      break;
    case SVFOP_CURRENT_CATALOG:
      made->name = "current_catalog";
      break;
    case SVFOP_CURRENT_SCHEMA:
      made->name = "current_schema";
      break;
  }
  made->precision = source->typmod;
  if (begin != kNowhere && c.scan.at(made->span.end) == '(') made->span.end = c.after_closing(made->span.end);
  return made;
}

}  // namespace migcheck::parsing::lowering
