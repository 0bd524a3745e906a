// SPDX-License-Identifier: MIT

#include "cli/config_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/keys.hpp"
#include "migcheck/registry.hpp"
#include "support/golden.hpp"

namespace migcheck {
namespace {

using ::testing::HasSubstr;

TEST(ConfigurationSchema, TheFileInTheRepositoryIsWhatTheRegistrySays) {
  testing::expect_golden("../migcheck.schema.json", cli::configuration_schema());
}

TEST(ConfigurationSchema, NamesEveryKeyAndEveryCheck) {
  const std::string schema = cli::configuration_schema();
  for (const config::Key& key : config::all_keys()) {
    EXPECT_THAT(schema, HasSubstr("\"" + std::string(key.name) + "\": {"));
  }
  for (const RegisteredCheck& check : all_checks()) {
    EXPECT_THAT(schema, HasSubstr("\"" + std::string(check.name) + "\": {"));
  }
}

}  // namespace
}  // namespace migcheck
