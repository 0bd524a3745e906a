// SPDX-License-Identifier: MIT
// Roles belong to the server: the files show them in part at best, so that one is missing is never certain.
#include <fmt/format.h>

#include <algorithm>

#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectKind;
using catalog::Role;

const Role* find_role(const Planner& planner, std::string_view name) {
  const catalog::Object* found = planner.draft.global(ObjectKind::Role, name);
  return found == nullptr ? nullptr : std::get_if<Role>(found);
}

// A role that the files speak of without making it is known from then on.
Role& edit_role(Planner& planner, std::string_view name) {
  if (const Role* role = find_role(planner, name)) return planner.draft.edit<Role>(role->id);
  Role role;
  role.name = std::string(name);
  role.uncertain = true;
  role.origin = planner.context.origin;
  return planner.draft.create(std::move(role));
}

bool is_switched_on(const ast::Option& option) {
  return !option.has_value || (option.value != "false" && option.value != "off" && option.value != "0");
}

// ROLE a, ADMIN b: they become members of the new one.
void add_members(Planner& planner, std::string_view role, ast::List<const ast::Option*> options) {
  for (const ast::Option* option : options) {
    if (option->name != "rolemembers" && option->name != "adminmembers") continue;
    for (const std::string_view member : option->values)
      edit_role(planner, member).member_of.emplace_back(role);
  }
}

void set_options(Role& role, ast::List<const ast::Option*> options) {
  for (const ast::Option* option : options) {
    if (option->name == "superuser") role.superuser = is_switched_on(*option);
    if (option->name == "bypassrls") role.bypass_row_security = is_switched_on(*option);
    if (option->name == "canlogin") role.login = is_switched_on(*option);
    if (option->name == "addroleto") {
      for (const std::string_view other : option->values) role.member_of.emplace_back(other);
    }
  }
}

bool names(ast::List<std::string_view> roles, std::string_view role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Everything that a role owns, and the policies that are for it alone.
std::vector<DropTarget> owned_by(const Planner& planner, ast::List<std::string_view> roles) {
  std::vector<DropTarget> owned;
  for (const ObjectKind kind :
       {ObjectKind::Schema, ObjectKind::Table, ObjectKind::View, ObjectKind::Sequence, ObjectKind::Type,
        ObjectKind::Function, ObjectKind::Publication, ObjectKind::Other}) {
    for (const catalog::Object* object : planner.before.objects(kind)) {
      const catalog::ObjectBase& base = catalog::base(*object);
      if (!base.owner.empty() && names(roles, base.owner)) owned.push_back({base.id, Part::Whole, {}});
      const auto* table = std::get_if<catalog::Table>(object);
      if (table == nullptr) continue;
      for (const catalog::Policy& policy : table->policies) {
        const bool only =
            !policy.roles.empty() && std::all_of(policy.roles.begin(), policy.roles.end(),
                                                 [&](const std::string& role) { return names(roles, role); });
        if (only) owned.push_back({table->id, Part::Policy, policy.name});
      }
    }
  }
  return owned;
}

void revoke_from(Planner& planner, ast::List<std::string_view> roles) {
  for (const ObjectKind kind : {ObjectKind::Schema, ObjectKind::Table, ObjectKind::View, ObjectKind::Sequence,
                                ObjectKind::Type, ObjectKind::Function, ObjectKind::Other}) {
    for (const catalog::Object* object : planner.before.objects(kind)) {
      const catalog::ObjectBase& base = catalog::base(*object);
      const auto is_theirs = [&](const catalog::Acl& entry) { return names(roles, entry.grantee); };
      if (planner.draft.dropped(base.id) || std::none_of(base.acl.begin(), base.acl.end(), is_theirs))
        continue;
      erase_if(edit_base(planner.draft, base.id).acl, is_theirs);
    }
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateRole& statement) {
  const Role* existing = find_role(planner, statement.name.text);
  if (existing != nullptr && !existing->uncertain) {
    return planner.error("42710", fmt::format("role \"{}\" already exists", statement.name.text));
  }
  Role& role = edit_role(planner, statement.name.text);
  role.uncertain = false;
  set_options(role, statement.options);
  add_members(planner, statement.name.text, statement.options);
}

void plan_statement(Planner& planner, const ast::AlterRole& statement) {
  set_options(edit_role(planner, statement.name.text), statement.options);
}

void plan_statement(Planner& planner, const ast::AlterRoleSet& statement) {
  if (statement.role.empty()) return;
  Role& role = edit_role(planner, statement.role.text);
  if (!statement.reset) {
    role.settings[std::string(statement.setting)] = fmt::format("{}", fmt::join(statement.values, ", "));
  } else if (statement.setting.empty() || statement.setting == "all") {
    role.settings.clear();
  } else {
    role.settings.erase(std::string(statement.setting));
  }
}

void plan_statement(Planner& planner, const ast::DropRole& statement) {
  for (const std::string_view name : statement.roles) {
    if (const Role* role = find_role(planner, name)) planner.draft.drop(role->id);
  }
}

void plan_statement(Planner& planner, const ast::GrantRole& statement) {
  for (const std::string_view grantee : statement.grantees) {
    Role& member = edit_role(planner, grantee);
    for (const std::string_view role : statement.roles) {
      std::erase(member.member_of, role);
      if (statement.is_grant) member.member_of.emplace_back(role);
    }
  }
}

void plan_statement(Planner& planner, const ast::DropOwned& statement) {
  const std::vector<DropTarget> owned = owned_by(planner, statement.roles);
  if (!owned.empty() && !drop_all(planner, owned, statement.cascade)) return;
  revoke_from(planner, statement.roles);
}

}  // namespace migcheck::plan
