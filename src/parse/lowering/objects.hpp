// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: schemas, views, sequences, types, extensions, publications.

#include "parse/lowering/privileges.hpp"

namespace migcheck::parsing::lowering {

// CREATE SCHEMA s CREATE TABLE …: each element as a statement of its own, from its CREATE or GRANT on.
inline std::vector<Span> schema_elements(Context& c, Span span, std::size_t expected) {
  const StatementTokens& tokens = c.tokens();
  std::vector<Span> places;
  for (std::size_t index = 1; index < tokens.size(); index = tokens.after(index)) {
    if (!tokens.is(index, "CREATE") && !tokens.is(index, "GRANT")) continue;
    if (!places.empty()) places.back().end = tokens[index - 1].span.end;
    places.push_back({tokens[index].span.begin, span.end});
  }
  if (places.size() != expected) places.assign(expected, span);
  return places;
}

inline const ast::Statement* schema_element(Context& c, const ::Node* node, Span place) {
  Context inner = {c.arena, c.buffer, c.origin, place, c.parameter_names, c.bodies, Scan(c.buffer, place.end),
                   c.depth};
  const ast::Statement* made = statement(inner, node, place);
  c.too_deep = c.too_deep || inner.too_deep;
  return made;
}

inline const ast::Statement* create_schema(Context& c, const ::CreateSchemaStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateSchema>(span);
  made->owner = role(c, source->authrole);
  made->name = name_among(c, source->schemaname, after_object_keyword(c));
  if (source->schemaname == nullptr && source->authrole != nullptr)
    made->name = role_name(c, source->authrole);
  made->if_not_exists = source->if_not_exists;
  const auto elements = each(source->schemaElts);
  if (elements.empty()) return made;
  const std::vector<Span> places = schema_elements(c, span, elements.size());
  std::size_t next = 0;
  made->elements = c.list<const ast::Statement*>(
      elements, [&](::Node* element) { return schema_element(c, element, places[next++]); });
  return made;
}

inline const ast::Statement* create_view(Context& c, const ::ViewStmt* source, Span span) {
  using CheckOption = ast::CreateView::CheckOption;
  auto* made = c.arena.make<ast::CreateView>(span);
  made->relation = relation(c, source->view);
  const std::uint32_t after =
      made->relation.span.empty() ? kNowhere : c.scan.after_space(made->relation.span.end);
  made->columns = names_in_brackets(c, source->aliases, after);
  made->query = query_in_brackets(c, source->query, kNowhere);
  made->options = options(c, source->options);
  made->check_option = source->withCheckOption == LOCAL_CHECK_OPTION      ? CheckOption::Local
                       : source->withCheckOption == CASCADED_CHECK_OPTION ? CheckOption::Cascaded
                                                                          : CheckOption::None;
  made->or_replace = source->replace;
  return made;
}

inline const ast::Statement* refresh(Context& c, const ::RefreshMatViewStmt* source, Span span) {
  auto* made = c.arena.make<ast::RefreshMaterializedView>(span);
  made->relation = relation(c, source->relation);
  made->concurrently = source->concurrent;
  made->with_data = !source->skipData;
  return made;
}

inline const ast::Statement* create_sequence(Context& c, const ::CreateSeqStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateSequence>(span);
  made->relation = relation(c, source->sequence);
  made->options = options(c, source->options);
  made->if_not_exists = source->if_not_exists;
  made->unlogged = source->sequence->relpersistence == 'u';
  return made;
}

inline const ast::Statement* alter_sequence(Context& c, const ::AlterSeqStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterSequence>(span);
  made->relation = relation(c, source->sequence);
  made->options = options(c, source->options);
  made->if_exists = source->missing_ok;
  return made;
}

// --- types -------------------------------------------------------------------------------------------------

inline const ast::Statement* create_enum(Context& c, const ::CreateEnumStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateEnum>(span);
  made->name = qualified_among(c, source->typeName, after_object_keyword(c));
  made->values = texts(c, source->vals);
  return made;
}

inline const ast::Statement* alter_enum(Context& c, const ::AlterEnumStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterEnum>(span);
  made->name = qualified_among(c, source->typeName, after_object_keyword(c));
  made->new_value = c.text(source->newVal);
  made->old_value = c.text(source->oldVal);
  made->neighbour = c.text(source->newValNeighbor);
  made->before = source->newValNeighbor != nullptr && !source->newValIsAfter;
  made->if_not_exists = source->skipIfNewValExists;
  return made;
}

inline const ast::Statement* create_composite_type(Context& c, const ::CompositeTypeStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateCompositeType>(span);
  made->name = relation(c, source->typevar);
  const auto columns = each<::ColumnDef>(source->coldeflist);
  const std::uint32_t open = made->name.span.empty() ? kNowhere : c.bracket_after_words(made->name.span.end);
  Places places = items_in_brackets(c, open, columns.size());
  made->attributes = c.list<const ast::ColumnDefinition*>(
      columns, [&](::ColumnDef* column) { return column_definition(c, column, places.next()); });
  return made;
}

inline const ast::Statement* create_range_type(Context& c, const ::CreateRangeStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateRangeType>(span);
  made->name = qualified_among(c, source->typeName, after_object_keyword(c));
  made->options = options(c, source->params);
  return made;
}

inline const ast::Statement* create_domain(Context& c, const ::CreateDomainStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateDomain>(span);
  made->name = qualified_among(c, source->domainname, after_object_keyword(c));
  made->type = type(c, source->typeName);
  if (source->collClause != nullptr) made->collation = qualified(c, source->collClause->collname);
  std::vector<const ast::ConstraintDefinition*> constraints;
  ast::ConstraintDefinition* last = nullptr;
  for (const ::Constraint* item : each<::Constraint>(source->constraints)) {
    if (add_attribute(item, last)) continue;
    last = constraint(c, item, {});
    constraints.push_back(last);
  }
  made->constraints = c.arena.list(constraints);
  return made;
}

inline const ast::Statement* alter_domain(Context& c, const ::AlterDomainStmt* source, Span span) {
  using Action = ast::AlterDomain::Action;
  auto* made = c.arena.make<ast::AlterDomain>(span);
  made->name = qualified_among(c, source->typeName, after_object_keyword(c));
  const std::size_t after = made->name.span.empty() ? 0 : c.tokens().at(made->name.span.end);
  made->constraint_name = name_among(c, source->name, after);
  switch (source->subtype) {
    case 'T':
      made->action = source->def == nullptr ? Action::DropDefault : Action::SetDefault;
      made->expression = expression(c, source->def);
      break;
    case 'N':
      made->action = Action::DropNotNull;
      break;
    case 'O':
      made->action = Action::SetNotNull;
      break;
    case 'C': {
      const auto* added = reinterpret_cast<const ::Constraint*>(source->def);
      made->action = Action::AddConstraint;
      made->constraint = constraint(c, added, Context::from(c.place(added->location), span.end));
      made->constraint_name = made->constraint->name;
      break;
    }
    case 'X':
      made->action = Action::DropConstraint;
      break;
    default:
      made->action = Action::ValidateConstraint;
  }
  made->cascade = source->behavior == DROP_CASCADE;
  made->missing_ok = source->missing_ok;
  return made;
}

// --- objects that are a name and options
// ---------------------------------------------------------------------

inline ast::DefineObject* define(Context& c, ast::ObjectType object, const ::List* called, Span span) {
  auto* made = c.arena.make<ast::DefineObject>(span);
  made->object = object;
  made->name.name = qualified_among(c, called, 1);
  return made;
}

inline const ast::Statement* define_object(Context& c, const ::DefineStmt* source, Span span) {
  ast::DefineObject* made = define(c, object_type(source->kind), source->defnames, span);
  // The arguments of an aggregate: a list of parameters, and how many of them are direct.
  std::vector<const ast::TypeName*> arguments;
  if (source->args != nullptr) {
    for (const ::Node* item : each(each(source->args)[0])) {
      const auto* parameter = node_as<::FunctionParameter>(item, T_FunctionParameter);
      if (parameter != nullptr) arguments.push_back(type(c, parameter->argType));
    }
  }
  made->name.arguments = c.arena.list(arguments);
  made->name.has_arguments = source->kind == OBJECT_AGGREGATE && !source->oldstyle;
  made->options = options(c, source->definition);
  made->or_replace = source->replace;
  made->if_not_exists = source->if_not_exists;
  return made;
}

inline ast::DefineObject* define_named(Context& c, ast::ObjectType object, const char* text, Span span) {
  auto* made = c.arena.make<ast::DefineObject>(span);
  made->object = object;
  const ast::Name named = name_among(c, text, 1);
  made->name.name = {{}, named.text, named.span};
  return made;
}

inline const ast::Statement* create_cast(Context& c, const ::CreateCastStmt* source, Span span) {
  auto* made = c.arena.make<ast::DefineObject>(span);
  made->object = ast::ObjectType::Cast;
  made->name.arguments = c.arena.list(
      std::vector<const ast::TypeName*>{type(c, source->sourcetype), type(c, source->targettype)});
  made->name.has_arguments = true;
  return made;
}

inline const ast::Statement* create_language(Context& c, const ::CreatePLangStmt* source, Span span) {
  ast::DefineObject* made = define_named(c, ast::ObjectType::Language, source->plname, span);
  made->or_replace = source->replace;
  return made;
}

// Foreign data wrappers, servers and user mappings: names, a server where there is one, and OPTIONS.
inline ast::DefineObject* define_foreign(Context& c, ast::ObjectType object, const char* text,
                                         const char* other, const ::List* list, Span span) {
  ast::DefineObject* made = define_named(c, object, text, span);
  made->options = options(c, list);
  if (other != nullptr) made->name.on = {{}, c.text(other), {}};
  return made;
}

// --- extensions, publications, subscriptions
// -------------------------------------------------------------------

inline const ast::Statement* create_extension(Context& c, const ::CreateExtensionStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateExtension>(span);
  made->name = name_among(c, source->extname, after_object_keyword(c));
  made->if_not_exists = source->if_not_exists;
  for (const ::DefElem* item : each<::DefElem>(source->options)) {
    const std::string_view option = item->defname;
    if (option == "schema") made->schema = scalar_text(c, item->arg);
    if (option == "new_version") made->version = scalar_text(c, item->arg);
    if (option == "cascade") made->cascade = true;
  }
  return made;
}

inline const ast::Statement* alter_extension(Context& c, const ::AlterExtensionStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterExtension>(span);
  made->name = name_among(c, source->extname, after_object_keyword(c));
  for (const ::DefElem* item : each<::DefElem>(source->options)) made->version = scalar_text(c, item->arg);
  return made;
}

inline const ast::Statement* alter_extension_contents(Context& c, const ::AlterExtensionContentsStmt* source,
                                                      Span span) {
  auto* made = c.arena.make<ast::AlterExtension>(span);
  made->name = name_among(c, source->extname, after_object_keyword(c));
  made->action = source->action > 0 ? ast::AlterExtension::Action::Add : ast::AlterExtension::Action::Drop;
  made->object = object_type(source->objtype);
  made->target = object_among(c, source->objtype, source->object, c.tokens().at(made->name.span.end) + 2);
  return made;
}

// FOR TABLE a, b (x) WHERE (…), TABLES IN SCHEMA s: tables and schemas side by side.
template <typename Made>
void published(Context& c, const ::List* objects, Made& made) {
  std::vector<ast::PublishedTable> tables;
  std::vector<std::string_view> schemas;
  for (const ::PublicationObjSpec* item : each<::PublicationObjSpec>(objects)) {
    if (item->pubtable != nullptr) {
      ast::PublishedTable table;
      table.relation = relation(c, item->pubtable->relation);
      const std::uint32_t end =
          table.relation.span.empty() ? kNowhere : c.scan.after_space(table.relation.span.end);
      table.columns = names_in_brackets(c, item->pubtable->columns, end);
      table.where = expression(c, item->pubtable->whereClause);
      tables.push_back(table);
    } else if (item->pubobjtype == PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA) {
      if constexpr (requires { made.current_schema; }) made.current_schema = true;
    } else {
      schemas.push_back(c.text(item->name));
    }
  }
  made.tables = c.arena.list(tables);
  made.schemas = c.arena.list(schemas);
}

inline const ast::Statement* create_publication(Context& c, const ::CreatePublicationStmt* source,
                                                Span span) {
  auto* made = c.arena.make<ast::CreatePublication>(span);
  made->name = name_among(c, source->pubname, after_object_keyword(c));
  published(c, source->pubobjects, *made);
  made->all_tables = source->for_all_tables;
  made->options = options(c, source->options);
  return made;
}

inline const ast::Statement* alter_publication(Context& c, const ::AlterPublicationStmt* source, Span span) {
  using Action = ast::AlterPublication::Action;
  auto* made = c.arena.make<ast::AlterPublication>(span);
  made->name = name_among(c, source->pubname, after_object_keyword(c));
  published(c, source->pubobjects, *made);
  made->all_tables = source->for_all_tables;
  made->options = options(c, source->options);
  if (!made->options.empty()) return made;
  made->action = source->action == AP_AddObjects   ? Action::Add
                 : source->action == AP_SetObjects ? Action::Set
                                                   : Action::Drop;
  return made;
}

inline const ast::Statement* create_subscription(Context& c, const ::CreateSubscriptionStmt* source,
                                                 Span span) {
  auto* made = c.arena.make<ast::CreateSubscription>(span);
  made->name = name_among(c, source->subname, after_object_keyword(c));
  made->publications = texts(c, source->publication);
  made->options = options(c, source->options);
  return made;
}

inline std::string_view subscription_action(const ::AlterSubscriptionStmt* source) {
  switch (source->kind) {
    case ALTER_SUBSCRIPTION_OPTIONS:
      return "options";
    case ALTER_SUBSCRIPTION_CONNECTION:
      return "connection";
    case ALTER_SUBSCRIPTION_SET_PUBLICATION:
      return "set_publication";
    case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
      return "add_publication";
    case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
      return "drop_publication";
    case ALTER_SUBSCRIPTION_REFRESH:
      return "refresh";
    case ALTER_SUBSCRIPTION_SKIP:
      return "skip";
    case ALTER_SUBSCRIPTION_ENABLED:
      break;
  }
  const ::Node* enabled = each<::DefElem>(source->options)[0]->arg;
  return enabled != nullptr && nodeTag(enabled) == T_Boolean && boolVal(enabled) ? "enable" : "disable";
}

inline const ast::Statement* alter_subscription(Context& c, const ::AlterSubscriptionStmt* source,
                                                Span span) {
  auto* made = c.arena.make<ast::AlterSubscription>(span);
  made->name = name_among(c, source->subname, after_object_keyword(c));
  made->action = subscription_action(source);
  made->publications = texts(c, source->publication);
  made->options = options(c, source->options);
  return made;
}

// --- statistics, foreign schemas
// -------------------------------------------------------------------------------

inline const ast::Statement* create_statistics(Context& c, const ::CreateStatsStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateStatistics>(span);
  made->name = qualified_among(c, source->defnames, after_object_keyword(c));
  const std::size_t on = c.tokens().find("ON");
  const auto items = each<::StatsElem>(source->exprs);
  Places places(on == StatementTokens::npos ? std::vector<Span>{} : c.tokens().list_items(on + 1, {"FROM"}),
                items.size());
  made->elements = c.list<const ast::IndexElement*>(items, [&](::StatsElem* item) {
    auto* element = c.arena.make<ast::IndexElement>(places.next());
    element->column = name(c, item->name, element->span.empty() ? kNowhere : element->span.begin);
    element->expression = expression(c, item->expr);
    return element;
  });
  made->tables = c.list<ast::RelationName>(each(source->relations), [&](::Node* table) {
    return relation(c, node_as<::RangeVar>(table, T_RangeVar));
  });
  made->if_not_exists = source->if_not_exists;
  return made;
}

inline const ast::Statement* import_foreign_schema(Context& c, const ::ImportForeignSchemaStmt* source,
                                                   Span span) {
  auto* made = c.arena.make<ast::ImportForeignSchema>(span);
  made->server = name_among(c, source->server_name, 0);
  made->remote_schema = c.text(source->remote_schema);
  made->local_schema = name_among(c, source->local_schema, 0);
  made->tables = c.list<ast::Name>(each<::RangeVar>(source->table_list), [&](::RangeVar* table) {
    return name(c, table->relname, c.place(table->location));
  });
  made->options = options(c, source->options);
  return made;
}

}  // namespace migcheck::parsing::lowering
