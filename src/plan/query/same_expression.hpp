// SPDX-License-Identifier: MIT
#pragma once

// Are two expressions the same, as PostgreSQL's equal() would say? Names are compared as written.

#include "migcheck/ast.hpp"

namespace migcheck::plan {

bool same_expression(const ast::Expression* left, const ast::Expression* right);

}  // namespace migcheck::plan
