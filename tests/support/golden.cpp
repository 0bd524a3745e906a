// SPDX-License-Identifier: MIT

#include "support/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace migcheck::testing {
namespace {

std::filesystem::path fixture_path(std::string_view name) {
  return std::filesystem::path(MIGCHECK_SOURCE_DIR) / "fixtures" / name;
}

}  // namespace

std::string fixture_text(std::string_view name) {
  std::ifstream in(fixture_path(name), std::ios::binary);
  EXPECT_TRUE(in.is_open()) << "fixtures/" << name << " is missing; MIGCHECK_UPDATE_GOLDEN=1 writes it.";
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_golden(std::string_view name, const std::string& actual) {
  if (const char* update = std::getenv("MIGCHECK_UPDATE_GOLDEN"); update != nullptr && *update == '1') {
    std::filesystem::create_directories(fixture_path(name).parent_path());
    std::ofstream(fixture_path(name), std::ios::binary) << actual;
    return;
  }
  EXPECT_EQ(fixture_text(name), actual)
      << "differs from fixtures/" << name << "; MIGCHECK_UPDATE_GOLDEN=1 refreshes it.";
}

}  // namespace migcheck::testing
