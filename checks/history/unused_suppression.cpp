// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {

// Reported by the engine, which knows the file's text and comments; it has no hook of its own.
extern constexpr Check unused_suppression{
    .since = "0.1.0", .summary = "A suppression that accepts nothing.", .fixable = true};

}  // namespace migcheck::checks
