// SPDX-License-Identifier: MIT
#pragma once

// A schema from SQL, and what the prover says of queries on it.

#include <memory>
#include <string>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/tenancy.hpp"

namespace migcheck::testing {

class TenancyWorld {
 public:
  explicit TenancyWorld(std::string schema, TenancySettings settings = {});

  // "o: bound, i: unbound (OrBypass)": each reference in order.
  std::string prove(std::string sql, bool in_function = false, bool view = false) const;
  std::vector<TableVerdict> verdicts(std::string sql, bool in_function = false, bool view = false) const;

  [[nodiscard]] const TenantMap& map() const { return map_; }
  [[nodiscard]] const catalog::Catalog& catalog() const { return replay_->catalog(); }

 private:
  Settings settings_;
  std::unique_ptr<Replay> replay_;
  ParsedFile schema_;
  TenantMap map_;
};

std::string describe(const std::vector<TableVerdict>& verdicts);

}  // namespace migcheck::testing
