// SPDX-License-Identifier: MIT
#pragma once

// The commands as a person runs them, with the files of a small project in a temporary folder.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "migcheck/cli.hpp"

namespace migcheck::testing {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

class CommandLine : public ::testing::Test {
 protected:
  void SetUp() override {
    // Its own, whoever runs the same test beside this one.
    std::string name = (std::filesystem::path(::testing::TempDir()) / "migcheck-cli-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::filesystem::create_directories(folder_ / ".git");
    write("migrations/0001_init.sql", "CREATE TABLE members (id bigint PRIMARY KEY, email text);\n");
    write("migrations/0002_index.sql", "CREATE INDEX members_email ON members (email);\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  // Variables of the environment that the commands see.
  std::map<std::string, std::string> environment;

  [[nodiscard]] Outcome run(const std::vector<std::string>& words, const std::string& input = "") const {
    Outcome outcome;
    Console console;
    console.out = [&](std::string_view text) {
      outcome.out += text;
      return true;
    };
    console.err = [&](std::string_view text) { outcome.err += text; };
    console.read_input = [&] { return Result<std::string>(input); };
    console.environment = [&](const char* name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    outcome.code = run_command_line(words, console);
    return outcome;
  }

  std::filesystem::path folder_;
};

}  // namespace migcheck::testing
