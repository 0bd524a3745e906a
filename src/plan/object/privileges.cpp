// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <iterator>

#include "plan/object/privileges.hpp"
#include "plan/query/scope.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using ast::ObjectType;
using catalog::Acl;

std::vector<std::string_view> all_privileges(ObjectType type, int version) {
  switch (type) {
    case ObjectType::Sequence:
      return {"select", "update", "usage"};
    case ObjectType::Function:
    case ObjectType::Procedure:
    case ObjectType::Routine:
    case ObjectType::Aggregate:
      return {"execute"};
    case ObjectType::Schema:
      return {"create", "usage"};
    case ObjectType::Type:
    case ObjectType::Domain:
    case ObjectType::Language:
      return {"usage"};
    default:
      break;
  }
  std::vector<std::string_view> all = {"select",   "insert",     "update", "delete",
                                       "truncate", "references", "trigger"};
  if (version >= 17) all.emplace_back("maintain");
  return all;
}

std::vector<Acl> entries_of(const Planner& planner, const ast::Grant& statement) {
  std::vector<Acl> entries;
  for (const std::string_view grantee : statement.grantees) {
    const auto add = [&](std::string_view privilege, ast::List<ast::Name> columns) {
      Acl entry;
      entry.grantee = std::string(grantee);
      entry.privilege = std::string(privilege);
      for (const ast::Name& column : columns) entry.columns.emplace_back(column.text);
      entry.grant_option = statement.with_grant_option;
      entry.origin = planner.context.origin;
      entries.push_back(std::move(entry));
    };
    if (statement.privileges.empty()) add("all", {});
    for (const ast::Privilege& privilege : statement.privileges) add(privilege.name, privilege.columns);
  }
  return entries;
}

void grant(catalog::Parts<Acl>& acl, const Acl& entry) {
  const Acl* held = acl.find(entry.grantee, [&](const Acl& one) {
    return one.columns == entry.columns && (one.privilege == entry.privilege || one.privilege == "all") &&
           one.grant_option >= entry.grant_option;
  });
  if (held == nullptr) acl.push_back(entry);
}

// REVOKE GRANT OPTION FOR leaves the privilege itself.
void revoke_grant_option(catalog::Parts<Acl>& acl, const Acl& entry) {
  acl.edit(entry.grantee, [&](Acl& held) {
    if (held.columns == entry.columns && (held.privilege == entry.privilege || entry.privilege == "all"))
      held.grant_option = false;
  });
}

void revoke(catalog::Parts<Acl>& acl, const Acl& entry, ObjectType type, int version) {
  if (entry.grant_option) return revoke_grant_option(acl, entry);
  // Taking one of all leaves the others.
  std::vector<Acl> left;
  acl.visit(entry.grantee, [&](const Acl& held) {
    if (held.columns != entry.columns || held.privilege != "all" || entry.privilege == "all") return;
    for (const std::string_view privilege : all_privileges(type, version)) {
      Acl part = held;
      part.privilege = std::string(privilege);
      if (privilege != entry.privilege) left.push_back(std::move(part));
    }
  });
  acl.erase(entry.grantee, [&](const Acl& held) {
    // REVOKE on the whole takes column privileges along.
    return (entry.columns.empty() || held.columns == entry.columns) &&
           (entry.privilege == "all" || held.privilege == entry.privilege || held.privilege == "all");
  });
  acl.append(std::move(left));
}

void change(catalog::Parts<Acl>& acl, const std::vector<Acl>& entries, const ast::Grant& statement,
            int version) {
  for (const Acl& entry : entries) {
    if (statement.is_grant) {
      grant(acl, entry);
    } else {
      revoke(acl, entry, statement.object, version);
    }
  }
}

bool covers(ObjectType type, const catalog::Object& object) {
  switch (type) {
    case ObjectType::Table:
      return std::holds_alternative<catalog::View>(object) ||
             (std::holds_alternative<catalog::Table>(object) &&
              std::get<catalog::Table>(object).kind != catalog::TableKind::Composite);
    case ObjectType::Sequence:
      return std::holds_alternative<catalog::Sequence>(object);
    case ObjectType::Function:
    case ObjectType::Procedure:
    case ObjectType::Routine:
      return std::holds_alternative<catalog::Function>(object);
    default:
      return false;
  }
}

// A column that the statement names is surely not there: true, with the error said.
bool names_missing_column(Planner& planner, const catalog::Object& object, const std::vector<Acl>& entries) {
  const auto* table = std::get_if<catalog::Table>(&object);
  if (table == nullptr) return false;
  for (const Acl& entry : entries) {
    for (const std::string& column : entry.columns) {
      const bool there = table->column(column) != nullptr || is_system_column(column);
      if (there || table->is_doubtful(catalog::TablePart::Column, column)) continue;
      planner.error("42703", "column \"" + column + "\" of relation \"" + table->name + "\" does not exist");
      return true;
    }
  }
  return false;
}

void plan_objects(Planner& planner, const ast::Grant& statement, const std::vector<Acl>& entries) {
  const bool relation = statement.object == ObjectType::Table || statement.object == ObjectType::Sequence;
  for (const ast::ObjectName& name : statement.objects) {
    planner.clause = name.name.span;
    // From 18 on the object is held against a DROP meanwhile.
    if (relation && planner.version() >= 18) {
      planner.effect(planner.ref(name.name), LockMode::AccessShare);
    }
    if (relation && require_relation(planner, name.name) == nullptr) continue;
    if (const catalog::Object* object = find_object(planner, statement.object, name)) {
      if (names_missing_column(planner, *object, entries)) break;
      change(edit_base(planner.draft, catalog::base(*object).id).acl, entries, statement, planner.version());
    }
  }
  planner.clause = {};
}

void plan_all_in_schema(Planner& planner, const ast::Grant& statement, const std::vector<Acl>& entries) {
  for (const ast::ObjectName& schema : statement.objects) {
    std::vector<catalog::ObjectId> covered;
    for (const catalog::Object* object : planner.draft.in_schema(schema.name.name)) {
      if (covers(statement.object, *object)) covered.push_back(catalog::base(*object).id);
    }
    for (const catalog::ObjectId id : covered) {
      change(edit_base(planner.draft, id).acl, entries, statement, planner.version());
    }
  }
}

std::string_view class_name(ObjectType type) {
  switch (type) {
    case ObjectType::Sequence:
      return "sequences";
    case ObjectType::Function:
    case ObjectType::Procedure:
    case ObjectType::Routine:
      return "functions";
    case ObjectType::Type:
      return "types";
    case ObjectType::Schema:
      return "schemas";
    default:
      return "tables";
  }
}

// Default privileges are kept as an object of their own: "tables of app_owner", in the schema they are for.
std::string default_acl_name(ObjectType type, std::string_view role) {
  return std::string(class_name(type)) + " of " + std::string(role);
}

catalog::Parts<Acl> default_privileges(const Planner& planner, ObjectType type, std::string_view schema) {
  catalog::Parts<Acl> entries;
  if (type == ObjectType::Function)
    entries.push_back({"public", "execute", {}, false, planner.context.origin});
  const std::string name = default_acl_name(type, planner.context.session.role);
  for (const std::string_view where : {std::string_view{}, schema}) {
    const catalog::OtherObject* defaults = planner.draft.other(ObjectType::DefaultAcl, where, name, {});
    if (defaults == nullptr || defaults->schema != where) continue;
    // What was revoked by default is kept as an entry with a minus.
    for (const Acl& entry : defaults->acl) {
      if (entry.privilege.starts_with("-")) {
        Acl revoked = entry;
        revoked.privilege.erase(0, 1);
        revoke(entries, revoked, type, planner.version());
      } else {
        grant(entries, entry);
      }
    }
    if (schema.empty()) break;
  }
  return entries;
}

// What PUBLIC has of functions and types by itself can be taken from it, by defaults for all schemas: a
// privilege with a minus. Defaults for one schema can only add.
void keep_revoked(catalog::Parts<Acl>& acl, const std::vector<Acl>& entries, const ast::Grant& action,
                  std::string_view schema) {
  const bool given = action.object == ObjectType::Function || action.object == ObjectType::Procedure ||
                     action.object == ObjectType::Routine || action.object == ObjectType::Type;
  for (Acl entry : entries) {
    if (!given || !schema.empty() || entry.grantee != "public" || entry.grant_option) continue;
    entry.privilege.insert(0, "-");
    if (!action.is_grant) {
      grant(acl, entry);
    } else {
      acl.erase(entry.grantee, [&](const Acl& held) {
        return held.privilege.starts_with("-") &&
               (held.privilege == entry.privilege || held.privilege == "-all" || entry.privilege == "-all");
      });
    }
  }
}

// Which default privileges an object gets; Other where there are none.
ObjectType class_of(const catalog::Object& object) {
  if (covers(ObjectType::Table, object)) return ObjectType::Table;
  if (covers(ObjectType::Sequence, object)) return ObjectType::Sequence;
  if (covers(ObjectType::Function, object)) return ObjectType::Function;
  if (std::holds_alternative<catalog::Type>(object)) return ObjectType::Type;
  return std::holds_alternative<catalog::Schema>(object) ? ObjectType::Schema : ObjectType::Other;
}

}  // namespace

void grant_default_privileges(Planner& planner) {
  for (catalog::ObjectId id = planner.before.next_id(); planner.draft.object(id) != nullptr; ++id) {
    const catalog::Object& made = *planner.draft.object(id);
    const ObjectType type = class_of(made);
    if (type == ObjectType::Other || !catalog::base(made).acl.empty()) continue;
    catalog::Parts<Acl> entries = default_privileges(planner, type, catalog::base(made).schema);
    if (!entries.empty()) edit_base(planner.draft, id).acl = std::move(entries);
  }
}

void plan_statement(Planner& planner, const ast::Grant& statement) {
  const std::vector<Acl> entries = entries_of(planner, statement);
  if (statement.scope == ast::Grant::Scope::AllInSchema) {
    plan_all_in_schema(planner, statement, entries);
  } else if (statement.scope == ast::Grant::Scope::Objects) {
    plan_objects(planner, statement, entries);
  }
}

void plan_statement(Planner& planner, const ast::AlterDefaultPrivileges& statement) {
  if (statement.action == nullptr) return;
  std::vector<std::string_view> roles(statement.for_roles.begin(), statement.for_roles.end());
  if (roles.empty()) roles.emplace_back(planner.context.session.role);
  std::vector<std::string_view> schemas(statement.schemas.begin(), statement.schemas.end());
  if (schemas.empty()) schemas.emplace_back();
  std::vector<Acl> entries = entries_of(planner, *statement.action);
  for (const std::string_view role : roles) {
    for (const std::string_view schema : schemas) {
      const std::string name = default_acl_name(statement.action->object, role);
      const catalog::OtherObject* old = planner.draft.other(ObjectType::DefaultAcl, schema, name, {});
      catalog::OtherObject made;
      made.schema = std::string(schema);
      made.name = name;
      made.type = ObjectType::DefaultAcl;
      made.origin = planner.context.origin;
      auto& acl = old != nullptr && old->schema == schema
                      ? planner.draft.edit<catalog::OtherObject>(old->id).acl
                      : planner.draft.create(std::move(made)).acl;
      change(acl, entries, *statement.action, planner.version());
      keep_revoked(acl, entries, *statement.action, schema);
    }
  }
}

}  // namespace migcheck::plan
