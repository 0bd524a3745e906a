// SPDX-License-Identifier: MIT
#pragma once

#include "migcheck/lint_report.hpp"

namespace migcheck {

// Fills what the summary says of findings and of what was not read. Findings of one file stand together.
void count_findings(LintReport& report);

}  // namespace migcheck
