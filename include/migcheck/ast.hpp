// SPDX-License-Identifier: MIT
#pragma once

// The intermediate representation: what a PostgreSQL statement says, in small structs.
//
// The parse room lowers PostgreSQL's own parse trees into these once; nobody else sees the parser. Three
// rules hold everywhere:
//
//  * Nodes live in the arena of their file and are trivially destructible: no destructor chain, no owner to
//    ask. Lists are views into the arena. A tree can be 100,000 levels deep (a || b || …): walk it with
//    ast::walk, never by recursion without a bound.
//  * Identifiers are as PostgreSQL has them after folding and truncation (63 bytes); their spans are where
//    they stand in the file.
//  * Nothing is lost. A construct without a struct of its own becomes an Other node that still carries its
//    children, so that a sub-select inside is found. What the parser refuses becomes an Unparsable statement.
//
// Spans are byte offsets into SourceFile::text. A node that PostgreSQL gives no location has an empty span.

#include "migcheck/ast/body.hpp"
#include "migcheck/ast/clone.hpp"
#include "migcheck/ast/expression.hpp"
#include "migcheck/ast/node.hpp"
#include "migcheck/ast/object.hpp"
#include "migcheck/ast/query.hpp"
#include "migcheck/ast/session.hpp"
#include "migcheck/ast/statement_stream.hpp"
#include "migcheck/ast/table.hpp"
#include "migcheck/ast/walk.hpp"
