// SPDX-License-Identifier: MIT
#pragma once

// A finding's identity across edits elsewhere: what baselines and SARIF's partialFingerprints compare.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/finding.hpp"

namespace migcheck {

// Gives every finding of one file its fingerprint: a hash of check, path, the statement's text with its white
// space evened out, and which one of several alike it is. No line numbers, so that text before and after may
// change. Findings must be in source order, with spans in `text`.
void fingerprint(std::vector<Finding>& findings, std::string_view path, std::string_view text);

}  // namespace migcheck
