// SPDX-License-Identifier: MIT
#pragma once

// Placeholders: text that something else replaces before PostgreSQL sees it.
//
// In migrations a placeholder mostly stands for a name, so it becomes an identifier of the same length; one
// of psql's variables that the file sets becomes its value. In query files a placeholder is a parameter and
// becomes $1, $2 …; its name is kept.

#include <cstdint>
#include <string>
#include <vector>

#include "migcheck/input.hpp"
#include "migcheck/source.hpp"

namespace migcheck::input {

enum class PlaceholderStyle : std::uint8_t {
  Migration,  // ${x} {{x}} {% x %} %(x)s :x :'x' :"x" and \set
  Query,      // the same, and @x ? %s sqlc.arg(x)
};

// Replaces the placeholders of a file; psql's variables have these values to begin with. For query files: the
// names of the parameters, by number; the first is $1, and one that has no name is empty.
std::vector<std::string> fill_placeholders(SourceFile& source, PlaceholderStyle style,
                                           PsqlVariables variables = {});

}  // namespace migcheck::input
