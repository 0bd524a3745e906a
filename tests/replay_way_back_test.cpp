// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "migcheck/parse.hpp"
#include "migcheck/replay.hpp"

namespace migcheck {
namespace {

struct Nobody final : ReplayObserver {
  void on_statement(const Moment&) override {}
  void on_transaction_end(const TransactionRecord&, const catalog::Catalog&) override {}
};

const std::vector<std::string> kPath = {"public"};

TEST(WayBack, IsRunAndTakenBack) {
  const std::string up = "CREATE TABLE a (id int); CREATE TABLE b (id int); ";
  SourceFile source;
  source.path = "1.sql";
  source.text = up + "BEGIN; DROP TABLE b; SELECT * FROM nowhere; COMMIT;";
  const auto size = static_cast<std::uint32_t>(up.size());
  const auto end = static_cast<std::uint32_t>(source.text.size());
  const std::vector<Section> sections = {{.span = {0, size}},
                                         {.span = {size, end}, .direction = Direction::Down}};
  const ParsedFile file = parse(std::move(source), sections);
  ReplayFile replayed;
  replayed.file = 0;
  replayed.change = 1;
  replayed.statements = &file.statements;
  replayed.sections = &sections;
  const Settings settings;
  Replay replay(settings, TransactionModel{.tool = "goose"});
  Nobody nobody;
  replay.run(replayed, nobody);
  bool looked = false;
  EXPECT_TRUE(replay.rehearse_way_back(replayed, nobody, [&](const catalog::Catalog& catalog) {
    looked = true;
    EXPECT_NE(catalog.relation("public", "a", kPath), nullptr);
    EXPECT_EQ(catalog.relation("public", "b", kPath), nullptr);
  }));
  EXPECT_TRUE(looked);
  EXPECT_NE(replay.catalog().relation("public", "b", kPath), nullptr);
  // What the rehearsal did not find says nothing of the history.
  EXPECT_TRUE(replay.catalog().is_complete("public"));
}

}  // namespace
}  // namespace migcheck
