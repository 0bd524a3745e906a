// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace migcheck::report {

// What changes in one file, as `patch -p1` and `git apply` read it; empty where nothing does.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace migcheck::report
