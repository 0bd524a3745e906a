// SPDX-License-Identifier: MIT
#pragma once

// What `migcheck lint` makes of a project, as text: findings by place, and how the files add up.

#include <set>
#include <string>

#include "migcheck/input.hpp"
#include "migcheck/lint_report.hpp"
#include "migcheck/result.hpp"

namespace migcheck::testing {

// The run that the command makes without a configuration, or with these settings.
Result<LintReport> lint(const InputRequest& input, const Settings& settings = {});

// Where each file went, by path.
struct Accounts {
  std::set<std::string> linted;
  std::set<std::string> replayed;
  std::set<std::string> unread;  // of which nothing was read
};
Accounts accounts_of(const LintReport& report);

// A line for each finding; with its advice where it is about the tool's transaction. The messages have
// fixtures of their own.
std::string describe(const LintReport& report);

}  // namespace migcheck::testing
