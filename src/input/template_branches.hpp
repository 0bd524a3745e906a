// SPDX-License-Identifier: MIT
#pragma once

// Migrations for several databases in one file: `{{if .mysql}}…{{else}}…{{end}}` of Go's templates.

#include "migcheck/source.hpp"

namespace migcheck::input {

// Makes blank what the template leaves out for PostgreSQL: branches whose condition names other databases
// only, and those behind one that names PostgreSQL. A condition that names no database decides nothing, and a
// template that is not closed is left alone.
void leave_out_other_databases(SourceFile& source);

}  // namespace migcheck::input
