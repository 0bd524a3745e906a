// SPDX-License-Identifier: MIT

// The remembered tenant map is the one that would be made anew, at every moment of every history of
// fixtures/.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/tenancy.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;

std::string described(const TenantMap& map) {
  std::string text = map.on() ? map.explanation : "off";
  text += " | " + map.root_name + " | " + std::to_string(map.root);
  for (const std::string& column : map.columns) text += " " + column;
  for (const auto& [id, table] : map.tables) {
    text += "\n" + std::to_string(id) + " " + std::to_string(static_cast<int>(table.kind)) + " " +
            table.column + " " + std::to_string(table.parent) + " " + table.reason +
            (table.membership ? " membership" : "");
  }
  return text;
}

class Comparison final : public ReplayObserver {
 public:
  void on_statement(const Moment& moment) override { compare(moment.catalog); }
  void on_transaction_end(const TransactionRecord&, const catalog::Catalog& catalog) override {
    compare(catalog);
  }

  std::size_t compared = 0;
  std::size_t on = 0;

 private:
  void compare(const catalog::Catalog& catalog) {
    const TenantMap& remembered = answers_.map(catalog, settings_);
    EXPECT_EQ(described(remembered), described(tenant_map(catalog, settings_, false)));
    ++compared;
    on += remembered.on() ? 1U : 0U;
  }
  TenancySettings settings_;
  TenancyAnswers answers_;
};

// All files below, as one history in the order of their paths.
void replay_folder(const fs::path& folder, Comparison& comparison) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".sql") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  const Settings settings;
  Replay replay(settings, TransactionModel{}, read_called_body);
  std::uint32_t number = 0;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    SourceFile source;
    source.text.assign(std::istreambuf_iterator<char>(in), {});
    const ParsedFile parsed = parse(std::move(source));
    ReplayFile file;
    file.file = number;
    file.change = ++number;
    file.statements = &parsed.statements;
    replay.run(file, comparison);
  }
  replay.finish(comparison);
}

TEST(TenancyAnswers, AreThoseOfANewMapAtEveryMoment) {
  std::size_t compared = 0;
  std::size_t on = 0;
  for (const char* top : {"fixtures/projects", "fixtures/checks/tenancy", "fixtures/checks/access",
                          "fixtures/checks/breaking", "fixtures/checks/indexes"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(MIGCHECK_SOURCE_DIR) / top)) {
      if (!entry.is_directory()) continue;
      Comparison comparison;
      replay_folder(entry.path(), comparison);
      compared += comparison.compared;
      on += comparison.on;
    }
  }
  EXPECT_GT(compared, 500u);
  EXPECT_GT(on, 20u);
}

}  // namespace
}  // namespace migcheck
