// SPDX-License-Identifier: MIT
#include "migcheck/catalog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "catalog_objects.hpp"

namespace migcheck::catalog {
namespace {

using ::migcheck::testing::add;
using ::migcheck::testing::child_of;
using ::migcheck::testing::index_on;
using ::migcheck::testing::named;
using ::migcheck::testing::names;
using ::migcheck::testing::referring_to;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kPublic = {"public"};

ObjectId id_of(const Object* object) {
  return object == nullptr ? kNoObject : base(*object).id;
}

Undo drop(Catalog& catalog, ObjectId id) {
  std::vector<Change> changes;
  changes.push_back({id, nullptr});
  return catalog.apply(std::move(changes));
}

Undo rename(Catalog& catalog, ObjectId id, std::string name) {
  Object copy = *catalog.object(id);
  std::visit([&](auto& held) { held.name = std::move(name); }, copy);
  std::vector<Change> changes;
  changes.push_back({id, std::make_unique<const Object>(std::move(copy))});
  return catalog.apply(std::move(changes));
}

TEST(Catalog, StartsWithPublicAndPgCatalog) {
  const Catalog catalog;
  EXPECT_NE(catalog.global(ObjectKind::Schema, "public"), nullptr);
  EXPECT_NE(catalog.global(ObjectKind::Schema, "pg_catalog"), nullptr);
  EXPECT_THAT(catalog.tables(), IsEmpty());
  EXPECT_EQ(catalog.objects(ObjectKind::Schema).size(), 2U);
}

TEST(Catalog, RelationsOfASchemaShareOneNameSpace) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  const ObjectId sequence = add(catalog, named<Sequence>("public", "s"));
  const ObjectId view = add(catalog, named<View>("app", "t"));
  EXPECT_EQ(id_of(catalog.relation("", "t", kPublic)), table);
  EXPECT_EQ(id_of(catalog.relation("", "s", kPublic)), sequence);
  EXPECT_EQ(id_of(catalog.relation("app", "t", {})), view);
  EXPECT_EQ(catalog.relation("", "T", kPublic), nullptr);
  EXPECT_EQ(catalog.relation("app", "s", kPublic), nullptr);
}

TEST(Catalog, TheSearchPathDecidesAndTemporaryObjectsComeFirst) {
  Catalog catalog;
  const ObjectId in_public = add(catalog, named<Table>("public", "t"));
  const ObjectId in_app = add(catalog, named<Table>("app", "t"));
  EXPECT_EQ(id_of(catalog.relation("", "t", std::vector<std::string>{"app", "public"})), in_app);
  EXPECT_EQ(id_of(catalog.relation("", "t", std::vector<std::string>{"public", "app"})), in_public);
  EXPECT_EQ(catalog.relation("", "t", {}), nullptr);
  const ObjectId temporary = add(catalog, named<Table>("pg_temp", "t"));
  EXPECT_EQ(id_of(catalog.relation("", "t", kPublic)), temporary);
  EXPECT_EQ(id_of(catalog.relation("", "t", {})), temporary);
  // A path that names pg_temp gives it the place where it stands.
  EXPECT_EQ(id_of(catalog.relation("", "t", std::vector<std::string>{"app", "pg_temp"})), in_app);
}

TEST(Catalog, FunctionsAreOverloadedAndNeverTemporary) {
  Catalog catalog;
  const ObjectId first = add(catalog, named<Function>("public", "f"));
  const ObjectId second = add(catalog, named<Function>("public", "f"));
  add(catalog, named<Function>("pg_temp", "f"));
  const auto found = catalog.functions("", "f", kPublic);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0]->id, first);
  EXPECT_EQ(found[1]->id, second);
  EXPECT_EQ(catalog.functions("pg_temp", "f", {}).size(), 1U);
}

TEST(Catalog, TablesAreRowTypesAndACompositeTypeStandsForItself) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  auto composite = named<Table>("public", "pair");
  composite.kind = TableKind::Composite;
  const ObjectId relation = add(catalog, std::move(composite));
  const ObjectId type = add(catalog, named<Type>("public", "pair"));
  EXPECT_EQ(id_of(catalog.type_or_row("", "t", kPublic)), table);
  EXPECT_EQ(catalog.type("", "t", kPublic), nullptr);
  ASSERT_NE(catalog.type("", "pair", kPublic), nullptr);
  EXPECT_EQ(catalog.type("", "pair", kPublic)->id, type);
  EXPECT_EQ(id_of(catalog.relation("", "pair", kPublic)), relation);
}

TEST(Catalog, OtherObjectsGoByWhatTheyAre) {
  Catalog catalog;
  auto statistics = named<OtherObject>("public", "x");
  statistics.type = ast::ObjectType::Statistics;
  const ObjectId in_schema = add(catalog, std::move(statistics));
  auto language = named<OtherObject>("", "x");
  language.type = ast::ObjectType::Language;
  const ObjectId outside = add(catalog, std::move(language));
  ASSERT_NE(catalog.other(ast::ObjectType::Statistics, "", "x", kPublic), nullptr);
  EXPECT_EQ(catalog.other(ast::ObjectType::Statistics, "", "x", kPublic)->id, in_schema);
  ASSERT_NE(catalog.other(ast::ObjectType::Language, "", "x", kPublic), nullptr);
  EXPECT_EQ(catalog.other(ast::ObjectType::Language, "", "x", kPublic)->id, outside);
  EXPECT_EQ(catalog.other(ast::ObjectType::Collation, "", "x", kPublic), nullptr);
}

TEST(Catalog, NewObjectsGoToTheFirstSchemaOfThePathThatExists) {
  const Catalog catalog;
  EXPECT_EQ(catalog.creation_schema(kPublic), "public");
  EXPECT_EQ(catalog.creation_schema(std::vector<std::string>{"app", "public"}), "public");
  EXPECT_EQ(catalog.creation_schema(std::vector<std::string>{"app"}), "app");
  EXPECT_EQ(catalog.creation_schema({}), "");
}

TEST(Catalog, LinksFollowTheObjects) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  const ObjectId first = add(catalog, index_on(table, "i1"));
  add(catalog, index_on(table, "i2"));
  add(catalog, child_of(table, "child"));
  add(catalog, referring_to(table, "orders"));
  auto sequence = named<Sequence>("public", "t_id_seq");
  sequence.owned_by = table;
  add(catalog, std::move(sequence));
  EXPECT_THAT(names(catalog.indexes_of(table)), ElementsAre("i1", "i2"));
  EXPECT_THAT(names(catalog.children_of(table)), ElementsAre("child"));
  EXPECT_THAT(names(catalog.sequences_of(table)), ElementsAre("t_id_seq"));
  ASSERT_EQ(catalog.keys_to(table).size(), 1U);
  EXPECT_EQ(catalog.keys_to(table)[0].constraint->name, "orders_fkey");
  EXPECT_EQ(catalog.in_schema("public").size(), 6U);

  Undo undo = drop(catalog, first);
  EXPECT_THAT(names(catalog.indexes_of(table)), ElementsAre("i2"));
  catalog.undo(std::move(undo));
  EXPECT_THAT(names(catalog.indexes_of(table)), ElementsAre("i1", "i2"));
}

// The parts that two states of an object share are not looked at, and yet one of them may refer to the same.
TEST(Catalog, ALinkHoldsAsLongAsOneOfManyPartsRefersToIt) {
  Catalog catalog;
  const ObjectId target = add(catalog, named<Table>("public", "t"));
  auto table = named<Table>("public", "many");
  for (int n = 0; n < 100; ++n) {
    Constraint key;
    key.name = "k" + std::to_string(n);
    key.kind = ConstraintKind::ForeignKey;
    key.references = n == 0 || n == 99 ? target : kNoObject;
    table.constraints.push_back(key);
    Dependency need;
    need.on = n == 1 || n == 98 ? target : kNoObject;
    need.part_name = key.name;
    table.dependencies.push_back(need);
  }
  const ObjectId id = add(catalog, std::move(table));
  const auto change = [&](auto edit) {
    auto copy = *catalog.get<Table>(id);
    edit(copy);
    std::vector<Change> changes;
    changes.push_back({id, std::make_unique<const Object>(std::move(copy))});
    return catalog.apply(std::move(changes));
  };
  Undo first = change([](Table& copy) {
    copy.constraints.edit("k99", [](Constraint& key) { key.references = kNoObject; });
    copy.dependencies.edit("k98", [](Dependency& need) { need.on = kNoObject; });
  });
  EXPECT_EQ(catalog.keys_to(target).size(), 1U);
  EXPECT_EQ(catalog.dependents_of(target).size(), 1U);
  Undo second = change([](Table& copy) {
    copy.constraints.edit("k0", [](Constraint& key) { key.references = kNoObject; });
    copy.dependencies.edit("k1", [](Dependency& need) { need.on = kNoObject; });
  });
  EXPECT_EQ(catalog.keys_to(target).size(), 0U);
  EXPECT_EQ(catalog.dependents_of(target).size(), 0U);
  catalog.undo(std::move(second));
  catalog.undo(std::move(first));
  EXPECT_EQ(catalog.keys_to(target).size(), 2U);
  EXPECT_EQ(catalog.dependents_of(target).size(), 2U);
}

TEST(Catalog, DependentsAreFoundWithWhatTheyDependThrough) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  auto view = named<View>("public", "v");
  view.dependencies = {{table, 0}, {table, 2}};
  const ObjectId id = add(catalog, std::move(view));
  const auto dependents = catalog.dependents_of(table);
  ASSERT_EQ(dependents.size(), 2U);
  EXPECT_EQ(id_of(dependents[1].object), id);
  EXPECT_EQ(dependents[1].dependency->column, 2);
  drop(catalog, id);
  EXPECT_THAT(catalog.dependents_of(table).size(), 0U);
}

TEST(Catalog, UndoBringsBackNamesAndLinks) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  Undo undo = rename(catalog, table, "renamed");
  EXPECT_EQ(catalog.relation("", "t", kPublic), nullptr);
  EXPECT_EQ(id_of(catalog.relation("", "renamed", kPublic)), table);
  catalog.undo(std::move(undo));
  EXPECT_EQ(id_of(catalog.relation("", "t", kPublic)), table);
  EXPECT_EQ(catalog.relation("", "renamed", kPublic), nullptr);
  EXPECT_EQ(id_of(catalog.type_or_row("", "t", kPublic)), table);
}

TEST(Catalog, TwoNamesSwapInOneStep) {
  Catalog catalog;
  const ObjectId a = add(catalog, named<Table>("public", "a"));
  const ObjectId b = add(catalog, named<Table>("public", "b"));
  std::vector<Change> changes;
  for (const auto& [id, name] : {std::pair{a, "b"}, std::pair{b, "a"}}) {
    auto table = *catalog.get<Table>(id);
    table.name = name;
    changes.push_back({id, std::make_unique<const Object>(std::move(table))});
  }
  Undo undo = catalog.apply(std::move(changes));
  EXPECT_EQ(id_of(catalog.relation("", "a", kPublic)), b);
  EXPECT_EQ(id_of(catalog.relation("", "b", kPublic)), a);
  catalog.undo(std::move(undo));
  EXPECT_EQ(id_of(catalog.relation("", "a", kPublic)), a);
}

TEST(Catalog, IdsAreNotUsedAgainAfterAnUndo) {
  Catalog catalog;
  const ObjectId id = catalog.next_id();
  auto table = named<Table>("public", "t");
  table.id = id;
  std::vector<Change> changes;
  changes.push_back({id, std::make_unique<const Object>(std::move(table))});
  catalog.undo(catalog.apply(std::move(changes)));
  EXPECT_EQ(catalog.object(id), nullptr);
  EXPECT_GT(catalog.next_id(), id);
}

TEST(Catalog, ASchemaIsCompleteUntilItIsSaidNotToBe) {
  Catalog catalog;
  EXPECT_TRUE(catalog.is_complete("public"));
  EXPECT_FALSE(catalog.is_complete("pg_catalog"));
  EXPECT_FALSE(catalog.is_complete("elsewhere"));
  const ObjectId app = add(catalog, named<Schema>("", "app"));
  catalog.mark_incomplete("app");
  rename(catalog, app, "application");
  EXPECT_FALSE(catalog.is_complete("application"));
  drop(catalog, app);
  add(catalog, named<Schema>("", "application"));
  EXPECT_TRUE(catalog.is_complete("application"));
}

TEST(Catalog, RemembersWhichNamesThereWere) {
  Catalog catalog;
  const ObjectId table = add(catalog, named<Table>("public", "t"));
  EXPECT_FALSE(catalog.was_known("public", "other", {}));
  drop(catalog, table);
  EXPECT_TRUE(catalog.was_known("", "t", kPublic));
  catalog.forget("public", "t");
  EXPECT_FALSE(catalog.was_known("", "t", kPublic));
}

// A history of 100,000 changes over 5,000 tables takes well under a second; a scan over the objects per
// change would take minutes.
TEST(Catalog, StaysFastOverALongHistory) {
  const std::clock_t start = std::clock();  // of the processor: a busy machine makes nothing slow
  Catalog catalog;
  std::vector<ObjectId> tables;
  for (int i = 0; i < 5'000; ++i) {
    tables.push_back(add(catalog, named<Table>("public", "t" + std::to_string(i))));
  }
  for (int i = 0; i < 100'000; ++i) {
    const ObjectId table = tables[static_cast<std::size_t>(i) % tables.size()];
    const ObjectId index = add(catalog, index_on(table, "i" + std::to_string(i)));
    ASSERT_EQ(catalog.indexes_of(table).size(), 1U);
    ASSERT_NE(catalog.relation("", "i" + std::to_string(i), kPublic), nullptr);
    drop(catalog, index);
  }
  EXPECT_LT(std::clock() - start, 20 * CLOCKS_PER_SEC);
}

}  // namespace
}  // namespace migcheck::catalog
