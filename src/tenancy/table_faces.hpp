// SPDX-License-Identifier: MIT
#pragma once

// What of a schema's tables a tenant map is made from, so that it is made anew only when that changed.
//
// Most statements of a history touch nothing of it: a column like any other, an index, a CHECK. Of each table
// a number stands for what matters: what it is and is called, its keys, its policies, the columns that keys
// use and those whose names speak of tenants. Two states of a table with the same number give the same map.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "migcheck/catalog.hpp"

namespace migcheck::tenancy {

class TableFaces {
 public:
  // Some column's name is carried by enough tables, so that it may be inferred to be the tenant's.
  [[nodiscard]] bool any_popular_name() const;

  // Looks at what the catalog has changed since the last look: does anything of it matter to a map? Columns
  // of these names, which are the tenant's, always do.
  bool look(const catalog::Catalog& catalog, const std::vector<std::string>& tenant_columns);

 private:
  // What is known of one table.
  struct Face {
    std::uint64_t value = 0;
    bool counts = false;             // it is one of those that could carry a tenant column
    std::vector<std::string> names;  // of the columns that may be the tenant's, in snake case
  };
  [[nodiscard]] Face face_of(const catalog::Table& table);
  void put(catalog::ObjectId id, Face face);
  void take_away(catalog::ObjectId id);
  // What a column's name alone says: nothing, that a map looks at it, or that it may be the tenant's.
  enum class Weight : std::uint8_t { None, Matters, Candidate };
  [[nodiscard]] Weight weight_of(const std::string& column);
  // Names of columns that any key uses: another table's column of that name may carry the tenant without a
  // key.
  void learn_key_names(const catalog::Table& table);
  bool look_at(const catalog::Catalog& catalog, catalog::ObjectId id);
  void look_again(const catalog::Catalog& catalog);

  std::size_t revision_ = 0;
  std::unordered_map<catalog::ObjectId, Face> faces_;
  std::unordered_map<std::string, std::size_t> carriers_;  // by name, of tables that count
  std::size_t counted_ = 0;                                // tables
  std::unordered_set<catalog::ObjectId> unique_indexes_;
  std::unordered_set<std::string> key_names_;  // in snake case
  std::unordered_map<std::string, Weight> weights_;
  std::vector<std::string> tenant_columns_;
  bool outdated_ = false;  // columns matter that did not when the faces were taken
};

}  // namespace migcheck::tenancy
