// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "catalog_json/writing.hpp"
#include "migcheck/ast/print.hpp"

namespace migcheck::catalog_json_room {

using namespace catalog;

namespace {

std::string_view word(TableKind kind) {
  switch (kind) {
    case TableKind::Plain:
      return "table";
    case TableKind::Partitioned:
      return "partitioned table";
    case TableKind::Foreign:
      return "foreign table";
    case TableKind::Composite:
      return "composite type";
  }
  return "";
}

std::string_view word(ast::PartitionBy::Strategy strategy) {
  switch (strategy) {
    case ast::PartitionBy::Strategy::Range:
      return "range";
    case ast::PartitionBy::Strategy::List:
      return "list";
    case ast::PartitionBy::Strategy::Hash:
      return "hash";
  }
  return "";
}

void write_partitioning(const Writing& to, const Table& table) {
  write_reference(to, "partition_of", table.partition_of);
  if (table.bound == nullptr) {
    write_null(to, "bound");
  } else if (table.bound->strategy == ast::PartitionBy::Strategy::Hash && !table.bound->is_default) {
    to.json.member("bound", fmt::format("hash {} {}", table.bound->modulus, table.bound->remainder));
  } else {
    to.json.member("bound", table.bound->is_default ? "default" : word(table.bound->strategy));
  }
  const auto values = table.bound == nullptr ? std::nullopt : ast::to_sql(*table.bound);
  values ? static_cast<void>(to.json.member("bound_values", *values)) : write_null(to, "bound_values");
  if (!table.partitioning) return write_null(to, "partition_by");
  to.json.object("partition_by").member("strategy", word(table.partitioning->strategy)).array("columns");
  for (const KeyElement& key : table.partitioning->keys) {
    key.column == 0 ? to.json.null() : to.json.value(name_of(key.column, table.columns));
  }
  to.json.end_array();
  write_keys(to, table.partitioning->keys, table.columns);
  to.json.end_object();
}

void write_column(const Writing& to, const Column& column) {
  to.json.begin_object().member("name", column.name).member("type", type_text(to, column.type));
  to.json.member("not_null", column.not_null);
  const bool has_default = column.default_value != nullptr && column.generated == Generated::No;
  to.json.member("has_default", has_default);
  write_sql(to, "default", has_default ? column.default_value : nullptr);
  write_sql(to, "generated_as", has_default ? nullptr : column.default_value);
  if (column.identity == Identity::No) {
    write_null(to, "identity");
  } else {
    to.json.member("identity", column.identity == Identity::Always ? "always" : "by default");
  }
  if (column.generated == Generated::No) {
    write_null(to, "generated");
  } else {
    to.json.member("generated", column.generated == Generated::Stored ? "stored" : "virtual");
  }
  if (column.collation.empty()) {
    write_null(to, "collation");
  } else {
    to.json.member("collation", column.collation);
  }
  to.json.member("not_null_valid", column.not_null && column.not_null_valid);
  write_text(to, "not_null_constraint", column.not_null ? column.not_null_name : std::string());
  write_text(to, "storage", column.storage == "default" ? std::string() : column.storage);
  write_text(to, "compression", column.compression == "default" ? std::string() : column.compression);
  write_place(to, column.origin);
  to.json.end_object();
}

}  // namespace

void write_columns(const Writing& to, const std::vector<Column>& columns) {
  to.json.array("columns");
  for (const Column& column : columns) write_column(to, column);
  to.json.end_array();
}

namespace {

std::string_view word(TablePart part) {
  switch (part) {
    case TablePart::Column:
      return "column";
    case TablePart::NotNull:
      return "not null";
    case TablePart::Constraint:
      return "constraint";
    case TablePart::Trigger:
      return "trigger";
    case TablePart::Rule:
      return "rule";
    case TablePart::Policy:
      return "policy";
    case TablePart::RowSecurity:
      return "row security";
    case TablePart::Other:
      return "other";
  }
  return "";
}

void write_doubts(const Writing& to, const std::vector<Doubt>& doubts) {
  to.json.array("uncertain_parts");
  for (const Doubt& doubt : doubts) {
    to.json.begin_object().member("kind", word(doubt.part));
    doubt.name.empty() ? write_null(to, "name") : static_cast<void>(to.json.member("name", doubt.name));
    to.json.end_object();
  }
  to.json.end_array();
}

}  // namespace

void write(const Writing& to, const Table& table) {
  to.json.begin_object().member("schema", table.schema).member("name", table.name);
  to.json.member("kind", word(table.kind));
  to.json.member("persistence", table.persistence == Persistence::Unlogged ? "unlogged" : "permanent");
  to.json.member("uncertain", table.uncertain);
  write_doubts(to, table.doubts);
  write_partitioning(to, table);
  to.json.array("inherits");
  for (const ObjectId parent : table.inherits) {
    if (parent == table.partition_of) continue;
    if (const Table* held = to.catalog.get<Table>(parent)) to.json.value(qualified(*held));
  }
  to.json.end_array().member("row_security", table.row_security);
  to.json.member("force_row_security", table.force_row_security);
  to.json.member("replica_identity", table.replica_identity);
  write_name(to, "replica_index", to.catalog.get<Index>(table.replica_index));
  write_name(to, "clustered_on", to.catalog.get<Index>(table.clustered_on));
  write_reference(to, "of_type", table.of_type);
  write_text(to, "access_method", table.access_method == "heap" ? std::string() : table.access_method);
  write_text(to, "tablespace", table.tablespace);
  write_options(to, table.options);
  write_columns(to, table.columns);
  write_constraints(to, table);
  write_indexes(to, table.id, table.columns);
  write_policies(to, table);
  write_triggers(to, table.triggers, table.columns);
  write_rules(to, table.rules);
  write_owner_and_grants(to, table);
  write_place(to, table.origin);
  to.json.end_object();
}

}  // namespace migcheck::catalog_json_room
