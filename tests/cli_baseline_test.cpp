// SPDX-License-Identifier: MIT

// The baseline as a project lives with it.

#include <gmock/gmock.h>

#include "migcheck/baseline.hpp"
#include "migcheck/config.hpp"
#include "support/command_line.hpp"

namespace migcheck {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;
using ::testing::StartsWith;

constexpr const char* kBad = "CREATE INDEX members_email ON members (email);\n";

class BaselineOfAProject : public testing::CommandLine {
 protected:
  // Only these checks, so that the tests don't change with the catalogue.
  [[nodiscard]] Outcome lint(const std::vector<std::string>& more = {}) const {
    return with({"lint", "-f", "compact"}, more);
  }
  [[nodiscard]] Outcome accept(const std::vector<std::string>& more = {}) const {
    return with({"baseline"}, more);
  }

 private:
  [[nodiscard]] Outcome with(std::vector<std::string> words, const std::vector<std::string>& more) const {
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"--only=index-not-concurrent,table-dropped,syntax-error", path("migrations")});
    return run(words);
  }
};

TEST_F(BaselineOfAProject, AcceptsWhatIsThereAndNothingNew) {
  EXPECT_EQ(lint().code, 1);
  const Outcome accepted = accept();
  EXPECT_EQ(accepted.code, 0) << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("accepts 1 finding in 1 file: 1 new, 0 taken out."));
  const Outcome clean = lint();
  EXPECT_EQ(clean.code, 0);
  EXPECT_THAT(clean.out, IsEmpty());
  EXPECT_THAT(clean.err, HasSubstr("No findings in 2 files (1 in baseline)\n"));
  write("migrations/0003_new.sql", "CREATE INDEX members_id ON members (id);\n");
  const Outcome dirty = lint();
  EXPECT_EQ(dirty.code, 1);
  EXPECT_THAT(dirty.out, AllOf(HasSubstr("0003_new.sql:1:8: error:"), Not(HasSubstr("0002"))));
}

TEST_F(BaselineOfAProject, SurvivesEditsElsewhereInTheFileButNotOfTheStatement) {
  ASSERT_EQ(accept().code, 0);
  write("migrations/0002_index.sql", std::string("-- why\nSELECT 1;\n\n") + kBad + "SELECT 2;\n");
  EXPECT_EQ(lint().code, 0) << lint().out;
  write("migrations/0002_index.sql", "CREATE INDEX members_email\n    ON members (email);\n");
  EXPECT_EQ(lint().code, 0) << "white space is no other statement";
  write("migrations/0002_index.sql", "CREATE INDEX members_email ON members (email, id);\n");
  EXPECT_EQ(lint().code, 1);
}

TEST_F(BaselineOfAProject, CountsStatementsThatAreAlike) {
  ASSERT_EQ(accept().code, 0);
  write("migrations/0002_index.sql", std::string(kBad) + "DROP INDEX CONCURRENTLY members_email;\n" + kBad);
  const Outcome outcome = lint();
  EXPECT_THAT(outcome.err, HasSubstr("1 error in 1 of 2 files (1 in baseline)"));
}

TEST_F(BaselineOfAProject, UnusedEntriesAreSaidAndPruned) {
  ASSERT_EQ(accept().code, 0);
  write("migrations/0002_index.sql", "SELECT 1;\n");
  write("migrations/0003_new.sql", "DROP TABLE members;\n");
  EXPECT_THAT(
      lint({"--disable", "table-dropped", "-v"}).err,
      AllOf(HasSubstr("1 entry of the baseline is found no more: `migcheck baseline --prune` takes it out."),
            HasSubstr("migrations/0002_index.sql: index-not-concurrent of the baseline is found no more")));
  EXPECT_THAT(accept({"--prune"}).out, HasSubstr("accepts 0 findings in 0 files: 0 new, 1 taken out."));
  EXPECT_EQ(lint().code, 1) << "pruning accepts nothing new";
  EXPECT_THAT(accept({"--prune"}).out, HasSubstr("stays as it is"));
}

TEST_F(BaselineOfAProject, AnEntryOfACheckThatSpeaksElsewhereMayHaveMoved) {
  ASSERT_EQ(accept().code, 0);
  write("migrations/0002_index.sql", "SELECT 1;\n");
  write("migrations/0003_new.sql", kBad);
  EXPECT_THAT(lint().err, Not(HasSubstr("found no more")));
  EXPECT_THAT(accept().out, HasSubstr("accepts 1 finding in 1 file: 1 new, 1 taken out."));
}

TEST_F(BaselineOfAProject, AnEntryThatTheRunCannotJudgeIsNotUnused) {
  ASSERT_EQ(accept().code, 0);
  write("migrations/0002_index.sql", "SELECT 1;\n");
  const Outcome other = run({"lint", "--only=table-dropped", path("migrations")});
  EXPECT_THAT(other.err, Not(HasSubstr("baseline"))) << "the check did not run";
  const Outcome first = run({"lint", path("migrations/0001_init.sql")});
  EXPECT_THAT(first.err, Not(HasSubstr("of the baseline"))) << "the file was not checked";
  EXPECT_THAT(run({"baseline", "--only=table-dropped", path("migrations")}).out, HasSubstr("stays as it is"));
  std::filesystem::remove(path("migrations/0002_index.sql"));
  EXPECT_THAT(lint().err, HasSubstr("1 entry of the baseline is found no more")) << "the file is gone";
}

TEST_F(BaselineOfAProject, IsNamedByTheOptionOrTheConfiguration) {
  ASSERT_EQ(accept({"--baseline", path("accepted.yaml")}).code, 0);
  EXPECT_EQ(lint().code, 1) << "not the usual file";
  EXPECT_EQ(lint({"--baseline", path("accepted.yaml")}).code, 0);
  write("migcheck.yaml", "baseline: accepted.yaml\n");
  EXPECT_EQ(lint().code, 0);
  EXPECT_EQ(lint({"--no-baseline"}).code, 1);
  std::filesystem::remove(path("accepted.yaml"));
  const Outcome lost = lint();
  EXPECT_EQ(lost.code, 2);
  EXPECT_THAT(lost.err, HasSubstr("accepted.yaml: The baseline cannot be read: No such file or directory. "
                                  "`migcheck baseline` writes it; --no-baseline does without."));
  EXPECT_EQ(accept().code, 0) << "the command writes it anew";
}

TEST_F(BaselineOfAProject, IsLeftOutOfSarifUnlessAskedFor) {
  ASSERT_EQ(accept().code, 0);
  EXPECT_THAT(lint({"-f", "sarif"}).out, Not(HasSubstr("\"ruleId\"")));
  EXPECT_THAT(lint({"-f", "sarif", "--show-suppressed"}).out,
              AllOf(HasSubstr("\"ruleId\": \"index-not-concurrent\""), HasSubstr("\"kind\": \"external\"")));
  EXPECT_THAT(lint({"-f", "json"}).out, HasSubstr("\"baselined\": 1"));
}

TEST_F(BaselineOfAProject, WhatACommentAcceptsNeedsNoEntry) {
  write("migrations/0002_index.sql",
        std::string("-- migcheck:ignore index-not-concurrent -- small\n") + kBad);
  EXPECT_THAT(accept().out, HasSubstr("stays as it is: 0 findings"));
  EXPECT_FALSE(std::filesystem::exists(path(".migcheck-baseline.yaml")));
}

TEST_F(BaselineOfAProject, ACorruptFileIsCodeTwoWithItsPlace) {
  write(".migcheck-baseline.yaml", "version: 1\nfiles:\n  a.sql:\n    table-dropped: [12]\n");
  const Outcome outcome = lint();
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr(".migcheck-baseline.yaml:4:21: A fingerprint is 16 digits and letters from a to "
                        "f. `migcheck baseline` writes the file anew."));
}

TEST(BaselineText, ReadsBackAsItself) {
  Baseline baseline;
  baseline.files["db/a \"b\" \\ c.sql"]["table-dropped"] = {0x0123456789abcdef, 0x1111111111111111};
  baseline.files["db/0002.sql"]["syntax-error"] = {0xfedcba9876543210};
  EXPECT_EQ(baseline.size(), 3u);
  const auto again = parse_baseline(baseline_text(baseline), "b.yaml");
  ASSERT_TRUE(again) << again.error().to_string();
  EXPECT_EQ(*again, baseline);
  EXPECT_EQ(*parse_baseline(baseline_text(Baseline{}), "b.yaml"), Baseline{});
}

TEST(BaselineText, ReadsBackPathsThatAreLongerThanAKeyOfYaml) {
  Baseline baseline;
  baseline.files[std::string(1500, 'a') + ".sql"]["table-dropped"] = {0x0123456789abcdef};
  baseline.files[std::string(300, '\x01') + ".sql"][std::string(300, '\t')] = {0xfedcba9876543210};
  baseline.files["db/0002.sql"]["syntax-error"] = {0x1111111111111111};
  const auto again = parse_baseline(baseline_text(baseline), "b.yaml");
  ASSERT_TRUE(again) << again.error().to_string();
  EXPECT_EQ(*again, baseline);
}

TEST(BaselineText, MistakesSayWhere) {
  const auto refused = [](std::string_view text) {
    return parse_baseline(text, "b.yaml").error().to_string();
  };
  EXPECT_THAT(refused(""), StartsWith("b.yaml:1:1: A baseline must be a mapping"));
  EXPECT_THAT(refused("files: {}\n"), StartsWith("b.yaml:1:1: A baseline must say \"version: 1\"."));
  EXPECT_THAT(refused("version: 2\n"),
              StartsWith("b.yaml:1:10: This version of migcheck reads baselines of version 1"));
  EXPECT_THAT(refused("version: 1\nfile: {}\n"), StartsWith("b.yaml:2:1: A baseline has no key \"file\""));
  EXPECT_THAT(refused("version: 1\nfiles: []\n"),
              StartsWith("b.yaml:2:8: \"files\" must be a mapping of paths."));
  EXPECT_THAT(refused("version: 1\nfiles: {a: b}\n"), StartsWith("b.yaml:2:12: Under a path stand"));
  EXPECT_THAT(refused("version: 1\nfiles: {a: {b: c}}\n"),
              StartsWith("b.yaml:2:16: Under a check stands a list"));
  EXPECT_THAT(refused("version: 1\n<<<<<<< HEAD\nfiles: {}\n"), HasSubstr("b.yaml:"));
}

}  // namespace
}  // namespace migcheck
