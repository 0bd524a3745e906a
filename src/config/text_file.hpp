// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "migcheck/result.hpp"

namespace migcheck::config {

// A path in messages: as a person in the working directory would write it.
std::string shown_path(const std::string& path);

// The file's text; `what` names it in the error: "configuration".
Result<std::string> read_text(const std::string& path, std::string_view what);

}  // namespace migcheck::config
