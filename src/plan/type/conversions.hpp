// SPDX-License-Identifier: MIT
#pragma once

// Can a column's values stay as they are when its type changes? As PostgreSQL decides it: find the cast, drop
// the steps that its planner proves to change nothing, and see whether the bare column is left.
// (tablecmds.c: ATColumnChangeRequiresRewrite; the support functions of varchar, numeric, varbit, timestamp
// and interval.)

#include "plan/planner.hpp"

namespace migcheck::plan {

enum class Conversion : std::uint8_t {
  Free,        // the stored bytes are valid as they are
  Rewrite,     // every row is computed anew
  Impossible,  // there is no such cast in an assignment
  Unknown,     // one of the types is not known
};

// Assigning a value of type `from` to a column of type `to`; with `written`, a cast that is written out.
Conversion conversion(const Planner& planner, const catalog::TypeRef& from, const catalog::TypeRef& to,
                      bool written = false);

// ALTER COLUMN column TYPE to USING expression.
Conversion conversion_using(const Planner& planner, const catalog::Table& table,
                            const catalog::Column& column, const ast::Expression* expression,
                            const catalog::TypeRef& to);

// The session's time zone is UTC all year round, so that timestamp and timestamptz are the same number.
bool is_utc(std::string_view time_zone);

// An index over the column stays as it is: the operator class is the same for both types.
bool same_operator_class(const Planner& planner, std::string_view method, const catalog::TypeRef& from,
                         const catalog::TypeRef& to);
// A foreign key compares with the same operator as before, so that its rows need no new proof.
bool same_comparison(const Planner& planner, const catalog::TypeRef& from, const catalog::TypeRef& to);

}  // namespace migcheck::plan
