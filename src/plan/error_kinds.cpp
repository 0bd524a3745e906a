// SPDX-License-Identifier: MIT

// Errors by kind: SQLSTATE first, and where one code stands for many mistakes, the statement and PostgreSQL's
// words.

#include <string_view>

#include "migcheck/plan.hpp"

namespace migcheck {
namespace {

bool says(const PlanError& error, std::string_view words) {
  return error.message.find(words) != std::string::npos;
}

// A constraint that takes an index, or brings it.
bool uses_index(const PlanError& error, const ast::Statement& statement) {
  const auto* alter = ast::as<ast::AlterTable>(&statement);
  if (alter == nullptr || error.action < 0 || static_cast<std::size_t>(error.action) >= alter->actions.size())
    return false;
  const ast::ConstraintDefinition* constraint =
      alter->actions[static_cast<std::size_t>(error.action)]->constraint;
  return constraint != nullptr && !constraint->using_index.empty();
}

}  // namespace

ErrorKind kind_of(const PlanError& error, const ast::Statement& statement) {
  const std::string_view code = error.code;
  if (code == "55P04") return ErrorKind::EnumValue;
  if (code == "2BP01" || says(error, "because other objects depend on it")) return ErrorKind::Dependents;
  if (code == "0A000" && says(error, "cannot alter type of a column used")) return ErrorKind::Dependents;
  if (says(error, "must include all partitioning columns")) return ErrorKind::PartitionKey;
  if (says(error, "cannot add NOT VALID foreign key on partitioned table"))
    return ErrorKind::PartitionedForeignKey;
  if (says(error, "cannot create index on partitioned table")) return ErrorKind::PartitionedConcurrently;
  if (code == "42P16" && statement.kind == ast::NodeKind::CreateView) return ErrorKind::ViewReplace;
  if (statement.kind == ast::NodeKind::RefreshMaterializedView && (code == "55000" || code == "0A000"))
    return ErrorKind::RefreshConcurrently;
  if (uses_index(error, statement) && code != "42P16") return ErrorKind::ConstraintIndex;
  if (code == "42P01" || code == "42703" || code == "42704" || code == "42883" || code == "3F000" ||
      code == "3D000") {
    return ErrorKind::ObjectMissing;
  }
  if (code == "42P07" || code == "42701" || code == "42710" || code == "42723" || code == "42P06") {
    return ErrorKind::ObjectExists;
  }
  return ErrorKind::Other;
}

}  // namespace migcheck
