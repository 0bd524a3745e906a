// SPDX-License-Identifier: MIT
#pragma once

// ADD PRIMARY KEY | UNIQUE USING INDEX: an index becomes a key.

#include "plan/alter/alter_table.hpp"

namespace migcheck::plan {

void add_key_from_index(Alteration& alteration, const ast::ConstraintDefinition& definition);

}  // namespace migcheck::plan
