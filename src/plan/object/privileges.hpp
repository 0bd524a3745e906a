// SPDX-License-Identifier: MIT
#pragma once

// The privileges that a new object starts with.

#include "plan/planner.hpp"

namespace migcheck::plan {

// Gives the objects that the statement made what ALTER DEFAULT PRIVILEGES of the current role says for them;
// to functions also PostgreSQL's own EXECUTE for public.
void grant_default_privileges(Planner& planner);

}  // namespace migcheck::plan
