// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <unordered_set>

#include "plan/rename/rename.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using Values = catalog::Parts<catalog::EnumValue>;

void rename_value(Planner& planner, const catalog::Type& type, const ast::AlterEnum& statement) {
  if (type.values.find(statement.old_value) == nullptr) {
    if (type.uncertain || type.extension_member) return;
    return planner.error("22023", fmt::format("\"{}\" is not an existing enum label", statement.old_value));
  }
  if (type.values.find(statement.new_value) != nullptr) {
    return planner.error("42710", fmt::format("enum label \"{}\" already exists", statement.new_value));
  }
  rename_label(planner, type, statement.old_value, statement.new_value);
  planner.draft.edit<catalog::Type>(type.id).values.edit(statement.old_value, [&](catalog::EnumValue& value) {
    value.label = std::string(statement.new_value);
  });
}

// All of them again, with one more before or behind its neighbour.
Values put_beside(const Values& values, std::string_view neighbour, bool before,
                  const catalog::EnumValue& added) {
  Values all;
  for (const catalog::EnumValue& value : values) {
    const bool here = value.label == neighbour;
    if (here && before) all.push_back(added);
    all.push_back(value);
    if (here && !before) all.push_back(added);
  }
  return all;
}

void add_value(Planner& planner, const catalog::Type& type, const ast::AlterEnum& statement) {
  if (type.values.find(statement.new_value) != nullptr) {
    if (statement.if_not_exists) {
      planner.plan.no_op = true;
    } else if (!type.uncertain) {
      planner.error("42710", fmt::format("enum label \"{}\" already exists", statement.new_value));
    }
    return;
  }
  const std::string_view neighbour = statement.neighbour;
  const bool known = !neighbour.empty() && type.values.find(neighbour) != nullptr;
  if (!neighbour.empty() && !known && !type.uncertain) {
    return planner.error("22023", fmt::format("\"{}\" is not an existing enum label", neighbour));
  }
  const bool last = !known || (!statement.before && type.values.back().label == neighbour);
  catalog::EnumValue added{std::string(statement.new_value), planner.context.origin};
  Values& values = planner.draft.edit<catalog::Type>(type.id).values;
  if (last) {
    values.push_back(std::move(added));
  } else {
    values = put_beside(values, neighbour, statement.before, added);
  }
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
