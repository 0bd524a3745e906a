// SPDX-License-Identifier: MIT

// What checks find before and behind a statement: by name, within sections, blocks and transactions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lint/surroundings.hpp"
#include "migcheck/parse.hpp"

namespace migcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A file, and the moments of its statements.
class Neighbours : public testing::Test {
 protected:
  void read(std::string text, std::vector<Section> sections = {}) {
    SourceFile source;
    source.path = "a.sql";
    source.text = std::move(text);
    sections_ = std::move(sections);
    parsed_ = parse(std::move(source), sections_);
    file_.statements = &parsed_.statements;
    file_.sections = &sections_;
    around_.clear();
  }
  // Of the statement with that number; of the `inner`-th that its DO block holds, from 1.
  Moment at(std::size_t number, std::size_t inner = 0) {
    const ast::Statement& outer = *parsed_.statements.all().at(number);
    const auto* block = ast::as<ast::DoBlock>(&outer);
    const ast::Statement& statement = inner == 0 ? outer : *block->body->statements[inner - 1].statement;
    Moment moment{file_, statement, outer, catalog_, plan_, session_, transaction_, model_};
    for (const Section& section : sections_) {
      if (section.span.contains(outer.span)) moment.section = &section;
    }
    return moment;
  }
  std::vector<std::string> texts(const Surroundings::Statements& statements) {
    std::vector<std::string> found;
    for (const ast::Statement* one : statements) {
      const std::string_view text = parsed_.source->text;
      found.emplace_back(text.substr(one->span.begin, one->span.size()));
    }
    return found;
  }
  std::vector<std::string> earlier(const Moment& moment, std::vector<std::string_view> names = {}) {
    return texts(around_.earlier(moment, names));
  }
  std::vector<std::string> rest(const Moment& moment, std::vector<std::string_view> names = {}) {
    return texts(around_.rest_of_file(moment, names));
  }
  std::vector<std::string> transaction(const Moment& moment, std::vector<std::string_view> names = {}) {
    return texts(around_.rest_of_transaction(moment, names, true));
  }

  ParsedFile parsed_;
  std::vector<Section> sections_;
  ReplayFile file_;
  catalog::Catalog catalog_;
  Plan plan_;
  Session session_;
  TransactionRecord transaction_;
  TransactionModel model_;
  Surroundings around_;
};

TEST_F(Neighbours, AreFoundByTheNamesThatTheySay) {
  read(
      "DROP TABLE a; ALTER TABLE a ADD COLUMN x int; ALTER TABLE b DROP COLUMN x; TRUNCATE a, b;"
      "INSERT INTO s.a VALUES (1); ALTER TABLE c RENAME COLUMN x TO y; ALTER TABLE y RENAME TO a;");
  EXPECT_THAT(earlier(at(3), {"a"}), ElementsAre("DROP TABLE a", "ALTER TABLE a ADD COLUMN x int"));
  EXPECT_THAT(rest(at(3), {"a"}), ElementsAre("INSERT INTO s.a VALUES (1)", "ALTER TABLE y RENAME TO a"));
  EXPECT_THAT(rest(at(0), {"b", "x"}), ElementsAre("ALTER TABLE b DROP COLUMN x", "TRUNCATE a, b"));
  EXPECT_THAT(rest(at(0), {"nobody"}), IsEmpty());
  EXPECT_THAT(rest(at(3), {}), ElementsAre("INSERT INTO s.a VALUES (1)", "ALTER TABLE c RENAME COLUMN x TO y",
                                           "ALTER TABLE y RENAME TO a"));
}

TEST_F(Neighbours, SayWhatTheyReadToFillATable) {
  read("CREATE TABLE b AS SELECT * FROM s.a; INSERT INTO c SELECT * FROM b JOIN a USING (id); DROP TABLE a;");
  EXPECT_THAT(earlier(at(2), {"a"}), ElementsAre("CREATE TABLE b AS SELECT * FROM s.a",
                                                 "INSERT INTO c SELECT * FROM b JOIN a USING (id)"));
  EXPECT_THAT(earlier(at(2), {"a", "c"}), ElementsAre("INSERT INTO c SELECT * FROM b JOIN a USING (id)"));
}

TEST_F(Neighbours, InABlockCountItsOwnStatements) {
  read("DROP TABLE a; DO $$ BEGIN TRUNCATE a; DELETE FROM a; UPDATE a SET x = 1; END $$; TRUNCATE b, a;");
  EXPECT_THAT(earlier(at(1, 2), {"a"}), ElementsAre("DROP TABLE a", "TRUNCATE a"));
  EXPECT_THAT(earlier(at(1, 2)), ElementsAre("DROP TABLE a", "TRUNCATE a"));
  EXPECT_THAT(rest(at(1, 2), {"a"}), ElementsAre("UPDATE a SET x = 1", "TRUNCATE b, a"));
  EXPECT_THAT(rest(at(1, 2)), ElementsAre("UPDATE a SET x = 1", "TRUNCATE b, a"));
  EXPECT_THAT(earlier(at(1), {"a"}), ElementsAre("DROP TABLE a"));
  EXPECT_THAT(rest(at(1), {"a"}), ElementsAre("TRUNCATE b, a"));
  EXPECT_THAT(earlier(at(2), {"a"}),
              ElementsAre("DROP TABLE a", "TRUNCATE a", "DELETE FROM a", "UPDATE a SET x = 1"));
}

TEST_F(Neighbours, LeadTheSameWay) {
  const std::string up = "DROP TABLE a; TRUNCATE a;\n";
  const std::string down = "DELETE FROM a; UPDATE a SET x = 1;\n";
  const auto size = [](const std::string& text) { return static_cast<std::uint32_t>(text.size()); };
  Section first, second;
  first.span = {0, size(up)};
  second.span = {size(up), size(up + down)};
  second.direction = Direction::Down;
  read(up + down, {first, second});
  EXPECT_THAT(rest(at(0), {"a"}), ElementsAre("TRUNCATE a"));
  EXPECT_THAT(earlier(at(3), {"a"}), ElementsAre("DELETE FROM a"));
  EXPECT_THAT(transaction(at(0)), ElementsAre("TRUNCATE a"));
}

TEST_F(Neighbours, AreOfOneTransactionUntilItEnds) {
  read("BEGIN; TRUNCATE a; DELETE FROM a; COMMIT; DROP TABLE a; BEGIN; TRUNCATE a; ROLLBACK;");
  EXPECT_THAT(transaction(at(0), {"a"}), ElementsAre("TRUNCATE a", "DELETE FROM a"));
  EXPECT_THAT(transaction(at(1), {"a"}), ElementsAre("DELETE FROM a"));
  EXPECT_THAT(transaction(at(2), {"a"}), IsEmpty());
  EXPECT_THAT(transaction(at(5)), ElementsAre("TRUNCATE a"));
  EXPECT_THAT(texts(around_.rest_of_transaction(at(1), {}, false)), IsEmpty());
}

TEST_F(Neighbours, AreOfTheToolsTransactionInASectionOfTheSameUnit) {
  const std::string part = "TRUNCATE a; DELETE FROM a;\n";
  const auto size = static_cast<std::uint32_t>(part.size());
  std::vector<Section> sections(3);
  for (std::uint32_t n = 0; n < 3; ++n) {
    sections[n].span = {n * size, (n + 1) * size};
    sections[n].wrapping = Wrapping::Transaction;
    sections[n].unit = n / 2;
  }
  read(part + part + part, sections);
  transaction_.kind = TransactionKind::Tool;
  EXPECT_THAT(transaction(at(0), {"a"}), ElementsAre("DELETE FROM a", "TRUNCATE a", "DELETE FROM a"));
  EXPECT_THAT(transaction(at(3), {"a"}), IsEmpty());
  EXPECT_THAT(transaction(at(4), {"a"}), ElementsAre("DELETE FROM a"));
  transaction_.kind = TransactionKind::Explicit;
  EXPECT_THAT(transaction(at(4), {"a"}), ElementsAre("DELETE FROM a"));
  EXPECT_THAT(transaction(at(3), {"a"}), ElementsAre("TRUNCATE a", "DELETE FROM a"));
}

// Whoever asks always asks the same: each statement is looked at once.
TEST_F(Neighbours, AreAskedOnce) {
  read("TRUNCATE a; DELETE FROM a; TRUNCATE b; DROP TABLE a; DROP TABLE b;");
  int asked = 0;
  const auto deletes = [&](const ast::Statement& statement) {
    ++asked;
    return statement.kind == ast::NodeKind::Delete;
  };
  EXPECT_FALSE(around_.any_earlier(at(1), nullptr, deletes));
  EXPECT_TRUE(around_.any_earlier(at(2), nullptr, deletes));
  EXPECT_TRUE(around_.any_earlier(at(4), nullptr, deletes));
  EXPECT_FALSE(around_.any_earlier(at(0), nullptr, deletes));
  EXPECT_EQ(asked, 2);
}

TEST_F(Neighbours, OfAnotherFileAreForgotten) {
  read("DROP TABLE a; TRUNCATE a;");
  EXPECT_THAT(earlier(at(1), {"a"}), ElementsAre("DROP TABLE a"));
  read("TRUNCATE b; DROP TABLE b;");
  EXPECT_THAT(earlier(at(1), {"a"}), IsEmpty());
  EXPECT_THAT(earlier(at(1), {"b"}), ElementsAre("TRUNCATE b"));
}

}  // namespace
}  // namespace migcheck
