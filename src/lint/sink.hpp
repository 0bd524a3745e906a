// SPDX-License-Identifier: MIT
#pragma once

// The engine's side of the finding sink.

#include <vector>

#include "migcheck/check.hpp"

namespace migcheck {

class SinkAccess {
 public:
  // A sink whose findings start as copies of `blank` (check, category, severity, file, statement,
  // transaction). Accepted: a comment says so of what the check finds in the statement at hand.
  static FindingSink make(std::vector<Finding>& findings, std::vector<Gathering>& gatherings, Finding blank,
                          bool configured, bool accepted);
};

}  // namespace migcheck
