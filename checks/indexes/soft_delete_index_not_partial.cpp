// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace soft_delete_index_not_partial_check {

constexpr OptionSpec kOptions[] = {
    {"column", "The column that is set when a row is deleted.", "deleted_at", OptionSpec::Type::Text}};

bool mentions(const ast::CreateIndex& create, std::string_view column) {
  if (create.predicate != nullptr) return true;
  for (const ast::IndexElement* element : create.elements) {
    if (element->column.text == column) return true;
  }
  return false;
}

// Looked up by its key a row is wanted, deleted or not.
bool holds_primary_key(const catalog::Table& table, const ast::CreateIndex& create) {
  const catalog::Constraint* key = table.primary_key();
  return key != nullptr &&
         std::any_of(create.elements.begin(), create.elements.end(), [&](const ast::IndexElement* element) {
           const catalog::Column* column = table.column(element->column.text);
           return column != nullptr && column->number == key->columns.front();
         });
}

// Foreign keys look for deleted children too: their index must hold all rows.
bool serves_key(const catalog::Table& table, const ast::CreateIndex& create) {
  const catalog::Column* first =
      create.elements.empty() ? nullptr : table.column(create.elements[0]->column.text);
  return first != nullptr &&
         std::any_of(table.constraints.begin(), table.constraints.end(), [&](const auto& key) {
           return key.kind == catalog::ConstraintKind::ForeignKey &&
                  std::find(key.columns.begin(), key.columns.end(), first->number) != key.columns.end();
         });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  const catalog::Table* table = create == nullptr ? nullptr : context.table(create->table);
  if (table == nullptr || create->unique || create->elements.empty()) return;
  const auto option = context.option("column");
  const std::string column = option ? std::get<std::string>(*option) : "deleted_at";
  if (table->column(column) == nullptr || mentions(*create, column) || serves_key(*table, *create)) return;
  if (holds_primary_key(*table, *create)) return;
  out.report(create->span)
      .message(
          "{0} marks deleted rows in {1}, and this index holds them too: it grows with what nobody reads.",
          sql_name(*table), sql_name(column))
      .advice("{} WHERE {} IS NULL;", context.text(create->span), sql_name(column));
}

}  // namespace soft_delete_index_not_partial_check

extern constexpr Check soft_delete_index_not_partial{
    .since = "0.1.0",
    .summary = "An index of a table with soft delete that also holds the deleted rows.",
    .severity = Severity::Info,
    .preset = Preset::Saas,
    .options = soft_delete_index_not_partial_check::kOptions,
    .statements = {ast::NodeKind::CreateIndex},
    .on_statement = soft_delete_index_not_partial_check::run};

}  // namespace migcheck::checks
