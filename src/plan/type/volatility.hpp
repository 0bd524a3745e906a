// SPDX-License-Identifier: MIT
#pragma once

// How steady an expression's value is: PostgreSQL computes an IMMUTABLE or STABLE default once for all old
// rows, but a VOLATILE one for each of them. Built-in functions as the server's own list says
// (builtins.hpp), the user's own as the catalog says.

#include <string>

#include "plan/planner.hpp"

namespace migcheck::plan {

struct Steadiness {
  ast::Volatility volatility = ast::Volatility::Immutable;  // the least steady part
  // A function that nothing shows was counted as VOLATILE, or the least steady of several overloads was
  // taken.
  bool unknown = false;
  std::string function;  // the one that decided, for messages: "random", "s.f"
  // A function that PostgreSQL has in other major versions only: "gen_random_uuid()".
  std::string missing;
};

// Of an expression over a table (which may be null).
Steadiness steadiness_of(const Planner& planner, const ast::Expression* expression,
                         const catalog::Table* table);

// A function that the history does not show and PostgreSQL brings in other versions only is missing for sure
// when nothing else can have made it.
bool surely_missing(const Planner& planner, const Steadiness& steadiness);

}  // namespace migcheck::plan
