// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "replay/duration.hpp"
#include "replay/session_state.hpp"

namespace migcheck::replay {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Action = ast::SetVariable::Action;

// Values as PostgreSQL 15 shows them after SET lock_timeout = '…'.
TEST(Duration, RoundsAsPostgresDoes) {
  EXPECT_EQ(milliseconds_of("5"), 5);
  EXPECT_EQ(milliseconds_of("5s"), 5'000);
  EXPECT_EQ(milliseconds_of(" 3 s "), 3'000);
  EXPECT_EQ(milliseconds_of("1.5 min"), 90'000);
  EXPECT_EQ(milliseconds_of("1.7s"), 1'700);
  EXPECT_EQ(milliseconds_of("1h"), 3'600'000);
  EXPECT_EQ(milliseconds_of("1d"), 86'400'000);
  EXPECT_EQ(milliseconds_of("+5"), 5);
  EXPECT_EQ(milliseconds_of("0x10"), 16);
  EXPECT_EQ(milliseconds_of("1e3"), 1'000);
  EXPECT_EQ(milliseconds_of("0.5"), 0);
  EXPECT_EQ(milliseconds_of("0.6"), 1);
  EXPECT_EQ(milliseconds_of("2.5"), 2);
  EXPECT_EQ(milliseconds_of("500us"), 0);
  EXPECT_EQ(milliseconds_of("1500us"), 2);
  EXPECT_EQ(milliseconds_of("1.0001s"), 1'000);
  EXPECT_EQ(milliseconds_of("0.0001min"), 0);
}

TEST(Duration, RefusesWhatPostgresRefuses) {
  for (const std::string_view text : {"5 sec", "5S", "", "s", "-1", "1500000000000", "5s5"}) {
    EXPECT_EQ(milliseconds_of(text), std::nullopt) << text;
  }
}

TEST(SearchPath, OneTextIsSplitAsIdentifiers) {
  EXPECT_THAT(split_search_path("X, \"Y z\" ,a"), ElementsAre("x", "Y z", "a"));
  EXPECT_THAT(split_search_path("\"a\"\"b\",\"c,d\""), ElementsAre("a\"b", "c,d"));
  EXPECT_THAT(split_search_path(""), IsEmpty());
}

struct SessionStateTest : ::testing::Test {
  ast::Arena arena;
  SessionState state;

  void set(std::string_view name, std::vector<std::string_view> values, bool local = false,
           bool in_transaction = true) {
    auto* statement = arena.make<ast::SetVariable>();
    statement->name = name;
    statement->values = arena.list(values);
    statement->local = local;
    state.apply(*statement, in_transaction);
  }
  void act(Action action, std::string_view name = {}) {
    auto* statement = arena.make<ast::SetVariable>();
    statement->action = action;
    statement->name = name;
    state.apply(*statement, true);
  }
  void set_config(std::string_view name, std::string_view value, bool local) {
    auto* call = arena.make<ast::FunctionCall>();
    call->name.name = "set_config";
    std::vector<const ast::Expression*> arguments;
    for (const std::string_view text : {name, value, std::string_view(local ? "true" : "false")}) {
      auto* constant = arena.make<ast::Constant>();
      constant->text = text;
      arguments.push_back(constant);
    }
    call->arguments = arena.list(arguments);
    auto* item = arena.make<ast::SelectItem>();
    item->value = call;
    auto* query = arena.make<ast::Select>();
    query->items = arena.list(std::vector<const ast::SelectItem*>{item});
    state.apply_set_config(*query);
  }
  [[nodiscard]] std::int64_t lock_timeout() const { return state.now().lock_timeout_ms; }
};

TEST_F(SessionStateTest, StartsAsAConnectionDoes) {
  EXPECT_THAT(state.now().search_path, ElementsAre("public"));
  EXPECT_EQ(lock_timeout(), -1);
}

TEST_F(SessionStateTest, SetLasts) {
  set("lock_timeout", {"2s"});
  state.commit();
  EXPECT_EQ(lock_timeout(), 2'000);
}

TEST_F(SessionStateTest, SetLocalEndsWithTheTransaction) {
  set("lock_timeout", {"3s"});
  set("lock_timeout", {"4s"}, true);
  EXPECT_EQ(lock_timeout(), 4'000);
  state.commit();
  EXPECT_EQ(lock_timeout(), 3'000);
}

TEST_F(SessionStateTest, SetAfterSetLocalWins) {
  set("lock_timeout", {"1s"}, true);
  set("lock_timeout", {"2s"});
  EXPECT_EQ(lock_timeout(), 2'000);
  state.commit();
  EXPECT_EQ(lock_timeout(), 2'000);
}

TEST_F(SessionStateTest, SetLocalOutsideATransactionDoesNothing) {
  set("lock_timeout", {"1s"}, true, false);
  EXPECT_EQ(lock_timeout(), -1);
}

TEST_F(SessionStateTest, RollbackReturnsToTheMark) {
  set("lock_timeout", {"1s"});
  const SessionState::Snapshot before = state.mark();
  set("lock_timeout", {"9s"});
  set("search_path", {"app"}, true);
  state.restore(before);
  EXPECT_EQ(lock_timeout(), 1'000);
  EXPECT_THAT(state.now().search_path, ElementsAre("public"));
}

TEST_F(SessionStateTest, ANameInQuotesIsOneSchemaWhateverItHolds) {
  set("search_path", {"a, b"});
  EXPECT_THAT(state.now().search_path, ElementsAre("a, b"));
  set("search_path", {""});
  EXPECT_THAT(state.now().search_path, IsEmpty());
  set("search_path", {"$user", "app"});
  EXPECT_THAT(state.now().search_path, ElementsAre("app"));
}

TEST_F(SessionStateTest, AValueThatPostgresRefusesChangesNothing) {
  set("lock_timeout", {"5s"});
  set("lock_timeout", {"5 sec"});
  EXPECT_EQ(lock_timeout(), 5'000);
}

TEST_F(SessionStateTest, ResetReturnsToTheDefault) {
  set("lock_timeout", {"5s"});
  set("search_path", {"app"});
  set("role", {"owner"});
  act(Action::Reset, "lock_timeout");
  EXPECT_EQ(lock_timeout(), -1);
  act(Action::ResetAll);
  EXPECT_THAT(state.now().search_path, ElementsAre("public"));
  EXPECT_EQ(state.now().role, "owner");  // RESET ALL leaves the role alone
  act(Action::Reset, "role");
  EXPECT_EQ(state.now().role, "");
}

TEST_F(SessionStateTest, RoleNoneIsNoRole) {
  set("role", {"owner"});
  set("role", {"none"});
  EXPECT_EQ(state.now().role, "");
}

TEST_F(SessionStateTest, SetConfigSetsForTheSessionOrTheTransaction) {
  set_config("lock_timeout", "2s", false);
  set_config("Statement_Timeout", "3s", true);
  set_config("search_path", "App, \"B\"", false);
  EXPECT_EQ(state.now().statement_timeout_ms, 3'000);
  state.commit();
  EXPECT_EQ(lock_timeout(), 2'000);
  EXPECT_EQ(state.now().statement_timeout_ms, -1);
  EXPECT_THAT(state.now().search_path, ElementsAre("app", "B"));
}

}  // namespace
}  // namespace migcheck::replay
