// SPDX-License-Identifier: MIT
// Views, sequences, types, functions and the rest, as `migcheck catalog --format json` shows what a history
// made. (That a server says the same of itself is held by tests/server/compare_history.py.)
#include <gmock/gmock.h>

#include "migcheck/catalog_json.hpp"
#include "support/planned.hpp"

namespace migcheck {
namespace {

using testing::HasSubstr;

// Without spaces and line ends outside of strings.
std::string squeezed(const std::string& json) {
  std::string out;
  bool quoted = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '"' && (at == 0 || json[at - 1] != '\\')) quoted = !quoted;
    if (quoted || (json[at] != ' ' && json[at] != '\n')) out += json[at];
  }
  return out;
}

std::string json_of(const std::string& history) {
  test::Planned world;
  world.run(history);
  return squeezed(catalog_json(world.catalog));
}

TEST(CatalogJsonObjects, views_say_which_columns_of_what_they_read) {
  const std::string json = json_of(
      "CREATE TABLE t (id int, name text, other text); CREATE VIEW v AS SELECT id, name FROM t;"
      "CREATE VIEW over_it WITH (security_invoker = true) AS SELECT v.id FROM v;"
      "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one WITH NO DATA;");
  EXPECT_THAT(json,
              HasSubstr(R"("name":"v","materialized":false,"populated":true,"uncertain":false,"options":{},)"
                        R"("columns":[{"name":"id","type":"integer"},{"name":"name","type":"text"}],)"
                        R"("reads":[{"relation":"public.t","columns":["id","name"]}],)"
                        R"("query":"SELECT id, name FROM public.t")"));
  EXPECT_THAT(json,
              HasSubstr(R"("options":{"security_invoker":"true"},"columns":[{"name":"id","type":"integer"}],)"
                        R"("reads":[{"relation":"public.v","columns":["id"]}])"));
  EXPECT_THAT(json, HasSubstr(R"("name":"kept","materialized":true,"populated":false)"));
  EXPECT_THAT(json, HasSubstr(R"("reads":[],"query":"SELECT 1 AS one")"));
}

TEST(CatalogJsonObjects, a_sequence_of_its_own_is_owned_by_no_column) {
  EXPECT_THAT(
      json_of("CREATE SEQUENCE s AS smallint"),
      HasSubstr(R"("name":"s","uncertain":false,"type":"smallint","identity":false,"owned_by":null)"));
  EXPECT_THAT(json_of("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY)"),
              HasSubstr(R"("type":"bigint","identity":true,"owned_by":{"table":"public.t","column":"id"})"));
}

TEST(CatalogJsonObjects, types_of_every_kind) {
  const std::string json = json_of(
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE pair AS (a int, b text);"
      "CREATE TYPE span AS RANGE (subtype = int); CREATE TYPE shell;"
      "CREATE DOMAIN positive AS int DEFAULT 1 NOT NULL CONSTRAINT above CHECK (VALUE > 0);"
      "ALTER DOMAIN positive ADD CONSTRAINT below CHECK (VALUE < 9) NOT VALID;");
  EXPECT_THAT(json, HasSubstr(R"("name":"mood","uncertain":false,"kind":"enum","labels":["sad","ok"]})"));
  EXPECT_THAT(json, HasSubstr(R"("name":"pair","uncertain":false,"kind":"composite","columns":[{"name":"a",)"
                              R"("type":"integer")"));
  EXPECT_THAT(json, HasSubstr(R"("name":"span","uncertain":false,"kind":"range"})"));
  EXPECT_THAT(json, HasSubstr(R"("name":"shell","uncertain":false,"kind":"shell"})"));
  EXPECT_THAT(json, HasSubstr(R"("kind":"domain","base":"integer","not_null":true,"has_default":true,)"
                              R"("default":"1","constraints":[{"name":"above","valid":true,)"
                              R"("expression":"value > 0"},{"name":"below","valid":false,)"
                              R"("expression":"value < 9"}]})"));
}

TEST(CatalogJsonObjects, a_composite_type_is_no_table) {
  EXPECT_THAT(json_of("CREATE TYPE pair AS (a int)"), HasSubstr(R"("tables":[],)"));
}

// PostgreSQL gives parameters no modifiers, and writes two settings with capitals.
TEST(CatalogJsonObjects, functions_with_all_that_can_be_said_of_them) {
  const std::string json = json_of(
      "CREATE FUNCTION f(a bit, INOUT b char(3)[], OUT c text, VARIADIC d int[] DEFAULT '{}') LANGUAGE sql "
      "IMMUTABLE "
      "STRICT LEAKPROOF SET timezone = 'UTC' SET datestyle = 'ISO' SET search_path = app, \"My Schema\" AS "
      "'SELECT 1';");
  EXPECT_THAT(
      json,
      HasSubstr(R"("kind":"function","arguments":["bit","character[]","integer[]"],"parameters":[)"
                R"({"name":"a","mode":"in","type":"bit","has_default":false},)"
                R"({"name":"b","mode":"inout","type":"character[]","has_default":false},)"
                R"({"name":"c","mode":"out","type":"text","has_default":false},)"
                R"({"name":"d","mode":"variadic","type":"integer[]","has_default":true}],)"
                R"("returns":"record","returns_set":false,"language":"sql",)"
                R"("volatility":"immutable","security_definer":false,"strict":true,"leakproof":true,)"));
  EXPECT_THAT(
      json, HasSubstr(R"("settings":{"DateStyle":"ISO","search_path":"app, \"My Schema\"","TimeZone":"UTC"},)"
                      R"("body":"SELECT 1")"));
}

TEST(CatalogJsonObjects, functions_that_return_tables_procedures_and_aggregates) {
  const std::string json = json_of(
      "CREATE FUNCTION g() RETURNS TABLE (x int) LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT 1';"
      "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1';"
      "CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);");
  EXPECT_THAT(json,
              HasSubstr(R"("arguments":[],"parameters":[{"name":"x","mode":"table","type":"integer",)"
                        R"("has_default":false}],"returns":"integer","returns_set":true,"language":"sql",)"
                        R"("volatility":"stable","security_definer":true)"));
  EXPECT_THAT(json, HasSubstr(R"("kind":"procedure","arguments":["integer"])"));
  EXPECT_THAT(json,
              HasSubstr(R"("returns":null,"returns_set":false,"language":"sql","volatility":"volatile")"));
  EXPECT_THAT(json, HasSubstr(R"("kind":"aggregate","arguments":["integer"])"));
}

TEST(CatalogJsonObjects, extensions_and_publications) {
  const std::string json = json_of(
      "CREATE EXTENSION pgcrypto VERSION '1.3'; CREATE TABLE t (id int);"
      "CREATE PUBLICATION one FOR TABLE t; CREATE PUBLICATION whole FOR ALL TABLES;"
      "CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA public;");
  EXPECT_THAT(json, HasSubstr(R"("extensions":[{"name":"pgcrypto","schema":"public","version":"1.3"}])"));
  EXPECT_THAT(json,
              HasSubstr(R"("publications":[{"name":"by_schema","all_tables":false,"tables":[],)"
                        R"("schemas":["public"]},{"name":"one","all_tables":false,"tables":["public.t"],)"
                        R"("schemas":[]},{"name":"whole","all_tables":true,"tables":[],"schemas":[]}])"));
}

TEST(CatalogJsonObjects, others_by_what_they_are) {
  const std::string json = json_of(
      "CREATE TABLE t (a int, b int); CREATE STATISTICS st ON a, b FROM t; CREATE COLLATION german (locale = "
      "'de_DE');"
      "CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
      "CREATE EVENT TRIGGER ev ON ddl_command_start EXECUTE FUNCTION et();"
      "CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw;"
      "CREATE TEXT SEARCH CONFIGURATION cfg (COPY = simple);"
      "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq); CREATE LANGUAGE mine HANDLER "
      "plpgsql_call_handler;");
  for (const std::string_view other : {R"({"what":"statistics","schema":"public","name":"st"})",
                                       R"({"what":"collation","schema":"public","name":"german"})",
                                       R"({"what":"event trigger","schema":null,"name":"ev"})",
                                       R"({"what":"foreign-data wrapper","schema":null,"name":"fdw"})",
                                       R"({"what":"server","schema":null,"name":"srv"})",
                                       R"({"what":"text search","schema":"public","name":"cfg"})",
                                       R"({"what":"operator","schema":"public","name":"==="})",
                                       R"({"what":"language","schema":null,"name":"mine"})"}) {
    EXPECT_THAT(json, HasSubstr(std::string(other)));
  }
}

}  // namespace
}  // namespace migcheck
