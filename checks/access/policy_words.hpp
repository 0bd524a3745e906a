// SPDX-License-Identifier: MIT
#pragma once

// Policies, as the checks of access speak of them: the one that a statement makes or changes, what its
// condition asks, and for whom it is.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::policy_words {

// CREATE POLICY or ALTER POLICY: what it says, and where.
struct PolicyAtHand {
  ast::Name name;
  ast::QualifiedName table_name;
  const catalog::Table* table = nullptr;  // null: the history does not show it
  ast::PolicyCommand command = ast::PolicyCommand::All;
  bool permissive = true;
  std::vector<std::string> roles;
  const ast::Expression* using_expression = nullptr;  // as written here; null: not written
  const ast::Expression* check_expression = nullptr;
  const ast::Expression* whole_using = nullptr;  // what holds afterwards, written here or before
};

inline std::optional<PolicyAtHand> policy_at_hand(const CheckContext& context) {
  if (const auto* create = context.statement_as<ast::CreatePolicy>()) {
    return PolicyAtHand{create->name,
                        create->table,
                        context.table(create->table),
                        create->command,
                        create->permissive,
                        {create->roles.begin(), create->roles.end()},
                        create->using_expression,
                        create->check_expression,
                        create->using_expression};
  }
  const auto* alter = context.statement_as<ast::AlterPolicy>();
  if (alter == nullptr) return std::nullopt;
  PolicyAtHand made{.name = alter->name, .table_name = alter->table, .table = context.table(alter->table)};
  made.using_expression = alter->using_expression;
  made.check_expression = alter->check_expression;
  made.whole_using = alter->using_expression;
  made.roles.assign(alter->roles.begin(), alter->roles.end());
  if (made.table == nullptr) return made;
  if (const catalog::Policy* policy = made.table->policies.find(alter->name.text)) {
    made.command = policy->command;
    made.permissive = policy->permissive;
    if (made.roles.empty()) made.roles = policy->roles;
    if (made.whole_using == nullptr) made.whole_using = policy->using_expression;
  }
  return made;
}

// Where a finding about the condition stands.
inline Span at(const ast::Expression* condition, const PolicyAtHand& policy) {
  return condition == nullptr || condition->span.empty() ? policy.name.span : condition->span;
}

inline bool is_true(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
}

// Roles that see everything anyway: Supabase's, those of managed servers, owners, configured ones.
inline bool is_operator(const CheckContext& context, std::string_view role) {
  constexpr std::array<std::string_view, 10> kOperators = {
      "postgres",       "service_role",  "supabase_admin",    "supabase_auth_admin", "supabase_storage_admin",
      "dashboard_user", "rds_superuser", "cloudsqlsuperuser", "azure_pg_admin",      "pg_database_owner"};
  if (std::find(kOperators.begin(), kOperators.end(), role) != kOperators.end()) return true;
  // app_owner, migrator: who runs the migrations, by its name.
  if (role.find("owner") != std::string_view::npos || role.find("migrat") != std::string_view::npos)
    return true;
  if (context.settings().tenancy.bypass_roles.count(role) != 0) return true;
  const catalog::Object* found = context.catalog().global(catalog::ObjectKind::Role, role);
  const auto* known = found == nullptr ? nullptr : std::get_if<catalog::Role>(found);
  return known != nullptr && (known->superuser || known->bypass_row_security);
}

inline bool for_operators(const CheckContext& context, const std::vector<std::string>& roles) {
  return !roles.empty() && std::all_of(roles.begin(), roles.end(),
                                       [&](const std::string& role) { return is_operator(context, role); });
}

inline bool for_everybody(const std::vector<std::string>& roles) {
  return roles.empty() || std::find(roles.begin(), roles.end(), "public") != roles.end();
}

inline bool reads(ast::PolicyCommand command) {
  return command == ast::PolicyCommand::All || command == ast::PolicyCommand::Select;
}

inline bool is_of_tenants(const CheckContext& context, const catalog::Table* table) {
  return table != nullptr && context.tenants().of(table->id).tenants();
}

// auth.uid(), auth.jwt(), current_setting('app.tenant'), current_user.
inline bool is_identity(const ast::Node& node) {
  if (const auto* call = ast::as<ast::FunctionCall>(&node))
    return call->name.schema == "auth" || call->name.name == "current_setting";
  const auto* value = ast::as<ast::SqlValue>(&node);
  return value != nullptr && (value->name == "current_user" || value->name == "session_user" ||
                              value->name == "current_role" || value->name == "user");
}

inline bool any_below(const ast::Node* root, bool (*wanted)(const ast::Node&)) {
  bool found = false;
  ast::walk(root, [&](const ast::Node& node) {
    found = found || wanted(node);
    return !found;
  });
  return found;
}

inline bool reads_a_setting(const ast::Expression* condition) {
  return any_below(condition, [](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    return call != nullptr && call->name.name == "current_setting";
  });
}

inline std::vector<const ast::Expression*> parts_of(const ast::Expression* condition,
                                                    ast::BoolOperation::Op op) {
  std::vector<const ast::Expression*> parts;
  std::vector<const ast::Expression*> pending = {condition};
  while (!pending.empty()) {
    const ast::Expression* one = pending.back();
    pending.pop_back();
    const auto* joined = ast::as<ast::BoolOperation>(one);
    if (joined != nullptr && joined->op == op) {
      pending.insert(pending.end(), joined->arguments.begin(), joined->arguments.end());
    } else if (one != nullptr) {
      parts.push_back(one);
    }
  }
  return parts;
}

// The sides of an OR, and what an AND asks for, however it is nested; another condition is its only part.
inline std::vector<const ast::Expression*> sides_of(const ast::Expression* condition) {
  return parts_of(condition, ast::BoolOperation::Op::Or);
}
inline std::vector<const ast::Expression*> conjuncts_of(const ast::Expression* condition) {
  return parts_of(condition, ast::BoolOperation::Op::And);
}

// A table that a policy names: stored with its schema, or in public.
inline const catalog::Table* named_table(const CheckContext& context, const ast::QualifiedName& name) {
  const std::vector<std::string> path = {"public"};
  const catalog::Object* found = context.catalog().relation(name.schema, name.name, path);
  return found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
}

// auth.uid() IS NOT NULL, auth.role() = 'authenticated': everybody who is logged in, of whatever tenant.
inline bool is_anybody(const ast::Expression* side) {
  if (ast::as<ast::NullTest>(side) != nullptr) return true;
  bool found = false;
  ast::walk(side, [&](const ast::Node& node) {
    const auto* constant = ast::as<ast::Constant>(&node);
    found = found || (constant != nullptr && (constant->text == "authenticated" || constant->text == "anon"));
    return !found;
  });
  return found;
}

// It asks who is there and not for a row: a switch that jobs set, the project's own administrators. Not one
// that reads a table of tenants, where an administrator of one tenant would see all others.
inline bool is_a_gate(const CheckContext& context, const catalog::Table* table, const ast::Expression* side) {
  bool asks = false;
  bool of_rows = is_anybody(side);
  bool inside = false;
  ast::walk(side, [&](const ast::Node& node) {
    inside = inside || ast::as<ast::SubQuery>(&node) != nullptr;
    asks = asks || is_identity(node) || ast::as<ast::FunctionCall>(&node) != nullptr;
    if (const auto* column = ast::as<ast::ColumnRef>(&node))
      of_rows = of_rows || !inside || (table != nullptr && column->table() == table->name);
    if (const auto* read = ast::as<ast::TableRef>(&node)) {
      const auto* found = named_table(context, read->relation);
      of_rows = of_rows || found == nullptr || is_of_tenants(context, found);
    }
    return !of_rows;
  });
  return asks && !of_rows;
}

// The column below casts; nullptr for anything else.
inline const ast::ColumnRef* column_of(const ast::Expression* expression) {
  while (const auto* cast = ast::as<ast::Cast>(expression)) expression = cast->argument;
  return ast::as<ast::ColumnRef>(expression);
}

// The first of these that a checked file made; nullptr: all of it is older. Where a finding about what
// several statements made together stands.
inline const catalog::Origin* first_target(const CheckContext& context,
                                           std::initializer_list<const catalog::Origin*> origins) {
  const auto found = std::find_if(origins.begin(), origins.end(),
                                  [&](const catalog::Origin* origin) { return context.is_target(*origin); });
  return found == origins.end() ? nullptr : *found;
}

// Something of the table is hidden from somebody: it is enabled, and not opened to all by a policy.
inline bool hides_rows(const catalog::Table& table) {
  if (!table.row_security || table.policies.empty()) return false;
  const bool narrowed =
      std::any_of(table.policies.begin(), table.policies.end(),
                  [](const catalog::Policy& policy) { return !policy.permissive && reads(policy.command); });
  const bool open =
      std::any_of(table.policies.begin(), table.policies.end(), [](const catalog::Policy& policy) {
        return policy.permissive && reads(policy.command) && for_everybody(policy.roles) &&
               is_true(policy.using_expression);
      });
  return narrowed || !open;
}

// The API of such a project runs every request as one of these two roles.
inline bool is_api_role(std::string_view role) {
  return role == "anon" || role == "authenticated";
}

// Supabase: policies name its roles or ask its auth schema who is there. A history that makes auth.uid itself
// runs elsewhere.
inline bool is_supabase(const catalog::Catalog& catalog) {
  if (!catalog.functions("auth", "uid", {}).empty()) return false;
  const auto asks_auth = [](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    return call != nullptr && call->name.schema == "auth";
  };
  for (const catalog::Table* table : catalog.tables()) {
    for (const catalog::Policy& policy : table->policies) {
      for (const std::string& role : policy.roles) {
        if (is_api_role(role) || role == "service_role") return true;
      }
      if (any_below(policy.using_expression, asks_auth) || any_below(policy.check_expression, asks_auth))
        return true;
    }
  }
  return false;
}

// Roles other than the operator's may reach what is in there, as far as the files show: the schema public, or
// one that is granted.
inline bool is_reachable(const CheckContext& context, const catalog::ObjectBase& object) {
  if (object.schema == "public") return true;
  const auto granted = [&](const catalog::ObjectBase& base) {
    return std::any_of(base.acl.begin(), base.acl.end(), [&](const catalog::Acl& entry) {
      return entry.grantee != base.owner && !is_operator(context, entry.grantee);
    });
  };
  const catalog::Object* schema = context.catalog().global(catalog::ObjectKind::Schema, object.schema);
  if (schema != nullptr && granted(catalog::base(*schema))) return true;
  return !std::holds_alternative<catalog::Function>(*context.catalog().object(object.id)) && granted(object);
}

}  // namespace migcheck::checks::policy_words
