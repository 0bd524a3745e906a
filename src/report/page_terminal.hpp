// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace migcheck::report {

// A check's page for a terminal: headings strong, prose wrapped, SQL set apart and never wrapped, so that it
// can be copied. Without colour the marks of `code` stay.
std::string page_for_terminal(std::string_view markdown, int width, bool colour);

}  // namespace migcheck::report
