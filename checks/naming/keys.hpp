// SPDX-License-Identifier: MIT
#pragma once

// Keys that name nothing by themselves: numbers and uuids that are made for the row.

#include <string>
#include <string_view>

#include "migcheck/check.hpp"

namespace migcheck::checks::keys {

inline bool is_surrogate_type(const catalog::Column& column) {
  const std::string& type = column.type.name;
  return column.type.array_dimensions == 0 &&
         (type == "uuid" || type == "int8" || type == "int4" || type == "int2");
}

// The name without what a key's name ends in: "author" of author_id, authorId; empty if it ends otherwise.
inline std::string stem(std::string_view name) {
  std::vector<std::string> words = english::words_of(name);
  if (words.size() < 2 || (words.back() != "id" && words.back() != "uuid" && words.back() != "fk")) return "";
  words.pop_back();
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : "_") + word;
  return joined;
}

// "order_item" of order_items and OrderItem: how a key to the table calls it.
inline std::string stem_of_table(std::string_view name) {
  std::string joined;
  for (const std::string& word : english::words_of(name)) joined += (joined.empty() ? "" : "_") + word;
  return english::singular_name(joined);
}

}  // namespace migcheck::checks::keys
