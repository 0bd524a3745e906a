// SPDX-License-Identifier: MIT
#pragma once

// Types: from the name that a statement writes to the type it means, what lies under a domain, and the type
// of an expression as far as it can be told.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/planner.hpp"

namespace migcheck::plan {

// The type that the name means. What nothing shows (a type of an extension, table.column%TYPE) keeps its name
// and has no schema.
catalog::TypeRef resolve_type(const Planner& planner, const ast::TypeName* name);

// Likewise, with the error said where the files had the type and dropped it.
catalog::TypeRef require_column_type(Planner& planner, const ast::TypeName* name);

// A type of pg_catalog.
catalog::TypeRef builtin_type_ref(std::string_view name);
[[nodiscard]] inline bool is_resolved(const catalog::TypeRef& type) {
  return !type.schema.empty() && !type.name.empty();
}
[[nodiscard]] inline bool is_array(const catalog::TypeRef& type) {
  return type.array_dimensions > 0;
}

// The domain itself; nullptr for anything else, arrays of domains too.
const catalog::Type* domain_of(const Planner& planner, const catalog::TypeRef& type);
// The type under all domains, with the modifiers that they give it.
catalog::TypeRef base_type_of(const Planner& planner, const catalog::TypeRef& type);
// A domain that refuses some value of its base type: rows must be tested against it.
bool is_constrained_domain(const Planner& planner, const catalog::TypeRef& type);
// A domain that refuses nulls.
bool is_not_null_domain(const Planner& planner, const catalog::TypeRef& type);

// The type of an expression over a table (which may be null); nothing where it cannot be told, and for a
// string literal, which takes the type that its surroundings want.
std::optional<catalog::TypeRef> type_of(const Planner& planner, const ast::Expression* expression,
                                        const catalog::Table* table);

// Do the argument types of a built-in function ("text,timestamptz"; "*" for any) fit these of a call? An
// argument whose type cannot be told fits all.
bool arguments_fit(std::string_view wanted, const std::vector<std::optional<catalog::TypeRef>>& actual);
// The types of a call's arguments, domains left out.
std::vector<std::optional<catalog::TypeRef>> argument_types(const Planner& planner,
                                                            const ast::FunctionCall& call,
                                                            const catalog::Table* table);

// "timestamp without time zone": the type as PostgreSQL words it in messages.
std::string type_in_message(const catalog::TypeRef& type);

}  // namespace migcheck::plan
