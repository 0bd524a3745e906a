// SPDX-License-Identifier: MIT
#pragma once

// The JSON Schema of migcheck.yaml, for editors: made from the table of keys and the registry.

#include <string>

namespace migcheck::cli {

std::string configuration_schema();

}  // namespace migcheck::cli
