// SPDX-License-Identifier: MIT

// Which words need quotes to be names.

#include <algorithm>
#include <array>

#include "migcheck/ast/print.hpp"

namespace migcheck::ast {

namespace {

// Reserved in PostgreSQL 12 to 18: as a table's or a column's name they need quotes.
constexpr auto kReserved = std::to_array<std::string_view>({"all",          "analyse",
                                                            "analyze",      "and",
                                                            "any",          "array",
                                                            "as",           "asc",
                                                            "asymmetric",   "both",
                                                            "case",         "cast",
                                                            "check",        "collate",
                                                            "column",       "constraint",
                                                            "create",       "current_catalog",
                                                            "current_date", "current_role",
                                                            "current_time", "current_timestamp",
                                                            "current_user", "default",
                                                            "deferrable",   "desc",
                                                            "distinct",     "do",
                                                            "else",         "end",
                                                            "except",       "false",
                                                            "fetch",        "for",
                                                            "foreign",      "from",
                                                            "grant",        "group",
                                                            "having",       "in",
                                                            "initially",    "intersect",
                                                            "into",         "lateral",
                                                            "leading",      "limit",
                                                            "localtime",    "localtimestamp",
                                                            "not",          "null",
                                                            "offset",       "on",
                                                            "only",         "or",
                                                            "order",        "placing",
                                                            "primary",      "references",
                                                            "returning",    "select",
                                                            "session_user", "some",
                                                            "symmetric",    "system_user",
                                                            "table",        "then",
                                                            "to",           "trailing",
                                                            "true",         "union",
                                                            "unique",       "user",
                                                            "using",        "variadic",
                                                            "when",         "where",
                                                            "window",       "with"});

// Keywords that can name a table or a column, or a function and a type, but not both.
constexpr auto kPartlyReserved = std::to_array<std::string_view>({"authorization",
                                                                  "between",
                                                                  "bigint",
                                                                  "binary",
                                                                  "bit",
                                                                  "boolean",
                                                                  "char",
                                                                  "character",
                                                                  "coalesce",
                                                                  "collation",
                                                                  "concurrently",
                                                                  "cross",
                                                                  "current_schema",
                                                                  "dec",
                                                                  "decimal",
                                                                  "exists",
                                                                  "extract",
                                                                  "float",
                                                                  "freeze",
                                                                  "full",
                                                                  "greatest",
                                                                  "grouping",
                                                                  "ilike",
                                                                  "inner",
                                                                  "inout",
                                                                  "int",
                                                                  "integer",
                                                                  "interval",
                                                                  "is",
                                                                  "isnull",
                                                                  "join",
                                                                  "json",
                                                                  "json_array",
                                                                  "json_arrayagg",
                                                                  "json_exists",
                                                                  "json_object",
                                                                  "json_objectagg",
                                                                  "json_query",
                                                                  "json_scalar",
                                                                  "json_serialize",
                                                                  "json_table",
                                                                  "json_value",
                                                                  "least",
                                                                  "left",
                                                                  "like",
                                                                  "merge_action",
                                                                  "national",
                                                                  "natural",
                                                                  "nchar",
                                                                  "none",
                                                                  "normalize",
                                                                  "notnull",
                                                                  "nullif",
                                                                  "numeric",
                                                                  "out",
                                                                  "outer",
                                                                  "overlaps",
                                                                  "overlay",
                                                                  "position",
                                                                  "precision",
                                                                  "real",
                                                                  "right",
                                                                  "row",
                                                                  "setof",
                                                                  "similar",
                                                                  "smallint",
                                                                  "substring",
                                                                  "tablesample",
                                                                  "time",
                                                                  "timestamp",
                                                                  "treat",
                                                                  "trim",
                                                                  "values",
                                                                  "varchar",
                                                                  "verbose",
                                                                  "xmlattributes",
                                                                  "xmlconcat",
                                                                  "xmlelement",
                                                                  "xmlexists",
                                                                  "xmlforest",
                                                                  "xmlnamespaces",
                                                                  "xmlparse",
                                                                  "xmlpi",
                                                                  "xmlroot",
                                                                  "xmlserialize",
                                                                  "xmltable"});

bool is_plain(std::string_view name) {
  if (name.empty() || !((name[0] >= 'a' && name[0] <= 'z') || name[0] == '_')) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

bool is_reserved(std::string_view word) {
  return std::binary_search(kReserved.begin(), kReserved.end(), word);
}

std::string quoted_name(std::string_view name) {
  const bool keyword =
      is_reserved(name) || std::binary_search(kPartlyReserved.begin(), kPartlyReserved.end(), name);
  if (is_plain(name) && !keyword) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace migcheck::ast
