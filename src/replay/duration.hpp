// SPDX-License-Identifier: MIT
#pragma once

// The values of lock_timeout, statement_timeout and their like.

#include <cstdint>
#include <optional>
#include <string_view>

namespace migcheck::replay {

// "5s", "1.5 min", "250": milliseconds where no unit is written, rounded as PostgreSQL rounds. Nothing for
// what PostgreSQL refuses: other units ("5 sec"), negative numbers, more than 2147483647 ms.
[[nodiscard]] std::optional<std::int64_t> milliseconds_of(std::string_view text);

}  // namespace migcheck::replay
