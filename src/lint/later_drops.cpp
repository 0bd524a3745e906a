// SPDX-License-Identifier: MIT

#include "lint/later_drops.hpp"

#include <algorithm>

namespace migcheck {

LaterDrops::LaterDrops(const LintFile& file) : sections_(file.sections) {
  for (const ast::Statement* statement : file.parsed.statements) {
    const Direction way = way_at(statement->span.begin);
    note(*statement, way);
    const auto* block = ast::as<ast::DoBlock>(statement);
    if (block == nullptr || block->body == nullptr) continue;
    for (const ast::BodyStatement& inner : block->body->statements) {
      if (inner.statement != nullptr) note(*inner.statement, way);
    }
  }
}

void LaterDrops::note(const ast::Statement& statement, Direction way) {
  const auto* drop = ast::as<ast::Drop>(&statement);
  if (drop == nullptr) return;
  for (const ast::ObjectName& dropped : drop->names) {
    // A trigger or a policy goes by another name than the table that it is on.
    if (dropped.on.empty()) last_[static_cast<std::size_t>(way)][dropped.name.name] = statement.span.begin;
  }
}

// The sections stand in order of place; a file without any leads up.
Direction LaterDrops::way_at(std::uint32_t place) const {
  const auto section = std::partition_point(sections_.begin(), sections_.end(),
                                            [&](const Section& one) { return one.span.end <= place; });
  return section == sections_.end() ? Direction::Up : section->direction;
}

bool LaterDrops::drop_behind(std::uint32_t place, std::string_view name) const {
  const auto& last = last_[static_cast<std::size_t>(way_at(place))];
  const auto dropped = last.find(name);
  return dropped != last.end() && dropped->second > place;
}

}  // namespace migcheck
