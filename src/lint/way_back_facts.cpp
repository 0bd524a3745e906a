// SPDX-License-Identifier: MIT

#include "lint/way_back_facts.hpp"

#include <fmt/format.h>

#include "migcheck/check.hpp"

namespace migcheck {
namespace {

using Facts = WayBack::Facts;

std::string column_names(const catalog::Table& table, const std::vector<catalog::ColumnNumber>& numbers) {
  std::string names;
  for (const catalog::ColumnNumber number : numbers) {
    const catalog::Column* column = table.column(number);
    names += (names.empty() ? "" : ", ") + (column == nullptr ? std::string("…") : sql_name(column->name));
  }
  return names;
}

std::string strict_part(const catalog::Column& column) {
  std::string text;
  if (column.not_null) text += " NOT NULL";
  if (column.generated != catalog::Generated::No) return text + " GENERATED";
  if (column.identity != catalog::Identity::No) return text + " with an identity";
  return column.default_value == nullptr ? text : text + " with a default";
}

// The most characters that a text takes; -1: it is no text.
std::int64_t longest(const catalog::TypeRef& type) {
  if (type.array_dimensions != 0 || (type.name != "text" && type.name != "varchar")) return -1;
  return type.modifiers.empty() ? INT64_MAX : type.modifiers.front();
}

// By what they hold to, not by their names: PostgreSQL makes these up where none are written.
std::string words_of(const catalog::Constraint& constraint, const catalog::Table& table,
                     const std::string& name) {
  const std::string columns = column_names(table, constraint.columns);
  switch (constraint.kind) {
    case catalog::ConstraintKind::PrimaryKey:
      return fmt::format("the primary key ({}) of {}", columns, name);
    case catalog::ConstraintKind::Unique:
      return fmt::format("the unique key ({}) of {}", columns, name);
    case catalog::ConstraintKind::ForeignKey:
      return fmt::format("the foreign key ({}) of {}", columns, name);
    case catalog::ConstraintKind::Check:
    case catalog::ConstraintKind::Exclusion:
      break;
  }
  return fmt::format("the constraint {} of {}", sql_name(constraint.name), name);
}

void add(const catalog::Table& table, Facts& facts) {
  if (table.persistence == catalog::Persistence::Temporary) return;
  const std::string name = sql_name(table);
  const std::string whole = (table.kind == catalog::TableKind::Composite ? "the type " : "the table ") + name;
  facts[whole] = {};
  for (const catalog::Column& column : table.columns) {
    facts[fmt::format("the column {}.{}", name, sql_name(column.name))] = {
        catalog::to_string(column.type), strict_part(column), whole,
        !column.type.name.empty(),       column.number,       longest(column.type)};
  }
  for (const catalog::Constraint& constraint : table.constraints)
    facts[words_of(constraint, table, name)] = {.belongs_to = whole};
  for (const catalog::Trigger& trigger : table.triggers)
    facts[fmt::format("the trigger {} on {}", sql_name(trigger.name), name)] = {.belongs_to = whole};
  for (const catalog::Policy& policy : table.policies)
    facts[fmt::format("the policy {} on {}", sql_name(policy.name), name)] = {.belongs_to = whole};
  if (table.row_security) facts[fmt::format("row level security on {}", name)] = {.belongs_to = whole};
}

void add(const catalog::Index& index, const catalog::Catalog& catalog, Facts& facts) {
  // Those behind constraints and of partitions come and go with these.
  if (!index.constraint.empty() || index.parent_index != catalog::kNoObject) return;
  const auto* table = catalog.get<catalog::Table>(index.table);
  if (table == nullptr) return;
  std::string keys;
  bool told = true;
  for (const catalog::KeyElement& key : index.keys) {
    const catalog::Column* column = table->column(key.column);
    const auto expression = key.column == 0 ? ast::to_sql(key.expression) : std::nullopt;
    told = told && (column != nullptr || expression);
    keys +=
        (keys.empty() ? "" : ", ") + (column != nullptr ? sql_name(column->name) : expression.value_or("…"));
  }
  facts["the index " + sql_name(index)] = {
      .value = fmt::format("{}on {} ({})", index.unique ? "UNIQUE " : "", sql_name(*table), keys),
      .belongs_to = "the table " + sql_name(*table),
      .told = told};
}

void add(const catalog::View& view, Facts& facts) {
  if (view.persistence == catalog::Persistence::Temporary) return;
  facts[(view.materialized ? "the materialized view " : "the view ") + sql_name(view)] = {};
}

void add(const catalog::Function& function, Facts& facts) {
  std::string arguments;
  for (const catalog::Function::Argument& argument : function.arguments)
    arguments += (arguments.empty() ? "" : ", ") + catalog::to_string(argument.type);
  facts[fmt::format("the function {}({})", sql_name(function), arguments)] = {};
}

}  // namespace

void add_facts(const catalog::Object& object, const catalog::Catalog& catalog, Facts& facts) {
  const catalog::ObjectBase& base = catalog::base(object);
  if (base.extension_member || base.schema == "pg_temp") return;
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    add(*table, facts);
  } else if (const auto* index = std::get_if<catalog::Index>(&object)) {
    add(*index, catalog, facts);
  } else if (const auto* view = std::get_if<catalog::View>(&object)) {
    add(*view, facts);
  } else if (const auto* function = std::get_if<catalog::Function>(&object)) {
    add(*function, facts);
  } else if (const auto* sequence = std::get_if<catalog::Sequence>(&object)) {
    if (sequence->owned_by == catalog::kNoObject) facts["the sequence " + sql_name(*sequence)] = {};
  } else if (const auto* type = std::get_if<catalog::Type>(&object)) {
    facts["the type " + sql_name(*type)] = {};
  } else if (std::holds_alternative<catalog::Schema>(object)) {
    facts["the schema " + sql_name(base.name)] = {};
  }
}

}  // namespace migcheck
