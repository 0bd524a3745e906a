// SPDX-License-Identifier: MIT
#pragma once

// The parts of the catalog's JSON, one function per kind of object.

#include <string>
#include <vector>

#include "migcheck/catalog.hpp"
#include "migcheck/catalog_json.hpp"
#include "report/json_writer.hpp"

namespace migcheck::catalog_json_room {

struct Writing {
  const catalog::Catalog& catalog;
  report::JsonWriter& json;
  const PlaceText& place_text;  // empty: places are not told
};

void write(const Writing& to, const catalog::Table& table);
void write(const Writing& to, const catalog::View& view);
void write(const Writing& to, const catalog::Sequence& sequence);
void write(const Writing& to, const catalog::Type& type);
void write(const Writing& to, const catalog::Function& function);
void write(const Writing& to, const catalog::Extension& extension);
void write(const Writing& to, const catalog::Publication& publication);
void write(const Writing& to, const catalog::Role& role);
// Of the kinds that are listed; nothing for others.
void write(const Writing& to, const catalog::OtherObject& object);
void write_default_privileges(const Writing& to);

// Parts that several kinds have.
void write_columns(const Writing& to, const std::vector<catalog::Column>& columns);
void write_constraints(const Writing& to, const catalog::Table& table);
void write_policies(const Writing& to, const catalog::Table& table);
void write_keys(const Writing& to, const std::vector<catalog::KeyElement>& keys,
                const std::vector<catalog::Column>& columns);
void write_indexes(const Writing& to, catalog::ObjectId relation,
                   const std::vector<catalog::Column>& columns);
void write_triggers(const Writing& to, const catalog::Parts<catalog::Trigger>& triggers,
                    const std::vector<catalog::Column>& columns);
void write_rules(const Writing& to, const catalog::Parts<catalog::Rule>& rules);
// Who it belongs to, null where the files do not say; and who may do what with it.
void write_owner_and_grants(const Writing& to, const catalog::ObjectBase& object);
// The name of the column with that number; empty if there is none.
[[nodiscard]] std::string_view name_of(catalog::ColumnNumber number,
                                       const std::vector<catalog::Column>& columns);
void write_name(const Writing& to, std::string_view key, const catalog::Index* index);
void write_texts(const Writing& to, std::string_view key, const std::vector<std::string>& texts);
void write_null(const Writing& to, std::string_view key);
// Null where the text is empty.
void write_text(const Writing& to, std::string_view key, std::string_view text);
void write_place(const Writing& to, const catalog::Origin& origin);
// As SQL; null where there is none, or none that can be printed in full.
void write_sql(const Writing& to, std::string_view key, const ast::Expression* expression);
// "schema.name", or null for an object that is not there.
void write_reference(const Writing& to, std::string_view key, catalog::ObjectId id);
[[nodiscard]] std::string type_text(const Writing& to, catalog::TypeRef type);
[[nodiscard]] std::string qualified(const catalog::ObjectBase& object);

template <typename Numbers>
void write_column_names(const Writing& to, std::string_view key, const Numbers& numbers,
                        const std::vector<catalog::Column>& columns) {
  to.json.array(key);
  for (const catalog::ColumnNumber number : numbers) {
    const std::string_view name = name_of(number, columns);
    name.empty() ? to.json.null() : to.json.value(name);
  }
  to.json.end_array();
}

template <typename Options>
void write_options(const Writing& to, const Options& options) {
  to.json.object("options");
  for (const auto& [name, value] : options) to.json.member(name, value);
  to.json.end_object();
}

}  // namespace migcheck::catalog_json_room
