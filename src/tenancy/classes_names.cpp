// SPDX-License-Identifier: MIT

// What is assumed of references: rows that name each other, or a third row, are one tenant's. Trusted as far
// as foreign keys are.

#include <fmt/format.h>

#include <algorithm>

#include "tenancy/model.hpp"
#include "tenancy/references.hpp"

namespace migcheck::tenancy {

using catalog::Constraint;
using catalog::ConstraintKind;

// Large tables often leave the foreign key out: `steps.id = tasks.step_id` says as much. Trusted as such a
// key would be, where the column refers to nothing else.
bool Classes::follow_names() {
  constexpr std::size_t kMostTables = 64;  // each pair is looked at
  bool changed = false;
  if (!model_.context.settings.trust_foreign_keys || tables_.size() > kMostTables) return changed;
  for (const RangeId child : tables_) {
    for (const RangeId parent : tables_) {
      if (child != parent && !model_.ranges[parent].incoming) changed = follow_name(child, parent) || changed;
    }
  }
  return changed;
}

bool Classes::follow_name(RangeId child, RangeId parent) {
  const TermId of_child = model_.tenant_of(child);
  const TermId of_parent = model_.tenant_of(parent);
  if (of_child == kNone || of_parent == kNone || same(of_child, of_parent)) return false;
  if (model_.ranges[child].incoming && model_.tenancy(child).kind == TenantKind::Column) return false;
  const std::string by = column_that_names(child, parent);
  if (by.empty()) return false;
  assumption_ = fmt::format("{}.{} refers to a row of the same tenant, though no foreign key says so",
                            model_.ranges[child].table->name, by);
  return unite(of_child, of_parent);
}

// The column (of several: one) of the child by which it names the parent's row; empty if it does not.
std::string Classes::column_that_names(RangeId child, RangeId parent) const {
  const catalog::Table& referred = *model_.ranges[parent].table;
  const catalog::Column* tenant = referred.column(model_.tenancy(parent).column);
  for (const auto& key : row_keys(model_, referred)) {
    if (tenant != nullptr && model_.tenancy(parent).kind == TenantKind::Column &&
        std::find(key.begin(), key.end(), tenant->number) != key.end())
      continue;
    std::string by;
    const bool all = std::all_of(key.begin(), key.end(), [&](catalog::ColumnNumber number) {
      const std::string column = column_that_is(child, column_term(model_, parent, number), referred.id);
      if (is_reference_name(column)) by = column;
      return !column.empty();
    });
    if (all && !by.empty()) return by;
  }
  return {};
}

// A column of the range that is this term and no foreign key to another table; empty if there is none.
std::string Classes::column_that_is(RangeId range, TermId term, catalog::ObjectId referred) const {
  const catalog::Table& table = *model_.ranges[range].table;
  for (const catalog::Column& column : table.columns) {
    if (!same(model_.base_column(range, column.name), term)) continue;
    const bool elsewhere =
        std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& key) {
          return key.kind == ConstraintKind::ForeignKey && key.references != referred &&
                 std::find(key.columns.begin(), key.columns.end(), column.number) != key.columns.end();
        });
    if (!elsewhere) return column.name;
  }
  return {};
}

// Two rows that refer to a third are that one's tenant's, whether it is read or not. A table that only ties
// others (order_tags) hands it on.
bool Classes::follow_references() {
  if (!model_.context.settings.trust_foreign_keys) return false;
  bool changed = false;
  std::map<std::pair<RowName, TermId>, TermId> tenants;
  for (const RangeId range : tables_) {
    const catalog::Table& table = *model_.ranges[range].table;
    if (model_.ranges[range].incoming || is_person(model_, table.id, table.name)) continue;
    TermId tenant = model_.tenant_of(range);
    const bool link = tenant == kNone;
    if (link) tenant = model_.column(range, kTenantOf);
    for (const catalog::Column& column : table.columns) {
      const TermId term = model_.known_column(range, column);
      if (term == kNone || (link && !column.not_null)) continue;
      const auto row = row_named_by(model_, table, column);
      if (!row) continue;
      const auto [place, fresh] = tenants.try_emplace({*row, find(term)}, tenant);
      if (fresh || !unite(place->second, tenant)) continue;
      changed = true;
      assumption_ = fmt::format("{}.{} refers to a row of the same tenant", table.name, column.name);
    }
  }
  return changed;
}

}  // namespace migcheck::tenancy
