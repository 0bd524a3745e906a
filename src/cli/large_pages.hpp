// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace migcheck::cli {

// So many bytes will soon be needed in small pieces. Where the system has large pages to give, it is asked to
// back them with these: a tenth to a fifth of the time that a schema of a megabyte takes went into the faults
// of small ones. Costs nothing that is not used, and changes nothing where there are none.
void expect_memory(std::size_t bytes);

}  // namespace migcheck::cli
