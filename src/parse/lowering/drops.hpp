// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT: what happens to objects of any
// kind.

#include "parse/lowering/indexes.hpp"

namespace migcheck::parsing::lowering {

// One item of a DROP: f(int), tr ON t, a.b. The name's place is the name alone.
inline ast::ObjectName dropped(Context& c, ::ObjectType type, const ::Node* object, Span place) {
  ast::ObjectName made = object_name(c, type, object, place);
  if (place.empty() || made.name.name.empty()) return made;
  const std::size_t first = c.tokens().at(place.begin);
  if (const Span alone = c.tokens().name(first); !alone.empty()) made.name.span = alone;
  if (c.tokens().is(first + 1, "ON")) made.on.span = c.tokens().name(first + 2);
  return made;
}

inline const ast::Statement* drop(Context& c, const ::DropStmt* source, Span span) {
  auto* made = c.arena.make<ast::Drop>(span);
  made->object = object_type(source->removeType);
  made->if_exists = source->missing_ok;
  made->cascade = source->behavior == DROP_CASCADE;
  made->concurrently = source->concurrent;
  made->keyword_object = object_keyword(c.tokens());
  const auto objects = each(source->objects);
  Places places(drop_names(c.tokens()), objects.size());
  made->names = c.list<ast::ObjectName>(
      objects, [&](::Node* object) { return dropped(c, source->removeType, object, places.next()); });
  return made;
}

// DROP DATABASE, TABLESPACE, SUBSCRIPTION, USER MAPPING: one plain name each.
inline const ast::Statement* drop_named(Context& c, ast::ObjectType object, const char* text, bool missing_ok,
                                        Span span) {
  auto* made = c.arena.make<ast::Drop>(span);
  made->object = object;
  made->if_exists = missing_ok;
  made->keyword_object = object_keyword(c.tokens());
  const ast::Name named = name_among(c, text, after_object_keyword(c));
  ast::ObjectName target;
  target.name = {{}, named.text, named.span};
  made->names = c.arena.list(std::vector<ast::ObjectName>{target});
  return made;
}

inline const ast::Statement* drop_role(Context& c, const ::DropRoleStmt* source, Span span) {
  auto* made = c.arena.make<ast::DropRole>(span);
  made->roles = roles(c, source->roles);
  made->if_exists = source->missing_ok;
  return made;
}

inline bool named_by_subname(::ObjectType type) {
  return type == OBJECT_ROLE || type == OBJECT_DATABASE || type == OBJECT_SCHEMA || type == OBJECT_TABLESPACE;
}

// What a RENAME is about: a relation, a part of one, a part of a domain, or any other object.
inline ast::ObjectName renamed(Context& c, const ::RenameStmt* source) {
  ast::ObjectName made;
  const std::size_t after = after_object_keyword(c);
  if (named_by_subname(source->renameType)) {
    const ast::Name named = name_among(c, source->subname, after);
    made.name = {{}, named.text, named.span};
    return made;
  }
  if (source->renameType == OBJECT_DOMCONSTRAINT) {
    made.on = qualified_among(c, reinterpret_cast<const ::List*>(source->object), after);
    const ast::Name named = name_among(c, source->subname, c.tokens().at(made.on.span.end));
    made.name = {{}, named.text, named.span};
    return made;
  }
  if (source->relation == nullptr) return object_among(c, source->renameType, source->object, after);
  const ast::QualifiedName table = relation(c, source->relation);
  if (source->subname == nullptr) {
    made.name = table;
    return made;
  }
  made.on = table;
  // ALTER TRIGGER name ON table, but ALTER TABLE table RENAME COLUMN name.
  const std::size_t from = lies_on_a_table(source->renameType) && source->renameType != OBJECT_COLUMN &&
                                   source->renameType != OBJECT_TABCONSTRAINT
                               ? after
                               : c.tokens().at(table.span.end);
  const ast::Name named = name_among(c, source->subname, from);
  made.name = {{}, named.text, named.span};
  return made;
}

inline const ast::Statement* rename(Context& c, const ::RenameStmt* source, Span span) {
  auto* made = c.arena.make<ast::Rename>(span);
  made->object = object_type(source->renameType);
  const bool part = source->renameType == OBJECT_COLUMN || source->renameType == OBJECT_ATTRIBUTE ||
                    source->renameType == OBJECT_TABCONSTRAINT;
  made->relation_type = source->renameType == OBJECT_ATTRIBUTE       ? ast::ObjectType::CompositeType
                        : source->renameType == OBJECT_TABCONSTRAINT ? ast::ObjectType::Table
                        : part                                       ? object_type(source->relationType)
                                                                     : made->object;
  made->target = renamed(c, source);
  const std::size_t to = c.tokens().find("TO", c.tokens().at(made->target.name.span.end));
  made->new_name = name_among(c, source->newname, to == StatementTokens::npos ? 0 : to + 1);
  made->if_exists = source->missing_ok;
  return made;
}

inline ast::ObjectName altered(Context& c, ::ObjectType type, const ::RangeVar* range, const ::Node* object) {
  if (range == nullptr) return object_among(c, type, object, after_object_keyword(c));
  ast::ObjectName made;
  made.name = relation(c, range);
  return made;
}

inline const ast::Statement* set_schema(Context& c, const ::AlterObjectSchemaStmt* source, Span span) {
  auto* made = c.arena.make<ast::SetSchema>(span);
  made->object = object_type(source->objectType);
  made->target = altered(c, source->objectType, source->relation, source->object);
  const std::size_t word = c.tokens().find("SCHEMA", c.tokens().at(made->target.name.span.end));
  made->new_schema = name_among(c, source->newschema, word == StatementTokens::npos ? 0 : word + 1);
  made->if_exists = source->missing_ok;
  return made;
}

inline const ast::Statement* change_owner(Context& c, const ::AlterOwnerStmt* source, Span span) {
  auto* made = c.arena.make<ast::ChangeOwner>(span);
  made->object = object_type(source->objectType);
  made->target = altered(c, source->objectType, source->relation, source->object);
  made->new_owner = role(c, source->newowner);
  return made;
}

// COMMENT ON and SECURITY LABEL: after ON and the object's kind.
inline std::size_t after_on(Context& c) {
  const std::size_t on = c.tokens().find("ON");
  return on == StatementTokens::npos ? 0 : on + 2;
}

inline const ast::Statement* comment(Context& c, const ::CommentStmt* source, Span span) {
  auto* made = c.arena.make<ast::Comment>(span);
  made->object = object_type(source->objtype);
  made->target = object_among(c, source->objtype, source->object, after_on(c));
  made->text = c.text(source->comment);
  made->is_null = source->comment == nullptr;
  return made;
}

inline const ast::Statement* security_label(Context& c, const ::SecLabelStmt* source, Span span) {
  auto* made = c.arena.make<ast::SecurityLabel>(span);
  made->object = object_type(source->objtype);
  made->target = object_among(c, source->objtype, source->object, after_on(c));
  made->provider = c.text(source->provider);
  made->label = c.text(source->label);
  return made;
}

inline const ast::Statement* move_all(Context& c, const ::AlterTableMoveAllStmt* source, Span span) {
  auto* made = c.arena.make<ast::MoveAll>(span);
  made->object = object_type(source->objtype);
  made->from = c.text(source->orig_tablespacename);
  made->to = c.text(source->new_tablespacename);
  made->owners = roles(c, source->roles);
  made->nowait = source->nowait;
  return made;
}

inline const ast::Statement* depends_on_extension(Context& c, const ::AlterObjectDependsStmt* source,
                                                  Span span) {
  auto* made = c.arena.make<ast::DependsOnExtension>(span);
  made->object = object_type(source->objectType);
  if (source->object != nullptr) {
    made->target = object_among(c, source->objectType, source->object, after_object_keyword(c));
  }
  if (source->relation != nullptr) {
    ast::QualifiedName& name = source->object == nullptr ? made->target.name : made->target.on;
    name = relation(c, source->relation);
  }
  made->extension = c.text(string_value(reinterpret_cast<const ::Node*>(source->extname)));
  made->remove = source->remove;
  return made;
}

}  // namespace migcheck::parsing::lowering
