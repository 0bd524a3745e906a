// SPDX-License-Identifier: MIT
#pragma once

// Hand-made objects for tests of the catalog and of drafts.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "migcheck/catalog.hpp"

namespace migcheck::testing {

template <typename T>
T named(std::string schema, std::string name) {
  T object;
  object.schema = std::move(schema);
  object.name = std::move(name);
  return object;
}

// Puts an object into the catalog under the next id and returns that id.
template <typename T>
catalog::ObjectId add(catalog::Catalog& catalog, T object) {
  const catalog::ObjectId id = catalog.next_id();
  object.id = id;
  std::vector<catalog::Change> changes;
  changes.push_back({id, std::make_unique<const catalog::Object>(std::move(object))});
  catalog.apply(std::move(changes));
  return id;
}

inline catalog::Index index_on(catalog::ObjectId table, std::string name) {
  auto index = named<catalog::Index>("public", std::move(name));
  index.table = table;
  return index;
}

inline catalog::Table child_of(catalog::ObjectId parent, std::string name) {
  auto table = named<catalog::Table>("public", std::move(name));
  table.inherits = {parent};
  return table;
}

inline catalog::Table referring_to(catalog::ObjectId target, std::string name) {
  auto table = named<catalog::Table>("public", std::move(name));
  catalog::Constraint key;
  key.name = table.name + "_fkey";
  key.kind = catalog::ConstraintKind::ForeignKey;
  key.references = target;
  table.constraints.push_back(key);
  return table;
}

template <typename T>
std::vector<std::string> names(const std::vector<const T*>& objects) {
  std::vector<std::string> found;
  for (const T* object : objects) found.push_back(object->name);
  return found;
}

}  // namespace migcheck::testing
