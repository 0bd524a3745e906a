// SPDX-License-Identifier: MIT
#pragma once

// Keeps a tenant map up while the schema changes: a table that changes is looked at again, and all of them
// only when the tenant column is another, or when what others inherit from has changed.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "migcheck/tenancy.hpp"
#include "tenancy/candidates.hpp"

namespace migcheck::tenancy {

class TenantMapper {
 public:
  // The map of the catalog as it is now. It must be the one that was looked at before, if any was.
  const TenantMap& look(const catalog::Catalog& catalog, const TenancySettings& settings, bool explain_none);
  [[nodiscard]] const TenantMap& last() const { return map_; }

 private:
  friend class Classifier;
  // How a table came to its entry in the map.
  struct Standing {
    std::uint32_t generation = 0;  // how many keys lead from it to a table that has the tenant column
    std::string head;              // under which it stands in TenantMap::named; empty: nowhere
    std::string face;              // its name and columns: what entries of others speak of
  };

  std::vector<catalog::ObjectId> changed_tables(const catalog::Catalog& catalog);

  bool first_ = true;
  std::size_t revision_ = 0;
  Candidates candidates_;
  TenantMap map_;
  std::unordered_map<catalog::ObjectId, Standing> standings_;
};

}  // namespace migcheck::tenancy
