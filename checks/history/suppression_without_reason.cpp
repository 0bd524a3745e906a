// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {

// Reported by the engine, which knows the file's text and comments; it has no hook of its own.
extern constexpr Check suppression_without_reason{.since = "0.1.0",
                                                  .summary = "A suppression that gives no reason."};

}  // namespace migcheck::checks
