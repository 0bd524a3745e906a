// SPDX-License-Identifier: MIT
#pragma once

// What stands in a file for something else in the way of one tool alone. Places stay true: all is replaced by
// text of the same length.

#include "migcheck/source.hpp"

namespace migcheck::input {

// Scripts of extensions: `@extschema@.t` is t in the schema of the extension. And a comment in front of a dot
// (`/* SCHEMA */."t"`), which some runners replace by a schema's name: without it the name is looked up as
// all others are.
void fill_schema_names(SourceFile& source);

// Query files whose queries end where the next name stands (`-- name: x`), and not with a semicolon.
void end_queries_at_names(SourceFile& source);

}  // namespace migcheck::input
