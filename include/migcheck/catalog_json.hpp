// SPDX-License-Identifier: MIT
#pragma once

// The catalog as JSON, for people, scripts and comparisons with a server.
//
//   {"version": 1,
//    "schemas":    [{"name", "complete"}],
//    "tables":     [{"schema", "name", "kind": "table|partitioned table|foreign table",
//                    "persistence": "permanent|unlogged", "uncertain", "partition_of": "schema.name" or null,
//                    "inherits": ["schema.name"], "row_security", "force_row_security", "replica_identity",
//                    "options": {name: value},
//                    "columns":     [{"name", "type", "not_null", "has_default",
//                                     "identity": "always|by default" or null,
//                                     "generated": "stored|virtual" or null, "collation" or null}],
//                    "constraints": [{"name", "kind": "check|primary key|unique|exclusion|foreign key",
//                                     "columns", "valid", "enforced", "deferrable", "initially_deferred",
//                                     "no_inherit", "references": {"table", "columns", "on_delete",
//                                     "on_update"} or null}],
//                    "indexes":     [{"name", "method", "columns": [name, or null for an expression],
//                                     "including", "unique", "primary", "valid", "has_predicate",
//                                     "nulls_not_distinct"}],
//                    "policies":    [{"name", "command", "permissive", "roles", "has_using", "has_check"}],
//                    "triggers":    [{"name", "timing", "events", "row", "function", "enabled"}],
//                    "rules":       [{"name", "event", "instead"}]}],
//    "views":      [{"schema", "name", "materialized", "populated", "uncertain", "options",
//                    "columns": [{"name", "type"}], "indexes" as above}],
//    "sequences":  [{"schema", "name", "type", "identity", "owned_by": {"table", "column"} or null}],
//    "types":      [{"schema", "name", "kind": "enum|domain|composite|range|base|shell", "labels" of an enum,
//                    "base", "not_null", "constraints": [{"name", "valid"}] of a domain, "columns" of a
//                    composite}],
//    "functions":  [{"schema", "name", "kind": "function|procedure|aggregate", "arguments": [type],
//                    "returns" (null for a procedure), "returns_set", "language", "volatility",
//                    "security_definer", "strict", "leakproof", "settings": {name: value}}],
//    "extensions": [{"name", "schema", "version"}],
//    "publications": [{"name", "all_tables", "tables": ["schema.name"], "schemas"}]}
//
// Sorted by schema and name, parts of a table by name, columns in their order. Members are only ever added.
// Temporary objects are left out, and so is what an extension brought. Names of types are as PostgreSQL's
// format_type spells them; one that the history does not show is as the files write it.

#include <string>

#include "migcheck/catalog.hpp"

namespace migcheck {

[[nodiscard]] std::string catalog_json(const catalog::Catalog& catalog);

}  // namespace migcheck
