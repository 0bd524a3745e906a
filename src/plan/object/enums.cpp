// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "plan/rename/rename.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

auto find_value(const std::vector<catalog::EnumValue>& values, std::string_view label) {
  return std::find_if(values.begin(), values.end(),
                      [&](const catalog::EnumValue& value) { return value.label == label; });
}

void rename_value(Planner& planner, const catalog::Type& type, const ast::AlterEnum& statement) {
  const auto old = find_value(type.values, statement.old_value);
  if (old == type.values.end()) {
    if (type.uncertain || type.extension_member) return;
    return planner.error("22023", fmt::format("\"{}\" is not an existing enum label", statement.old_value));
  }
  if (find_value(type.values, statement.new_value) != type.values.end()) {
    return planner.error("42710", fmt::format("enum label \"{}\" already exists", statement.new_value));
  }
  const auto at = static_cast<std::size_t>(old - type.values.begin());
  rename_label(planner, type, statement.old_value, statement.new_value);
  planner.draft.edit<catalog::Type>(type.id).values[at].label = std::string(statement.new_value);
}

void add_value(Planner& planner, const catalog::Type& type, const ast::AlterEnum& statement) {
  if (find_value(type.values, statement.new_value) != type.values.end()) {
    if (statement.if_not_exists) {
      planner.plan.no_op = true;
    } else if (!type.uncertain) {
      planner.error("42710", fmt::format("enum label \"{}\" already exists", statement.new_value));
    }
    return;
  }
  std::size_t at = type.values.size();
  if (!statement.neighbour.empty()) {
    const auto neighbour = find_value(type.values, statement.neighbour);
    if (neighbour == type.values.end() && !type.uncertain) {
      return planner.error("22023", fmt::format("\"{}\" is not an existing enum label", statement.neighbour));
    }
    at = static_cast<std::size_t>(neighbour - type.values.begin());
    if (!statement.before && neighbour != type.values.end()) ++at;
  }
  auto& values = planner.draft.edit<catalog::Type>(type.id).values;
  values.insert(values.begin() + static_cast<std::ptrdiff_t>(at),
                {std::string(statement.new_value), planner.context.origin});
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateEnum& statement) {
  std::optional<catalog::Type> type = new_type(planner, statement.name, catalog::TypeKind::Enum);
  if (!type) return;
  std::unordered_set<std::string_view> labels;
  for (const std::string_view label : statement.values) {
    if (!labels.insert(label).second) {
      return planner.error("23505",
                           "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"");
    }
    type->values.push_back({std::string(label), planner.context.origin});
  }
  planner.draft.create(std::move(*type));
}

void plan_statement(Planner& planner, const ast::AlterEnum& statement) {
  const catalog::Type* type = require_type(planner, statement.name);
  if (type == nullptr) return;
  if (type->kind != catalog::TypeKind::Enum) {
    return planner.error("42809", fmt::format("\"{}\" is not an enum", type->name));
  }
  if (statement.old_value.empty()) {
    add_value(planner, *type, statement);
  } else {
    rename_value(planner, *type, statement);
  }
}

}  // namespace migcheck::plan
