// SPDX-License-Identifier: MIT
#pragma once

// Names and values as PostgreSQL's quote_ident() and quote_literal() write them, and format() for %I and %L.

#include <string>
#include <string_view>

namespace migcheck::parsing {

[[nodiscard]] std::string quote_identifier(std::string_view name);
[[nodiscard]] std::string quote_literal(std::string_view value);

}  // namespace migcheck::parsing
