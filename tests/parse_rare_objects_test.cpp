// SPDX-License-Identifier: MIT
// Statements and kinds of objects of which migrations hold few: which object each names, and where it stands.
#include <gtest/gtest.h>

#include "support/parsed.hpp"

namespace migcheck {
namespace {

using ast::ObjectType;
using test::Parsed;

// "schema.name(types) on table", and how much of the statement the name's place covers.
std::string written(const Parsed& parsed, const ast::ObjectName& name) {
  std::string text = name.name.schema.empty() ? "" : std::string(name.name.schema) + ".";
  text += name.name.name;
  if (name.has_arguments || !name.arguments.empty()) {
    text += "(";
    for (const ast::TypeName* type : name.arguments) {
      if (type != *name.arguments.begin()) text += ", ";
      text += type == nullptr ? "NONE" : std::string(type->name);
    }
    text += ")";
  }
  if (!name.on.name.empty()) text += " on " + std::string(name.on.name);
  return text + " @" + std::string(parsed.text(name.name.span));
}

struct Named {
  const char* sql;
  ObjectType type;
  const char* name;
};

class Commented : public testing::TestWithParam<Named> {};

TEST_P(Commented, ObjectsOfEveryKind) {
  const Parsed parsed(std::string("COMMENT ON ") + GetParam().sql + " IS 'said'");
  const auto& comment = parsed.as<ast::Comment>();
  EXPECT_EQ(comment.object, GetParam().type);
  EXPECT_EQ(written(parsed, comment.target), GetParam().name);
  EXPECT_EQ(comment.text, "said");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Commented,
    testing::Values(
        Named{"TABLE s.t", ObjectType::Table, "s.t @s.t"},
        Named{"COLUMN s.t.c", ObjectType::Column, "c on t @s.t.c"},
        Named{"ACCESS METHOD am", ObjectType::AccessMethod, "am @am"},
        Named{"AGGREGATE s.total (int, text)", ObjectType::Aggregate, "s.total(int4, text) @s.total"},
        Named{"CAST (int AS text)", ObjectType::Cast, "(int4, text) @"},
        Named{"COLLATION s.german", ObjectType::Collation, "s.german @s.german"},
        Named{"CONVERSION cv", ObjectType::Conversion, "cv @cv"},
        Named{"DATABASE db", ObjectType::Database, "db @db"},
        Named{"DOMAIN s.d", ObjectType::Domain, "s.d @s.d"},
        Named{"EXTENSION hstore", ObjectType::Extension, "hstore @hstore"},
        Named{"EVENT TRIGGER ev", ObjectType::EventTrigger, "ev @ev"},
        Named{"FOREIGN DATA WRAPPER fdw", ObjectType::ForeignDataWrapper, "fdw @fdw"},
        Named{"FOREIGN TABLE ft", ObjectType::ForeignTable, "ft @ft"},
        Named{"FUNCTION f(int)", ObjectType::Function, "f(int4) @f"},
        Named{"PROCEDURE p()", ObjectType::Procedure, "p() @p"},
        Named{"ROUTINE r", ObjectType::Routine, "r @r"}, Named{"LANGUAGE l", ObjectType::Language, "l @l"},
        Named{"OPERATOR === (int, NONE)", ObjectType::Operator, "===(int4, NONE) @"},
        Named{"OPERATOR CLASS oc USING btree", ObjectType::OperatorClass, "oc @oc"},
        Named{"OPERATOR FAMILY s.ofam USING hash", ObjectType::OperatorFamily, "s.ofam @s.ofam"},
        Named{"PUBLICATION p", ObjectType::Publication, "p @p"}, Named{"ROLE r", ObjectType::Role, "r @r"},
        Named{"SERVER srv", ObjectType::ForeignServer, "srv @srv"},
        Named{"STATISTICS s.st", ObjectType::Statistics, "s.st @s.st"},
        Named{"SUBSCRIPTION sub", ObjectType::Subscription, "sub @sub"},
        Named{"TABLESPACE ts", ObjectType::Tablespace, "ts @ts"},
        Named{"TEXT SEARCH CONFIGURATION s.c", ObjectType::TextSearch, "s.c @s.c"},
        Named{"TEXT SEARCH DICTIONARY d", ObjectType::TextSearch, "d @d"},
        Named{"TEXT SEARCH PARSER p", ObjectType::TextSearch, "p @p"},
        Named{"TEXT SEARCH TEMPLATE t", ObjectType::TextSearch, "t @t"},
        Named{"TRANSFORM FOR hstore LANGUAGE plperl", ObjectType::Transform, "plperl(hstore) @hstore"},
        Named{"TRIGGER tr ON s.t", ObjectType::Trigger, "tr on t @tr"},
        Named{"RULE r ON t", ObjectType::Rule, "r on t @r"},
        Named{"POLICY p ON t", ObjectType::Policy, "p on t @p"},
        Named{"CONSTRAINT c ON t", ObjectType::Constraint, "c on t @c"},
        Named{"CONSTRAINT c ON DOMAIN d", ObjectType::DomainConstraint, "c on d @c"},
        Named{"TYPE s.mood", ObjectType::Type, "s.mood @s.mood"},
        Named{"LARGE OBJECT 42", ObjectType::LargeObject, "42 @"}));

class Defined : public testing::TestWithParam<Named> {};

TEST_P(Defined, ObjectsWithoutAStructOfTheirOwn) {
  const Parsed parsed(GetParam().sql);
  const auto& made = parsed.as<ast::DefineObject>();
  EXPECT_EQ(made.object, GetParam().type);
  EXPECT_EQ(written(parsed, made.name), GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Defined,
    testing::Values(
        Named{"CREATE FOREIGN DATA WRAPPER fdw", ObjectType::ForeignDataWrapper, "fdw @fdw"},
        Named{"CREATE SERVER srv FOREIGN DATA WRAPPER fdw", ObjectType::ForeignServer, "srv on fdw @srv"},
        Named{"CREATE USER MAPPING FOR app SERVER srv OPTIONS (user 'x')", ObjectType::UserMapping,
              "app on srv @app"},
        Named{"CREATE ACCESS METHOD am TYPE INDEX HANDLER h", ObjectType::AccessMethod, "am @am"},
        Named{"CREATE CONVERSION s.cv FOR 'UTF8' TO 'LATIN1' FROM f", ObjectType::Conversion, "s.cv @s.cv"},
        Named{"CREATE TRANSFORM FOR hstore LANGUAGE plperl (FROM SQL WITH FUNCTION f(internal))",
              ObjectType::Transform, "plperl(hstore) @plperl"},
        Named{"CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <", ObjectType::OperatorClass,
              "oc @oc"},
        Named{"CREATE OPERATOR FAMILY ofam USING btree", ObjectType::OperatorFamily, "ofam @ofam"}));

class Dropped : public testing::TestWithParam<Named> {};

TEST_P(Dropped, ObjectsThatPostgreSQLDropsApart) {
  const Parsed parsed(std::string("DROP ") + GetParam().sql);
  const auto& drop = parsed.as<ast::Drop>();
  EXPECT_EQ(drop.object, GetParam().type);
  ASSERT_EQ(drop.names.size(), 1U);
  EXPECT_EQ(written(parsed, drop.names[0]), GetParam().name);
  EXPECT_TRUE(drop.if_exists);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Dropped,
    testing::Values(Named{"DATABASE IF EXISTS db", ObjectType::Database, "db @db"},
                    Named{"TABLESPACE IF EXISTS ts", ObjectType::Tablespace, "ts @ts"},
                    Named{"SUBSCRIPTION IF EXISTS sub", ObjectType::Subscription, "sub @sub"},
                    Named{"USER MAPPING IF EXISTS FOR app SERVER srv", ObjectType::UserMapping, "srv @srv"}));

struct Told {
  const char* sql;
  const char* what;
  const char* name;
};
class Others : public testing::TestWithParam<Told> {};

TEST_P(Others, AreToldByPostgreSQLsNameForThem) {
  const Parsed parsed(GetParam().sql);
  const auto& other = parsed.as<ast::OtherStatement>();
  EXPECT_EQ(other.what, GetParam().what);
  const std::string schema = other.name.schema.empty() ? "" : std::string(other.name.schema) + ".";
  EXPECT_EQ(schema + std::string(other.name.name), GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Others,
    testing::Values(
        Told{"ALTER TYPE s.t SET (RECEIVE = f)", "AlterTypeStmt", "s.t"},
        Told{"ALTER TEXT SEARCH DICTIONARY s.d (StopWords = x)", "AlterTSDictionaryStmt", "s.d"},
        Told{"ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word", "AlterTSConfigurationStmt", "c"},
        Told{"ALTER OPERATOR === (int, int) SET (RESTRICT = NONE)", "AlterOperatorStmt", "==="},
        Told{"ALTER COLLATION s.german REFRESH VERSION", "AlterCollationStmt", "s.german"},
        Told{"ALTER STATISTICS st SET STATISTICS 100", "AlterStatsStmt", "st"},
        Told{"ALTER OPERATOR FAMILY ofam USING btree ADD FUNCTION 1 f(int, int)", "AlterOpFamilyStmt",
             "ofam"},
        Told{"ALTER FOREIGN DATA WRAPPER fdw NO HANDLER", "AlterFdwStmt", "fdw"},
        Told{"ALTER SERVER srv VERSION '2'", "AlterForeignServerStmt", "srv"},
        Told{"ALTER USER MAPPING FOR app SERVER srv OPTIONS (SET user 'y')", "AlterUserMappingStmt", "srv"},
        Told{"ALTER EVENT TRIGGER ev DISABLE", "AlterEventTrigStmt", "ev"},
        Told{"ALTER TABLESPACE ts SET (seq_page_cost = 2)", "AlterTableSpaceOptionsStmt", "ts"},
        Told{"NOTIFY channel, 'x'", "NotifyStmt", "channel"}, Told{"LISTEN channel", "ListenStmt", "channel"},
        Told{"UNLISTEN channel", "UnlistenStmt", "channel"}, Told{"LOAD 'lib'", "LoadStmt", "lib"},
        Told{"DEALLOCATE q", "DeallocateStmt", "q"}));

}  // namespace
}  // namespace migcheck
