// SPDX-License-Identifier: MIT
#pragma once

// Unique keys of tenants' tables that lack the tenant column. Where people choose the value (a slug, a name),
// one tenant cannot use what another has, and learns from the error that it exists. Where nobody does (an id,
// a token, a reference to a row that has a tenant), the key is as it should be.

#include <string>
#include <vector>

#include "migcheck/catalog.hpp"
#include "migcheck/tenancy.hpp"

namespace migcheck {

// The columns of a unique key that lacks the tenant and is over values that people choose; none of any other.
std::vector<std::string> chosen_across_tenants(const catalog::Catalog& catalog, const TenantMap& map,
                                               const catalog::Table& table, const catalog::Index& index);

}  // namespace migcheck
