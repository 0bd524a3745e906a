// SPDX-License-Identifier: MIT
#pragma once

// The names that migrations took away, for whoever still uses them: a query is resolved against the catalog
// in which what is gone is still there. So aliases, common table expressions, sub-queries and stars are
// followed as PostgreSQL does, and a name that means something else by now is no use of the old one.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck {

class Departed {
 public:
  // What the departures took away and nothing brought back since. Both must outlive this.
  Departed(std::span<const Departure> departures, const catalog::Catalog& now);

  // In source order. What a star gives is not used by name; a column that is read through one is.
  [[nodiscard]] std::vector<DepartedRead> reads(const ast::Statement& statement,
                                                std::span<const std::string> search_path) const;
  [[nodiscard]] std::span<const Departure> departures() const { return departures_; }

 private:
  void add_relation(const Departure& gone);
  void add_column(const Departure& gone);
  using FirstTypes = std::map<std::pair<catalog::ObjectId, std::string_view>, const catalog::TypeRef*>;
  void add_retyping(const Departure& change, FirstTypes& first_types);
  [[nodiscard]] const catalog::Object* relation(std::string_view schema, std::string_view name,
                                                const catalog::Object* found,
                                                std::span<const std::string> search_path) const;

  std::span<const Departure> departures_;
  const catalog::Catalog& now_;
  // Tables that are there, with the columns that are gone under negative numbers.
  std::map<catalog::ObjectId, catalog::Object> widened_;
  // Relations that are gone, by name, under ids that no object has.
  std::multimap<std::string, catalog::Object, std::less<>> gone_;
  std::map<std::pair<catalog::ObjectId, catalog::ColumnNumber>, const Departure*> by_read_;
};

}  // namespace migcheck
