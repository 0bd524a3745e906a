// SPDX-License-Identifier: MIT
#pragma once

namespace migcheck {

// How a file differs from what is deployed: the base that --since names.
enum class FileChange : unsigned char {
  Unknown,   // there is no base to compare with
  Same,      // the base has it as it is
  Added,     // the base does not have it
  Edited,    // the base has it with other SQL
  Reworded,  // only comments and white space differ
};

}  // namespace migcheck
