// SPDX-License-Identifier: MIT
#pragma once

// How rows are known, and how a column names a row of another table.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenancy/model.hpp"

namespace migcheck::tenancy {

// The columns of each unique, complete index: a row is known by them.
const RowKeys& row_keys(const Model& model, const catalog::Table& table);

TermId column_term(Model& model, RangeId range, catalog::ColumnNumber number);

// order_id, orderId
bool is_reference_name(std::string_view column);

// Somebody who may be in several tenants. A person who is one tenant's own is as good as any of its rows.
bool is_person(const Model& model, catalog::ObjectId id, const std::string& name);

// A row of a table of tenants, by the value of one column of it.
struct RowName {
  catalog::ObjectId table = catalog::kNoObject;
  catalog::ColumnNumber column = 0;
  friend auto operator<=>(const RowName&, const RowName&) = default;
};

// The row that a column's value names: its own, where the column is its id; the one that its foreign key
// refers to; or, where no key says so, the one of the table that it is called after (task_id: v1_tasks).
// Nothing for the tenant column, and for what refers to rows that are nobody's.
std::optional<RowName> row_named_by(const Model& model, const catalog::Table& table,
                                    const catalog::Column& column);

// The tenants' own table has a column of this name that says in which organization they are.
bool names_group(const Model& model, std::string_view column);

}  // namespace migcheck::tenancy
