// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace migcheck::testing {

// Compares with fixtures/<name>. With MIGCHECK_UPDATE_GOLDEN=1 in the environment the file is written
// instead, to be read in the diff before it is committed.
void expect_golden(std::string_view name, const std::string& actual);

// The bytes of fixtures/<name>; a test failure if there is no such file.
std::string fixture_text(std::string_view name);

}  // namespace migcheck::testing
