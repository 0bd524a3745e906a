// SPDX-License-Identifier: MIT
#pragma once

// Questions about a table's keys and columns that checks of the schema share.

#include <algorithm>
#include <string>
#include <string_view>

#include "migcheck/check.hpp"

namespace migcheck::checks::own_columns {

// The one column of the primary key; null where there is none, or several.
inline const catalog::Column* single_key(const catalog::Table& table) {
  const catalog::Constraint* key = table.primary_key();
  return key == nullptr || key->columns.size() != 1 ? nullptr : table.column(key->columns[0]);
}

inline bool is_integer(const catalog::Column& column) {
  const std::string& type = column.type.name;
  return column.type.array_dimensions == 0 && (type == "int2" || type == "int4" || type == "int8");
}

// The server counts it up: serial, identity, DEFAULT nextval(…).
inline bool is_counted(const catalog::Column& column) {
  if (column.sequence != catalog::kNoObject || column.identity != catalog::Identity::No) return true;
  bool counted = false;
  ast::walk(column.default_value, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    counted = counted || (call != nullptr && call->name.name == "nextval");
    return !counted;
  });
  return counted;
}

inline bool is_time(const catalog::Column& column) {
  const std::string& type = column.type.name;
  return type == "timestamptz" || type == "timestamp" || type == "date";
}

inline bool has_word(std::string_view name, std::initializer_list<std::string_view> wanted) {
  const std::vector<std::string> words = english::words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

// When the row came: created_at, createdAt, inserted, date_added, occurred_at, or a time that is now() by
// default.
inline bool is_creation_time(const catalog::Column& column) {
  if (has_word(column.name, {"created", "create",   "creation", "createdon", "createdat",  "inserted",
                             "added",   "occurred", "recorded", "timestamp", "ts",         "ctime",
                             "logged",  "queued",   "enqueued", "published", "registered", "joined",
                             "granted", "issued",   "sent",     "received"}))
    return true;
  return is_time(column) && column.default_value != nullptr &&
         !has_word(column.name, {"updated", "modified", "changed", "expires", "deleted"});
}

inline bool is_change_time(const catalog::Column& column) {
  return has_word(column.name, {"updated", "update", "updatedat", "modified", "changed", "edited", "mtime",
                                "modification"});
}

}  // namespace migcheck::checks::own_columns
