// SPDX-License-Identifier: MIT

// How many threads read and parse is nobody's business: the report has the same bytes, in every format, and
// so has what is said on the terminal.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "migcheck/registry.hpp"
#include "migcheck/report.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

using testing::CommandLine;
using testing::Outcome;

class Threads : public CommandLine {
 protected:
  [[nodiscard]] Outcome lint(std::string_view format, const char* jobs, const std::string& folder) const {
    std::string all;
    for (const Category& category : all_categories())
      all += (all.empty() ? "" : ",") + std::string(category.name);
    return run({"lint", "--no-config", "--enable", all, "-f", std::string(format), "--jobs", jobs, folder});
  }
};

TEST_F(Threads, MakeNoDifferenceToAnyProject) {
  const std::string projects = MIGCHECK_SOURCE_DIR "/fixtures/projects";
  for (const Reporter& reporter : all_reporters()) {
    const Outcome one = lint(reporter.name, "1", projects);
    const Outcome eight = lint(reporter.name, "8", projects);
    EXPECT_EQ(one.code, 2) << "Drizzle's journal names a file that is not there";
    EXPECT_GT(one.out.size(), 10'000u) << reporter.name;
    EXPECT_EQ(one.out, eight.out) << reporter.name;
    EXPECT_EQ(one.err, eight.err) << reporter.name;
    EXPECT_EQ(one.code, eight.code) << reporter.name;
  }
}

// Files of very different sizes: the small ones are ready long before the large one that comes first.
TEST_F(Threads, MakeNoDifferenceToTheOrder) {
  std::string large = "CREATE TABLE wide (id bigint PRIMARY KEY);\n";
  for (int n = 0; n < 400; ++n) large += "ALTER TABLE wide ADD COLUMN c" + std::to_string(n) + " text;\n";
  write("migrations/0000_large.sql", large);
  for (int n = 1000; n < 1300; ++n) {
    write("migrations/" + std::to_string(n) + "_small.sql",
          "CREATE INDEX i" + std::to_string(n) + " ON wide (c" + std::to_string(n - 1000) + ");\n");
  }
  const Outcome one = lint("json", "1", path("migrations"));
  EXPECT_EQ(one.out, lint("json", "8", path("migrations")).out);
  EXPECT_NE(one.out.find("i1299"), std::string::npos);
}

}  // namespace
}  // namespace migcheck
