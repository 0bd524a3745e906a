// SPDX-License-Identifier: MIT
#pragma once

// The engine's side of the finding sink.

#include <vector>

#include "migcheck/check.hpp"

namespace migcheck {

class SinkAccess {
 public:
  // Findings go to `findings`; they stand in this file and statement.
  static FindingSink make(std::vector<Finding>& findings, Gatherings& gatherings,
                          std::vector<UnlessDropped>& unless_dropped, std::uint32_t file, Span statement,
                          std::uint32_t transaction);
  // From now on this author speaks, who outlives the sink. Accepted: a comment says so of what the check
  // finds in the statement at hand.
  static void hand_to(FindingSink& sink, const FindingAuthor& author, bool accepted) {
    sink.author_ = &author;
    sink.accepted_ = accepted;
  }
};

}  // namespace migcheck
