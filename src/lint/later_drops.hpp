// SPDX-License-Identifier: MIT
#pragma once

// What a file drops, and where.

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "migcheck/lint.hpp"

namespace migcheck {

class LaterDrops {
 public:
  // Reads all statements of the file, which must outlive this.
  explicit LaterDrops(const LintFile& file);
  // A statement that leads the same way as what stands at the place drops something of that name behind it.
  [[nodiscard]] bool drop_behind(std::uint32_t place, std::string_view name) const;

 private:
  [[nodiscard]] Direction way_at(std::uint32_t place) const;
  void note(const ast::Statement& statement, Direction way);

  const std::vector<Section>& sections_;
  // By way and name: where the last such statement begins.
  std::array<std::unordered_map<std::string_view, std::uint32_t>, 2> last_;
};

}  // namespace migcheck
