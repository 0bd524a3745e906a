// SPDX-License-Identifier: MIT
#pragma once

// Arrays as PostgreSQL writes them in a string: {a,"b c",{d}}.

#include <string>
#include <string_view>

namespace migcheck::plan {

// An element as it stands between the commas; always in quotes, which PostgreSQL takes for any value.
std::string array_element(std::string_view value);
// The array with one value in another's place, wherever it stands in it.
std::string with_element(std::string_view array, std::string_view from, std::string_view to);

}  // namespace migcheck::plan
