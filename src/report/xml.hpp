// SPDX-License-Identifier: MIT
#pragma once

// Text for XML 1.0, which has no place for most control characters, escaped or not.

#include <string>
#include <string_view>

namespace migcheck::report {

// For attributes in double quotes and for content: line ends and tabs survive in both.
std::string xml_escaped(std::string_view text);

}  // namespace migcheck::report
