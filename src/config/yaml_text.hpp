// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace migcheck::config {

// A string as a YAML value or key: as it is where that is read back as the same string, else in quotes.
std::string yaml_text(std::string_view text);

// A sentence that repeats what stands in a file, cut where that is enormous.
std::string bounded(std::string sentence);

}  // namespace migcheck::config
