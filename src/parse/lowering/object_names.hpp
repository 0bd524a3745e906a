// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: objects of any kind where DROP, RENAME, COMMENT, GRANT … name them.
//
// PostgreSQL has a shape per kind: a list of Strings, a String, a TypeName, a function with arguments, a
// pair.

#include "parse/lowering/tables.hpp"

namespace migcheck::parsing::lowering {

inline ast::ObjectType object_type(::ObjectType type) {
  using Type = ast::ObjectType;
  switch (type) {
    case OBJECT_ACCESS_METHOD:
      return Type::AccessMethod;
    case OBJECT_AGGREGATE:
      return Type::Aggregate;
    case OBJECT_ATTRIBUTE:
      return Type::Attribute;
    case OBJECT_CAST:
      return Type::Cast;
    case OBJECT_COLUMN:
      return Type::Column;
    case OBJECT_COLLATION:
      return Type::Collation;
    case OBJECT_CONVERSION:
      return Type::Conversion;
    case OBJECT_DATABASE:
      return Type::Database;
    case OBJECT_DEFACL:
      return Type::DefaultAcl;
    case OBJECT_DOMAIN:
      return Type::Domain;
    case OBJECT_DOMCONSTRAINT:
      return Type::DomainConstraint;
    case OBJECT_EVENT_TRIGGER:
      return Type::EventTrigger;
    case OBJECT_EXTENSION:
      return Type::Extension;
    case OBJECT_FDW:
      return Type::ForeignDataWrapper;
    case OBJECT_FOREIGN_SERVER:
      return Type::ForeignServer;
    case OBJECT_FOREIGN_TABLE:
      return Type::ForeignTable;
    case OBJECT_FUNCTION:
      return Type::Function;
    case OBJECT_INDEX:
      return Type::Index;
    case OBJECT_LANGUAGE:
      return Type::Language;
    case OBJECT_LARGEOBJECT:
      return Type::LargeObject;
    case OBJECT_MATVIEW:
      return Type::MaterializedView;
    case OBJECT_OPCLASS:
      return Type::OperatorClass;
    case OBJECT_OPERATOR:
      return Type::Operator;
    case OBJECT_OPFAMILY:
      return Type::OperatorFamily;
    case OBJECT_PARAMETER_ACL:
      return Type::Parameter;
    case OBJECT_POLICY:
      return Type::Policy;
    case OBJECT_PROCEDURE:
      return Type::Procedure;
    case OBJECT_PUBLICATION:
      return Type::Publication;
    case OBJECT_ROLE:
      return Type::Role;
    case OBJECT_ROUTINE:
      return Type::Routine;
    case OBJECT_RULE:
      return Type::Rule;
    case OBJECT_SCHEMA:
      return Type::Schema;
    case OBJECT_SEQUENCE:
      return Type::Sequence;
    case OBJECT_SUBSCRIPTION:
      return Type::Subscription;
    case OBJECT_STATISTIC_EXT:
      return Type::Statistics;
    case OBJECT_TABCONSTRAINT:
      return Type::Constraint;
    case OBJECT_TABLE:
      return Type::Table;
    case OBJECT_TABLESPACE:
      return Type::Tablespace;
    case OBJECT_TRANSFORM:
      return Type::Transform;
    case OBJECT_TRIGGER:
      return Type::Trigger;
    case OBJECT_TSCONFIGURATION:
    case OBJECT_TSDICTIONARY:
    case OBJECT_TSPARSER:
    case OBJECT_TSTEMPLATE:
      return Type::TextSearch;
    case OBJECT_TYPE:
      return Type::Type;
    case OBJECT_USER_MAPPING:
      return Type::UserMapping;
    case OBJECT_VIEW:
      return Type::View;
    default:
      return Type::Other;
  }
}

// A function, aggregate or operator with the types of its arguments.
inline ast::ObjectName object_with_arguments(Context& c, const ::ObjectWithArgs* source, Span span) {
  ast::ObjectName made;
  made.name = qualified(c, source->objname, span);
  made.has_arguments = !source->args_unspecified;
  made.arguments = c.list<const ast::TypeName*>(each<::TypeName>(source->objargs),
                                                [&](::TypeName* argument) { return type(c, argument); });
  return made;
}

// CAST (a AS b) and TRANSFORM FOR a LANGUAGE l: the types are the arguments.
inline ast::ObjectName pair_of_types(Context& c, const ::Node* pair, Span span) {
  ast::ObjectName made;
  std::vector<const ast::TypeName*> types;
  for (const ::Node* part : each(pair)) {
    if (const auto* source = node_as<::TypeName>(part, T_TypeName)) types.push_back(type(c, source));
    if (nodeTag(part) == T_String) made.name.name = c.text(string_value(part));
  }
  made.arguments = c.arena.list(types);
  made.has_arguments = true;
  made.name.span = span;
  return made;
}

// Triggers, rules, policies, columns, table constraints: the table in front, the object last.
inline bool lies_on_a_table(::ObjectType type) {
  return type == OBJECT_TRIGGER || type == OBJECT_RULE || type == OBJECT_POLICY || type == OBJECT_COLUMN ||
         type == OBJECT_TABCONSTRAINT;
}

inline ast::ObjectName object_in_list(Context& c, ::ObjectType type, const ::Node* node, Span span) {
  const auto parts = each(node);
  const auto* strings = reinterpret_cast<const ::List*>(node);
  ast::ObjectName made;
  if (type == OBJECT_CAST || type == OBJECT_TRANSFORM) return pair_of_types(c, node, span);
  if (type == OBJECT_DOMCONSTRAINT) {  // the domain's type, the constraint's name
    if (const auto* domain = node_as<::TypeName>(parts[0], T_TypeName)) made.on = qualified(c, domain->names);
    made.name = {{}, c.text(string_value(parts.back())), span};
    return made;
  }
  if (lies_on_a_table(type)) {
    made.name = {{}, c.text(string_value(parts.back())), span};
    made.on = qualified_without_last(c, strings);
    return made;
  }
  made.name = qualified(c, strings, span);
  // Operator classes and families: the access method comes first, it is no schema.
  if ((type == OBJECT_OPCLASS || type == OBJECT_OPFAMILY) && parts.size() == 2) made.name.schema = {};
  return made;
}

inline ast::ObjectName object_name(Context& c, ::ObjectType type_of_object, const ::Node* node, Span span) {
  ast::ObjectName made;
  if (node == nullptr) return made;
  switch (nodeTag(node)) {
    case T_ObjectWithArgs:
      return object_with_arguments(c, reinterpret_cast<const ::ObjectWithArgs*>(node), span);
    case T_TypeName: {
      const auto* source = reinterpret_cast<const ::TypeName*>(node);
      made.name = qualified(c, source->names, span);
      if (made.name.schema == "pg_catalog") made.name.schema = {};
      if (made.name.span.empty()) made.name.span = c.name_at(c.place(source->location));
      return made;
    }
    case T_RangeVar: {
      made.name = relation(c, reinterpret_cast<const ::RangeVar*>(node));
      return made;
    }
    case T_RoleSpec: {
      const ast::Name named = role_name(c, reinterpret_cast<const ::RoleSpec*>(node));
      made.name = {{}, named.text, named.span};
      return made;
    }
    case T_List:
      return object_in_list(c, type_of_object, node, span);
    default:
      made.name = {{}, scalar_text(c, node), span};
      return made;
  }
}

// The token after the word that says what kind of object a statement is about: ALTER FOREIGN TABLE |t.
inline std::size_t after_object_keyword(Context& c) {
  const Span keyword = object_keyword(c.tokens());
  return keyword.empty() ? 1 : c.tokens().at(keyword.end);
}

// The first name that the object's own spelling begins with, for its place.
inline const char* first_identifier(const ::Node* node) {
  if (node == nullptr) return "";
  switch (nodeTag(node)) {
    case T_List:
      return each(node).empty() ? "" : first_identifier(each(node)[0]);
    case T_ObjectWithArgs:
      return first_identifier(
          reinterpret_cast<const ::Node*>(reinterpret_cast<const ::ObjectWithArgs*>(node)->objname));
    case T_TypeName:
      return first_identifier(
          reinterpret_cast<const ::Node*>(reinterpret_cast<const ::TypeName*>(node)->names));
    default:
      return string_value(node);
  }
}

// An object whose place has to be looked for, from token `from` on.
inline ast::ObjectName object_among(Context& c, ::ObjectType type_of_object, const ::Node* node,
                                    std::size_t from) {
  ast::ObjectName made = object_name(c, type_of_object, node, {});
  if (!made.name.span.empty()) return made;
  // A trigger's own name stands first, before ON and the table; a column's last, after the table.
  const bool own_first = type_of_object == OBJECT_TRIGGER || type_of_object == OBJECT_RULE ||
                         type_of_object == OBJECT_POLICY || type_of_object == OBJECT_TABCONSTRAINT ||
                         type_of_object == OBJECT_DOMCONSTRAINT;
  // Of operator classes and families PostgreSQL's node begins with the access method, which is written last.
  const bool of_method = type_of_object == OBJECT_OPCLASS || type_of_object == OBJECT_OPFAMILY;
  const std::string_view qualified_first = made.name.schema.empty() ? made.name.name : made.name.schema;
  const std::string_view first = own_first   ? made.name.name
                                 : of_method ? qualified_first
                                             : std::string_view(first_identifier(node));
  const std::size_t index =
      first.empty() ? StatementTokens::npos : find_identifier(c, first, from, StatementTokens::npos);
  if (index != StatementTokens::npos) {
    made.name.span = own_first ? c.tokens()[index].span : c.tokens().name(index);
  }
  return made;
}

}  // namespace migcheck::parsing::lowering
