// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: index elements, constraints and columns.

#include "parse/lowering/changes.hpp"

namespace migcheck::parsing::lowering {

// The pieces of a list by position, if there are as many as expected; otherwise none is known.
class Places {
 public:
  Places(std::vector<Span> spans, std::size_t expected) : spans_(std::move(spans)) {
    if (spans_.size() != expected) spans_.clear();
  }
  Span next() { return next_ < spans_.size() ? spans_[next_++] : Span{}; }

 private:
  std::vector<Span> spans_;
  std::size_t next_ = 0;
};

// The items in the brackets that open at `open`.
inline Places items_in_brackets(Context& c, std::uint32_t open, std::size_t expected) {
  if (open == kNowhere || expected == 0) return {{}, expected};
  return {c.tokens().bracketed_items(c.tokens().at(open)), expected};
}

inline bool descends(::SortByDir direction) {
  return direction == SORTBY_DESC;
}

inline const ast::IndexElement* index_element(Context& c, const ::IndexElem* source, Span span) {
  auto* made = c.arena.make<ast::IndexElement>(span);
  made->expression = expression(c, source->expr);
  made->column = name(c, source->name, span.empty() ? kNowhere : span.begin);
  made->collation = qualified_inside(c, source->collation, span);
  made->operator_class = qualified_inside(c, source->opclass, span);
  made->operator_class_options = options(c, source->opclassopts);
  made->descending = descends(source->ordering);
  made->nulls_given = source->nulls_ordering != SORTBY_NULLS_DEFAULT;
  made->nulls_first =
      source->nulls_ordering == SORTBY_NULLS_FIRST || (!made->nulls_given && made->descending);
  if (span.empty()) made->span = cover(Span{}, made->expression);
  return made;
}

inline ast::List<const ast::IndexElement*> index_elements(Context& c, const ::List* list,
                                                          std::uint32_t open) {
  const auto elements = each<::IndexElem>(list);
  Places places = items_in_brackets(c, open, elements.size());
  return c.list<const ast::IndexElement*>(
      elements, [&](::IndexElem* element) { return index_element(c, element, places.next()); });
}

inline ast::ReferentialAction referential_action(char letter) {
  switch (letter) {
    case FKCONSTR_ACTION_RESTRICT:
      return ast::ReferentialAction::Restrict;
    case FKCONSTR_ACTION_CASCADE:
      return ast::ReferentialAction::Cascade;
    case FKCONSTR_ACTION_SETNULL:
      return ast::ReferentialAction::SetNull;
    case FKCONSTR_ACTION_SETDEFAULT:
      return ast::ReferentialAction::SetDefault;
    default:
      return ast::ReferentialAction::NoAction;
  }
}

inline ast::ConstraintDefinition::Type constraint_type(::ConstrType type) {
  using Type = ast::ConstraintDefinition::Type;
  switch (type) {
    case CONSTR_NULL:
      return Type::Null;
    case CONSTR_NOTNULL:
      return Type::NotNull;
    case CONSTR_DEFAULT:
      return Type::Default;
    case CONSTR_IDENTITY:
      return Type::Identity;
    case CONSTR_GENERATED:
      return Type::Generated;
    case CONSTR_PRIMARY:
      return Type::PrimaryKey;
    case CONSTR_UNIQUE:
      return Type::Unique;
    case CONSTR_EXCLUSION:
      return Type::Exclusion;
    case CONSTR_FOREIGN:
      return Type::ForeignKey;
    default:
      return Type::Check;
  }
}

// a WITH =, b WITH &&: pairs of an element and an operator.
inline void exclusion(Context& c, const ::Constraint* source, std::uint32_t open,
                      ast::ConstraintDefinition& made) {
  const auto pairs = each(source->exclusions);
  Places places = items_in_brackets(c, open, pairs.size());
  made.exclusion = c.list<const ast::IndexElement*>(pairs, [&](::Node* pair) {
    return index_element(c, reinterpret_cast<const ::IndexElem*>(each(pair)[0]), places.next());
  });
  made.exclusion_operators = c.list<ast::QualifiedName>(
      pairs, [&](::Node* pair) { return qualified(c, reinterpret_cast<const ::List*>(each(pair)[1])); });
}

// Is ON DELETE written in this clause? PostgreSQL's tree says NO ACTION either way.
inline bool says_on_delete(Context& c, Span clause) {
  if (clause.empty()) return false;
  const StatementTokens& tokens = c.tokens();
  for (std::size_t index = tokens.at(clause.begin);
       tokens[index].span.begin < clause.end && index < tokens.size(); ++index) {
    if (tokens.are(index, {"ON", "DELETE"})) return true;
  }
  return false;
}

inline void foreign_key(Context& c, const ::Constraint* source, std::uint32_t open,
                        ast::ConstraintDefinition& made) {
  if (source->fk_attrs != nullptr) made.columns = names_in_brackets(c, source->fk_attrs, open);
  made.references = relation(c, source->pktable);
  std::uint32_t end = made.references.span.empty() ? kNowhere : made.references.span.end;
  made.referenced_columns =
      names_in_brackets(c, source->pk_attrs, end == kNowhere ? end : c.scan.after_space(end));
  made.on_delete = referential_action(source->fk_del_action);
  made.on_update = referential_action(source->fk_upd_action);
  made.on_delete_columns = names(c, source->fk_del_set_cols);
  made.match_full = source->fk_matchtype == FKCONSTR_MATCH_FULL;
  made.referential_actions_given = says_on_delete(c, Context::from(end, made.span.end));
#if MIGCHECK_PG_MAJOR >= 18
  made.with_period = source->fk_with_period;
#endif
}

inline void key(Context& c, const ::Constraint* source, std::uint32_t open, ast::ConstraintDefinition& made) {
  if (source->keys != nullptr) made.columns = names_in_brackets(c, source->keys, open);
  if (source->including != nullptr) {
    const std::uint32_t close = open == kNowhere ? open : c.after_closing(open);
    made.including = names_in_brackets(c, source->including, c.bracket_after_words(close));
  }
  made.using_index = name_inside(c, source->indexname, made.span);
  made.nulls_not_distinct = source->nulls_not_distinct;
#if MIGCHECK_PG_MAJOR >= 18
  made.without_overlaps = source->without_overlaps;
#endif
}

inline void constraint_flags(const ::Constraint* source, ast::ConstraintDefinition& made) {
  made.not_valid = source->skip_validation;
  made.no_inherit = source->is_no_inherit;
  made.deferrable = source->deferrable;
  made.initially_deferred = source->initdeferred;
  made.generated_always = source->generated_when == ATTRIBUTE_IDENTITY_ALWAYS;
#if MIGCHECK_PG_MAJOR >= 18
  made.generated_virtual = source->contype == CONSTR_GENERATED && source->generated_kind == 'v';
  // Of keys PostgreSQL's grammar leaves the flag unset: they cannot be NOT ENFORCED.
  const bool can_be_switched = source->contype == CONSTR_CHECK || source->contype == CONSTR_FOREIGN;
  made.enforced = source->is_enforced || !can_be_switched;
#endif
}

// `span` is the constraint's, from its first token to its last; empty if it is not known.
inline ast::ConstraintDefinition* constraint(Context& c, const ::Constraint* source, Span span) {
  using Type = ast::ConstraintDefinition::Type;
  auto* made = c.arena.make<ast::ConstraintDefinition>(span);
  made->type = constraint_type(source->contype);
  std::uint32_t at = span.empty() ? c.place(source->location) : span.begin;
  if (source->conname != nullptr && at != kNowhere && c.scan.is(at, "CONSTRAINT")) {
    made->name = name(c, source->conname, c.scan.after_keyword(at, "CONSTRAINT"));
    at = made->name.span.end;
  } else {
    made->name = name(c, source->conname);
  }
  const std::uint32_t open = c.bracket_after_words(at);
  made->expression = expression(c, source->raw_expr);
  made->access_method = c.text(source->access_method);
  made->predicate = expression(c, source->where_clause);
  made->options = options(c, source->options);
  made->tablespace = c.text(source->indexspace);
  constraint_flags(source, *made);
  switch (made->type) {
    case Type::ForeignKey:
      foreign_key(c, source, open, *made);
      break;
    case Type::Exclusion:
      exclusion(c, source, open, *made);
      [[fallthrough]];
    case Type::PrimaryKey:
    case Type::Unique:
      key(c, source, open, *made);
      break;
    case Type::NotNull:
      if (source->keys != nullptr) {
        const auto columns = each(source->keys);
        const ast::Name column = name_inside(c, string_value(columns[0]), span);
        made->columns = c.arena.list(std::vector<ast::Name>{column});
      }
      break;
    default:
      break;
  }
  if (made->span.empty()) made->span = cover(c.word_at(c.place(source->location)), made->expression);
  return made;
}

// DEFERRABLE, INITIALLY DEFERRED, NOT ENFORCED stand behind a column's constraint as items of their own.
inline bool add_attribute(const ::Constraint* source, ast::ConstraintDefinition* last) {
  switch (source->contype) {
    case CONSTR_ATTR_DEFERRABLE:
      if (last != nullptr) last->deferrable = true;
      return true;
    case CONSTR_ATTR_DEFERRED:
      if (last != nullptr) last->deferrable = last->initially_deferred = true;
      return true;
    case CONSTR_ATTR_NOT_DEFERRABLE:
    case CONSTR_ATTR_IMMEDIATE:
#if MIGCHECK_PG_MAJOR >= 18
    case CONSTR_ATTR_ENFORCED:
#endif
      return true;
#if MIGCHECK_PG_MAJOR >= 18
    case CONSTR_ATTR_NOT_ENFORCED:
      if (last != nullptr) last->enforced = false;
      return true;
#endif
    default:
      return false;
  }
}

inline bool is_attribute(const ::Constraint* source) {
  return add_attribute(source, nullptr);
}

// Constraint by constraint, each to the token before the next one (or before COLLATE) begins.
inline Span column_constraint_span(Context& c, const ::ColumnDef* column, std::uint32_t begin, Span element) {
  if (begin == kNowhere || element.empty()) return {};
  std::uint32_t next = element.end;
  const auto consider = [&](int location) {
    const std::uint32_t place = c.place(location);
    if (place != kNowhere && place > begin && place < next) next = place;
  };
  for (const ::Constraint* other : each<::Constraint>(column->constraints)) {
    if (!is_attribute(other)) consider(other->location);
  }
  if (column->collClause != nullptr) consider(column->collClause->location);
  if (next == element.end) return {begin, element.end};
  const std::size_t index = c.tokens().at(next);
  return {begin, index == 0 ? next : c.tokens()[index - 1].span.end};
}

inline ast::List<const ast::ConstraintDefinition*> column_constraints(Context& c, const ::ColumnDef* source,
                                                                      Span element) {
  std::vector<const ast::ConstraintDefinition*> made;
  ast::ConstraintDefinition* last = nullptr;
  for (const ::Constraint* item : each<::Constraint>(source->constraints)) {
    if (add_attribute(item, last)) continue;
    last = constraint(c, item, column_constraint_span(c, source, c.place(item->location), element));
    made.push_back(last);
  }
  return c.arena.list(made);
}

inline const ast::ColumnDefinition* column_definition(Context& c, const ::ColumnDef* source, Span element) {
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::ColumnDefinition>(element);
  made->name = name(c, source->colname, begin);
  made->type = type(c, source->typeName);
  if (source->collClause != nullptr) {
    const std::uint32_t place = c.place(source->collClause->location);
    const std::uint32_t named = place == kNowhere ? place : c.scan.after_keyword(place, "COLLATE");
    made->collation = qualified_at(c, source->collClause->collname, named);
  }
  made->compression = c.text(source->compression);
  made->storage = c.text(source->storage_name);
  made->constraints = column_constraints(c, source, element);
  made->options = options(c, source->fdwoptions);
  if (element.empty()) made->span = cover(cover(made->name.span, made->type), made->constraints);
  return made;
}

}  // namespace migcheck::parsing::lowering
