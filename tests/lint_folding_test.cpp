// SPDX-License-Identifier: MIT

// What is one decision for a whole history is said once; of a change, file by file.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "migcheck/lint.hpp"
#include "migcheck/parse.hpp"

namespace migcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// A table, then files that alter it; the last begins with `first_line`.
LintReport altered(int files, bool one_change, const std::string& first_line = "") {
  Settings settings;
  settings.only = {"lock-timeout-missing"};
  Linter linter(settings, one_change);
  linter.begin_history({"", "plain"}, TransactionModel{.tool = "plain"});
  const auto add = [&](const std::string& name, const std::string& text, LintFile::Purpose purpose) {
    LintFile file;
    file.purpose = purpose;
    SourceFile source;
    source.path = name;
    source.text = text;
    file.parsed = parse(std::move(source), file.sections);
    linter.add(std::move(file));
  };
  add("000.sql", "CREATE TABLE t (a int);\n", LintFile::Purpose::History);
  for (int n = 1; n <= files; ++n) {
    const std::string number = std::to_string(1000 + n);
    add(number + ".sql", (n == files ? first_line : "") + "ALTER TABLE t ADD COLUMN c" + number + " int;\n",
        LintFile::Purpose::Target);
  }
  return linter.finish();
}

TEST(Folding, OfAWholeHistoryItIsSaidOnceWithTheCount) {
  const LintReport report = altered(300, false);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.files[report.findings[0].place.file].path, "1300.sql");
  EXPECT_THAT(report.findings[0].message, HasSubstr("299 earlier files"));
  EXPECT_EQ(report.summary.warnings, 1u);
}

TEST(Folding, TheLastFileWithoutIsNamed) {
  const LintReport report = altered(300, false, "SET lock_timeout = '2s';\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.files[report.findings[0].place.file].path, "1299.sql");
  EXPECT_THAT(report.findings[0].message, HasSubstr("298 earlier files"));
}

TEST(Folding, OfAChangeEachFileIsTold) {
  EXPECT_THAT(altered(30, true).findings, SizeIs(30));
}

TEST(Folding, AFewFilesAreEachNamed) {
  EXPECT_THAT(altered(10, false).findings, SizeIs(10));
}

TEST(Folding, WhatACommentAcceptsStandsAndIsNotCounted) {
  const LintReport report =
      altered(12, false, "-- migcheck:ignore-file lock-timeout-missing -- nobody is awake\n");
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_THAT(report.findings[0].message, HasSubstr("10 earlier files"));
  EXPECT_EQ(report.findings[1].disposition, Disposition::Suppressed);
}

}  // namespace
}  // namespace migcheck
