// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: INSERT, UPDATE, DELETE, MERGE.

#include "parse/lowering/queries.hpp"

namespace migcheck::parsing::lowering {

// The place of a statement inside another: as given, or from its parts, back to the words before the table.
inline Span change_span(Context& c, Span given, const ::WithClause* with, const ast::RelationName& relation,
                        Span parts) {
  if (!given.empty()) return given;
  Span span = cover(relation.span, parts);
  if (with != nullptr && with->location >= 0) return cover(span, c.word_at(c.place(with->location)));
  for (int words = 0; words < 3; ++words) {
    const Span word = c.scan.word_before(span.begin);
    if (word.empty() || word.begin < c.statement.begin) break;
    const auto is = [&](std::string_view keyword) { return c.scan.is(word.begin, keyword); };
    if (is("INSERT") || is("UPDATE") || is("DELETE") || is("MERGE")) return {word.begin, span.end};
    if (!is("INTO") && !is("FROM") && !is("ONLY")) break;
    span.begin = word.begin;
  }
  return span;
}

inline ast::Alias target_alias(Context& c, const ::RangeVar* source, const ast::RelationName& relation) {
  std::uint32_t end = relation.span.empty() ? kNowhere : relation.span.end;
  return alias(c, source->alias, end);
}

inline ast::List<ast::Subscript::Step> target_steps(Context& c, const ::List* indirection) {
  return c.list<ast::Subscript::Step>(each(indirection), [&](::Node* node) {
    ast::Subscript::Step step;
    if (const auto* index = node_as<::A_Indices>(node, T_A_Indices)) {
      step.low = expression(c, index->lidx);
      step.high = expression(c, index->uidx);
      step.slice = index->is_slice;
    } else {
      step.field = c.text(string_value(node));
    }
    return step;
  });
}

inline ast::List<const ast::Assignment*> assignments(Context& c, const ::List* targets) {
  const ast::Expression* shared = nullptr;  // the value of the (a, b) = … at hand
  return c.list<const ast::Assignment*>(each<::ResTarget>(targets), [&](::ResTarget* target) {
    auto* made = c.arena.make<ast::Assignment>();
    made->column = name(c, target->name, c.place(target->location));
    made->indirection = target_steps(c, target->indirection);
    if (const auto* part = node_as<::MultiAssignRef>(target->val, T_MultiAssignRef)) {
      if (part->colno == 1) shared = expression(c, part->source);
      made->value = shared;
      made->row_index = part->colno - 1;
    } else {
      made->value = expression(c, target->val);
    }
    made->span = cover(made->column.span, made->value);
    return made;
  });
}

inline ast::List<ast::Name> target_columns(Context& c, const ::List* targets) {
  return c.list<ast::Name>(each<::ResTarget>(targets), [&](::ResTarget* target) {
    return name(c, target->name, c.place(target->location));
  });
}

inline const ast::OnConflict* on_conflict(Context& c, const ::OnConflictClause* source) {
  if (source == nullptr) return nullptr;
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::OnConflict>(c.word_at(begin));
  made->do_update = source->action == ONCONFLICT_UPDATE;
  if (const ::InferClause* infer = source->infer; infer != nullptr) {
    const std::uint32_t place = c.place(infer->location);
    std::vector<Span> items;
    if (place != kNowhere && c.scan.at(place) == '(') {
      items = c.tokens().bracketed_items(c.tokens().at(place));
      made->span = cover(made->span, Span{place, c.after_closing(place)});
    }
    std::size_t index = 0;
    made->target = c.list<const ast::Node*>(each<::IndexElem>(infer->indexElems), [&](::IndexElem* element) {
      const Span span = index < items.size() ? items[index] : Span{};
      ++index;
      return index_element(c, element, span);
    });
    made->target_where = expression(c, infer->whereClause);
    if (infer->conname != nullptr) {
      made->constraint = name_among(c, infer->conname, place == kNowhere ? 0 : c.tokens().at(place));
      made->span = cover(made->span, made->constraint.span);
    }
  }
  made->set = assignments(c, source->targetList);
  made->where = expression(c, source->whereClause);
  made->span = cover(cover(cover(made->span, made->target_where), made->set), made->where);
  return made;
}

inline const ast::Statement* insert(Context& c, const ::InsertStmt* source, Span span) {
  auto* made = c.arena.make<ast::Insert>();
  made->with = common_tables(c, source->withClause);
  made->relation = relation(c, source->relation);
  made->alias = target_alias(c, source->relation, made->relation);
  made->columns = target_columns(c, source->cols);
  made->overriding_system = source->override == OVERRIDING_SYSTEM_VALUE;
  made->overriding_user = source->override == OVERRIDING_USER_VALUE;
  if (const auto* query = node_as<::SelectStmt>(source->selectStmt, T_SelectStmt)) {
    made->source = select(c, query, {});
  }
  made->on_conflict = on_conflict(c, source->onConflictClause);
  made->returning = MIGCHECK_RETURNING(source);
  const Span parts = cover(cover(cover(Span{}, made->source), made->on_conflict), made->returning);
  made->span = change_span(c, span, source->withClause, made->relation, parts);
  return made;
}

inline const ast::Statement* update(Context& c, const ::UpdateStmt* source, Span span) {
  auto* made = c.arena.make<ast::Update>();
  made->with = common_tables(c, source->withClause);
  made->relation = relation(c, source->relation);
  made->alias = target_alias(c, source->relation, made->relation);
  made->set = assignments(c, source->targetList);
  made->from = from_items(c, source->fromClause);
  made->where = expression(c, source->whereClause);
  made->returning = MIGCHECK_RETURNING(source);
  const Span parts = cover(cover(cover(cover(Span{}, made->set), made->from), made->where), made->returning);
  made->span = change_span(c, span, source->withClause, made->relation, parts);
  return made;
}

inline const ast::Statement* delete_rows(Context& c, const ::DeleteStmt* source, Span span) {
  auto* made = c.arena.make<ast::Delete>();
  made->with = common_tables(c, source->withClause);
  made->relation = relation(c, source->relation);
  made->alias = target_alias(c, source->relation, made->relation);
  made->using_items = from_items(c, source->usingClause);
  made->where = expression(c, source->whereClause);
  made->returning = MIGCHECK_RETURNING(source);
  const Span parts = cover(cover(cover(Span{}, made->using_items), made->where), made->returning);
  made->span = change_span(c, span, source->withClause, made->relation, parts);
  return made;
}

inline const ast::MergeAction* merge_action(Context& c, const ::MergeWhenClause* source) {
  using Match = ast::MergeAction::Match;
  using Action = ast::MergeAction::Action;
  auto* made = c.arena.make<ast::MergeAction>();
  made->match = source->matchKind == MERGE_WHEN_MATCHED                 ? Match::Matched
                : source->matchKind == MERGE_WHEN_NOT_MATCHED_BY_SOURCE ? Match::NotMatchedBySource
                                                                        : Match::NotMatchedByTarget;
  made->condition = expression(c, source->condition);
  switch (source->commandType) {
    case CMD_INSERT:
      made->action = Action::Insert;
      break;
    case CMD_UPDATE:
      made->action = Action::Update;
      break;
    case CMD_DELETE:
      made->action = Action::Delete;
      break;
    default:
      made->action = Action::Nothing;
  }
  if (made->action == Action::Insert) made->columns = target_columns(c, source->targetList);
  if (made->action == Action::Update) made->set = assignments(c, source->targetList);
  made->values = expressions(c, source->values);
  made->span = cover(cover(cover(Span{}, made->condition), made->values), made->set);
  return made;
}

inline const ast::Statement* merge(Context& c, const ::MergeStmt* source, Span span) {
  auto* made = c.arena.make<ast::Merge>();
  made->with = common_tables(c, source->withClause);
  made->relation = relation(c, source->relation);
  made->alias = target_alias(c, source->relation, made->relation);
  made->source = from_item(c, source->sourceRelation);
  made->on = expression(c, source->joinCondition);
  made->actions =
      c.list<const ast::MergeAction*>(each<::MergeWhenClause>(source->mergeWhenClauses),
                                      [&](::MergeWhenClause* item) { return merge_action(c, item); });
  made->returning = MIGCHECK_RETURNING(source);
  const Span parts =
      cover(cover(cover(cover(Span{}, made->source), made->on), made->actions), made->returning);
  made->span = change_span(c, span, source->withClause, made->relation, parts);
  return made;
}

}  // namespace migcheck::parsing::lowering
