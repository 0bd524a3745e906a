// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: operators, casts and tests: expressions that lean on an operand to their left.
// That operand is lowered before them, so that a chain of any length (a || b || …) takes no stack.

#include "parse/lowering/leaves.hpp"

namespace migcheck::parsing::lowering {

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

}  // namespace migcheck::parsing::lowering
