// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: privileges, roles, databases.

#include "parse/lowering/functions.hpp"

namespace migcheck::parsing::lowering {

// The privileges' places: the items between GRANT (or GRANT OPTION FOR) and ON.
inline Places privilege_places(Context& c, std::size_t expected) {
  const StatementTokens& tokens = c.tokens();
  std::size_t first = tokens.find("GRANT");
  if (const std::size_t revoke = tokens.find("REVOKE"); revoke != StatementTokens::npos) first = revoke;
  if (first == StatementTokens::npos) return {{}, expected};
  ++first;
  if (tokens.are(first, {"GRANT", "OPTION", "FOR"})) first += 3;
  return {tokens.list_items(first, {"ON", "TO", "FROM"}), expected};
}

inline ast::List<ast::Privilege> privileges(Context& c, const ::List* list) {
  const auto items = each<::AccessPriv>(list);
  if (items.empty()) return {};
  Places places = privilege_places(c, items.size());
  return c.list<ast::Privilege>(items, [&](::AccessPriv* item) {
    ast::Privilege made;
    made.span = places.next();
    made.name = item->priv_name == nullptr ? std::string_view("all") : lower_case(c, item->priv_name);
    const std::uint32_t open = made.span.empty() ? kNowhere : c.bracket_after_words(made.span.begin);
    made.columns =
        names_in_brackets(c, item->cols, open != kNowhere && open < made.span.end ? open : kNowhere);
    return made;
  });
}

inline ast::Grant* grant(Context& c, const ::GrantStmt* source, Span span) {
  using Scope = ast::Grant::Scope;
  auto* made = c.arena.make<ast::Grant>(span);
  made->is_grant = source->is_grant;
  made->scope = source->targtype == ACL_TARGET_ALL_IN_SCHEMA ? Scope::AllInSchema
                : source->targtype == ACL_TARGET_DEFAULTS    ? Scope::Defaults
                                                             : Scope::Objects;
  made->object = object_type(source->objtype);
  std::size_t from = c.tokens().find("ON");
  from = from == StatementTokens::npos ? 0 : from + 1;
  made->objects = c.list<ast::ObjectName>(each(source->objects), [&](::Node* object) {
    const ast::ObjectName named = object_among(c, source->objtype, object, from);
    if (!named.name.span.empty()) from = c.tokens().at(named.name.span.end);
    return named;
  });
  made->privileges = privileges(c, source->privileges);
  made->grantees = roles(c, source->grantees);
  made->with_grant_option = source->grant_option;
  made->cascade = source->behavior == DROP_CASCADE;
  return made;
}

inline const ast::Statement* grant_role(Context& c, const ::GrantRoleStmt* source, Span span) {
  auto* made = c.arena.make<ast::GrantRole>(span);
  made->is_grant = source->is_grant;
  made->roles = c.list<std::string_view>(each<::AccessPriv>(source->granted_roles),
                                         [&](::AccessPriv* item) { return c.text(item->priv_name); });
  made->grantees = roles(c, source->grantee_roles);
  made->options = options(c, source->opt);
  made->cascade = source->behavior == DROP_CASCADE;
  return made;
}

inline const ast::Statement* alter_default_privileges(Context& c, const ::AlterDefaultPrivilegesStmt* source,
                                                      Span span) {
  auto* made = c.arena.make<ast::AlterDefaultPrivileges>(span);
  for (const ::DefElem* item : each<::DefElem>(source->options)) {
    const auto* list = reinterpret_cast<const ::List*>(item->arg);
    if (std::string_view(item->defname) == "schemas") made->schemas = texts(c, list);
    if (std::string_view(item->defname) == "roles") made->for_roles = roles(c, list);
  }
  const StatementTokens& tokens = c.tokens();
  std::size_t first = tokens.find(source->action->is_grant ? "GRANT" : "REVOKE");
  const Span place = first == StatementTokens::npos ? span : Span{tokens[first].span.begin, span.end};
  made->action = grant(c, source->action, place);
  return made;
}

inline const ast::Statement* create_role(Context& c, const ::CreateRoleStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateRole>(span);
  made->name = name_among(c, source->role, 2);
  std::vector<const ast::Option*> list;
  if (source->stmt_type == ROLESTMT_USER) {
    // CREATE USER means WITH LOGIN; an option that is written comes later and wins.
    auto* login = c.arena.make<ast::Option>();
    login->name = "canlogin";
    login->value = "true";
    login->has_value = true;
    list.push_back(login);
  }
  for (const ::DefElem* item : each<::DefElem>(source->options)) list.push_back(option(c, item));
  made->options = c.arena.list(list);
  return made;
}

inline const ast::Statement* alter_role(Context& c, const ::AlterRoleStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterRole>(span);
  made->name = role_name(c, source->role);
  made->options = options(c, source->options);
  return made;
}

inline void role_setting(Context& c, const ::VariableSetStmt* set, ast::AlterRoleSet& made) {
  made.setting = lower_case(c, set->name);
  made.values = scalar_texts(c, set->args);
  made.reset = set->kind == VAR_RESET || set->kind == VAR_RESET_ALL || set->kind == VAR_SET_DEFAULT;
}

inline const ast::Statement* alter_role_set(Context& c, const ::AlterRoleSetStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterRoleSet>(span);
  made->role = role_name(c, source->role);
  made->database = name_among(c, source->database, 2);
  role_setting(c, source->setstmt, *made);
  return made;
}

inline const ast::Statement* alter_database_set(Context& c, const ::AlterDatabaseSetStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterRoleSet>(span);
  made->database = name_among(c, source->dbname, 2);
  role_setting(c, source->setstmt, *made);
  return made;
}

inline const ast::Statement* drop_owned(Context& c, const ::DropOwnedStmt* source, Span span) {
  auto* made = c.arena.make<ast::DropOwned>(span);
  made->roles = roles(c, source->roles);
  made->cascade = source->behavior == DROP_CASCADE;
  return made;
}

inline const ast::Statement* reassign_owned(Context& c, const ::ReassignOwnedStmt* source, Span span) {
  auto* made = c.arena.make<ast::ReassignOwned>(span);
  made->roles = roles(c, source->roles);
  made->new_role = role(c, source->newrole);
  return made;
}

inline const ast::Statement* create_database(Context& c, const ::CreatedbStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateDatabase>(span);
  made->name = name_among(c, source->dbname, 2);
  made->options = options(c, source->options);
  return made;
}

inline const ast::Statement* alter_database(Context& c, const char* text, const ::List* list, Span span) {
  auto* made = c.arena.make<ast::AlterDatabase>(span);
  made->name = name_among(c, text, 2);
  made->options = options(c, list);
  return made;
}

inline const ast::Statement* alter_system(Context& c, const ::AlterSystemStmt* source, Span span) {
  auto* made = c.arena.make<ast::AlterSystem>(span);
  made->setting = lower_case(c, source->setstmt->name);
  made->values = scalar_texts(c, source->setstmt->args);
  return made;
}

inline const ast::Statement* create_tablespace(Context& c, const ::CreateTableSpaceStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateTablespace>(span);
  made->name = name_among(c, source->tablespacename, 2);
  made->options = options(c, source->options);
  return made;
}

}  // namespace migcheck::parsing::lowering
