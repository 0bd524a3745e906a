// SPDX-License-Identifier: MIT
#pragma once

// The command line's own files: reports that it writes, lists that it is given.

#include <string>
#include <string_view>

#include "migcheck/result.hpp"

namespace migcheck::cli {

// Writes in one step: who reads the file sees the old one or the new one, never a half. Things that are not
// regular files (/dev/stdout, a named pipe) are written to directly.
Result<Done> write_file(const std::string& path, std::string_view text);

Result<std::string> read_text_file(const std::string& path);

}  // namespace migcheck::cli
