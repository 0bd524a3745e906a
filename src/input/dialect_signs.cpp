// SPDX-License-Identifier: MIT

#include "input/dialect_signs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace migcheck::input {
namespace {

struct DialectSign {
  std::string_view word;  // in lower case
  std::size_t rare = 0;   // where the four letters begin that are looked for
};

constexpr std::array<DialectSign, 25> kDialectSigns = {{{"mergetree", 3},
                                                        {"autoincrement", 2},
                                                        {"pragma", 1},
                                                        {"rowid", 1},
                                                        {"auto_increment", 3},
                                                        {"innodb", 1},
                                                        {"myisam", 0},
                                                        {"unsigned", 1},
                                                        {"mediumtext", 3},
                                                        {"longtext", 2},
                                                        {"utf8mb4", 3},
                                                        {"dbo.", 0},
                                                        {"dbo]", 0},
                                                        {"nvarchar(", 0},
                                                        {"identity(", 5},
                                                        {"uniqueidentifier", 4},
                                                        {"getdate()", 1},
                                                        {"object_id(", 4},
                                                        {"datetime2", 5},
                                                        {"varchar2", 4},
                                                        {"sysutcdatetime(", 2},
                                                        {"strftime", 2},
                                                        {"datetime(", 2},
                                                        {"or ignore", 4},
                                                        {") strict", 2}}};

// Makes letters small; other bytes that fall together only cost a closer look.
constexpr std::size_t without_case(char c) {
  return static_cast<unsigned char>(c) | 0x20U;
}

constexpr std::size_t kBuckets = 8192;
constexpr std::size_t bucket_of(const char* at) {
  return (without_case(at[0]) * 1369 + without_case(at[1]) * 37 + without_case(at[2])) % kBuckets;
}

constexpr std::array<bool, kBuckets> make_known_triples() {
  std::array<bool, kBuckets> known{};
  for (const DialectSign& sign : kDialectSigns) {
    known[bucket_of(sign.word.data() + sign.rare)] = true;
    known[bucket_of(sign.word.data() + sign.rare + 1)] = true;
  }
  return known;
}

constexpr std::array<bool, kBuckets> kKnownTriples = make_known_triples();

bool stands_at(std::string_view text, std::size_t at, const DialectSign& sign) {
  if (at > text.size() || text.size() - at < sign.word.size()) return false;
  return std::equal(sign.word.begin(), sign.word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return without_case(a) == without_case(b); });
}

// A known triple begins here: does it belong to a sign?
bool is_sign_around(std::string_view text, std::size_t triple) {
  return std::any_of(kDialectSigns.begin(), kDialectSigns.end(), [&](const DialectSign& sign) {
    return (triple >= sign.rare && stands_at(text, triple - sign.rare, sign)) ||
           (triple > sign.rare && stands_at(text, triple - sign.rare - 1, sign));
  });
}

}  // namespace

bool may_be_other_dialect(std::string_view text) {
  if (text.find('`') != std::string_view::npos || text.find(":::") != std::string_view::npos) return true;
  for (std::size_t at = 0; at + 3 <= text.size(); at += 2) {
    if (kKnownTriples[bucket_of(text.data() + at)] && is_sign_around(text, at)) return true;
  }
  return false;
}

}  // namespace migcheck::input
