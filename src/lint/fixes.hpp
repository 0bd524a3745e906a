// SPDX-License-Identifier: MIT
#pragma once

// From fixes to texts: which edits of a report may be made without a person, and a text with them made.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/lint_report.hpp"

namespace migcheck {

struct FileEdits {
  std::uint32_t file = kNoFile;  // an index into LintReport::files
  std::vector<Edit> edits;       // sorted, none touches another
  std::size_t fixes = 0;
};

// The safe fixes of active findings, by file. Of two that touch each other the first is taken: the other
// comes with the next run.
std::vector<FileEdits> safe_edits(const LintReport& report);

// The text with the edits made.
std::string edited(std::string_view text, const std::vector<Edit>& edits);

}  // namespace migcheck
