// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "migcheck/catalog/objects.hpp"

namespace migcheck::catalog {
namespace {

std::string built_in(std::string name, std::vector<std::int32_t> modifiers = {},
                     std::int16_t dimensions = 0) {
  TypeRef type;
  type.schema = "pg_catalog";
  type.name = std::move(name);
  type.modifiers = std::move(modifiers);
  type.array_dimensions = dimensions;
  return to_string(type);
}

TEST(TypeNames, BuiltInTypesAreSpelledAsInSql) {
  EXPECT_EQ(built_in("int4"), "integer");
  EXPECT_EQ(built_in("int8"), "bigint");
  EXPECT_EQ(built_in("bool"), "boolean");
  EXPECT_EQ(built_in("float8"), "double precision");
  EXPECT_EQ(built_in("text"), "text");
  EXPECT_EQ(built_in("uuid"), "uuid");
  EXPECT_EQ(built_in("char"), "\"char\"");
}

TEST(TypeNames, ModifiersStandWherePostgresPutsThem) {
  EXPECT_EQ(built_in("varchar", {50}), "character varying(50)");
  EXPECT_EQ(built_in("varchar"), "character varying");
  EXPECT_EQ(built_in("numeric", {10, 2}), "numeric(10,2)");
  EXPECT_EQ(built_in("numeric", {10}), "numeric(10,0)");
  EXPECT_EQ(built_in("timestamptz", {3}), "timestamp(3) with time zone");
  EXPECT_EQ(built_in("timestamp"), "timestamp without time zone");
  EXPECT_EQ(built_in("bpchar", {1}), "character(1)");
  EXPECT_EQ(built_in("bpchar"), "bpchar");
  EXPECT_EQ(built_in("bit", {8}), "bit(8)");
}

TEST(TypeNames, IntervalsHaveFieldsAndPrecision) {
  EXPECT_EQ(built_in("interval"), "interval");
  EXPECT_EQ(built_in("interval", {0x7FFF, 3}), "interval(3)");
  EXPECT_EQ(built_in("interval", {(1 << 1) | (1 << 2)}), "interval year to month");
  EXPECT_EQ(built_in("interval", {1 << 12, 2}), "interval second(2)");
}

TEST(TypeNames, ArraysHaveOneMarkWhateverTheirDimensions) {
  EXPECT_EQ(built_in("int4", {}, 2), "integer[]");
  EXPECT_EQ(built_in("varchar", {50}, 1), "character varying(50)[]");
}

TEST(TypeNames, OwnTypesAreQuotedAndQualifiedWhereNeeded) {
  TypeRef type;
  type.schema = "public";
  type.name = "mood";
  EXPECT_EQ(to_string(type), "mood");
  type.name = "Mood \"x\"";
  EXPECT_EQ(to_string(type), "\"Mood \"\"x\"\"\"");
  type.schema = "app";
  type.name = "mood";
  EXPECT_EQ(to_string(type), "app.mood");
}

}  // namespace
}  // namespace migcheck::catalog
