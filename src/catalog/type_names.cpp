// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "migcheck/catalog/objects.hpp"

namespace migcheck::catalog {

namespace {

struct Spelling {
  std::string_view internal;
  std::string_view before;      // what stands before the modifier
  std::string_view after = {};  // and after it
};

// The types that have a spelling of their own in SQL; all others go by their internal name.
constexpr std::array<Spelling, 16> kSpellings = {{
    {"bit", "bit"},
    {"bool", "boolean"},
    {"bpchar", "character"},
    {"char", "\"char\""},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"numeric", "numeric"},
    {"time", "time", " without time zone"},
    {"timestamp", "timestamp", " without time zone"},
    {"timestamptz", "timestamp", " with time zone"},
    {"timetz", "time", " with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
}};

std::string quoted(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const bool starts_plain = !name.empty() && !(name.front() >= '0' && name.front() <= '9');
  if (starts_plain && std::all_of(name.begin(), name.end(), plain)) return std::string(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string modifier_list(const std::vector<std::int32_t>& modifiers) {
  return modifiers.empty() ? std::string() : fmt::format("({})", fmt::join(modifiers, ","));
}

// PostgreSQL's grammar gives INTERVAL the set of its fields as bits, then the precision.
std::string interval_fields(std::int32_t fields) {
  struct Range {
    std::int32_t bits;
    std::string_view text;
  };
  constexpr std::int32_t kMonth = 1 << 1, kYear = 1 << 2, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11,
                         kSecond = 1 << 12;
  constexpr std::array<Range, 13> kRanges = {{
      {kYear, " year"},
      {kMonth, " month"},
      {kDay, " day"},
      {kHour, " hour"},
      {kMinute, " minute"},
      {kSecond, " second"},
      {kYear | kMonth, " year to month"},
      {kDay | kHour, " day to hour"},
      {kDay | kHour | kMinute, " day to minute"},
      {kDay | kHour | kMinute | kSecond, " day to second"},
      {kHour | kMinute, " hour to minute"},
      {kHour | kMinute | kSecond, " hour to second"},
      {kMinute | kSecond, " minute to second"},
  }};
  const auto* found =
      std::find_if(kRanges.begin(), kRanges.end(), [&](const Range& range) { return range.bits == fields; });
  return found == kRanges.end() ? std::string() : std::string(found->text);
}

std::string interval_name(const std::vector<std::int32_t>& modifiers) {
  std::string name = "interval";
  if (!modifiers.empty()) name += interval_fields(modifiers.front());
  if (modifiers.size() > 1) name += fmt::format("({})", modifiers[1]);
  return name;
}

std::string built_in_name(const TypeRef& type) {
  const std::vector<std::int32_t>& modifiers = type.modifiers;
  if (type.name == "interval") return interval_name(modifiers);
  // Without a length these two are not what their SQL spellings mean: bit is bit(1), character is
  // character(1).
  if (modifiers.empty() && type.name == "bpchar") return "bpchar";
  if (modifiers.empty() && type.name == "bit") return "\"bit\"";
  // numeric(10) is numeric(10,0).
  if (type.name == "numeric" && modifiers.size() == 1) return fmt::format("numeric({},0)", modifiers[0]);
  const auto* spelling = std::find_if(kSpellings.begin(), kSpellings.end(),
                                      [&](const Spelling& item) { return item.internal == type.name; });
  if (spelling == kSpellings.end()) return quoted(type.name) + modifier_list(modifiers);
  return fmt::format("{}{}{}", spelling->before, modifier_list(modifiers), spelling->after);
}

}  // namespace

std::string to_string(const TypeRef& type) {
  std::string name;
  if (type.schema == "pg_catalog") {
    name = built_in_name(type);
  } else {
    if (!type.schema.empty() && type.schema != "public") name = quoted(type.schema) + ".";
    name += quoted(type.name) + modifier_list(type.modifiers);
  }
  // PostgreSQL keeps no number of dimensions.
  return type.array_dimensions > 0 ? name + "[]" : name;
}

}  // namespace migcheck::catalog
