// SPDX-License-Identifier: MIT
#include "migcheck/catalog_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "catalog_objects.hpp"

namespace migcheck {
namespace {

using ::migcheck::testing::add;
using ::migcheck::testing::index_on;
using ::migcheck::testing::named;
using ::migcheck::testing::referring_to;
using ::testing::HasSubstr;
using ::testing::Not;

catalog::Column column(std::string name, catalog::ColumnNumber number, std::string type) {
  catalog::Column made;
  made.name = std::move(name);
  made.number = number;
  made.type.schema = "pg_catalog";
  made.type.name = std::move(type);
  return made;
}

// Without spaces and line ends, so that the tests do not depend on the layout.
std::string squeezed(const std::string& json) {
  std::string out;
  bool quoted = false;
  for (const char c : json) {
    if (c == '"') quoted = !quoted;
    if (quoted || (c != ' ' && c != '\n')) out += c;
  }
  return out;
}

struct CatalogJson : ::testing::Test {
  catalog::Catalog catalog;
  [[nodiscard]] std::string json() const { return squeezed(catalog_json(catalog)); }
};

TEST_F(CatalogJson, AnEmptyDatabaseHasItsPublicSchema) {
  EXPECT_THAT(json(), HasSubstr(R"({"version":1,"schemas":[{"name":"public","complete":true,"owner":null,)"
                                R"("grants":[]}],"tables":[])"));
}

TEST_F(CatalogJson, SaysWhichLineMadeATable) {
  auto team = named<catalog::Table>("public", "teams");
  team.origin.place = {3, {10, 20}};
  add(catalog, std::move(team));
  EXPECT_THAT(json(), Not(HasSubstr("made_at")));
  const PlaceText text = [](const Place& place) {
    return "file " + std::to_string(place.file) + ":" + std::to_string(place.span.begin);
  };
  EXPECT_THAT(squeezed(catalog_json(catalog, text)), HasSubstr(R"("made_at":"file 3:10"})"));
}

TEST_F(CatalogJson, SaysWhichLineMadeASchemaAndGrantedAPrivilege) {
  catalog::Schema billing;
  billing.name = "billing";
  billing.origin.place = {1, {5, 9}};
  catalog::Acl grant;
  grant.grantee = "app";
  grant.privilege = "usage";
  grant.origin.place = {2, {7, 9}};
  billing.acl = {grant};
  add(catalog, std::move(billing));
  const PlaceText text = [](const Place& place) { return "file " + std::to_string(place.file); };
  const std::string told = squeezed(catalog_json(catalog, text));
  EXPECT_THAT(told, HasSubstr(R"("name":"billing","complete":true,"made_at":"file 1")"));
  EXPECT_THAT(told, HasSubstr(R"("grant_option":false,"made_at":"file 2"})"));
}

TEST_F(CatalogJson, TellsWhatMayBeGone) {
  auto team = named<catalog::Table>("public", "teams");
  const catalog::ObjectId id = add(catalog, std::move(team));
  std::vector<catalog::Change> changes;
  changes.push_back({id, nullptr});
  const catalog::Undo undo = catalog.apply(std::move(changes));
  catalog.forget(*undo.before.front().now);
  EXPECT_THAT(json(), HasSubstr(R"("maybe_dropped":[{"what":"table","schema":"public","name":"teams"}])"));
  add(catalog, named<catalog::Table>("public", "teams"));
  EXPECT_THAT(json(), HasSubstr(R"("maybe_dropped":[])"));
}

TEST_F(CatalogJson, TablesShowColumnsIndexesAndKeys) {
  auto team = named<catalog::Table>("public", "teams");
  team.columns = {column("id", 1, "int8"), column("name", 2, "varchar")};
  team.columns[0].not_null = true;
  team.columns[0].identity = catalog::Identity::ByDefault;
  team.columns[1].type.modifiers = {40};
  const catalog::ObjectId id = add(catalog, std::move(team));
  auto index = index_on(id, "teams_name_idx");
  index.keys.resize(2);
  index.keys[0].column = 2;
  add(catalog, std::move(index));
  auto member = referring_to(id, "members");
  member.columns = {column("team_id", 1, "int8")};
  member.constraints.edit_all([](catalog::Constraint& key) {
    key.columns = {1};
    key.referenced_columns = {1};
    key.valid = false;
  });
  add(catalog, std::move(member));

  const std::string text = json();
  EXPECT_THAT(text,
              HasSubstr(R"({"name":"id","type":"bigint","not_null":true,"has_default":false,)"
                        R"("default":null,"generated_as":null,)"
                        R"("identity":"by default","generated":null,"collation":null,"not_null_valid":true,)"
                        R"("not_null_constraint":null,"storage":null,"compression":null})"));
  EXPECT_THAT(text, HasSubstr(R"_("type":"character varying(40)")_"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"teams_name_idx","method":"btree","columns":["name",null])"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"members_fkey","kind":"foreign key","columns":["team_id"],)"
                              R"("valid":false,)"));
  EXPECT_THAT(text, HasSubstr(R"("references":{"table":"public.teams","columns":["id"],)"));
  // Sorted by name, whatever came first.
  EXPECT_LT(text.find("\"members\""), text.find("\"teams\""));
}

TEST_F(CatalogJson, ARenamedTypeShowsItsNewName) {
  auto mood = named<catalog::Type>("app", "feeling");
  mood.values = {{"sad", {}}, {"glad", {}}};
  const catalog::ObjectId type = add(catalog, std::move(mood));
  auto table = named<catalog::Table>("public", "t");
  table.columns = {column("m", 1, "mood")};
  table.columns[0].type.id = type;
  table.columns[0].type.array_dimensions = 1;
  add(catalog, std::move(table));
  EXPECT_THAT(json(), HasSubstr(R"("type":"app.feeling[]")"));
  EXPECT_THAT(json(), HasSubstr(R"("kind":"enum","labels":["sad","glad"])"));
}

TEST_F(CatalogJson, TemporaryObjectsAndThoseOfExtensionsAreLeftOut) {
  add(catalog, named<catalog::Table>("pg_temp", "scratch"));
  auto function = named<catalog::Function>("public", "similarity");
  function.extension_member = true;
  add(catalog, std::move(function));
  EXPECT_THAT(json(), Not(HasSubstr("scratch")));
  EXPECT_THAT(json(), Not(HasSubstr("similarity")));
}

TEST_F(CatalogJson, SequencesNameTheColumnThatOwnsThem) {
  auto table = named<catalog::Table>("public", "t");
  table.columns = {column("id", 1, "int4")};
  const catalog::ObjectId id = add(catalog, std::move(table));
  auto sequence = named<catalog::Sequence>("public", "t_id_seq");
  sequence.type = "int4";
  sequence.owned_by = id;
  sequence.owned_column = 1;
  add(catalog, std::move(sequence));
  EXPECT_THAT(
      json(),
      HasSubstr(R"({"schema":"public","name":"t_id_seq","uncertain":false,"type":"integer","identity":false,)"
                R"("owned_by":{"table":"public.t","column":"id"},"owner":null,"grants":[]})"));
}

TEST_F(CatalogJson, OwnersAndGrantsAreShown) {
  auto table = named<catalog::Table>("public", "t");
  table.columns = {column("id", 1, "int4")};
  table.owner = "app";
  table.acl = {{"reader", "update", {"id"}, false, {}}, {"public", "select", {}, true, {}}};
  add(catalog, std::move(table));
  EXPECT_THAT(json(),
              HasSubstr(R"("owner":"app","grants":[{"grantee":"public","privilege":"select","columns":[],)"
                        R"("grant_option":true},{"grantee":"reader","privilege":"update",)"
                        R"("columns":["id"],"grant_option":false}])"));
}

TEST_F(CatalogJson, DefaultPrivilegesAreShownUnlessNothingIsLeftOfThem) {
  catalog::OtherObject held;
  held.type = ast::ObjectType::DefaultAcl;
  held.schema = "app";
  held.name = "tables of owner of all";
  add(catalog, held);
  EXPECT_THAT(json(), HasSubstr(R"("default_privileges":[],)"));
  held.name = "functions of owner of all";
  held.acl = {{"public", "-execute", {}, false, {}}};
  add(catalog, std::move(held));
  EXPECT_THAT(json(),
              HasSubstr(R"("default_privileges":[{"role":"owner of all","schema":"app",)"
                        R"("name":"functions","grants":[{"grantee":"public","privilege":"-execute")"));
}

}  // namespace
}  // namespace migcheck
