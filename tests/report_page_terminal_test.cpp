// SPDX-License-Identifier: MIT

#include "report/page_terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "migcheck/registry.hpp"
#include "migcheck/unicode.hpp"
#include "report/paint.hpp"

namespace migcheck::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPage =
    "# some-check\n\nA sentence with `code that goes on` and on,\nwhich is a paragraph.\n\n"
    "- one point\n  goes on\n- another\n\n```sql bad\nSELECT 1 AS "
    "a_very_long_name_that_must_not_be_wrapped_ever;\n```\n";

TEST(PageForTerminal, WrapsProseAndLeavesSqlAlone) {
  EXPECT_EQ(page_for_terminal(kPage, 40, false),
            "some-check\n\nA sentence with `code that goes on` and\non, which is a paragraph.\n\n"
            "- one point goes on\n- another\n\n"
            "    SELECT 1 AS a_very_long_name_that_must_not_be_wrapped_ever;\n");
}

TEST(PageForTerminal, ColoursHeadingsCodeAndSql) {
  const std::string page = page_for_terminal(kPage, 80, true);
  EXPECT_THAT(page, HasSubstr("\x1b[1msome-check\x1b[0m\n"));
  EXPECT_THAT(page, Not(HasSubstr("`")));
  EXPECT_THAT(page, HasSubstr("code that goes on\x1b[0m and on"));
}

TEST(PageForTerminal, OfEveryCheckFitsItsWidth) {
  for (const RegisteredCheck& check : all_checks()) {
    const std::string page = page_for_terminal(check.page, 80, false);
    for (const std::string_view line : lines_of(page)) {
      const bool code = line.starts_with("    ") || line.starts_with("|");
      EXPECT_LE(code ? 0 : display_width(line), 80) << check.name << ": " << line;
    }
    EXPECT_THAT(page, Not(HasSubstr("```"))) << check.name;
  }
}

}  // namespace
}  // namespace migcheck::report
