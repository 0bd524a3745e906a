// SPDX-License-Identifier: MIT
#pragma once

// Policies whose condition is plainly true: the words that two checks share.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::open_policies {

inline bool is_true(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
}

// Roles that see everything anyway, or are configured to.
inline bool for_the_operator(const CheckContext& context, const ast::CreatePolicy& policy) {
  return !policy.roles.empty() &&
         std::all_of(policy.roles.begin(), policy.roles.end(), [&](std::string_view role) {
           return role == "service_role" || role == "postgres" ||
                  context.settings().tenancy.bypass_roles.count(role) != 0;
         });
}

inline bool is_of_tenants(const CheckContext& context, const ast::CreatePolicy& policy) {
  const catalog::Table* table = context.table(policy.table);
  return table != nullptr && context.tenants().of(table->id).tenants();
}

}  // namespace migcheck::checks::open_policies
