// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: partitions, CREATE TABLE and CREATE TABLE AS.

#include "parse/lowering/columns.hpp"

namespace migcheck::parsing::lowering {

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
  const bool of_hash = made->strategy == ast::PartitionBy::Strategy::Hash;  // numbers, which have no place
  std::uint32_t end = made->span.empty() ? 0 : c.scan.after_space(made->span.end);
  while (of_hash && !made->span.empty() && c.scan.at(end) != ')' && c.scan.at(end) != '\0') ++end;
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
