// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: expressions.
//
// PostgreSQL places an operator at its sign, a call at its name; a span here runs from the leftmost operand
// to the end of the rightmost one. Chains that lean to the left (a || b || …) are lowered in a loop.

#include "parse/lowering/types.hpp"

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

// --- leaves ----------------------------------------------------------------------------------------------

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
  if (begin != kNowhere && c.scan.at(made->span.end) == '(') made->span.end = c.after_closing(made->span.end);
  return made;
}

// --- what leans on something to its left -------------------------------------------------------------------

// The operand at the left edge, if the node has one.
inline const ::Node* left_operand(const ::Node* node) {
  switch (nodeTag(node)) {
    case T_A_Expr:
      return reinterpret_cast<const ::A_Expr*>(node)->lexpr;
    case T_TypeCast:
      return reinterpret_cast<const ::TypeCast*>(node)->arg;
    case T_CollateClause:
      return reinterpret_cast<const ::CollateClause*>(node)->arg;
    case T_NullTest:
      return reinterpret_cast<const ::Node*>(reinterpret_cast<const ::NullTest*>(node)->arg);
    case T_BooleanTest:
      return reinterpret_cast<const ::Node*>(reinterpret_cast<const ::BooleanTest*>(node)->arg);
    case T_A_Indirection:
      return reinterpret_cast<const ::A_Indirection*>(node)->arg;
    default:
      return nullptr;
  }
}

// From the left operand (or the own place) past the words that follow the place: IS NOT NULL.
inline Span span_to_words(const Context& c, const ast::Node* left, int location, std::uint32_t words) {
  std::uint32_t end = c.place(location);
  Span span = cover(Span{}, left);
  if (end == kNowhere) return span;
  for (std::uint32_t count = 0; count < words; ++count) {
    end = c.scan.after_word(count == 0 ? end : c.scan.after_space(end));
  }
  return cover(span, Span{c.place(location), end});
}

inline const ast::Expression* operation(Context& c, const ::A_Expr* source, const ast::Expression* left) {
  using Form = ast::Operation::Form;
  auto* made = c.arena.make<ast::Operation>();
  const std::uint32_t place = c.place(source->location);
  made->op = qualified(c, source->name, Context::from(place, place == kNowhere ? 0 : c.after_token(place)));
  made->left = left;
  made->right = expression(c, source->rexpr);
  made->span = cover(cover(cover(Span{}, left), made->op.span), made->right);
  switch (source->kind) {
    case AEXPR_OP_ANY:
      made->form = Form::AnyOfArray;
      break;
    case AEXPR_OP_ALL:
      made->form = Form::AllOfArray;
      break;
    case AEXPR_DISTINCT:
      made->form = Form::Distinct;
      break;
    case AEXPR_NOT_DISTINCT:
      made->form = Form::NotDistinct;
      break;
    case AEXPR_NULLIF:
      made->form = Form::NullIf;
      break;
    case AEXPR_LIKE:
      made->form = Form::Like;
      break;
    case AEXPR_ILIKE:
      made->form = Form::ILike;
      break;
    case AEXPR_SIMILAR:
      made->form = Form::SimilarTo;
      break;
    default:
      break;
  }
  if (made->form == Form::AnyOfArray || made->form == Form::AllOfArray || made->form == Form::NullIf) {
    const std::uint32_t next = c.scan.after_space(made->span.end);
    if (c.scan.at(next) == ')') made->span.end = next + 1;
  }
  return made;
}

inline const ast::Expression* in_list(Context& c, const ::A_Expr* source, const ast::Expression* left) {
  auto* made = c.arena.make<ast::InList>();
  made->argument = left;
  made->items = expressions(c, reinterpret_cast<const ::List*>(source->rexpr));
  made->negated = std::string_view(string_value(each(source->name)[0])) == "<>";
  made->span = cover(cover(Span{}, left), made->items);
  const std::uint32_t next = c.scan.after_space(made->span.end);
  if (c.scan.at(next) == ')') made->span.end = next + 1;
  return made;
}

inline const ast::Expression* between(Context& c, const ::A_Expr* source, const ast::Expression* left) {
  auto* made = c.arena.make<ast::Between>();
  const auto bounds = each(source->rexpr);
  made->argument = left;
  made->low = expression(c, bounds[0]);
  made->high = expression(c, bounds[1]);
  made->negated = source->kind == AEXPR_NOT_BETWEEN || source->kind == AEXPR_NOT_BETWEEN_SYM;
  made->symmetric = source->kind == AEXPR_BETWEEN_SYM || source->kind == AEXPR_NOT_BETWEEN_SYM;
  made->span = cover(cover(cover(Span{}, left), made->low), made->high);
  return made;
}

inline const ast::Expression* cast(Context& c, const ::TypeCast* source, const ast::Expression* argument) {
  // true and false are casts to bool inside PostgreSQL, without a place of their own.
  const auto* constant = ast::as<ast::Constant>(argument);
  if (source->location < 0 && constant != nullptr && constant->type == ast::Constant::Type::Boolean)
    return argument;
  auto* made = c.arena.make<ast::Cast>();
  made->argument = argument;
  made->type = type(c, source->typeName);
  made->span = cover(cover(Span{}, argument), made->type);
  const std::uint32_t begin = c.place(source->location);
  if (begin != kNowhere && begin < made->span.begin) {
    made->span.begin = begin;
    const std::uint32_t close = c.scan.after_space(made->span.end);
    if (c.scan.is(begin, "CAST") && c.scan.at(close) == ')') made->span.end = close + 1;
  }
  return made;
}

inline const ast::Expression* collate(Context& c, const ::CollateClause* source,
                                      const ast::Expression* left) {
  auto* made = c.arena.make<ast::Collate>();
  const std::uint32_t place = c.place(source->location);
  made->argument = left;
  made->collation =
      qualified_at(c, source->collname, place == kNowhere ? place : c.scan.after_keyword(place, "COLLATE"));
  made->span = cover(cover(Span{}, left), made->collation.span);
  return made;
}

inline const ast::Expression* subscript(Context& c, const ::A_Indirection* source,
                                        const ast::Expression* left) {
  auto* made = c.arena.make<ast::Subscript>();
  made->argument = left;
  made->span = cover(Span{}, left);
  made->steps = c.list<ast::Subscript::Step>(each(source->indirection), [&](::Node* node) {
    ast::Subscript::Step step;
    std::uint32_t next = c.scan.after_space(made->span.end);
    while (c.scan.at(next) == ')') next = c.scan.after_space(next + 1);
    if (const auto* index = node_as<::A_Indices>(node, T_A_Indices)) {
      step.low = expression(c, index->lidx);
      step.high = expression(c, index->uidx);
      step.slice = index->is_slice;
      if (c.scan.at(next) == '[') made->span.end = c.after_closing(next);
    } else {
      step.field = nodeTag(node) == T_A_Star ? "*" : c.text(string_value(node));
      const std::uint32_t field = c.scan.after_space(next + 1);
      if (c.scan.at(next) == '.')
        made->span.end = c.scan.at(field) == '*' ? field + 1 : c.scan.after_word(field);
    }
    return step;
  });
  return made;
}

inline const ast::Expression* null_test(Context& c, const ::NullTest* source, const ast::Expression* left) {
  auto* made = c.arena.make<ast::NullTest>();
  made->argument = left;
  made->negated = source->nulltesttype == IS_NOT_NULL;
  const std::uint32_t place = c.place(source->location);
  const bool is = place != kNowhere && c.scan.is(place, "IS");  // otherwise ISNULL, NOTNULL
  made->span = span_to_words(c, left, source->location, !is ? 1 : made->negated ? 3 : 2);
  return made;
}

inline const ast::Expression* boolean_test(Context& c, const ::BooleanTest* source,
                                           const ast::Expression* left) {
  using Test = ast::BooleanTest::Test;
  auto* made = c.arena.make<ast::BooleanTest>();
  made->argument = left;
  switch (source->booltesttype) {
    case IS_TRUE:
      made->test = Test::True;
      break;
    case IS_NOT_TRUE:
      made->test = Test::NotTrue;
      break;
    case IS_FALSE:
      made->test = Test::False;
      break;
    case IS_NOT_FALSE:
      made->test = Test::NotFalse;
      break;
    case IS_UNKNOWN:
      made->test = Test::Unknown;
      break;
    case IS_NOT_UNKNOWN:
      made->test = Test::NotUnknown;
      break;
  }
  const bool negated =
      made->test == Test::NotTrue || made->test == Test::NotFalse || made->test == Test::NotUnknown;
  made->span = span_to_words(c, left, source->location, negated ? 3 : 2);
  return made;
}

// The node with its left operand lowered already.
inline const ast::Expression* onto(Context& c, const ::Node* node, const ast::Expression* left) {
  switch (nodeTag(node)) {
    case T_TypeCast:
      return cast(c, reinterpret_cast<const ::TypeCast*>(node), left);
    case T_CollateClause:
      return collate(c, reinterpret_cast<const ::CollateClause*>(node), left);
    case T_NullTest:
      return null_test(c, reinterpret_cast<const ::NullTest*>(node), left);
    case T_BooleanTest:
      return boolean_test(c, reinterpret_cast<const ::BooleanTest*>(node), left);
    case T_A_Indirection:
      return subscript(c, reinterpret_cast<const ::A_Indirection*>(node), left);
    default:
      break;
  }
  const auto* source = reinterpret_cast<const ::A_Expr*>(node);
  switch (source->kind) {
    case AEXPR_IN:
      return in_list(c, source, left);
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
      return between(c, source, left);
    default:
      return operation(c, source, left);
  }
}

// --- the rest ----------------------------------------------------------------------------------------------

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
