// SPDX-License-Identifier: MIT

#include "lint/way_back_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

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

void add(const catalog::Index& index, const TableOf& table_of, Facts& facts) {
  // Those behind constraints and of partitions come and go with these.
  if (!index.constraint.empty() || index.parent_index != catalog::kNoObject) return;
  const catalog::Table* table = table_of(index.table);
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

bool is_as_named(const catalog::ObjectBase& before, const catalog::ObjectBase& now) {
  return before.name == now.name && before.schema == now.schema &&
         before.extension_member == now.extension_member;
}

}  // namespace

bool say_the_same(const catalog::Table& before, const catalog::Table& now) {
  const auto alike = [](const auto& all, const auto& others, auto same) {
    return std::equal(all.begin(), all.end(), others.begin(), others.end(), same);
  };
  const auto same_name = [](const auto& one, const auto& other) { return one.name == other.name; };
  return is_as_named(before, now) && before.kind == now.kind && before.persistence == now.persistence &&
         before.row_security == now.row_security &&
         alike(before.columns, now.columns,
               [](const catalog::Column& one, const catalog::Column& other) {
                 return one.name == other.name && one.number == other.number && one.type == other.type &&
                        one.not_null == other.not_null && one.generated == other.generated &&
                        one.identity == other.identity &&
                        (one.default_value == nullptr) == (other.default_value == nullptr);
               }) &&
         alike(before.constraints, now.constraints,
               [](const catalog::Constraint& one, const catalog::Constraint& other) {
                 return one.name == other.name && one.kind == other.kind && one.columns == other.columns;
               }) &&
         alike(before.triggers, now.triggers, same_name) && alike(before.policies, now.policies, same_name);
}

bool say_the_same(const catalog::Index& before, const catalog::Index& now) {
  return is_as_named(before, now) && before.table == now.table && before.unique == now.unique &&
         before.constraint.empty() == now.constraint.empty() &&
         (before.parent_index == catalog::kNoObject) == (now.parent_index == catalog::kNoObject) &&
         std::equal(before.keys.begin(), before.keys.end(), now.keys.begin(), now.keys.end(),
                    [](const catalog::KeyElement& one, const catalog::KeyElement& other) {
                      return one.column == other.column && one.expression == other.expression;
                    });
}

void add_facts(const catalog::Object& object, const TableOf& table_of, Facts& facts) {
  const catalog::ObjectBase& base = catalog::base(object);
  if (base.extension_member || base.schema == "pg_temp") return;
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    add(*table, facts);
  } else if (const auto* index = std::get_if<catalog::Index>(&object)) {
    add(*index, table_of, facts);
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
