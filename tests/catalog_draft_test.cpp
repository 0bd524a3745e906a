// SPDX-License-Identifier: MIT
#include "plan/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catalog_objects.hpp"

namespace migcheck::plan {
namespace {

using ::migcheck::testing::add;
using ::migcheck::testing::index_on;
using ::migcheck::testing::named;
using ::migcheck::testing::names;
using ::migcheck::testing::referring_to;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kPublic = {"public"};

struct DraftTest : ::testing::Test {
  catalog::Catalog catalog;
  catalog::ObjectId table = add(catalog, named<catalog::Table>("public", "t"));
  catalog::ObjectId index = add(catalog, index_on(table, "i"));
  Draft draft{catalog};
};

TEST_F(DraftTest, UntouchedObjectsAreTheCatalogs) {
  EXPECT_EQ(draft.object(table), catalog.object(table));
  EXPECT_EQ(draft.relation("", "t", kPublic), catalog.object(table));
  EXPECT_THAT(draft.take(), IsEmpty());
}

TEST_F(DraftTest, AnEditIsSeenInTheDraftAndNotInTheCatalog) {
  draft.edit<catalog::Table>(table).name = "renamed";
  EXPECT_EQ(draft.relation("", "t", kPublic), nullptr);
  EXPECT_EQ(draft.relation("", "renamed", kPublic), draft.object(table));
  EXPECT_EQ(draft.type_or_row("", "renamed", kPublic), draft.object(table));
  EXPECT_NE(catalog.relation("", "t", kPublic), nullptr);
}

TEST_F(DraftTest, ANameMayBeGivenAfterTheReferenceIsAtHand) {
  auto& first = draft.create(catalog::Table{});
  auto& second = draft.create(catalog::Table{});
  first.schema = second.schema = "public";
  EXPECT_EQ(draft.relation("", "late", kPublic), nullptr);
  first.name = "late";
  ASSERT_NE(draft.relation("", "late", kPublic), nullptr);
  EXPECT_EQ(draft.relation("", "late", kPublic), draft.object(first.id));
  EXPECT_NE(first.id, second.id);
}

TEST_F(DraftTest, ADroppedObjectIsGoneAndItsNameIsFree) {
  draft.drop(table);
  EXPECT_TRUE(draft.dropped(table));
  EXPECT_EQ(draft.object(table), nullptr);
  EXPECT_EQ(draft.relation("", "t", kPublic), nullptr);
  draft.create(named<catalog::Table>("public", "t"));
  EXPECT_NE(draft.relation("", "t", kPublic), nullptr);
  EXPECT_EQ(draft.take().size(), 2U);
}

TEST_F(DraftTest, WhatComesAndGoesWithinTheDraftLeavesNoChange) {
  const catalog::ObjectId id = draft.create(named<catalog::Table>("public", "brief")).id;
  draft.drop(id);
  EXPECT_THAT(draft.take(), IsEmpty());
}

TEST_F(DraftTest, LinksShowBothOldAndNew) {
  draft.create(index_on(table, "j"));
  EXPECT_THAT(names(draft.indexes_of(table)), ElementsAre("i", "j"));
  draft.edit<catalog::Index>(index).name = "k";
  EXPECT_THAT(names(draft.indexes_of(table)), ElementsAre("k", "j"));
  draft.drop(index);
  EXPECT_THAT(names(draft.indexes_of(table)), ElementsAre("j"));
}

TEST_F(DraftTest, KeysAndDependentsShowWhatTheDraftMade) {
  draft.create(referring_to(table, "orders"));
  ASSERT_EQ(draft.keys_to(table).size(), 1U);
  EXPECT_EQ(draft.keys_to(table)[0].table->name, "orders");
  draft.edit<catalog::Index>(index).dependencies = {{table, 1}};
  ASSERT_EQ(draft.dependents_of(table).size(), 1U);
  EXPECT_EQ(draft.dependents_of(table)[0].dependency->column, 1);
}

TEST_F(DraftTest, FunctionsAndSchemasOfTheDraftAreFound) {
  draft.create(named<catalog::Function>("public", "f"));
  draft.create(named<catalog::Schema>("", "app"));
  EXPECT_EQ(draft.functions("", "f", kPublic).size(), 1U);
  EXPECT_NE(draft.global(catalog::ObjectKind::Schema, "app"), nullptr);
  EXPECT_EQ(draft.creation_schema(std::vector<std::string>{"app", "public"}), "app");
  EXPECT_EQ(draft.in_schema("public").size(), 3U);
}

TEST_F(DraftTest, ChangesComeInTheOrderOfTheFirstTouchAndApply) {
  const catalog::ObjectId made = draft.create(named<catalog::Table>("public", "u")).id;
  draft.edit<catalog::Table>(table).name = "renamed";
  draft.drop(index);
  draft.edit<catalog::Table>(made).name = "v";
  std::vector<catalog::Change> changes = draft.take();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].id, made);
  EXPECT_EQ(changes[1].id, table);
  EXPECT_EQ(changes[2].now, nullptr);
  catalog.apply(std::move(changes));
  EXPECT_NE(catalog.relation("", "v", kPublic), nullptr);
  EXPECT_NE(catalog.relation("", "renamed", kPublic), nullptr);
  EXPECT_EQ(catalog.object(index), nullptr);
}

TEST_F(DraftTest, AReferenceOutlivesTheDrop) {
  auto& held = draft.edit<catalog::Table>(table);
  draft.drop(table);
  held.name = "still writable";
  EXPECT_EQ(held.name, "still writable");
}

}  // namespace
}  // namespace migcheck::plan
