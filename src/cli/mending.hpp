// SPDX-License-Identifier: MIT
#pragma once

// --fix and --diff: the safe edits, made in memory until nothing is left to mend, each round linted again.
//
// A migration that has run is history: tools that keep checksums refuse it once it is edited, and the others
// would never run the new text. So only the files of the change (--since, --changed-files) and files that are
// named one by one are edited, unless --fix-everywhere.

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/asked.hpp"
#include "cli/talk.hpp"
#include "migcheck/cli.hpp"
#include "migcheck/lint_report.hpp"

namespace migcheck::cli {

struct MendedFile {
  std::string path;      // as findings name it
  std::string location;  // where it lies
  std::string before;
  std::string after;
};

struct Mended {
  std::vector<MendedFile> files;
  std::size_t fixes = 0;
  std::size_t left_out = 0;           // safe edits in files that may have run
  std::vector<std::string> given_up;  // files whose edits would have brought findings
  LintReport report;                  // of the files as they are then
};

// `report` is that of the files as they are.
Result<Mended> mend(const Arguments& arguments, const Asked& asked, LintReport report, const Talk& talk);

// Writes the files. One that is not what was read (another encoding, edited meanwhile) is left alone: an
// error.
Result<Done> write_mended(const Mended& mended);

// What --diff prints.
std::string diff_of(const Mended& mended);

// The same where somebody acts on what it holds: escaped on a terminal, where nobody applies it, and between
// marks that keep GitHub's runner from taking commands out of it (`patch` and `git apply` step over them).
std::string harmless_diff(const std::string& diff, const Console& console);

// What was done, or would be, for people.
void say_mended(const Mended& mended, bool written, const Talk& talk);

}  // namespace migcheck::cli
