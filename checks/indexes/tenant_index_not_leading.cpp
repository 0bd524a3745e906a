// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace tenant_index_not_leading_check {

bool is_tenant_column(const CheckContext& context, std::string_view column) {
  const std::vector<std::string>& columns = context.settings().tenancy.columns;
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// An index that begins with a foreign key serves the look-up of its children.
bool begins_with_key(const catalog::Table& table, std::string_view column) {
  const catalog::Column* found = table.column(column);
  return found != nullptr &&
         std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& key) {
           return key.kind == catalog::ConstraintKind::ForeignKey &&
                  std::find(key.columns.begin(), key.columns.end(), found->number) != key.columns.end();
         });
}

// Every query of a tenant's compares the tenant column with =: as the first column it cuts the index to that
// tenant's part, further back it only filters.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr || create->unique || create->elements.size() < 2) return;
  if (!create->access_method.empty() && create->access_method != "btree") return;
  const catalog::Table* table = context.table(create->table);
  const std::string_view first = create->elements[0]->column.text;
  if (is_tenant_column(context, first) ||
      (table != nullptr && !first.empty() && begins_with_key(*table, first)))
    return;
  for (const ast::IndexElement* element : create->elements) {
    if (!is_tenant_column(context, element->column.text)) continue;
    out.report(element->span.empty() ? create->span : element->span)
        .message(
            "The tenant column {0} is not the first of this index: a query for one tenant reads the entries "
            "of all of them "
            "that match {1}.",
            sql_name(element->column.text),
            first.empty() ? std::string("the expression before it") : sql_name(first))
        .advice("Begin with it: CREATE INDEX … ON {} ({}, …);", sql_name(create->table),
                sql_name(element->column.text));
    return;
  }
}

}  // namespace tenant_index_not_leading_check

extern constexpr Check tenant_index_not_leading{
    .since = "0.1.0",
    .summary = "An index that holds the tenant column, but not as its first.",
    .statements = {ast::NodeKind::CreateIndex},
    .on_statement = tenant_index_not_leading_check::run};

}  // namespace migcheck::checks
