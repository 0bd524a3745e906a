// SPDX-License-Identifier: MIT
#pragma once

// The privileges that a new object starts with.

#include <string_view>
#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

// What ALTER DEFAULT PRIVILEGES of the current role gives to a new table (sequence, function, type) of the
// schema; to a function also PostgreSQL's own EXECUTE for public.
std::vector<catalog::Acl> default_privileges(const Planner& planner, ast::ObjectType type,
                                             std::string_view schema);

}  // namespace migcheck::plan
