// SPDX-License-Identifier: MIT
// Who owns what: ALTER … OWNER TO, REASSIGN OWNED, and what hangs on it.
#include <gmock/gmock.h>

#include "support/planned.hpp"

namespace migcheck {
namespace {

using test::Planned;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string owner_of(const Planned& world, std::string_view relation) {
  const catalog::Object* found = world.catalog.relation("public", relation, {});
  return found == nullptr ? "(none)" : catalog::base(*found).owner;
}

std::string owner_of_type(const Planned& world, std::string_view name) {
  const catalog::Type* found = world.catalog.type("public", name, {});
  return found == nullptr ? "(none)" : found->owner;
}

TEST(PlanOwner, a_table_takes_its_indexes_and_the_sequences_of_its_columns_along) {
  Planned world;
  world.run(
      "CREATE TABLE t (id serial, v int UNIQUE, g int GENERATED ALWAYS AS IDENTITY); CREATE VIEW vw AS TABLE "
      "t;");
  EXPECT_THAT(world.locks("ALTER TABLE t OWNER TO app"),
              UnorderedElementsAre("t AccessExclusiveLock", "t_v_key AccessExclusiveLock",
                                   "t_id_seq AccessExclusiveLock", "t_g_seq AccessExclusiveLock"));
  EXPECT_EQ(owner_of(world, "t"), "app");
  EXPECT_EQ(owner_of(world, "t_id_seq"), "app");
  EXPECT_EQ(owner_of(world, "t_g_seq"), "app");
  EXPECT_EQ(owner_of(world, "vw"), "");
}

TEST(PlanOwner, partitions_keep_theirs) {
  Planned world;
  world.run(
      "CREATE TABLE t (k int) PARTITION BY LIST (k); CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);");
  EXPECT_THAT(world.locks("ALTER TABLE t OWNER TO app"), ElementsAre("t AccessExclusiveLock"));
  EXPECT_EQ(owner_of(world, "t_1"), "");
}

TEST(PlanOwner, a_materialized_view_has_indexes_too) {
  Planned world;
  world.run("CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a; CREATE INDEX ON mv (a);");
  EXPECT_THAT(world.locks("ALTER MATERIALIZED VIEW mv OWNER TO app"),
              UnorderedElementsAre("mv AccessExclusiveLock", "mv_a_idx AccessExclusiveLock"));
  EXPECT_EQ(owner_of(world, "mv"), "app");
}

TEST(PlanOwner, a_linked_sequence_belongs_to_whom_its_table_belongs) {
  Planned world;
  world.run("CREATE TABLE t (id serial); CREATE SEQUENCE free_seq; ALTER TABLE t OWNER TO app;");
  const std::string refused = "0A000: cannot change owner of sequence \"t_id_seq\"";
  EXPECT_EQ(world.error("ALTER SEQUENCE t_id_seq OWNER TO other"), refused);
  EXPECT_EQ(world.error("ALTER TABLE t_id_seq OWNER TO other"), refused);
  EXPECT_EQ(owner_of(world, "t_id_seq"), "app");
  world.run("ALTER SEQUENCE t_id_seq OWNER TO app; ALTER SEQUENCE free_seq OWNER TO other;");
  EXPECT_EQ(owner_of(world, "free_seq"), "other");
}

TEST(PlanOwner, what_may_be_the_same_role_is_no_certain_error) {
  Planned world;
  world.run("CREATE TABLE t (id serial); ALTER SEQUENCE t_id_seq OWNER TO app;");
  world.run(
      "CREATE TABLE u (id serial); ALTER TABLE u OWNER TO app; ALTER SEQUENCE u_id_seq OWNER TO "
      "CURRENT_USER;");
}

TEST(PlanOwner, a_linked_sequence_stays_in_the_schema_of_its_table) {
  Planned world;
  world.run("CREATE SCHEMA s; CREATE TABLE t (id serial); CREATE SEQUENCE free_seq;");
  const std::string refused = "0A000: cannot move an owned sequence into another schema";
  EXPECT_EQ(world.error("ALTER SEQUENCE t_id_seq SET SCHEMA s"), refused);
  EXPECT_EQ(world.error("ALTER SEQUENCE t_id_seq SET SCHEMA public"), refused);
  world.run("ALTER SEQUENCE free_seq SET SCHEMA s; ALTER TABLE t SET SCHEMA s;");
  EXPECT_NE(world.relation<catalog::Sequence>("t_id_seq", "s"), nullptr);
}

TEST(PlanOwner, a_composite_type_is_locked_as_the_relation_that_it_is) {
  Planned world;
  world.run(
      "CREATE TYPE pair AS (a int, b int); CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN positive AS int;");
  EXPECT_THAT(world.locks("ALTER TYPE pair OWNER TO app"), ElementsAre("pair AccessExclusiveLock"));
  EXPECT_THAT(world.locks("ALTER TYPE mood OWNER TO app"), IsEmpty());
  EXPECT_THAT(world.locks("ALTER DOMAIN positive OWNER TO app"), IsEmpty());
  for (const std::string_view type : {"pair", "mood", "positive"})
    EXPECT_EQ(owner_of_type(world, type), "app") << type;
  EXPECT_EQ(owner_of(world, "pair"), "app");
}

TEST(PlanOwner, functions_schemas_publications_and_statistics) {
  Planned world;
  world.run(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SCHEMA s; CREATE PUBLICATION p;"
      "ALTER FUNCTION f() OWNER TO app; ALTER SCHEMA s OWNER TO app; ALTER PUBLICATION p OWNER TO app;");
  EXPECT_EQ(world.function("f")->owner, "app");
  EXPECT_EQ(catalog::base(*world.catalog.global(catalog::ObjectKind::Schema, "s")).owner, "app");
  EXPECT_EQ(catalog::base(*world.catalog.global(catalog::ObjectKind::Publication, "p")).owner, "app");
}

TEST(PlanOwner, reassign_locks_what_the_role_owns_and_nothing_else) {
  Planned world;
  world.run(
      "CREATE TABLE t (id serial, v int UNIQUE); CREATE TABLE other (id serial); CREATE SEQUENCE free_seq;"
      "CREATE TYPE pair AS (a int); CREATE VIEW vw AS SELECT 1 AS a;"
      "ALTER TABLE t OWNER TO app; ALTER SEQUENCE free_seq OWNER TO app; ALTER TYPE pair OWNER TO app;"
      "ALTER VIEW vw OWNER TO reader;");
  EXPECT_THAT(world.locks("REASSIGN OWNED BY app TO admin"),
              UnorderedElementsAre("t AccessExclusiveLock", "t_v_key AccessExclusiveLock",
                                   "t_id_seq AccessExclusiveLock", "free_seq AccessExclusiveLock",
                                   "pair AccessExclusiveLock"));
  for (const std::string_view name : {"t", "t_id_seq", "free_seq", "pair"})
    EXPECT_EQ(owner_of(world, name), "admin") << name;
  EXPECT_EQ(owner_of_type(world, "pair"), "admin");
  EXPECT_EQ(owner_of(world, "other"), "");
  EXPECT_EQ(owner_of(world, "vw"), "reader");
}

TEST(PlanOwner, what_was_reassigned_survives_drop_owned) {
  Planned world;
  world.run(
      "CREATE TABLE t (a int, b int); CREATE STATISTICS st ON a, b FROM t; ALTER STATISTICS st OWNER TO app;"
      "CREATE TABLE u (a int); ALTER TABLE u OWNER TO app;"
      "REASSIGN OWNED BY app TO admin; DROP OWNED BY app;");
  EXPECT_NE(world.table("u"), nullptr);
  EXPECT_NE(world.catalog.other(ast::ObjectType::Statistics, "public", "st", {}), nullptr);
  world.run("DROP OWNED BY admin");
  EXPECT_EQ(world.table("u"), nullptr);
  EXPECT_EQ(world.catalog.other(ast::ObjectType::Statistics, "public", "st", {}), nullptr);
}

}  // namespace
}  // namespace migcheck
