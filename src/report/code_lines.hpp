// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migcheck::report {

// A line of SQL on as many lines as the width asks for, still the same SQL: broken at blanks outside of
// quotes, what follows is indented; a remark behind it ("-- in a later transaction") comes before it. What
// fits stays as it is.
std::vector<std::string> code_lines(std::string_view code, int width);

}  // namespace migcheck::report
