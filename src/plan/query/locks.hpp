// SPDX-License-Identifier: MIT
#pragma once

// The locks of queries inside definitions: those of a view, a policy, a rule.

#include "plan/planner.hpp"

namespace migcheck::plan {

// ACCESS SHARE on each relation that the tree names in FROM; an error for one that is not there.
void lock_named_relations(Planner& planner, const ast::Node* tree);
// The relations below a view that is run, through views over views: ACCESS SHARE and, where `reason` is
// given, a scan.
void lock_below_view(Planner& planner, const catalog::View& view, WorkReason reason);

}  // namespace migcheck::plan
