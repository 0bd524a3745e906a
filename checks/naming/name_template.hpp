// SPDX-License-Identifier: MIT
#pragma once

// Names of indexes and keys by a template such as idx_{table}_{columns}, and the names that tools give.

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::name_template {

inline std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

// The columns of an index, as a name lists them; empty where an expression is among them.
inline std::string columns_of(const catalog::Table& table, const catalog::Index& index) {
  std::string names;
  for (const catalog::KeyElement& key : index.keys) {
    const catalog::Column* column = table.column(key.column);
    if (key.column == 0 || column == nullptr) return "";
    names += (names.empty() ? "" : "_") + column->name;
  }
  return names;
}

// As PostgreSQL would keep it: at most 63 bytes.
inline std::string filled(std::string_view pattern, const catalog::Table& table,
                          const catalog::Index& index) {
  const std::string columns = columns_of(table, index);
  std::string name = replaced(std::string(pattern), "{table}", table.name);
  name = replaced(std::move(name), "{columns}", columns.empty() ? "what_it_serves" : columns);
  return name.substr(0, 63);
}

// Letters and digits only, in lower case: orderItems is order_items.
inline std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// A word of the table's name is in it, or the first letters of one: names are shortened (idx_multi_creator,
// emb_chunk_idx), and keep the word of a table that was renamed.
inline bool names_table(std::string_view name, std::string_view table) {
  const std::string letters = letters_of(name);
  const std::vector<std::string> words = english::words_of(table);
  const std::vector<std::string> own = english::words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const bool shortened = std::any_of(own.begin(), own.end(), [&](const std::string& part) {
      return part.size() >= 3 && word.starts_with(part);
    });
    return shortened || contains(letters, word.substr(0, 6)) ||
           contains(letters, english::singular_of(word).substr(0, 6));
  });
}

// What stands before the first and behind the last placeholder.
inline bool has_ends_of(std::string_view name, std::string_view pattern) {
  const std::size_t begin = std::min(pattern.find('{'), pattern.size());
  const std::size_t last = pattern.rfind('}');
  const std::string_view tail =
      last == std::string_view::npos ? std::string_view() : pattern.substr(last + 1);
  return name.substr(0, begin) == pattern.substr(0, begin) && (name.size() >= 63 || name.ends_with(tail));
}

// The name tells of which table and columns the index is, whatever the pattern: one column's first letters
// are enough, and of a condition or an expression any words.
inline bool tells(std::string_view name, const catalog::Table& table, const catalog::Index& index) {
  if (!names_table(name, table.name)) return false;
  if (index.predicate != nullptr || columns_of(table, index).empty()) return true;
  const std::string letters = letters_of(name);
  return std::any_of(index.keys.begin(), index.keys.end(), [&](const catalog::KeyElement& key) {
    return contains(letters, letters_of(table.column(key.column)->name).substr(0, 4));
  });
}

// Follows the template: to the letter where the project wrote one down and the index has plain columns;
// otherwise its beginning, its end and the table are enough (idx_users_active), or a name that tells as much.
inline bool follows(std::string_view name, std::string_view pattern, const catalog::Table& table,
                    const catalog::Index& index, bool to_the_letter) {
  if (to_the_letter && index.predicate == nullptr && !columns_of(table, index).empty())
    return name == filled(pattern, table, index);
  if (!to_the_letter && tells(name, table, index)) return true;
  return has_ends_of(name, pattern) && (!contains(pattern, "{table}") || names_table(name, table.name));
}

// 1a2b3c4d of Django and TypeORM, 23753 of pgloader.
inline bool is_hash(std::string_view text) {
  const bool number = text.size() >= 4 && text.find_first_not_of("0123456789") == std::string_view::npos;
  return number || (text.size() >= 8 && std::all_of(text.begin(), text.end(), [](char c) {
                      return std::isxdigit(static_cast<unsigned char>(c)) != 0;
                    }));
}

// Nobody chose it: PostgreSQL, Prisma and Sequelize (table_column_idx, _key), Rails (index_x_on_y), Django
// (column_1a2b3c4d_like, _uniq), TypeORM (IDX_1a2b3c…), Knex (table_column_index, _unique), SQLAlchemy
// (ix_table_column). Of a table that was renamed they keep the old name.
inline bool is_generated(std::string_view name, std::string_view table) {
  std::vector<std::string> words = english::words_of(name);
  // Cut at 63 bytes, the ending is gone; table_column_idx_2 is the second of its name.
  if (name.size() >= 60 && names_table(name.substr(0, 20), table)) return true;
  while (words.size() > 1 && words.back().find_first_not_of("0123456789") == std::string::npos)
    words.pop_back();
  if (words.size() < 2) return false;
  std::string last = words.back();
  while (!last.empty() && std::isdigit(static_cast<unsigned char>(last.back())) != 0) last.pop_back();
  if (last == "key" || last == "pkey" || last == "excl") return true;
  for (const std::string_view end : {"idx", "index", "unique", "uniq", "like"}) {
    if (last == end && names_table(name, table)) return true;
  }
  if (std::any_of(words.begin() + 1, words.end(), is_hash)) return true;
  const bool rails = words[0] == "index" && std::find(words.begin(), words.end(), "on") != words.end();
  return rails || (words[0] == "ix" && names_table(name, table));
}

}  // namespace migcheck::checks::name_template
