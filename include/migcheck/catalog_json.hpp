// SPDX-License-Identifier: MIT
#pragma once

// The catalog as JSON, for people, scripts and comparisons with a server.
//
//   {"version": 1,
//    "schemas":    [{"name", "complete", "owner", "grants"}],
//    "tables":     [{"schema", "name", "kind": "table|partitioned table|foreign table",
//                    "persistence": "permanent|unlogged", "uncertain", "uncertain_parts": [{"kind": "column|
//                    constraint|trigger|rule|policy|row security|other", "name" or null}],
//                    "partition_of": "schema.name" or null,
//                    "bound": "range|list|hash MODULUS REMAINDER|default" or null, "bound_values": SQL,
//                    "partition_by": {"strategy", "columns": [name, or null for an expression], "keys" as
//                    those of an index} or null, "inherits": ["schema.name"], "row_security",
//                    "force_row_security", "replica_identity", "replica_index", "clustered_on": name or null,
//                    "of_type": "schema.name" or null, "access_method" and "tablespace" as written or null,
//                    "options": {name: value}, "columns":     [{"name", "type", "not_null", "has_default",
//                    "default": SQL,
//                                     "generated_as": SQL, "identity": "always|by default" or null,
//                                     "generated": "stored|virtual" or null, "collation" or null,
//                                     "not_null_valid" (false: NOT VALID, or nullable),
//                                     "not_null_constraint": its name (18, or as written) or null,
//                                     "storage" and "compression" as ALTER set them, or null}],
//                    "constraints": [{"name", "kind": "check|primary key|unique|exclusion|foreign key",
//                                     "columns", "valid", "enforced", "deferrable", "initially_deferred",
//                                     "no_inherit", "expression": SQL of a check, "operators" of an
//                                     exclusion, "index" (behind a key; of a foreign key the one it refers
//                                     to), "references": {"table", "columns", "on_delete", "on_update",
//                                     "match_full", "delete_columns" (ON DELETE SET …)} or null}],
//                    "indexes":     [{"name", "method", "columns": [name, or null for an expression],
//                                     "including", "unique", "primary", "valid", "has_predicate",
//                                     "predicate": SQL, "nulls_not_distinct", "keys": [{"column" or null,
//                                     "expression": SQL, "operator_class" and "collation" ("" where none is
//                                     written), "descending", "nulls_first"}], "options"}],
//                    "policies":    [{"name", "command", "permissive", "roles", "has_using", "has_check",
//                                     "using": SQL, "check": SQL}],
//                    "triggers":    [{"name", "timing", "events", "row", "function", "columns" (UPDATE OF),
//                                     "has_when", "when": SQL, "constraint", "enabled", "state":
//                                     "origin|disabled| replica|always", "deferrable", "initially_deferred",
//                                     "arguments", "transition_tables"}],
//                    "rules":       [{"name", "event", "instead", "enabled"}],
//                    "owner": name or null (whoever runs the files), "grants": [{"grantee", "privilege",
//                                     "columns", "grant_option"}]}],
//    "views":      [{"schema", "name", "materialized", "populated", "uncertain", "options",
//                    "columns": [{"name", "type"}], "reads": [{"relation": "schema.name", "columns"}],
//                    "query": SQL, "indexes", "triggers", "rules", "owner", "grants" as above}],
//    "sequences":  [{"schema", "name", "uncertain", "type", "identity", "owned_by": {"table", "column"} or
//    null,
//                    "owner", "grants"}],
//    "types":      [{"schema", "name", "uncertain", "kind": "enum|domain|composite|range|base|shell",
//    "labels" of an enum,
//                    "base", "not_null", "has_default", "default": SQL, "constraints": [{"name", "valid",
//                    "expression": SQL}] of a domain, "columns" of a composite}],
//    "functions":  [{"schema", "name", "uncertain", "kind": "function|procedure|aggregate", "arguments":
//    [type],
//                    "parameters": [{"name", "mode": "in|out|inout|variadic|table", "type", "has_default"}],
//                    "returns" (null for a procedure), "returns_set", "language", "volatility",
//                    "security_definer", "strict", "leakproof", "settings": {name: value}, "body": text, or
//                    null for a body that is not SQL or PL/pgSQL, and for BEGIN ATOMIC, "owner", "grants"}],
//    "extensions": [{"name", "schema", "version"}],
//    "publications": [{"name", "all_tables", "tables": ["schema.name"], "schemas"}],
//    "roles":      [{"name", "superuser", "bypass_row_security", "login", "member_of"}],
//    "default_privileges": [{"role" ("": whoever runs the files), "schema" or null, "name":
//                    "tables|sequences|functions|types|schemas", "grants"}]: a privilege with a minus was
//                    revoked,
//    "others":     [{"what": "statistics|event trigger|collation|operator|text search|foreign-data wrapper|
//                    server|language", "schema" or null, "name"}],
//    "maybe_dropped": [{"what": "table|view|index|…", "schema" or null, "name"}]}: what a statement has
//    dropped
//                    that may not have run (under IF or EXCEPTION); it may still be there
//
// SQL is text with brackets around every operand, or null: there is none, or (has_default and its like say
// so) it holds what migcheck keeps no full account of, as XML and window frames.
//
// Objects, columns, parts of tables and grants say by "made_at" which file and line made them, or null: what
// PostgreSQL itself brings.
//
// Not kept, and so not here: what rules do, the parameters of sequences, row filters and column lists of
// publications, casts, subscriptions, comments, statistics targets, parallel safety, cost and rows of
// functions.
//
// Sorted by schema and name, parts of a table by name, columns in their order. Members are only ever added.
// Temporary objects are left out, and so is what an extension brought. Names of types are as PostgreSQL's
// format_type spells them; one that the history does not show is as the files write it.

#include <functional>
#include <string>

#include "migcheck/catalog.hpp"

namespace migcheck {

// How a place is told: "db/migrations/002.sql:14".
using PlaceText = std::function<std::string(const Place&)>;

[[nodiscard]] std::string catalog_json(const catalog::Catalog& catalog, const PlaceText& place_text = {});

}  // namespace migcheck
