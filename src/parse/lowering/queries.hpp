// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: SELECT, VALUES and set operations.
//
// PostgreSQL gives a SELECT no place. A whole statement's is known; that of a query in brackets comes from
// the brackets, and any other's from its parts and the word before the first of them.

#include "parse/lowering/constant_texts.hpp"
#include "parse/lowering/from.hpp"

namespace migcheck::parsing::lowering {

const ast::Statement* statement(Context& c, const ::Node* node, Span span);
const ast::IndexElement* index_element(Context& c, const ::IndexElem* source, Span span);

inline const ast::Node* sort_item(Context& c, const ::Node* node) {
  const auto* source = node_as<::SortBy>(node, T_SortBy);
  if (source == nullptr) return expression(c, node);
  auto* made = c.arena.make<ast::SortItem>();
  made->value = expression(c, source->node);
  made->descending = source->sortby_dir == SORTBY_DESC;
  made->nulls_first = source->sortby_nulls == SORTBY_NULLS_FIRST ||
                      (source->sortby_nulls == SORTBY_NULLS_DEFAULT && made->descending);
  made->nulls_given = source->sortby_nulls != SORTBY_NULLS_DEFAULT;
  made->span = cover(Span{}, made->value);
  return made;
}

inline const ast::WindowDefinition* window(Context& c, const ::WindowDef* source) {
  if (source == nullptr) return nullptr;
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::WindowDefinition>();
  if (begin != kNowhere) {
    made->span = c.scan.at(begin) == '(' ? Span{begin, c.after_closing(begin)} : c.word_at(begin);
  }
  made->name = c.text(source->name);
  made->base = c.text(source->refname);
  made->partition_by = expressions(c, source->partitionClause);
  made->order_by = sort_items(c, source->orderClause);
  std::vector<const ast::Expression*> frame;
  if (source->startOffset != nullptr) frame.push_back(expression(c, source->startOffset));
  if (source->endOffset != nullptr) frame.push_back(expression(c, source->endOffset));
  made->frame = c.arena.list(frame);
  made->has_frame = (source->frameOptions & FRAMEOPTION_NONDEFAULT) != 0;
  return made;
}

inline const ast::SelectItem* select_item(Context& c, const ::ResTarget* source) {
  auto* made = c.arena.make<ast::SelectItem>();
  made->value = expression(c, source->val);
  made->span = cover(Span{}, made->value);
  if (source->name == nullptr) return made;
  const std::uint32_t end = after_brackets(c, made->span.end);
  const std::uint32_t as = c.scan.after_keyword(end, "AS");
  made->alias = name(c, source->name, made->span.empty() ? kNowhere : as);
  made->span = cover(made->span, made->alias.span);
  return made;
}

inline ast::List<const ast::SelectItem*> select_items(Context& c, const ::List* targets) {
  return c.list<const ast::SelectItem*>(each<::ResTarget>(targets),
                                        [&](::ResTarget* target) { return select_item(c, target); });
}

#if MIGCHECK_PG_MAJOR >= 18
inline ast::List<const ast::SelectItem*> returning(Context& c, const ::ReturningClause* clause) {
  return clause == nullptr ? ast::List<const ast::SelectItem*>{} : select_items(c, clause->exprs);
}
#define MIGCHECK_RETURNING(statement) returning(c, (statement)->returningClause)
#else
#define MIGCHECK_RETURNING(statement) select_items(c, (statement)->returningList)
#endif

inline const ast::CommonTable* common_table(Context& c, const ::CommonTableExpr* source, bool recursive) {
  auto* made = c.arena.make<ast::CommonTable>();
  const std::uint32_t begin = c.place(source->location);
  made->name = name(c, source->ctename, begin);
  made->recursive = recursive;
  made->materialized = source->ctematerialized == CTEMaterializeAlways;
  made->not_materialized = source->ctematerialized == CTEMaterializeNever;
  std::uint32_t at = begin == kNowhere ? begin : c.scan.after_space(made->name.span.end);
  made->columns = names_in_brackets(c, source->aliascolnames, at);
  if (at != kNowhere && c.scan.at(at) == '(') at = c.after_closing(at);
  const std::uint32_t open = c.bracket_after_words(at);
  if (open == kNowhere) {
    made->query = statement(c, source->ctequery, {});
    made->span = cover(made->name.span, made->query);
    return made;
  }
  const std::uint32_t close = c.after_closing(open);
  made->query = statement(c, source->ctequery, c.inside(open, close));
  made->span = {begin, close};
  return made;
}

inline ast::List<const ast::CommonTable*> common_tables(Context& c, const ::WithClause* with) {
  if (with == nullptr) return {};
  return c.list<const ast::CommonTable*>(each<::CommonTableExpr>(with->ctes), [&](::CommonTableExpr* table) {
    return common_table(c, table, with->recursive);
  });
}

inline const ast::LockClause* lock_clause(Context& c, const ::LockingClause* source) {
  using Strength = ast::LockClause::Strength;
  auto* made = c.arena.make<ast::LockClause>();
  switch (source->strength) {
    case LCS_FORKEYSHARE:
      made->strength = Strength::KeyShare;
      break;
    case LCS_FORSHARE:
      made->strength = Strength::Share;
      break;
    case LCS_FORNOKEYUPDATE:
      made->strength = Strength::NoKeyUpdate;
      break;
    default:
      made->strength = Strength::Update;
  }
  made->tables = c.list<ast::Name>(each<::RangeVar>(source->lockedRels), [&](::RangeVar* table) {
    const ast::RelationName named = relation(c, table);
    return ast::Name{named.name, named.span};
  });
  for (const ast::Name& table : made->tables) made->span = cover(made->span, table.span);
  made->nowait = source->waitPolicy == LockWaitError;
  made->skip_locked = source->waitPolicy == LockWaitSkip;
  return made;
}

// 1, 'x', NULL, -1, '2024-01-01'::date
inline bool is_constant(const ::Node* node) {
  while (const auto* cast = node_as<::TypeCast>(node, T_TypeCast)) node = cast->arg;
  return node != nullptr && nodeTag(node) == T_A_Const;
}

inline void values_rows(Context& c, const ::List* lists, ast::Select& made) {
  const auto rows = each<::List>(lists);
  if (rows.empty()) return;
  made.value_columns = static_cast<std::uint32_t>(each(rows[0]).size());
  ConstantTexts texts(made.value_columns);
  std::vector<ast::List<const ast::Expression*>> kept;
  for (const ::List* row : rows) {
    bool constant = true;
    for (const ::Node* item : each(row)) constant = constant && is_constant(item);
    if (constant) {
      ++made.constant_rows;
      texts.add(c, row);
    } else {
      kept.push_back(expressions(c, row));
    }
  }
  made.values = c.arena.list(kept);
  made.constant_texts = texts.list(c);
}

// Where a query begins whose first part begins at `offset`: at the SELECT, VALUES, TABLE, WITH before it.
inline std::uint32_t query_begin(const Context& c, std::uint32_t offset) {
  std::uint32_t at = offset;
  for (int steps = 0; steps < 8; ++steps) {
    const Span word = c.scan.word_before(at);
    if (word.empty() && word.begin > c.statement.begin && c.scan.at(word.begin - 1) == '(') {
      at = word.begin - 1;
      continue;
    }
    if (word.empty() || word.begin < c.statement.begin) return offset;
    at = word.begin;
    if (c.scan.is(at, "SELECT") || c.scan.is(at, "VALUES") || c.scan.is(at, "TABLE")) return at;
    if (!c.scan.is(at, "DISTINCT") && !c.scan.is(at, "ALL") && !c.scan.is(at, "ON") &&
        !c.scan.is(at, "FROM") && !c.scan.is(at, "ONLY")) {
      return offset;
    }
  }
  return offset;
}

inline Span first_value(const Context& c, const ::List* lists) {
  for (const ::List* row : each<::List>(lists)) {
    const ::Node* first = each(row)[0];
    if (const auto* constant = node_as<::A_Const>(first, T_A_Const)) {
      const std::uint32_t begin = c.place(constant->location);
      if (begin != kNowhere) return {begin, c.after_token(begin)};
    }
    break;
  }
  return {};
}

// What a SELECT's parts cover.
inline Span parts_of(const Context& c, const ast::Select& select, const ::SelectStmt* source) {
  Span span = cover(cover(Span{}, select.left), select.right);
  span = cover(cover(cover(span, select.distinct_on), select.items), select.from);
  span = cover(cover(cover(span, select.where), select.group_by), select.having);
  span = cover(cover(span, select.windows), select.order_by);
  for (const auto& row : select.values) span = cover(span, row);
  span = cover(span, first_value(c, source->valuesLists));
  span = cover(cover(cover(span, select.limit), select.offset), select.locks);
  if (!span.empty() && select.set_operation == ast::Select::SetOperation::None) {
    span.begin = query_begin(c, span.begin);
  }
  if (source->withClause != nullptr && source->withClause->location >= 0) {
    span = cover(span, c.word_at(c.place(source->withClause->location)));
  }
  return span;
}

// A SELECT without its left operand; `left` is that of a set operation, lowered already.
inline const ast::Select* select_onto(Context& c, const ::SelectStmt* source, const ast::Select* left,
                                      Span span);

inline const ast::Select* select(Context& c, const ::SelectStmt* source, Span span) {
  const Deeper deeper(c);
  if (deeper.beyond()) {
    auto* made = c.arena.make<ast::Select>(span);
    made->where = too_deep(c, span);
    return made;
  }
  std::vector<const ::SelectStmt*> chain;
  for (; source->op != SETOP_NONE; source = source->larg) chain.push_back(source);
  const ast::Select* made = select_onto(c, source, nullptr, chain.empty() ? span : Span{});
  for (std::size_t link = chain.size(); link-- > 0;) {
    made = select_onto(c, chain[link], made, link == 0 ? span : Span{});
  }
  return made;
}

inline void select_body(Context& c, const ::SelectStmt* source, ast::Select& made) {
  for (const ::Node* item : each(source->distinctClause)) made.distinct = made.distinct || item == nullptr;
  if (source->distinctClause != nullptr && !made.distinct) {
    made.distinct = true;
    made.distinct_on = expressions(c, source->distinctClause);
  }
  made.items = select_items(c, source->targetList);
  if (source->intoClause != nullptr) made.into = relation(c, source->intoClause->rel);
  made.from = from_items(c, source->fromClause);
  made.where = expression(c, source->whereClause);
  made.group_by = expressions(c, source->groupClause);
  made.having = expression(c, source->havingClause);
  made.windows = c.list<const ast::WindowDefinition*>(each<::WindowDef>(source->windowClause),
                                                      [&](::WindowDef* item) { return window(c, item); });
  values_rows(c, source->valuesLists, made);
}

inline const ast::Select* select_onto(Context& c, const ::SelectStmt* source, const ast::Select* left,
                                      Span span) {
  using SetOperation = ast::Select::SetOperation;
  auto* made = c.arena.make<ast::Select>(span);
  made->with = common_tables(c, source->withClause);
  if (left != nullptr) {
    made->set_operation = source->op == SETOP_UNION       ? SetOperation::Union
                          : source->op == SETOP_INTERSECT ? SetOperation::Intersect
                                                          : SetOperation::Except;
    made->all = source->all;
    made->left = left;
    made->right = select(c, source->rarg, {});
  } else {
    select_body(c, source, *made);
  }
  made->order_by = c.list<const ast::SortItem*>(each(source->sortClause), [&](::Node* item) {
    return static_cast<const ast::SortItem*>(sort_item(c, item));
  });
  made->limit = expression(c, source->limitCount);
  made->offset = expression(c, source->limitOffset);
  made->with_ties = source->limitOption == LIMIT_OPTION_WITH_TIES;
  made->locks = c.list<const ast::LockClause*>(each<::LockingClause>(source->lockingClause),
                                               [&](::LockingClause* item) { return lock_clause(c, item); });
  if (span.empty()) made->span = parts_of(c, *made, source);
  return made;
}

// A query whose opening bracket is at `open`, or which stands without one that is known.
inline const ast::Select* query_in_brackets(Context& c, const ::Node* node, std::uint32_t open) {
  const auto* source = node_as<::SelectStmt>(node, T_SelectStmt);
  if (source == nullptr) return nullptr;
  if (open == kNowhere) return select(c, source, {});
  return select(c, source, c.inside(open, c.after_closing(open)));
}

}  // namespace migcheck::parsing::lowering
