// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: expressions.
//
// PostgreSQL places an operator at its sign, a call at its name; a span here runs from the leftmost operand
// to the end of the rightmost one. Chains that lean to the left (a || b || …) are lowered in a loop.

#include "parse/lowering/operators.hpp"

namespace migcheck::parsing::lowering {

const ast::Select* query_in_brackets(Context& c, const ::Node* node, std::uint32_t open);
const ast::Node* sort_item(Context& c, const ::Node* node);
const ast::WindowDefinition* window(Context& c, const ::WindowDef* source);
const ast::Expression* rare_expression(Context& c, const ::Node* node);

inline ast::List<const ast::Expression*> expressions(Context& c, const ::List* nodes) {
  return c.list<const ast::Expression*>(each(nodes), [&](::Node* node) { return expression(c, node); });
}

inline ast::List<const ast::Node*> sort_items(Context& c, const ::List* nodes) {
  return c.list<const ast::Node*>(each(nodes), [&](::Node* node) { return sort_item(c, node); });
}

// From a word to the bracket that closes the one behind it: coalesce(…), now().
inline Span call_span(Context& c, std::uint32_t begin) {
  if (begin == kNowhere) return {};
  const std::uint32_t end = c.scan.after_name(begin);
  const std::uint32_t open = c.scan.after_space(end);
  return {begin, c.scan.at(open) == '(' ? c.after_closing(open) : end};
}

inline const ast::FunctionCall* function_call(Context& c, const ::FuncCall* source) {
  auto* made = c.arena.make<ast::FunctionCall>();
  const std::uint32_t place = c.place(source->location);
  made->name = qualified_at(c, source->funcname, place);
  drop_implied_catalog(c, made->name, place);
  made->arguments = expressions(c, source->args);
  made->order_by = sort_items(c, source->agg_order);
  made->filter = expression(c, source->agg_filter);
  made->over = window(c, source->over);
  made->star = source->agg_star;
  made->distinct = source->agg_distinct;
  made->variadic = source->func_variadic;
  made->within_group = source->agg_within_group;
  made->sql_syntax = source->funcformat == COERCE_SQL_SYNTAX;
  made->span = cover(cover(call_span(c, place), made->arguments), made->order_by);
  made->span = cover(cover(made->span, made->filter), made->over);
  return made;
}

inline const ast::Expression* bool_operation(Context& c, const ::BoolExpr* source) {
  using Op = ast::BoolOperation::Op;
  auto* made = c.arena.make<ast::BoolOperation>();
  made->op = source->boolop == AND_EXPR ? Op::And : source->boolop == OR_EXPR ? Op::Or : Op::Not;
  made->arguments = expressions(c, source->args);
  made->span = cover(Span{}, made->arguments);
  const std::uint32_t place = c.place(source->location);
  if (made->op == Op::Not && place != kNowhere) made->span = cover(made->span, c.word_at(place));
  return made;
}

inline const ast::Expression* sub_query(Context& c, const ::SubLink* source) {
  using Form = ast::SubQuery::Form;
  auto* made = c.arena.make<ast::SubQuery>();
  switch (source->subLinkType) {
    case EXISTS_SUBLINK:
      made->form = Form::Exists;
      break;
    case ALL_SUBLINK:
      made->form = Form::All;
      break;
    case ANY_SUBLINK:
      made->form = source->operName == nullptr ? Form::In : Form::Any;
      break;
    case ROWCOMPARE_SUBLINK:
      made->form = Form::RowCompare;
      break;
    case ARRAY_SUBLINK:
      made->form = Form::Array;
      break;
    default:
      made->form = Form::Scalar;
  }
  made->test = expression(c, source->testexpr);
  const std::uint32_t place = c.place(source->location);
  std::uint32_t open = place;
  if (source->operName != nullptr && place != kNowhere) {
    made->op = qualified(c, source->operName, {place, c.after_token(place)});
    open = c.scan.is(place, "OPERATOR") ? c.after_closing(c.bracket_after_words(place)) : made->op.span.end;
  }
  open = c.bracket_after_words(open);
  made->query = query_in_brackets(c, source->subselect, open);
  made->span = cover(Context::from(place, place), made->test);
  if (place != kNowhere && open != kNowhere) {
    made->span = cover(made->span, Span{place, c.after_closing(open)});
  } else {
    made->span = cover(made->span, made->query);
  }
  return made;
}

inline const ast::Expression* case_expression(Context& c, const ::CaseExpr* source) {
  auto* made = c.arena.make<ast::Case>();
  made->argument = expression(c, reinterpret_cast<const ::Node*>(source->arg));
  made->span = cover(c.word_at(c.place(source->location)), made->argument);
  made->whens = c.list<ast::Case::When>(each<::CaseWhen>(source->args), [&](::CaseWhen* when) {
    const ast::Case::When branch = {expression(c, reinterpret_cast<const ::Node*>(when->expr)),
                                    expression(c, reinterpret_cast<const ::Node*>(when->result))};
    made->span = cover(made->span, branch.result);
    return branch;
  });
  made->otherwise = expression(c, reinterpret_cast<const ::Node*>(source->defresult));
  made->span = cover(made->span, made->otherwise);
  std::uint32_t end = c.scan.after_space(made->span.end);
  while (c.scan.at(end) == ')') end = c.scan.after_space(end + 1);
  if (c.scan.is(end, "END")) made->span.end = end + 3;
  return made;
}

// coalesce(…), ROW(…), ARRAY[…]: a list between brackets, and a word before them or not.
template <typename T>
T* bracketed(Context& c, int location) {
  const std::uint32_t begin = c.place(location);
  if (begin == kNowhere) return c.arena.make<T>();
  const std::uint32_t open = c.scan.after_space(c.scan.after_word(begin));
  const bool opens = c.scan.at(open) == '(' || c.scan.at(open) == '[';
  return c.arena.make<T>(opens ? Span{begin, c.after_closing(open)} : c.word_at(begin));
}

inline const ast::Expression* one_expression(Context& c, const ::Node* node) {
  switch (nodeTag(node)) {
    case T_ColumnRef:
      return column_ref(c, reinterpret_cast<const ::ColumnRef*>(node));
    case T_A_Const:
      return constant(c, reinterpret_cast<const ::A_Const*>(node));
    case T_ParamRef:
      return parameter(c, reinterpret_cast<const ::ParamRef*>(node));
    case T_SQLValueFunction:
      return sql_value(c, reinterpret_cast<const ::SQLValueFunction*>(node));
    case T_FuncCall:
      return function_call(c, reinterpret_cast<const ::FuncCall*>(node));
    case T_BoolExpr:
      return bool_operation(c, reinterpret_cast<const ::BoolExpr*>(node));
    case T_SubLink:
      return sub_query(c, reinterpret_cast<const ::SubLink*>(node));
    case T_CaseExpr:
      return case_expression(c, reinterpret_cast<const ::CaseExpr*>(node));
    case T_CoalesceExpr: {
      const auto* source = reinterpret_cast<const ::CoalesceExpr*>(node);
      auto* made = bracketed<ast::Coalesce>(c, source->location);
      made->arguments = expressions(c, source->args);
      return made;
    }
    case T_MinMaxExpr: {
      const auto* source = reinterpret_cast<const ::MinMaxExpr*>(node);
      auto* made = bracketed<ast::MinMax>(c, source->location);
      made->greatest = source->op == IS_GREATEST;
      made->arguments = expressions(c, source->args);
      return made;
    }
    case T_RowExpr: {
      const auto* source = reinterpret_cast<const ::RowExpr*>(node);
      auto* made = bracketed<ast::RowLiteral>(c, source->location);
      made->items = expressions(c, source->args);
      return made;
    }
    case T_A_ArrayExpr: {
      const auto* source = reinterpret_cast<const ::A_ArrayExpr*>(node);
      auto* made = bracketed<ast::ArrayLiteral>(c, source->location);
      made->items = expressions(c, source->elements);
      return made;
    }
    default:
      return rare_expression(c, node);
  }
}

inline const ast::Expression* expression(Context& c, const ::Node* node) {
  if (node == nullptr) return nullptr;
  const Deeper deeper(c);
  if (deeper.beyond()) return too_deep(c, {});
  const ::Node* left = left_operand(node);
  if (left == nullptr) {
    return nodeTag(node) == T_A_Expr ? onto(c, node, nullptr) : one_expression(c, node);
  }
  if (left_operand(left) == nullptr) return onto(c, node, expression(c, left));
  std::vector<const ::Node*> chain;
  for (; left != nullptr; left = left_operand(left)) {
    chain.push_back(node);
    node = left;
  }
  const ast::Expression* made = expression(c, node);
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) made = onto(c, *link, made);
  return made;
}

}  // namespace migcheck::parsing::lowering
