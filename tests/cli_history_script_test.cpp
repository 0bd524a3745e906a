// SPDX-License-Identifier: MIT

// The script for psql that a history becomes: transactions, simple queries, sessions, data.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/history_script.hpp"

namespace migcheck::cli {
namespace {

LintFile file_of(std::string text, std::vector<Section> sections) {
  for (Section& section : sections) {
    if (section.span.empty()) section.span = {0, static_cast<std::uint32_t>(text.size())};
  }
  LintFile file;
  file.parsed = parse({"m/1.sql", std::move(text), {}, {}}, sections);
  file.sections = std::move(sections);
  return file;
}

std::string script_of(std::string text, Wrapping wrapping, TransactionModel model = {}) {
  HistoryScript script(std::move(model));
  script.add(file_of(std::move(text), {{.wrapping = wrapping}}));
  return script.text();
}

TEST(HistoryScript, ATransactionOfTheToolIsWritten) {
  EXPECT_EQ(script_of("SELECT 1;\n\nSELECT 2", Wrapping::Transaction),
            "BEGIN;\n-- at m/1.sql:1\nSELECT 1\n;\n-- at m/1.sql:3\nSELECT 2\n;\nCOMMIT;\n");
}

TEST(HistoryScript, StatementsOfOneSimpleQueryAreSentTogether) {
  EXPECT_EQ(script_of("SELECT 1; SELECT 2", Wrapping::SimpleQuery),
            "-- at m/1.sql:1\nSELECT 1\n\\;\n-- at m/1.sql:1\nSELECT 2\n;\n");
}

TEST(HistoryScript, SectionsOfOneUnitShareATransactionAndTheWayBackIsLeftOut) {
  const std::string text = "SELECT 1;SELECT 2;SELECT 3;";
  HistoryScript script{TransactionModel{}};
  script.add(file_of(text, {{.span = {0, 9}, .wrapping = Wrapping::Transaction, .unit = 1},
                            {.span = {9, 18}, .direction = Direction::Down},
                            {.span = {18, 27}, .wrapping = Wrapping::Transaction, .unit = 1}}));
  EXPECT_EQ(script.text(), "BEGIN;\n-- at m/1.sql:1\nSELECT 1\n;\n-- at m/1.sql:1\nSELECT 3\n;\nCOMMIT;\n");
}

TEST(HistoryScript, AToolThatConnectsAnewForEveryFileGetsNewSessions) {
  EXPECT_EQ(script_of("SELECT 1", Wrapping::None, TransactionModel{.keeps_session = false}),
            "-- at m/1.sql:1\nSELECT 1\n;\n\\connect\n");
}

TEST(HistoryScript, RowsOfACopyFollowTheirStatement) {
  EXPECT_EQ(script_of("COPY t FROM STDIN;\n1\ta\n\\.\nSELECT 1;", Wrapping::None),
            "-- at m/1.sql:1\nCOPY t FROM STDIN\n;\n1\ta\n\\.\n-- at m/1.sql:4\nSELECT 1\n;\n");
}

TEST(HistoryScript, WhatTheGrammarRefusesIsLeftOutAloud) {
  EXPECT_EQ(script_of("SELEC 1; SELECT 2;", Wrapping::None),
            "-- left out m/1.sql:1: syntax error at or near \"SELEC\"\n;\n-- at m/1.sql:1\nSELECT 2\n;\n");
}

}  // namespace
}  // namespace migcheck::cli
