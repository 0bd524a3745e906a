// SPDX-License-Identifier: MIT
#pragma once

#include "migcheck/lint_report.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

// What is said of a run as a whole: the files of which nothing was checked, and the counts.
void conclude(LintReport& report, const Settings& settings);

}  // namespace migcheck
