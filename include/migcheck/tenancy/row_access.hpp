// SPDX-License-Identifier: MIT
#pragma once

// Whose rows does a role see?
//
// Row level security decides it role by role: whether it is enabled, whether the role owns the table and is
// forced, which policies are for the role, and what these let through together (permissive ones by OR,
// restrictive ones by AND). A view reads with its owner's rights or its reader's, a SECURITY DEFINER function
// with its owner's, a materialized view keeps what its owner saw. All of it is put into one query, and the
// prover says whether that stays within one tenant.
//
// It is asked of a role that has been granted SELECT: what was never granted is not looked at here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/catalog.hpp"
#include "migcheck/tenancy.hpp"

namespace migcheck {

enum class RowVerdict : std::uint8_t {
  Unknown,   // it rests on something that is not looked into, or is no tenant's
  Leak,      // rows of other tenants
  Deny,      // no rows at all, or an error
  Isolated,  // the rows of the tenant that asks, and no others
};
[[nodiscard]] std::string_view to_string(RowVerdict verdict);  // "leak"

struct RowAccess {
  RowVerdict verdict = RowVerdict::Unknown;
  std::string reason;  // a sentence
};

// Roles that stand for nobody by name.
inline constexpr std::string_view kRunsTheFiles = {};  // who runs the migrations, and owns what they make
inline constexpr std::string_view kAnyOtherRole = "*";

struct AccessContext {
  const catalog::Catalog& catalog;
  const TenantMap& map;
  const TenancySettings& settings;
  int pg_version = kDefaultPgVersion;
};

// What the role sees of a table, view, materialized view, or of what a function returns.
RowAccess row_access(catalog::ObjectId relation, std::string_view role, const AccessContext& context);

// Does a policy with this condition let through, for this role, rows of one tenant only? Tables that the
// condition reads stand under their own policies: to ask for the parent's row is to ask for what its policy
// asks.
[[nodiscard]] bool keeps_to_one_tenant(const catalog::Table& table, const ast::Expression& condition,
                                       std::string_view role, const AccessContext& context);

// The tenant map for people and for machines: the tenants' root, each table, what keeps its rows apart (row
// level security, policies, whose rows each role sees), unique keys and indexes that lack the tenant column.
std::string tenant_report_text(const TenantMap& map, const AccessContext& context);
std::string tenant_report_json(const TenantMap& map, const AccessContext& context);

// The roles about which there is something to say: made by the files, named in policies, grants and as
// owners.
std::vector<std::string> known_roles(const catalog::Catalog& catalog);

// Superusers and roles with BYPASSRLS, as far as the files, the configuration and Supabase's names tell.
[[nodiscard]] bool bypasses_row_security(std::string_view role, const AccessContext& context);
// The role itself, or one that it is a member of, at any remove.
[[nodiscard]] bool acts_as(std::string_view role, std::string_view wanted, const catalog::Catalog& catalog);

}  // namespace migcheck
