// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {

// Reported by the engine, which knows the file's text and comments; it has no hook of its own.
extern constexpr Check syntax_error{
    .since = "0.1.0", .summary = "PostgreSQL's parser refuses the statement.", .severity = Severity::Error};

}  // namespace migcheck::checks
