// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: what stands in FROM. Chains of joins lean to the left and are lowered in a loop.

#include "parse/lowering/rare_expressions.hpp"

namespace migcheck::parsing::lowering {

const ast::ColumnDefinition* column_definition(Context& c, const ::ColumnDef* source, Span element);

// The alias behind an item that ends at `offset`; moves `offset` past it.
inline ast::Alias alias(Context& c, const ::Alias* source, std::uint32_t& offset) {
  ast::Alias made;
  if (source == nullptr) return made;
  if (offset == kNowhere) return {name(c, source->aliasname), names(c, source->colnames)};
  std::uint32_t at = c.scan.after_space(offset);
  if (c.scan.at(at) == '*') at = c.scan.after_space(at + 1);
  at = c.scan.after_keyword(at, "AS");
  if (c.scan.at(at) == ':') return {name(c, source->aliasname), names(c, source->colnames)};
  made.name = name(c, source->aliasname, at);
  if (made.name.span.empty()) {
    made.columns = names(c, source->colnames);
    return made;
  }
  offset = made.name.span.end;
  const std::uint32_t open = c.scan.after_space(offset);
  made.columns = names_in_brackets(c, source->colnames, open);
  if (source->colnames != nullptr && c.scan.at(open) == '(') offset = c.after_closing(open);
  return made;
}

inline const ast::FromItem* table_ref(Context& c, const ::RangeVar* source) {
  auto* made = c.arena.make<ast::TableRef>();
  made->relation = relation(c, source);
  std::uint32_t end = source->location < 0 ? kNowhere : made->relation.span.end;
  if (end != kNowhere && c.scan.at(c.scan.after_space(end)) == ')')
    end = c.scan.after_space(end) + 1;  // ONLY (t)
  if (source->alias == nullptr && end != kNowhere) end = made->relation.span.end;
  made->alias = alias(c, source->alias, end);
  made->span = end == kNowhere ? Span{} : Span{made->relation.span.begin, end};
  return made;
}

// Past the brackets and spaces between an item and what follows it.
inline std::uint32_t after_brackets(const Context& c, std::uint32_t offset) {
  std::uint32_t end = c.scan.after_space(offset);
  while (c.scan.at(end) == ')') end = c.scan.after_space(end + 1);
  return end;
}

// The bracket before the place, with nothing but spaces in between; kNowhere if something else stands there.
inline std::uint32_t bracket_before(const Context& c, std::uint32_t offset) {
  while (offset > c.statement.begin && std::isspace(static_cast<unsigned char>(c.buffer[offset - 1])))
    --offset;
  return offset > c.statement.begin && c.buffer[offset - 1] == '(' ? offset - 1 : kNowhere;
}

// A query in brackets begins with its own or with those of its first part: ((SELECT …) UNION …) AS x. The
// brackets that count are the ones behind which the alias stands.
inline const ast::FromItem* derived_table(Context& c, const ::RangeSubselect* source) {
  constexpr int kMostBrackets = 16;
  auto* made = c.arena.make<ast::DerivedTable>();
  made->query = query_in_brackets(c, source->subquery, kNowhere);
  made->lateral = source->lateral;
  made->span = cover(Span{}, made->query);
  std::uint32_t nowhere = kNowhere;
  made->alias = alias(c, source->alias, nowhere);
  if (made->query == nullptr || made->span.empty()) return made;
  std::uint32_t open = bracket_before(c, made->span.begin);
  for (int tries = 0; open != kNowhere && tries < kMostBrackets; ++tries) {
    const std::uint32_t close = c.after_closing(open);
    std::uint32_t end = close;
    const ast::Alias found = alias(c, source->alias, end);
    if (source->alias == nullptr || !found.name.span.empty()) {
      made->span = {open, end};
      made->alias = found;
      // The arena's nodes are ours until the file is handed out.
      const_cast<ast::Select*>(made->query)->span = c.inside(open, close);
      break;
    }
    open = bracket_before(c, open);
  }
  return made;
}

inline const ast::FromItem* function_table(Context& c, const ::RangeFunction* source) {
  auto* made = c.arena.make<ast::FunctionTable>();
  std::vector<const ast::Node*> definitions;
  const auto define = [&](const ::List* columns) {
    for (const ::ColumnDef* column : each<::ColumnDef>(columns)) {
      definitions.push_back(column_definition(c, column, {}));
    }
  };
  made->functions = c.list<const ast::Expression*>(each(source->functions), [&](::Node* node) {
    const auto parts = each(node);  // the call and its own column definitions
    const ast::Expression* call = expression(c, parts[0]);
    if (parts.size() > 1 && parts[1] != nullptr) define(reinterpret_cast<const ::List*>(parts[1]));
    return call;
  });
  define(source->coldeflist);
  made->column_definitions = c.arena.list(definitions);
  made->lateral = source->lateral;
  made->ordinality = source->ordinality;
  made->span = cover(Span{}, made->functions);
  std::uint32_t end = made->span.empty() ? kNowhere : made->span.end;
  if (end != kNowhere && source->is_rowsfrom) end = after_brackets(c, end);
  if (end != kNowhere && source->ordinality) {
    const std::uint32_t with = c.scan.after_space(end);
    end = c.scan.after_word(c.scan.after_keyword(with, "WITH"));
  }
  made->alias = alias(c, source->alias, end);
  if (end != kNowhere) made->span.end = end;
  return made;
}

inline const ast::FromItem* json_table_column(Context& c, const ::JsonTableColumn* source) {
  OtherBuilder made(c, "JsonTableColumn", -1);
  made.add_made(type(c, source->typeName));
  for (const ::JsonTableColumn* nested : each<::JsonTableColumn>(source->columns)) {
    const Deeper deeper(c);
    made.add_made(deeper.beyond() ? too_deep(c, {}) : json_table_column(c, nested));
  }
  made.add(source->on_empty).add(source->on_error);
  return made.make();
}

// XMLTABLE and JSON_TABLE: functions in FROM whose one "call" is an Other with everything inside.
inline const ast::FromItem* document_table(Context& c, const ast::Other* call, const ::Alias* as,
                                           bool lateral) {
  auto* made = c.arena.make<ast::FunctionTable>(call->span);
  made->functions = c.arena.list(std::vector<const ast::Expression*>{call});
  made->lateral = lateral;
  std::uint32_t end = call->span.empty() ? kNowhere : call->span.end;
  made->alias = alias(c, as, end);
  if (end != kNowhere) made->span.end = end;
  return made;
}

inline const ast::FromItem* json_table(Context& c, const ::JsonTable* source) {
  OtherBuilder made(c, "JsonTable", source->location);
  made.add(source->context_item).add_list(source->passing);
  for (const ::JsonTableColumn* column : each<::JsonTableColumn>(source->columns)) {
    made.add_made(json_table_column(c, column));
  }
  made.add(source->on_error);
  return document_table(c, made.make(), source->alias, source->lateral);
}

inline const ast::FromItem* xml_table(Context& c, const ::RangeTableFunc* source) {
  OtherBuilder made(c, "RangeTableFunc", source->location);
  made.add_list(source->namespaces).add(source->rowexpr).add(source->docexpr);
  for (const ::RangeTableFuncCol* column : each<::RangeTableFuncCol>(source->columns)) {
    made.add_made(type(c, column->typeName)).add(column->colexpr).add(column->coldefexpr);
  }
  return document_table(c, made.make(), source->alias, source->lateral);
}

inline const ast::FromItem* from_item(Context& c, const ::Node* node);

inline const ast::FromItem* table_sample(Context& c, const ::RangeTableSample* source) {
  const ast::FromItem* made = from_item(c, source->relation);
  const ast::Node* sample =
      OtherBuilder(c, "RangeTableSample", -1).add_list(source->args).add(source->repeatable).make();
  if (made->kind != ast::NodeKind::TableRef) return made;
  auto* table = c.arena.make<ast::TableRef>();
  *table = *static_cast<const ast::TableRef*>(made);
  table->sample = sample;
  table->span = cover(table->span, sample);
  return table;
}

inline const ast::FromItem* join_onto(Context& c, const ::JoinExpr* source, const ast::FromItem* left) {
  auto* made = c.arena.make<ast::Join>();
  switch (source->jointype) {
    case JOIN_LEFT:
      made->type = ast::Join::Type::Left;
      break;
    case JOIN_RIGHT:
      made->type = ast::Join::Type::Right;
      break;
    case JOIN_FULL:
      made->type = ast::Join::Type::Full;
      break;
    default:
      made->type = ast::Join::Type::Inner;
  }
  made->natural = source->isNatural;
  made->left = left;
  made->right = from_item(c, source->rarg);
  made->on = expression(c, source->quals);
  made->span = cover(cover(cover(Span{}, left), made->right), made->on);
  std::uint32_t end = made->span.empty() ? kNowhere : made->span.end;
  if (source->usingClause != nullptr && end != kNowhere) {
    const std::uint32_t open = c.scan.after_keyword(after_brackets(c, end), "USING");
    made->using_columns = names_in_brackets(c, source->usingClause, open);
    if (c.scan.at(open) == '(') end = c.after_closing(open);
  } else {
    made->using_columns = names(c, source->usingClause);
  }
  if (source->alias != nullptr && end != kNowhere) end = after_brackets(c, end);
  made->alias = alias(c, source->alias != nullptr ? source->alias : source->join_using_alias, end);
  if (end != kNowhere) made->span.end = end;
  return made;
}

inline const ast::FromItem* joins(Context& c, const ::JoinExpr* source) {
  std::vector<const ::JoinExpr*> chain = {source};
  while (const auto* left = node_as<::JoinExpr>(chain.back()->larg, T_JoinExpr)) chain.push_back(left);
  const ast::FromItem* made = from_item(c, chain.back()->larg);
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) made = join_onto(c, *link, made);
  return made;
}

inline const ast::FromItem* from_item(Context& c, const ::Node* node) {
  if (node == nullptr) return nullptr;
  const Deeper deeper(c);
  if (deeper.beyond()) return too_deep(c, {});
  switch (nodeTag(node)) {
    case T_RangeVar:
      return table_ref(c, reinterpret_cast<const ::RangeVar*>(node));
    case T_JoinExpr:
      return joins(c, reinterpret_cast<const ::JoinExpr*>(node));
    case T_RangeSubselect:
      return derived_table(c, reinterpret_cast<const ::RangeSubselect*>(node));
    case T_RangeFunction:
      return function_table(c, reinterpret_cast<const ::RangeFunction*>(node));
    case T_RangeTableSample:
      return table_sample(c, reinterpret_cast<const ::RangeTableSample*>(node));
    case T_RangeTableFunc:
      return xml_table(c, reinterpret_cast<const ::RangeTableFunc*>(node));
    case T_JsonTable:
      return json_table(c, reinterpret_cast<const ::JsonTable*>(node));
    default:
      return OtherBuilder(c, "unknown item in FROM", -1).make();
  }
}

inline ast::List<const ast::FromItem*> from_items(Context& c, const ::List* nodes) {
  return c.list<const ast::FromItem*>(each(nodes), [&](::Node* node) { return from_item(c, node); });
}

}  // namespace migcheck::parsing::lowering
