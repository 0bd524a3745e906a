// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: columns, constraints, partitions, CREATE TABLE.

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

// --- constraints -----------------------------------------------------------------------------------------

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
  const std::size_t from = end == kNowhere ? 0 : c.tokens().at(end);
  for (std::size_t on = c.tokens().find("ON", from); on != StatementTokens::npos;
       on = c.tokens().find("ON", on + 1)) {
    if (end != kNowhere && made.span.end != 0 && c.tokens()[on].span.begin >= made.span.end) break;
    if (c.tokens().is(on + 1, "DELETE")) made.referential_actions_given = true;
  }
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

// --- columns ---------------------------------------------------------------------------------------------

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
      return true;
#if MIGCHECK_PG_MAJOR >= 18
    case CONSTR_ATTR_ENFORCED:
      return true;
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

// --- partitions ------------------------------------------------------------------------------------------

inline const ast::PartitionBy* partition_by(Context& c, const ::PartitionSpec* source) {
  if (source == nullptr) return nullptr;
  using Strategy = ast::PartitionBy::Strategy;
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::PartitionBy>();
  made->strategy = source->strategy == PARTITION_STRATEGY_LIST   ? Strategy::List
                   : source->strategy == PARTITION_STRATEGY_HASH ? Strategy::Hash
                                                                 : Strategy::Range;
  const auto keys = each<::PartitionElem>(source->partParams);
  const std::uint32_t open = c.bracket_after_words(begin);
  Places places = items_in_brackets(c, open, keys.size());
  made->keys = c.list<const ast::IndexElement*>(keys, [&](::PartitionElem* item) {
    auto* element = c.arena.make<ast::IndexElement>(places.next());
    element->column = name(c, item->name, c.place(item->location));
    element->expression = expression(c, item->expr);
    element->collation = qualified(c, item->collation);
    element->operator_class = qualified(c, item->opclass);
    return element;
  });
  if (begin != kNowhere) made->span = {begin, open == kNowhere ? begin : c.after_closing(open)};
  return made;
}

// MINVALUE and MAXVALUE look like columns to the grammar.
inline const ast::Expression* bound_value(Context& c, const ::Node* node) {
  const ast::Expression* value = expression(c, node);
  const auto* column = ast::as<ast::ColumnRef>(value);
  if (column == nullptr || column->parts.size() != 1) return value;
  if (column->column() != "minvalue" && column->column() != "maxvalue") return value;
  auto* made = c.arena.make<ast::SqlValue>(column->span);
  made->name = column->column();
  return made;
}

inline ast::List<const ast::Expression*> bound_values(Context& c, const ::List* nodes) {
  return c.list<const ast::Expression*>(each(nodes), [&](::Node* node) { return bound_value(c, node); });
}

inline const ast::PartitionBound* partition_bound(Context& c, const ::PartitionBoundSpec* source) {
  if (source == nullptr) return nullptr;
  using Strategy = ast::PartitionBy::Strategy;
  const std::uint32_t begin = c.place(source->location);
  auto* made = c.arena.make<ast::PartitionBound>();
  made->is_default = source->is_default;
  made->strategy = source->strategy == 'l'   ? Strategy::List
                   : source->strategy == 'h' ? Strategy::Hash
                                             : Strategy::Range;
  made->values = bound_values(c, source->listdatums);
  made->from = bound_values(c, source->lowerdatums);
  made->to = bound_values(c, source->upperdatums);
  made->modulus = source->modulus;
  made->remainder = source->remainder;
  made->span = cover(cover(cover(c.word_at(begin), made->values), made->from), made->to);
  const std::uint32_t end = made->span.empty() ? 0 : c.scan.after_space(made->span.end);
  if (!made->is_default && !made->span.empty() && c.scan.at(end) == ')') made->span.end = end + 1;
  return made;
}

// --- CREATE TABLE ------------------------------------------------------------------------------------------

inline const ast::LikeClause* like_clause(Context& c, const ::TableLikeClause* source, Span span) {
  auto* made = c.arena.make<ast::LikeClause>(span);
  made->relation = relation(c, source->relation);
  const auto includes = [&](::TableLikeOption what) {
    return (source->options & static_cast<::bits32>(what)) != 0;
  };
  made->comments = includes(CREATE_TABLE_LIKE_COMMENTS);
  made->compression = includes(CREATE_TABLE_LIKE_COMPRESSION);
  made->constraints = includes(CREATE_TABLE_LIKE_CONSTRAINTS);
  made->defaults = includes(CREATE_TABLE_LIKE_DEFAULTS);
  made->generated = includes(CREATE_TABLE_LIKE_GENERATED);
  made->identity = includes(CREATE_TABLE_LIKE_IDENTITY);
  made->indexes = includes(CREATE_TABLE_LIKE_INDEXES);
  made->statistics = includes(CREATE_TABLE_LIKE_STATISTICS);
  made->storage = includes(CREATE_TABLE_LIKE_STORAGE);
  return made;
}

inline void table_elements_of(Context& c, const ::CreateStmt* source, ast::CreateTable& made) {
  const auto elements = each(source->tableElts);
  Places places(elements.empty() ? std::vector<Span>{} : table_elements(c.tokens()), elements.size());
  std::vector<const ast::ColumnDefinition*> columns;
  std::vector<const ast::ConstraintDefinition*> constraints;
  std::vector<const ast::LikeClause*> likes;
  for (const ::Node* element : elements) {
    const Span place = places.next();
    if (const auto* column = node_as<::ColumnDef>(element, T_ColumnDef)) {
      columns.push_back(column_definition(c, column, place));
    } else if (const auto* table_constraint = node_as<::Constraint>(element, T_Constraint)) {
      constraints.push_back(constraint(c, table_constraint, place));
    } else if (const auto* like = node_as<::TableLikeClause>(element, T_TableLikeClause)) {
      likes.push_back(like_clause(c, like, place));
    }
  }
  made.columns = c.arena.list(columns);
  made.constraints = c.arena.list(constraints);
  made.likes = c.arena.list(likes);
}

inline ast::CreateTable::OnCommit on_commit(::OnCommitAction action) {
  switch (action) {
    case ONCOMMIT_PRESERVE_ROWS:
      return ast::CreateTable::OnCommit::PreserveRows;
    case ONCOMMIT_DELETE_ROWS:
      return ast::CreateTable::OnCommit::DeleteRows;
    case ONCOMMIT_DROP:
      return ast::CreateTable::OnCommit::Drop;
    case ONCOMMIT_NOOP:
      break;
  }
  return ast::CreateTable::OnCommit::Unspecified;
}

inline ast::CreateTable* create_table(Context& c, const ::CreateStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateTable>(span);
  made->relation = relation(c, source->relation);
  made->if_not_exists = source->if_not_exists;
  made->unlogged = source->relation->relpersistence == 'u';
  table_elements_of(c, source, *made);
  made->inherits = relations(c, source->inhRelations);
  made->bound = partition_bound(c, source->partbound);
  if (source->partbound != nullptr && !made->inherits.empty()) {
    made->partition_of = made->inherits.front();
    made->inherits = {};
  }
  made->partition_by = partition_by(c, source->partspec);
  made->of_type = type(c, source->ofTypename);
  made->options = options(c, source->options);
  made->access_method = c.text(source->accessMethod);
  made->tablespace = c.text(source->tablespacename);
  made->on_commit = on_commit(source->oncommit);
  return made;
}

inline const ast::Statement* create_foreign_table(Context& c, const ::CreateForeignTableStmt* source,
                                                  Span span) {
  ast::CreateTable* made = create_table(c, &source->base, span);
  made->foreign = true;
  made->foreign_options = options(c, source->options);
  const std::size_t server = c.tokens().find("SERVER");
  made->server = name_among(c, source->servername, server == StatementTokens::npos ? 0 : server + 1);
  return made;
}

inline const ast::Statement* create_table_as(Context& c, const ::CreateTableAsStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateTableAs>(span);
  const ::IntoClause* into = source->into;
  made->relation = relation(c, into->rel);
  const std::uint32_t after =
      made->relation.span.empty() ? kNowhere : c.scan.after_space(made->relation.span.end);
  made->columns = names_in_brackets(c, into->colNames, after);
  made->options = options(c, into->options);
  made->access_method = c.text(into->accessMethod);
  made->tablespace = c.text(into->tableSpaceName);
  made->materialized_view = source->objtype == OBJECT_MATVIEW;
  made->select_into = source->is_select_into;
  made->if_not_exists = source->if_not_exists;
  made->unlogged = into->rel->relpersistence == 'u';
  made->with_data = !into->skipData;
  made->query = statement(c, source->query, {});
  return made;
}

}  // namespace migcheck::parsing::lowering
