// SPDX-License-Identifier: MIT
#pragma once

// What an INSERT leaves out, a BEFORE INSERT trigger may fill in: then no writer has to name it.

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks::filled_in {

inline bool has_trigger(const catalog::Table& table) {
  return std::any_of(table.triggers.begin(), table.triggers.end(), [](const catalog::Trigger& trigger) {
    return trigger.row && trigger.on_insert && trigger.timing == ast::CreateTrigger::Timing::Before;
  });
}

// It comes in the same transaction: nobody writes in between.
inline bool trigger_follows(const CheckContext& context, const ast::QualifiedName& table) {
  const auto later = context.rest_of_transaction({table.name});
  return std::any_of(later.begin(), later.end(), [&](const ast::Statement* statement) {
    const auto* create = ast::as<ast::CreateTrigger>(statement);
    return create != nullptr && create->row && create->on_insert &&
           create->timing == ast::CreateTrigger::Timing::Before && create->table.name == table.name;
  });
}

}  // namespace migcheck::checks::filled_in
