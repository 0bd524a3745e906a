// SPDX-License-Identifier: MIT
#pragma once

// The command line's own files: what it writes (reports, baselines, configurations, mended migrations) and
// lists that it is given.

#include <string>
#include <string_view>

#include "migcheck/result.hpp"

namespace migcheck::cli {

// All of the text, to an open file; false where that fails (errno says why).
bool write_all(int descriptor, std::string_view text);

// Writes in one step: who reads the file sees the old one or the new one, never a half. Things that are not
// regular files (/dev/stdout, a named pipe) are written to directly. Through a symbolic link what it leads to
// is written, if that lies in the same project; a link out of it is an error.
Result<Done> write_file(const std::string& path, std::string_view text);

// The same for a file that must not be there yet: one that is there is never touched.
Result<Done> write_new_file(const std::string& path, std::string_view text);

Result<std::string> read_text_file(const std::string& path);

}  // namespace migcheck::cli
