// SPDX-License-Identifier: MIT

// Whose convention holds: see check/conventions.hpp.

#include <algorithm>
#include <array>

#include "migcheck/check.hpp"

#include "migcheck/letters.hpp"

namespace migcheck {
namespace {

using catalog::Table;

constexpr std::array<std::string_view, 38> kToolTables = {"alembic_version",
                                                          "ar_internal_metadata",
                                                          "atlas_schema_revisions",
                                                          "databasechangelog",
                                                          "databasechangeloglock",
                                                          "db_migration",
                                                          "django_admin_log",
                                                          "django_content_type",
                                                          "django_migrations",
                                                          "django_session",
                                                          "drizzle_migrations",
                                                          "ebean_migration",
                                                          "flyway_schema_history",
                                                          "geography_columns",
                                                          "geometry_columns",
                                                          "goose_db_version",
                                                          "gorp_migrations",
                                                          "knex_migrations",
                                                          "knex_migrations_lock",
                                                          "migrations",
                                                          "mikro_orm_migrations",
                                                          "pgmigrations",
                                                          "phinxlog",
                                                          "play_evolutions",
                                                          "play_evolutions_lock",
                                                          "raster_columns",
                                                          "raster_overviews",
                                                          "refinery_schema_history",
                                                          "schema_info",
                                                          "schema_migration",
                                                          "schema_migrations",
                                                          "schema_version",
                                                          "schemaversion",
                                                          "sequelizedata",
                                                          "sequelizemeta",
                                                          "spatial_ref_sys",
                                                          "typeorm_metadata",
                                                          "versions_schema"};

bool has_word(std::string_view name, std::initializer_list<std::string_view> wanted) {
  const std::vector<std::string> words = english::words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

bool is_tool_table(std::string_view name) {
  const std::string lower = in_lower_case(name);
  // _prisma_migrations, __diesel_schema_migrations, _PostToTag: made by tools, named as nobody else would.
  return lower.rfind('_', 0) == 0 || lower.rfind("pg_", 0) == 0 ||
         std::binary_search(kToolTables.begin(), kToolTables.end(), lower);
}

bool is_copy_name(std::string_view name) {
  return has_word(name, {"backup", "bak", "bkp", "old", "tmp", "temp", "copy", "new", "staging"});
}

bool is_audit_log_name(std::string_view name) {
  for (const std::string_view end :
       {"audit_log", "audit_logs", "audit_trail", "audit_events", "audit_entries"}) {
    if (ends_with(name, end)) return true;
  }
  return false;
}

std::vector<const Table*> own_tables(const CheckContext& context) {
  std::vector<const Table*> tables = context.catalog().tables();
  std::erase_if(tables, [](const Table* table) {
    const bool relation =
        table->kind == catalog::TableKind::Plain || table->kind == catalog::TableKind::Partitioned;
    return !relation || table->persistence == catalog::Persistence::Temporary ||
           table->partition_of != catalog::kNoObject || table->extension_member || table->uncertain ||
           is_tool_table(table->name);
  });
  return tables;
}

bool is_in_foreign_key(const Table& table, catalog::ColumnNumber column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const catalog::Constraint& key) {
    return key.kind == catalog::ConstraintKind::ForeignKey &&
           std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
  });
}

Custom custom_of(const CheckContext& context, std::span<const CustomSample> samples) {
  constexpr std::size_t kFew = 5;      // so few make no convention
  constexpr std::size_t kSettled = 3;  // so many from before the change do
  Custom custom;
  custom.total = samples.size();
  std::size_t settled = 0;
  std::size_t settled_others = 0;
  for (const CustomSample& sample : samples) {
    const bool other = !sample.style.empty();
    const bool target = context.is_target(sample.origin);
    custom.others += other ? 1 : 0;
    settled += target ? 0 : 1;
    settled_others += other && !target ? 1 : 0;
    if (other && target) custom.departures.push_back(&sample);
  }
  if (custom.departures.empty() || context.is_asked_for()) return custom;
  const bool by_history = settled >= kSettled;
  const std::size_t others = by_history ? settled_others : custom.others;
  const std::size_t total = by_history ? settled : custom.total;
  if (others * 4 <= total || (!by_history && total < kFew)) return custom;
  if (!by_history) custom.instead = custom.departures.back();
  custom.departures.clear();
  return custom;
}

}  // namespace migcheck
