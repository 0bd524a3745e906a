// SPDX-License-Identifier: MIT

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>

#include "cli/files.hpp"
#include "cli/read_ahead.hpp"
#include "cli/talk.hpp"
#include "cli/terminal.hpp"

namespace migcheck::cli {
namespace {

TEST(ReadAhead, HandsOverInOrderWithAnyNumberOfThreads) {
  for (const unsigned threads : {1u, 2u, 8u}) {
    ReadAhead<std::size_t> numbers(100, threads, 10, [](std::size_t n) { return std::pair(n * n, n % 7); });
    for (std::size_t n = 0; n < 100; ++n) EXPECT_EQ(numbers.next(), n * n);
  }
}

TEST(ReadAhead, AnItemHeavierThanTheWindowPassesToo) {
  ReadAhead<int> items(3, 2, 10,
                       [](std::size_t n) { return std::pair(static_cast<int>(n), std::size_t{1000}); });
  EXPECT_EQ(items.next(), 0);
  EXPECT_EQ(items.next(), 1);
  EXPECT_EQ(items.next(), 2);
}

TEST(ReadAhead, StaysWithinItsWindow) {
  std::atomic<std::size_t> made = 0;
  ReadAhead<int> items(1000, 2, 5, [&](std::size_t) {
    ++made;
    return std::pair(0, std::size_t{1});
  });
  items.next();
  // One given, five waiting, and one in each thread's hands at most.
  EXPECT_LE(made.load(), 1u + 5u + 2u);
}

TEST(ReadAhead, WhatFailsInAThreadFailsWhereItIsTaken) {
  ReadAhead<int> items(3, 2, 10, [](std::size_t n) {
    if (n == 1) throw std::bad_alloc();
    return std::pair(static_cast<int>(n), std::size_t{1});
  });
  // Or one item earlier: the thread that fails may be first.
  const auto take_two = [&] {
    items.next();
    items.next();
  };
  EXPECT_THROW(take_two(), std::bad_alloc);
}

TEST(ReadAhead, MayBeLeftEarly) {
  ReadAhead<int> items(1000, 4, 5,
                       [](std::size_t n) { return std::pair(static_cast<int>(n), std::size_t{1}); });
  EXPECT_EQ(items.next(), 0);
}

Console console_with(std::map<std::string, std::string> environment) {
  Console console;
  console.environment = [environment](const char* name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
  return console;
}

TEST(Colour, TheFlagBeatsTheEnvironmentBeatsTheTerminal) {
  const auto wants = [](std::map<std::string, std::string> environment, std::optional<std::string> flag,
                        bool terminal) { return *wants_colour(console_with(environment), flag, terminal); };
  EXPECT_TRUE(wants({}, std::nullopt, true));
  EXPECT_FALSE(wants({}, std::nullopt, false));
  EXPECT_FALSE(wants({{"TERM", "dumb"}}, std::nullopt, true));
  EXPECT_FALSE(wants({{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}}, std::nullopt, true));
  EXPECT_TRUE(wants({{"NO_COLOR", ""}}, std::nullopt, true)) << "set but empty counts as not set";
  EXPECT_TRUE(wants({{"FORCE_COLOR", "1"}}, std::nullopt, false));
  EXPECT_TRUE(wants({{"NO_COLOR", "1"}}, "always", false));
  EXPECT_FALSE(wants({{"FORCE_COLOR", "1"}}, "never", true));
  EXPECT_EQ(wants_colour(Console{}, "alway", true).error().to_string(),
            "--color takes auto, always or never, not \"alway\". Did you mean \"always\"?");
}

TEST(Files, AReportTakesTheOldOnesPlaceInOneStep) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "migcheck_files_test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "report.json";
  ASSERT_TRUE(write_file(path, "old"));
  ASSERT_TRUE(write_file(path, "new"));
  EXPECT_EQ(*read_text_file(path), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1) << "no draft stays behind";
  std::filesystem::remove_all(folder);
}

TEST(Files, FailuresAreSentences) {
  EXPECT_EQ(write_file("/nonexistent/report", "x").error().to_string(),
            "/nonexistent/report: The file cannot be created: No such file or directory.");
  EXPECT_EQ(read_text_file("/nonexistent/list").error().to_string(),
            "/nonexistent/list: The file cannot be read: No such file or directory.");
  EXPECT_TRUE(write_file("/dev/null", "x")) << "not a regular file: written to, not replaced";
}

TEST(Talk, SaysAsMuchAsWasAskedForAndNothingToTheTerminal) {
  std::string said;
  Console console;
  console.err = [&](std::string_view text) { said += text; };
  const auto say_all = [&](Loudness loudness) {
    said.clear();
    const Talk talk(console, loudness, false);
    talk.error("E\x1b[2J\n::error::x\xE2\x80\xAE.");
    talk.warning("W.");
    talk.remark("R.");
    talk.detail("D.");
    return said;
  };
  EXPECT_EQ(say_all(Loudness::Quiet), "error: E\\x1b[2J ::error::x\\u202e.\nwarning: W.\n");
  EXPECT_EQ(say_all(Loudness::Normal), "error: E\\x1b[2J ::error::x\\u202e.\nwarning: W.\nR.\n");
  EXPECT_EQ(say_all(Loudness::Verbose), "error: E\\x1b[2J ::error::x\\u202e.\nwarning: W.\nR.\nD.\n");
}

}  // namespace
}  // namespace migcheck::cli
