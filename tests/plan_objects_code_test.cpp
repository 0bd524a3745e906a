// SPDX-License-Identifier: MIT
// Functions, triggers, rules, policies, privileges, extensions, publications and what belongs to the server.
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST(PlanFunctions, overloads_are_told_apart_by_argument_types) {
  Planned world;
  world.run(
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2';");
  EXPECT_THAT(world.catalog.functions("public", "f", {}), SizeIs(2));
  EXPECT_EQ(world.error("CREATE FUNCTION f(b integer) RETURNS int LANGUAGE sql AS 'SELECT 3'"),
            "42723: function \"f\" already exists with same argument types");
  EXPECT_EQ(world.error("ALTER FUNCTION f STABLE"), "42725: function name \"f\" is not unique");
  world.run("DROP FUNCTION f(text)");
  ASSERT_THAT(world.catalog.functions("public", "f", {}), SizeIs(1));
  EXPECT_EQ(world.function("f")->arguments[0].type.name, "int4");
}

TEST(PlanFunctions, are_found_by_the_types_that_they_take) {
  Planned world;
  world.run(
      "CREATE TYPE y AS ENUM ('a'); CREATE SCHEMA s;"
      "CREATE FUNCTION f(a y[], OUT b text) LANGUAGE sql AS 'SELECT 1';"
      "CREATE FUNCTION s.f(a y) RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "ALTER TYPE y RENAME TO z;");
  const std::string_view exists = "42723: function \"f\" already exists with same argument types";
  EXPECT_EQ(world.error("CREATE FUNCTION f(c z[]) RETURNS int LANGUAGE sql AS 'SELECT 1'"), exists);
  EXPECT_EQ(world.error("CREATE FUNCTION s.f(c z) RETURNS int LANGUAGE sql AS 'SELECT 1'"), exists);
  world.run("DROP FUNCTION f(z[]); ALTER FUNCTION s.f(z) SET SCHEMA public;");
  EXPECT_THAT(world.catalog.functions("public", "f", {}), SizeIs(1));
  EXPECT_EQ(world.error("CREATE FUNCTION f(c z) RETURNS int LANGUAGE sql AS 'SELECT 1'"), exists);
  world.run("ALTER FUNCTION f(z) RENAME TO g;");
  EXPECT_EQ(world.error("CREATE FUNCTION f(c z) RETURNS int LANGUAGE sql AS 'SELECT 1'"), "");
}

TEST(PlanFunctions, replace_keeps_identity_and_refuses_another_signature) {
  Planned world;
  world.run(
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS "
      "'SELECT 1'");
  const catalog::ObjectId id = world.function("f")->id;
  EXPECT_TRUE(world.function("f")->security_definer);
  EXPECT_THAT(world.function("f")->settings.at("search_path"), ElementsAre("public"));
  EXPECT_EQ(world.error("CREATE OR REPLACE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 1'"),
            "42P13: cannot change name of input parameter \"a\"");
  EXPECT_EQ(world.error("CREATE OR REPLACE FUNCTION f(a int) RETURNS text LANGUAGE sql AS 'SELECT 1'"),
            "42P13: cannot change return type of existing function");
  world.run("CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 2'");
  EXPECT_EQ(world.function("f")->id, id);
  EXPECT_FALSE(world.function("f")->security_definer);
  EXPECT_THAT(world.function("f")->settings, IsEmpty());
  EXPECT_EQ(world.function("f")->volatility, ast::Volatility::Stable);
}

TEST(PlanFunctions, alter_sets_only_what_is_written) {
  Planned world;
  world.run(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';"
      "ALTER FUNCTION f() SECURITY DEFINER SET search_path = app, pg_temp;");
  EXPECT_TRUE(world.function("f")->security_definer);
  EXPECT_EQ(world.function("f")->volatility, ast::Volatility::Stable);
  EXPECT_THAT(world.function("f")->settings.at("search_path"), ElementsAre("app", "pg_temp"));
  world.run("ALTER FUNCTION f() RESET search_path; ALTER FUNCTION f() SECURITY INVOKER;");
  EXPECT_THAT(world.function("f")->settings, IsEmpty());
  EXPECT_FALSE(world.function("f")->security_definer);
}

TEST(PlanFunctions, body_outlives_its_file) {
  Planned world;
  world.run("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT id FROM t $$");
  ASSERT_NE(world.function("f")->body, nullptr);
  EXPECT_THAT(world.function("f")->body->statements, SizeIs(1));
}

TEST(PlanTriggers, create_locks_the_table_and_partitions) {
  Planned world;
  world.run(
      "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TABLE pt (k int, n int) PARTITION BY RANGE (k); CREATE TABLE pt_1 PARTITION OF pt FOR VALUES "
      "FROM (0) TO (9);");
  EXPECT_THAT(
      world.locks(
          "CREATE TRIGGER tr AFTER UPDATE OF n ON pt FOR EACH ROW WHEN (new.k > 0) EXECUTE FUNCTION tf()"),
      UnorderedElementsAre("pt ShareRowExclusiveLock", "pt_1 ShareRowExclusiveLock"));
  const catalog::Trigger& trigger = world.table("pt")->triggers.front();
  EXPECT_EQ(trigger.function, "public.tf");
  EXPECT_THAT(trigger.update_columns, ElementsAre(2));
  EXPECT_THAT(trigger.when_columns, ElementsAre(1));
  EXPECT_EQ(world.error("CREATE TRIGGER tr AFTER INSERT ON pt FOR EACH ROW EXECUTE FUNCTION tf()"),
            "42710: trigger \"tr\" for relation \"pt\" already exists");
  EXPECT_THAT(world.error("ALTER TABLE pt DROP COLUMN n"), HasSubstr("2BP01"));
}

TEST(PlanTriggers, before_row_on_a_partitioned_table_needs_13) {
  const std::string setup =
      "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE pt (k "
      "int) PARTITION BY RANGE (k);";
  const std::string create = "CREATE TRIGGER tr BEFORE INSERT ON pt FOR EACH ROW EXECUTE FUNCTION tf()";
  Planned old(12), recent(13);
  EXPECT_EQ(old.run(setup).error(create), "42809: \"pt\" is a partitioned table");
  EXPECT_EQ(recent.run(setup).error(create), "");
}

TEST(PlanPolicies, alter_replaces_what_it_names) {
  Planned world;
  world.run("CREATE TABLE t (a int, b int); CREATE POLICY p ON t FOR SELECT TO app USING (a = 1);");
  EXPECT_EQ(world.error("CREATE POLICY p ON t"), "42710: policy \"p\" for table \"t\" already exists");
  world.run("ALTER POLICY p ON t USING (b = 1)");
  EXPECT_THAT(world.table("t")->policies.front().roles, ElementsAre("app"));
  EXPECT_EQ(world.error("ALTER TABLE t DROP COLUMN a"), "");
  EXPECT_THAT(world.error("ALTER TABLE t DROP COLUMN b"), HasSubstr("2BP01"));
}

TEST(PlanPolicies, sub_queries_lock_and_hold_other_tables) {
  Planned world;
  world.run("CREATE TABLE m (team int, usr int); CREATE TABLE t (team int);");
  EXPECT_THAT(world.locks("CREATE POLICY p ON t USING (team IN (SELECT m.team FROM m WHERE usr = 1))"),
              UnorderedElementsAre("t AccessExclusiveLock", "m AccessShareLock"));
  EXPECT_THAT(world.error("DROP TABLE m"), HasSubstr("2BP01"));
  EXPECT_THAT(world.plan("DROP TABLE m CASCADE").also_dropped, ElementsAre("policy p on table t"));
}

TEST(PlanPrivileges, grant_locks_from_18_on) {
  for (const int version : {17, 18}) {
    Planned world(version);
    world.run("CREATE TABLE t (n int)");
    EXPECT_THAT(world.locks("GRANT SELECT ON t TO app"),
                testing::ElementsAreArray(version < 18 ? std::vector<std::string>{}
                                                       : std::vector<std::string>{"t AccessShareLock"}));
  }
}

TEST(PlanPrivileges, revoking_one_of_all_leaves_the_others) {
  Planned world;
  world.run("CREATE TABLE t (n int); GRANT ALL ON t TO app; REVOKE DELETE, TRUNCATE ON t FROM app;");
  std::vector<std::string> left;
  for (const catalog::Acl& entry : world.table("t")->acl) left.push_back(entry.privilege);
  EXPECT_THAT(left, UnorderedElementsAre("select", "insert", "update", "references", "trigger"));
  world.run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app");
  EXPECT_THAT(world.table("t")->acl, IsEmpty());
}

TEST(PlanPrivileges, functions_start_with_execute_for_public) {
  Planned world;
  world.run("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  ASSERT_THAT(world.function("f")->acl, SizeIs(1));
  EXPECT_EQ(world.function("f")->acl.front().grantee, "public");
  world.run("REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC");
  EXPECT_THAT(world.function("f")->acl, IsEmpty());
  world.run(
      "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; CREATE FUNCTION g() RETURNS int "
      "LANGUAGE sql AS 'SELECT 1';");
  EXPECT_THAT(world.function("g")->acl, IsEmpty());
}

TEST(PlanPrivileges, default_privileges_reach_new_tables_of_the_schema) {
  Planned world;
  world.run(
      "CREATE TABLE before (id int); CREATE SCHEMA s; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT "
      "ON TABLES TO app;"
      "CREATE TABLE after (id int); CREATE TABLE s.elsewhere (id int); CREATE VIEW v AS SELECT id FROM "
      "after;");
  EXPECT_THAT(world.table("before")->acl, IsEmpty());
  EXPECT_THAT(world.table("after")->acl, SizeIs(1));
  EXPECT_THAT(world.view("v")->acl, SizeIs(1));
  EXPECT_THAT(world.table("elsewhere", "s")->acl, IsEmpty());
}

TEST(PlanExtensions, bring_types_and_functions_with_their_volatility) {
  Planned world;
  world.run("CREATE SCHEMA ext; CREATE EXTENSION \"uuid-ossp\" SCHEMA ext; CREATE EXTENSION ltree;");
  ASSERT_NE(world.function("uuid_generate_v4", "ext"), nullptr);
  EXPECT_EQ(world.function("uuid_generate_v4", "ext")->volatility, ast::Volatility::Volatile);
  EXPECT_EQ(world.function("uuid_generate_v5", "ext")->volatility, ast::Volatility::Immutable);
  EXPECT_NE(world.catalog.type("public", "ltree", {}), nullptr);
  EXPECT_TRUE(world.plan("CREATE EXTENSION IF NOT EXISTS ltree").no_op);
  world.run("ALTER EXTENSION ltree SET SCHEMA ext");
  EXPECT_EQ(world.catalog.type("public", "ltree", {}), nullptr);
  EXPECT_THAT(world.plan("DROP SCHEMA ext CASCADE").also_dropped,
              testing::IsSupersetOf({"extension uuid-ossp", "extension ltree"}));
  EXPECT_EQ(world.catalog.global(catalog::ObjectKind::Extension, "ltree"), nullptr);
}

TEST(PlanPublications, lock_and_forget_their_tables) {
  Planned world;
  world.run("CREATE TABLE t (id int); CREATE TABLE u (id int);");
  EXPECT_THAT(world.locks("CREATE PUBLICATION p FOR TABLE t"), ElementsAre("t ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.locks("ALTER PUBLICATION p ADD TABLE u"), ElementsAre("u ShareUpdateExclusiveLock"));
  EXPECT_EQ(world.error("DROP TABLE t"), "");
  const auto& publication =
      std::get<catalog::Publication>(*world.catalog.global(catalog::ObjectKind::Publication, "p"));
  EXPECT_THAT(publication.tables, ElementsAre(world.table("u")->id));
}

TEST(PlanPublications, may_hold_many_tables) {
  Planned world;
  world.run("CREATE PUBLICATION p;");
  const auto published = [&] {
    std::vector<std::string> names;
    for (const catalog::ObjectId id :
         std::get<catalog::Publication>(*world.catalog.global(catalog::ObjectKind::Publication, "p")).tables)
      names.push_back(world.catalog.get<catalog::Table>(id)->name);
    return names;
  };
  std::vector<std::string> expected;
  for (int n = 0; n < 100; ++n) {
    expected.push_back("t_" + std::to_string(n));
    world.run("CREATE TABLE " + expected.back() + " (id int); ALTER PUBLICATION p ADD TABLE " +
              expected.back() + ";");
  }
  world.run("ALTER PUBLICATION p DROP TABLE t_40; DROP TABLE t_60; ALTER PUBLICATION p ADD TABLE t_7, t_40;");
  expected.erase(expected.begin() + 60);
  expected.erase(expected.begin() + 40);
  expected.push_back("t_40");
  EXPECT_EQ(published(), expected);
  world.run("ALTER PUBLICATION p SET TABLE t_3, t_1;");
  EXPECT_THAT(published(), ElementsAre("t_3", "t_1"));
}

TEST(PlanServer, some_statements_are_refused_in_a_transaction) {
  const auto refusal = [](std::string sql) {
    return std::string(Planned().plan(std::move(sql)).not_in_transaction);
  };
  EXPECT_EQ(refusal("CREATE DATABASE d"), "CREATE DATABASE");
  EXPECT_EQ(refusal("DROP DATABASE d"), "DROP DATABASE");
  EXPECT_EQ(refusal("ALTER SYSTEM SET work_mem = '4MB'"), "ALTER SYSTEM");
  EXPECT_EQ(refusal("CREATE TABLESPACE s LOCATION '/x'"), "CREATE TABLESPACE");
  EXPECT_EQ(refusal("DISCARD ALL"), "DISCARD ALL");
  EXPECT_EQ(refusal("DISCARD TEMP"), "");
  EXPECT_EQ(refusal("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p"),
            "CREATE SUBSCRIPTION ... WITH (create_slot = true)");
  EXPECT_EQ(refusal("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)"), "");
  EXPECT_EQ(refusal("ALTER DATABASE d SET TABLESPACE s"), "ALTER DATABASE SET TABLESPACE");
  EXPECT_EQ(refusal("ALTER DATABASE d SET work_mem = '4MB'"), "");
}

TEST(PlanComments, lock_relations_and_parts_differently) {
  Planned world;
  world.run("CREATE TABLE t (n int CONSTRAINT c CHECK (n > 0)); CREATE INDEX i ON t (n);");
  EXPECT_THAT(world.locks("COMMENT ON TABLE t IS 'x'"), ElementsAre("t ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.locks("COMMENT ON COLUMN t.n IS 'x'"), ElementsAre("t ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.locks("COMMENT ON INDEX i IS 'x'"), ElementsAre("i ShareUpdateExclusiveLock"));
  EXPECT_THAT(world.locks("COMMENT ON CONSTRAINT c ON t IS 'x'"), ElementsAre("t AccessShareLock"));
}

TEST(PlanComments, another_kind_of_relation_is_refused) {
  Planned world;
  world.run("CREATE TABLE t (n int); CREATE VIEW v AS SELECT n FROM t;");
  EXPECT_EQ(world.error("COMMENT ON TABLE v IS 'x'"), "42809: \"v\" is not a table");
  EXPECT_EQ(world.error("ALTER VIEW t RENAME TO u"), "42809: \"t\" is not a view");
}

TEST(PlanTriggers, partitions_have_copies_that_go_with_the_trigger) {
  Planned world;
  world.run(
      "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
      "CREATE TABLE pt (k int) PARTITION BY RANGE (k); CREATE TABLE p1 PARTITION OF pt FOR VALUES FROM (0) "
      "TO (9);"
      "CREATE TRIGGER tr AFTER INSERT ON pt FOR EACH ROW EXECUTE FUNCTION tf();");
  ASSERT_THAT(world.table("p1")->triggers, SizeIs(1));
  EXPECT_THAT(world.locks("DROP TRIGGER tr ON pt"),
              UnorderedElementsAre("pt AccessExclusiveLock", "p1 AccessExclusiveLock"));
  EXPECT_THAT(world.table("p1")->triggers, IsEmpty());
}

TEST(PlanDropColumn, heirs_lose_it_unless_they_have_it_of_their_own) {
  Planned world;
  world.run(
      "CREATE TABLE p (a int, b int); CREATE TABLE c () INHERITS (p); CREATE TABLE d (b int) INHERITS (p);"
      "ALTER TABLE p DROP COLUMN b;");
  EXPECT_EQ(world.table("c")->column("b"), nullptr);
  ASSERT_NE(world.table("d")->column("b"), nullptr);
  EXPECT_EQ(world.table("d")->column("b")->inherited, 0);
}

TEST(PlanSchemas, elements_go_into_the_new_schema) {
  Planned world;
  world.run("CREATE SCHEMA s CREATE TABLE t (id int) CREATE VIEW v AS SELECT 1 AS one");
  EXPECT_NE(world.table("t", "s"), nullptr);
  EXPECT_NE(world.view("v", "s"), nullptr);
  EXPECT_EQ(world.error("CREATE SCHEMA s"), "42P06: schema \"s\" already exists");
  EXPECT_TRUE(world.plan("CREATE SCHEMA IF NOT EXISTS s").no_op);
}

TEST(PlanStatistics, go_with_their_columns) {
  Planned world;
  world.run("CREATE TABLE t (a int, b int)");
  EXPECT_THAT(world.locks("CREATE STATISTICS st ON a, b FROM t"), ElementsAre("t ShareUpdateExclusiveLock"));
  EXPECT_EQ(world.error("ALTER TABLE t DROP COLUMN b"), "");
  EXPECT_EQ(world.catalog.other(ast::ObjectType::Statistics, "public", "st", {}), nullptr);
}

TEST(PlanMoveAll, locks_and_rewrites_the_tables_of_that_tablespace) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int) TABLESPACE fast; CREATE VIEW v AS SELECT 1;"
      "CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TEMP TABLE mine (id int);");
  const Plan plan = world.plan("ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE slow");
  EXPECT_THAT(Planned::locks_of(plan), ElementsAre("a AccessExclusiveLock", "p AccessExclusiveLock"));
  EXPECT_TRUE(summarize(plan)[0].rewrite);
  EXPECT_FALSE(summarize(plan)[1].rewrite);
  EXPECT_EQ(world.table("a")->tablespace, "slow");
  EXPECT_EQ(world.table("b")->tablespace, "fast");
}

TEST(PlanMoveAll, leaves_what_others_own) {
  Planned world;
  world.run(
      "CREATE TABLE a (id int); CREATE TABLE b (id int); ALTER TABLE a OWNER TO bob;"
      "ALTER TABLE b OWNER TO eve;");
  EXPECT_THAT(world.locks("ALTER TABLE ALL IN TABLESPACE pg_default OWNED BY eve SET TABLESPACE slow"),
              ElementsAre("b AccessExclusiveLock"));
  EXPECT_TRUE(world.plan("ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE slow").no_op);
}

TEST(PlanDependsOnExtension, locks_little_and_drops_with_the_extension) {
  Planned world;
  world.run(
      "CREATE EXTENSION citext; CREATE TABLE t (id int); CREATE INDEX i ON t (id);"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;"
      "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();");
  EXPECT_THAT(world.locks("ALTER TRIGGER g ON t DEPENDS ON EXTENSION citext"),
              ElementsAre("t AccessShareLock"));
  EXPECT_THAT(world.locks("ALTER INDEX i DEPENDS ON EXTENSION citext"), ElementsAre("i AccessExclusiveLock"));
  EXPECT_THAT(world.locks("ALTER FUNCTION f() DEPENDS ON EXTENSION citext"), IsEmpty());
  world.run("ALTER FUNCTION f() NO DEPENDS ON EXTENSION citext; DROP EXTENSION citext;");
  EXPECT_THAT(world.table("t")->triggers, IsEmpty());
  EXPECT_EQ(world.relation<catalog::Index>("i"), nullptr);
  EXPECT_NE(world.function("f"), nullptr);
}

}  // namespace
}  // namespace migcheck
