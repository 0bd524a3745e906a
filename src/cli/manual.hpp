// SPDX-License-Identifier: MIT
#pragma once

// The manual page, migcheck(1), in the macros of man(7), written from the same tables as --help.

#include <string>

namespace migcheck::cli {

std::string manual_page();

}  // namespace migcheck::cli
