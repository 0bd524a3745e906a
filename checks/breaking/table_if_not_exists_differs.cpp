// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_if_not_exists_differs_check {

// What the type is called in pg_catalog, where it is a built-in one; serial columns are integers underneath.
std::string_view builtin_name(const ast::TypeName& type) {
  if (!type.schema.empty() && type.schema != "pg_catalog") return {};
  if (type.name == "serial" || type.name == "serial4") return "int4";
  if (type.name == "bigserial" || type.name == "serial8") return "int8";
  if (type.name == "smallserial" || type.name == "serial2") return "int2";
  return type.name;
}

bool other_type(const ast::TypeName& written, const catalog::TypeRef& there) {
  const std::string_view name = builtin_name(written);
  if (name.empty() || there.schema != "pg_catalog" || there.name == name) return false;
  return there.array_dimensions == written.array_dimensions;
}

// IF NOT EXISTS looks at the name alone.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateTable>();
  if (create == nullptr || !create->if_not_exists || create->columns.empty()) return;
  const catalog::Table* table = context.table(create->relation);
  if (table == nullptr || table->is_doubtful(catalog::TablePart::Column) || table->columns.empty()) return;
  std::vector<std::string> differences;
  for (const ast::ColumnDefinition* column : create->columns) {
    const catalog::Column* there = table->column(column->name.text);
    if (there == nullptr) {
      differences.push_back("no column " + sql_name(column->name.text));
    } else if (column->type != nullptr && !column->type->percent_type &&
               other_type(*column->type, there->type)) {
      differences.push_back(sql_name(there->name) + " as " + catalog::to_string(there->type));
    }
  }
  if (differences.empty()) return;
  out.report(create->relation.span)
      .message("{} exists already, so this statement does nothing; the table that is there has {}.",
               sql_name(*table), enumerate(differences))
      .advice(
          "If the existing table is meant: ALTER TABLE {} ADD COLUMN … for what is missing. If a new one is "
          "meant: give it "
          "another name.",
          sql_name(*table))
      .note("the existing table", table->origin.place);
}

}  // namespace table_if_not_exists_differs_check

extern constexpr Check table_if_not_exists_differs{
    .since = "0.1.0",
    .summary = "CREATE TABLE IF NOT EXISTS of a table that exists with other columns does nothing.",
    .statements = {ast::NodeKind::CreateTable},
    .on_statement = table_if_not_exists_differs_check::run};

}  // namespace migcheck::checks
