// SPDX-License-Identifier: MIT
#pragma once

// As much English as names of tables and columns need: into which words a name falls, and whether a word is
// singular or plural.
//
// Of what it does not know it says so: an unknown word that does not end in s may be Portuguese, an acronym
// or a mass noun, and a rule about names had better be silent then.

#include <string>
#include <string_view>
#include <vector>

namespace migcheck::english {

// The words of snake_case, camelCase and PascalCase names, in lower case: "HTTPServerLog_v2" is http, server,
// log, v2.
[[nodiscard]] std::vector<std::string> words_of(std::string_view name);

enum class Number : unsigned char {
  Unknown,   // data, history, inbox, kv, benutzer: fine as it is, or nobody can say
  Singular,  // a noun that is counted: user, address, status of an order is not: see Unknown
  Plural,    // users, people, and whatever else ends in s and is no singular
};
[[nodiscard]] Number number_of(std::string_view word);
// A noun that is counted, in the singular.
[[nodiscard]] bool is_noun(std::string_view word);

// Of a word in lower case. What is plural (or singular) already comes back as it is.
[[nodiscard]] std::string plural_of(std::string_view word);
[[nodiscard]] std::string singular_of(std::string_view word);

// Of a name: its last word changes, the rest stays: "OrderItem" is "OrderItems".
[[nodiscard]] std::string plural_name(std::string_view name);
[[nodiscard]] std::string singular_name(std::string_view name);

}  // namespace migcheck::english
