// SPDX-License-Identifier: MIT
#pragma once

// A quick no: does a text hold any of the words by which other databases' SQL is told?
//
// Nearly every file is PostgreSQL's. Looking for two dozen words one after another would cost more than
// parsing it, so all are looked for at once: of each word four letters that are rare in PostgreSQL's SQL are
// known by their two triples, and only every second byte of the text is asked whether a known triple begins
// there.

#include <string_view>

namespace migcheck::input {

// False: no sign of another database stands anywhere, whatever its case. True: one may.
[[nodiscard]] bool may_be_other_dialect(std::string_view text);

}  // namespace migcheck::input
