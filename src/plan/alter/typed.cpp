// SPDX-License-Identifier: MIT
// ALTER TABLE … OF and NOT OF: a table whose rows are of a composite type.
#include <fmt/format.h>

#include "plan/alter/alter_table.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using catalog::TablePart;

// The columns must be the type's attributes: as many, in their order, by name and type.
bool refuse_columns(Planner& planner, const catalog::Table& table, const catalog::Table& row) {
  const auto refuse = [&](const std::string& why) {
    planner.error("42804", why);
    return true;
  };
  std::size_t at = 0;
  for (const catalog::Column& attribute : row.columns) {
    if (at == table.columns.size())
      return refuse(fmt::format("table is missing column \"{}\"", attribute.name));
    const catalog::Column& column = table.columns[at++];
    if (column.name != attribute.name) {
      return refuse(
          fmt::format("table has column \"{}\" where type requires \"{}\"", column.name, attribute.name));
    }
    const bool known = !column.type.schema.empty() && !attribute.type.schema.empty();
    if (known && column.type != attribute.type) {
      return refuse(
          fmt::format("table \"{}\" has different type for column \"{}\"", table.name, column.name));
    }
  }
  if (at == table.columns.size()) return false;
  return refuse(fmt::format("table has extra column \"{}\"", table.columns[at].name));
}

bool refuse_row_type(Planner& planner, const catalog::Table& table, const catalog::Table& row) {
  if (table.uncertain || row.uncertain || table.is_doubtful(TablePart::Column)) return false;
  if (!table.inherits.empty()) {
    planner.error("42809", "typed tables cannot inherit");
    return true;
  }
  return refuse_columns(planner, table, row);
}

void leave_row_type(Planner& planner, catalog::Table& table) {
  if (table.of_type == catalog::kNoObject && table.is_certain())
    return planner.error("42809", "\"" + table.name + "\" is not a typed table");
  table.of_type = catalog::kNoObject;
  set_needs(table, Part::Whole, {}, {});
}

}  // namespace

void alter_row_type(Alteration& alteration, const ast::AlterAction& action) {
  Planner& planner = alteration.planner;
  if (action.type == ast::AlterAction::Type::DropOf)
    return leave_row_type(planner, planner.draft.edit<catalog::Table>(alteration.table));
  const catalog::TypeRef type = resolve_type(planner, action.of_type);
  const auto* composite = planner.draft.get<catalog::Type>(type.id);
  auto& table = planner.draft.edit<catalog::Table>(alteration.table);
  if (composite == nullptr) {
    table.doubts.push_back({TablePart::Other, {}});
    return;
  }
  if (const auto* row = planner.draft.get<catalog::Table>(composite->composite)) {
    planner.effect(Planner::ref(*row), LockMode::AccessShare);
    if (refuse_row_type(planner, table, *row)) return;
  }
  table.of_type = type.id;
  set_needs(table, Part::Whole, {}, needs_of_type(type));
}

}  // namespace migcheck::plan
