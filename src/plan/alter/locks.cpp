// SPDX-License-Identifier: MIT
// The lock of each subcommand of ALTER TABLE, and of each storage parameter.
#include <algorithm>
#include <array>

#include "plan/alter/alter_table.hpp"

namespace migcheck::plan {

using Type = ast::AlterAction::Type;

namespace {

// The storage parameters that change how the relation is read: everybody has to wait. The others only steer
// vacuum and where new rows go.
constexpr std::array<std::string_view, 9> kExclusiveOptions = {
    "user_catalog_table",     "security_barrier", "security_invoker", "check_option", "fastupdate",
    "gin_pending_list_limit", "buffering",        "pages_per_range",  "autosummarize"};

LockMode lock_for_options(const ast::List<const ast::Option*>& options) {
  const bool exclusive = std::any_of(options.begin(), options.end(), [](const ast::Option* option) {
    return std::find(kExclusiveOptions.begin(), kExclusiveOptions.end(), option->name) !=
           kExclusiveOptions.end();
  });
  return exclusive ? LockMode::AccessExclusive : LockMode::ShareUpdateExclusive;
}

}  // namespace

LockMode lock_for(const ast::AlterAction& action) {
  switch (action.type) {
    case Type::SetStatistics:
    case Type::SetColumnOptions:
    case Type::ResetColumnOptions:
    case Type::ValidateConstraint:
    case Type::ClusterOn:
    case Type::DropCluster:
    case Type::AttachPartition:
    case Type::DetachFinalize:
      return LockMode::ShareUpdateExclusive;
    case Type::DetachPartition:
      return action.concurrently ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive;
    case Type::SetOptions:
    case Type::ResetOptions:
      return lock_for_options(action.options);
    case Type::EnableTrigger:
    case Type::DisableTrigger:
      return LockMode::ShareRowExclusive;
    case Type::AddConstraint:
      return action.constraint != nullptr &&
                     action.constraint->type == ast::ConstraintDefinition::Type::ForeignKey
                 ? LockMode::ShareRowExclusive
                 : LockMode::AccessExclusive;
    default:
      return LockMode::AccessExclusive;
  }
}

}  // namespace migcheck::plan
