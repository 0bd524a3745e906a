// SPDX-License-Identifier: MIT

// Every statement has its own struct, and its names stand where they are written.

#include <gtest/gtest.h>

#include <set>

#include "support/parsed.hpp"

namespace migcheck {
namespace {

using ast::NodeKind;
using test::Parsed;

struct Case {
  std::string sql;
  NodeKind kind;
};

void PrintTo(const Case& it, std::ostream* out) {
  *out << it.sql;
}

const std::vector<Case>& cases() {
  using K = NodeKind;
  static const std::vector<Case> all = {
      {"SELECT 1", K::Select},
      {"VALUES (1), (2)", K::Select},
      {"TABLE t", K::Select},
      {"INSERT INTO t DEFAULT VALUES", K::Insert},
      {"UPDATE t SET a = 1", K::Update},
      {"DELETE FROM t", K::Delete},
      {"MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE", K::Merge},
      {"CREATE TABLE t (a int)", K::CreateTable},
      {"CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (x 'y')", K::CreateTable},
      {"CREATE TABLE t AS SELECT 1", K::CreateTableAs},
      {"CREATE MATERIALIZED VIEW v AS SELECT 1", K::CreateTableAs},
      {"ALTER TABLE t ADD a int", K::AlterTable},
      {"ALTER INDEX i SET (fillfactor = 70)", K::AlterTable},
      {"ALTER VIEW v ALTER COLUMN a SET DEFAULT 1", K::AlterTable},
      {"ALTER TYPE t ADD ATTRIBUTE a int, DROP ATTRIBUTE b", K::AlterTable},
      {"CREATE INDEX ON t (a)", K::CreateIndex},
      {"REINDEX TABLE CONCURRENTLY t", K::Reindex},
      {"DROP TABLE t", K::Drop},
      {"DROP DATABASE IF EXISTS d", K::Drop},
      {"DROP TABLESPACE s", K::Drop},
      {"DROP SUBSCRIPTION s", K::Drop},
      {"DROP USER MAPPING FOR u SERVER s", K::Drop},
      {"TRUNCATE t, ONLY u RESTART IDENTITY CASCADE", K::Truncate},
      {"ALTER TABLE t RENAME TO u", K::Rename},
      {"ALTER TABLE t SET SCHEMA s", K::SetSchema},
      {"ALTER FUNCTION f(int) OWNER TO o", K::ChangeOwner},
      {"CLUSTER t USING i", K::Cluster},
      {"VACUUM (FULL, ANALYZE) t", K::Vacuum},
      {"ANALYZE t (a)", K::Vacuum},
      {"LOCK TABLE t IN SHARE MODE NOWAIT", K::LockTable},
      {"CREATE SCHEMA s CREATE TABLE t (a int)", K::CreateSchema},
      {"CREATE OR REPLACE VIEW v AS SELECT 1", K::CreateView},
      {"REFRESH MATERIALIZED VIEW CONCURRENTLY v", K::RefreshMaterializedView},
      {"CREATE SEQUENCE s AS bigint OWNED BY t.a", K::CreateSequence},
      {"ALTER SEQUENCE s RESTART 5", K::AlterSequence},
      {"CREATE TYPE e AS ENUM ('a', 'b')", K::CreateEnum},
      {"ALTER TYPE e ADD VALUE 'c' BEFORE 'b'", K::AlterEnum},
      {"CREATE TYPE c AS (a int, b text)", K::CreateCompositeType},
      {"CREATE TYPE r AS RANGE (subtype = int)", K::CreateRangeType},
      {"CREATE DOMAIN d AS text CHECK (VALUE <> '') NOT NULL", K::CreateDomain},
      {"ALTER DOMAIN d DROP CONSTRAINT c CASCADE", K::AlterDomain},
      {"CREATE AGGREGATE g (int) (SFUNC = f, STYPE = int)", K::DefineObject},
      {"CREATE COLLATION c (provider = icu, locale = 'de')", K::DefineObject},
      {"CREATE CAST (text AS int) WITH INOUT", K::DefineObject},
      {"CREATE SERVER s FOREIGN DATA WRAPPER w", K::DefineObject},
      {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", K::CreateFunction},
      {"ALTER FUNCTION f(int) STABLE", K::AlterFunction},
      {"CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f()", K::CreateTrigger},
      {"CREATE EVENT TRIGGER g ON ddl_command_end EXECUTE FUNCTION f()", K::CreateEventTrigger},
      {"CREATE RULE r AS ON DELETE TO t DO INSTEAD (DELETE FROM u; UPDATE v SET a = 1)", K::CreateRule},
      {"CREATE POLICY p ON t USING (a = 1)", K::CreatePolicy},
      {"ALTER POLICY p ON t TO r", K::AlterPolicy},
      {"CREATE EXTENSION IF NOT EXISTS x SCHEMA s CASCADE", K::CreateExtension},
      {"ALTER EXTENSION x UPDATE TO '2'", K::AlterExtension},
      {"CREATE PUBLICATION p FOR TABLE t (a) WHERE (a > 0), TABLES IN SCHEMA s", K::CreatePublication},
      {"ALTER PUBLICATION p ADD TABLE t", K::AlterPublication},
      {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", K::CreateSubscription},
      {"ALTER SUBSCRIPTION s DISABLE", K::AlterSubscription},
      {"GRANT SELECT (a), UPDATE ON t TO r", K::Grant},
      {"GRANT r TO u", K::GrantRole},
      {"ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r", K::AlterDefaultPrivileges},
      {"CREATE ROLE r BYPASSRLS", K::CreateRole},
      {"ALTER ROLE r NOLOGIN", K::AlterRole},
      {"ALTER ROLE r SET search_path = a, b", K::AlterRoleSet},
      {"ALTER DATABASE d SET x = 1", K::AlterRoleSet},
      {"DROP ROLE a, b", K::DropRole},
      {"DROP OWNED BY r CASCADE", K::DropOwned},
      {"REASSIGN OWNED BY a TO b", K::ReassignOwned},
      {"CREATE DATABASE d", K::CreateDatabase},
      {"ALTER DATABASE d CONNECTION LIMIT 5", K::AlterDatabase},
      {"ALTER SYSTEM SET work_mem = '1MB'", K::AlterSystem},
      {"CREATE TABLESPACE s LOCATION '/x'", K::CreateTablespace},
      {"CREATE STATISTICS s ON a, (b + 1) FROM t", K::CreateStatistics},
      {"COMMENT ON COLUMN t.a IS 'x'", K::Comment},
      {"SECURITY LABEL ON TABLE t IS 'x'", K::SecurityLabel},
      {"ALTER TABLE ALL IN TABLESPACE a OWNED BY r SET TABLESPACE b NOWAIT", K::MoveAll},
      {"ALTER INDEX i DEPENDS ON EXTENSION x", K::DependsOnExtension},
      {"IMPORT FOREIGN SCHEMA r LIMIT TO (a) FROM SERVER s INTO l", K::ImportForeignSchema},
      {"BEGIN", K::Transaction},
      {"SET LOCAL lock_timeout = '2s'", K::SetVariable},
      {"SHOW work_mem", K::ShowVariable},
      {"DISCARD ALL", K::Discard},
      {"COPY t (a) FROM '/x' WHERE a > 0", K::Copy},
      {"DO $$ BEGIN NULL; END $$", K::DoBlock},
      {"CALL p(1)", K::Call},
      {"EXPLAIN ANALYZE SELECT 1", K::Explain},
      {"PREPARE p (int) AS SELECT $1", K::Prepare},
      {"EXECUTE p (1)", K::Execute},
      {"DECLARE c CURSOR FOR SELECT 1", K::Cursor},
      {"SET CONSTRAINTS ALL DEFERRED", K::SetConstraints},
      {"CHECKPOINT", K::OtherStatement},
      {"SELEC 1", K::Unparsable},
  };
  return all;
}

class StatementKind : public testing::TestWithParam<Case> {};

TEST_P(StatementKind, HasItsStruct) {
  const Parsed parsed("-- before\n" + GetParam().sql + " ; -- after");
  ASSERT_EQ(parsed.size(), 1u);
  EXPECT_EQ(parsed.statement().kind, GetParam().kind);
  EXPECT_EQ(parsed.text(parsed.statement().span), GetParam().sql);
}

INSTANTIATE_TEST_SUITE_P(All, StatementKind, testing::ValuesIn(cases()));

TEST(StatementKinds, EveryKindIsAmongTheCases) {
  std::set<NodeKind> seen;
  for (const Case& each : cases()) seen.insert(each.kind);
  const int first = static_cast<int>(ast::kFirstStatement);
  const int last = static_cast<int>(NodeKind::Unparsable);
  for (int kind = first; kind <= last; ++kind) {
    EXPECT_EQ(seen.count(static_cast<NodeKind>(kind)), 1u) << "kind " << kind;
  }
}

TEST(CreateIndex, KeywordsNamesAndElementsHaveTheirPlaces) {
  const Parsed parsed(
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I\" ON ONLY s.t USING gin "
      "(a, lower(b) COLLATE \"C\" text_ops DESC) INCLUDE (c, d) WITH (fillfactor = 70) WHERE a > 0");
  const auto& index = parsed.as<ast::CreateIndex>();
  EXPECT_EQ(parsed.text(index.keyword_index), "INDEX");
  EXPECT_EQ(parsed.text(index.keyword_concurrently), "CONCURRENTLY");
  EXPECT_EQ(parsed.text(index.name.span), "\"I\"");
  EXPECT_EQ(parsed.text(index.table.span), "s.t");
  EXPECT_TRUE(index.table.only);
  ASSERT_EQ(index.elements.size(), 2u);
  EXPECT_EQ(parsed.text(index.elements[0]->span), "a");
  EXPECT_EQ(parsed.text(index.elements[1]->span), "lower(b) COLLATE \"C\" text_ops DESC");
  EXPECT_EQ(parsed.text(index.elements[1]->operator_class.span), "text_ops");
  EXPECT_EQ(parsed.text(index.elements[1]->expression->span), "lower(b)");
  ASSERT_EQ(index.including.size(), 2u);
  EXPECT_EQ(parsed.text(index.including[1]->column.span), "d");
  EXPECT_EQ(parsed.text(index.predicate->span), "a > 0");
  ASSERT_EQ(index.options.size(), 1u);
  EXPECT_EQ(index.options[0]->value, "70");
}

TEST(Drop, EachNameHasItsPlace) {
  const Parsed parsed(
      "DROP INDEX CONCURRENTLY IF EXISTS a, s.b;\nDROP FUNCTION f(int, text), g CASCADE;\n"
      "DROP TRIGGER IF EXISTS tr ON s.t;");
  const auto& index = parsed.as<ast::Drop>(0);
  EXPECT_TRUE(index.concurrently);
  EXPECT_TRUE(index.if_exists);
  EXPECT_EQ(parsed.text(index.keyword_object), "INDEX");
  EXPECT_EQ(parsed.text(index.names[1].name.span), "s.b");
  EXPECT_EQ(index.names[1].name.schema, "s");
  const auto& function = parsed.as<ast::Drop>(1);
  EXPECT_TRUE(function.cascade);
  EXPECT_EQ(parsed.text(function.names[0].name.span), "f");
  EXPECT_EQ(function.names[0].arguments.size(), 2u);
  EXPECT_FALSE(function.names[1].has_arguments);
  const auto& trigger = parsed.as<ast::Drop>(2);
  EXPECT_EQ(trigger.names[0].name.name, "tr");
  EXPECT_EQ(trigger.names[0].on.name, "t");
  EXPECT_EQ(parsed.text(trigger.names[0].on.span), "s.t");
}

TEST(Rename, SaysWhatGetsWhichName) {
  const Parsed parsed(
      "ALTER TABLE s.t RENAME COLUMN a TO b; ALTER TABLE t RENAME CONSTRAINT k TO l;"
      "ALTER INDEX i RENAME TO j; ALTER TRIGGER tr ON t RENAME TO u; ALTER SCHEMA x RENAME TO y");
  const auto& column = parsed.as<ast::Rename>(0);
  EXPECT_EQ(column.object, ast::ObjectType::Column);
  EXPECT_EQ(column.target.on.schema, "s");
  EXPECT_EQ(parsed.text(column.target.name.span), "a");
  EXPECT_EQ(parsed.text(column.new_name.span), "b");
  EXPECT_EQ(parsed.as<ast::Rename>(1).object, ast::ObjectType::Constraint);
  EXPECT_EQ(parsed.as<ast::Rename>(2).object, ast::ObjectType::Index);
  EXPECT_EQ(parsed.as<ast::Rename>(2).target.name.name, "i");
  EXPECT_EQ(parsed.text(parsed.as<ast::Rename>(3).target.name.span), "tr");
  EXPECT_EQ(parsed.text(parsed.as<ast::Rename>(4).target.name.span), "x");
}

TEST(MoveAll, SaysFromWhereToWhereAndWhose) {
  const Parsed parsed(
      "ALTER TABLE ALL IN TABLESPACE a OWNED BY r, s SET TABLESPACE b;"
      "ALTER INDEX ALL IN TABLESPACE a SET TABLESPACE b NOWAIT");
  const auto& tables = parsed.as<ast::MoveAll>(0);
  EXPECT_EQ(tables.object, ast::ObjectType::Table);
  EXPECT_EQ(tables.from, "a");
  EXPECT_EQ(tables.to, "b");
  ASSERT_EQ(tables.owners.size(), 2u);
  EXPECT_EQ(tables.owners[1], "s");
  const auto& indexes = parsed.as<ast::MoveAll>(1);
  EXPECT_EQ(indexes.object, ast::ObjectType::Index);
  EXPECT_TRUE(indexes.nowait);
}

TEST(DependsOnExtension, NamesTheObjectAndTheExtension) {
  const Parsed parsed(
      "ALTER TRIGGER g ON s.t DEPENDS ON EXTENSION x; ALTER INDEX s.i NO DEPENDS ON EXTENSION x;"
      "ALTER FUNCTION f(int) DEPENDS ON EXTENSION x");
  const auto& trigger = parsed.as<ast::DependsOnExtension>(0);
  EXPECT_EQ(trigger.target.name.name, "g");
  EXPECT_EQ(trigger.target.on.schema, "s");
  EXPECT_EQ(trigger.target.on.name, "t");
  EXPECT_EQ(trigger.extension, "x");
  const auto& index = parsed.as<ast::DependsOnExtension>(1);
  EXPECT_EQ(index.target.name.schema, "s");
  EXPECT_TRUE(index.remove);
  const auto& function = parsed.as<ast::DependsOnExtension>(2);
  EXPECT_EQ(function.target.name.name, "f");
  EXPECT_EQ(function.target.arguments.size(), 1u);
}

TEST(Grant, PrivilegesAndObjectsHaveTheirPlaces) {
  const Parsed parsed(
      "GRANT SELECT (a, b), UPDATE ON s.f, s.g TO PUBLIC, r WITH GRANT OPTION; REVOKE ALL ON SCHEMA s FROM "
      "r");
  const auto& grant = parsed.as<ast::Grant>(0);
  ASSERT_EQ(grant.privileges.size(), 2u);
  EXPECT_EQ(parsed.text(grant.privileges[0].span), "SELECT (a, b)");
  EXPECT_EQ(parsed.text(grant.privileges[0].columns[1].span), "b");
  EXPECT_EQ(grant.privileges[1].name, "update");
  EXPECT_EQ(parsed.text(grant.objects[1].name.span), "s.g");
  EXPECT_EQ(grant.grantees[0], "public");
  EXPECT_TRUE(grant.with_grant_option);
  const auto& revoke = parsed.as<ast::Grant>(1);
  EXPECT_FALSE(revoke.is_grant);
  EXPECT_TRUE(revoke.privileges.empty());
  EXPECT_EQ(revoke.object, ast::ObjectType::Schema);
}

TEST(Types, GoByTheirInternalNames) {
  const Parsed parsed(
      "CREATE TABLE t (a int, b timestamp(3) with time zone, c character varying(20), d s.mood[][], e json, "
      "f bigserial, g numeric(10, 2) NOT NULL, h double precision, i interval day to second)");
  const auto& columns = parsed.as<ast::CreateTable>().columns;
  ASSERT_EQ(columns.size(), 9u);
  const char* names[] = {"int4",      "timestamptz", "varchar", "mood",    "json",
                         "bigserial", "numeric",     "float8",  "interval"};
  const char* texts[] = {"int",
                         "timestamp(3) with time zone",
                         "character varying(20)",
                         "s.mood[][]",
                         "json",
                         "bigserial",
                         "numeric(10, 2)",
                         "double precision",
                         "interval day to second"};
  for (std::size_t index = 0; index < columns.size(); ++index) {
    EXPECT_EQ(columns[index]->type->name, names[index]);
    EXPECT_EQ(parsed.text(columns[index]->type->span), texts[index]);
  }
  EXPECT_EQ(columns[3]->type->schema, "s");
  EXPECT_EQ(columns[0]->type->schema, "");
  EXPECT_TRUE(columns[5]->type->serial());
  EXPECT_EQ(columns[6]->type->modifiers.size(), 2u);
  EXPECT_EQ(parsed.text(columns[6]->span), "g numeric(10, 2) NOT NULL");
}

}  // namespace
}  // namespace migcheck
