// SPDX-License-Identifier: MIT
#pragma once

// What the name of a table says about whether its rows are customers.

#include <cstdint>
#include <string>
#include <string_view>

namespace migcheck::tenancy {

enum class RootLikeness : std::uint8_t {
  Tenant,    // an organisation, a team, a workspace: its rows are customers
  Possible,  // an account, a project, a site: sometimes
  Person,    // a user says who made a row
  Object,    // anything else
};

RootLikeness likeness_of_root(std::string_view table_name);

// Likewise of a column that refers to such a row: organization_id, namespace.
RootLikeness likeness_of_column(std::string_view snake_cased_column);

// Is the column called after the table? A workspace_id is, where the table holds workspaces.
bool speaks_of(std::string_view snake_cased_column, std::string_view table_name);

// tenantId, TenantID and tenant_id are one name.
std::string snake_case(std::string_view name);

// Likewise, without a copy of a name that is in snake case already, as most are: what comes back is a view of
// it, or of what was put into `room`.
std::string_view snake_case(std::string_view name, std::string& room);

std::string singular(std::string_view word);

// The last word of a name, in the singular: what a table holds. "v1_tasks": "task".
std::string head_of(std::string_view snake_cased_name);

// Does the column's name alone say that its value is a tenant?
bool names_a_tenant(std::string_view snake_cased_column);

}  // namespace migcheck::tenancy
