// SPDX-License-Identifier: MIT

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "migcheck/tenancy.hpp"
#include "tenancy/inference.hpp"
#include "tenancy/root_names.hpp"

namespace migcheck {

namespace {

using catalog::Catalog;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::ObjectId;
using catalog::Table;

bool is_foreign_key(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::ForeignKey && !constraint.columns.empty();
}

bool listed(const std::set<std::string, std::less<>>& names, const Table& table) {
  return names.count(table.name) != 0 || names.count(table.schema + "." + table.name) != 0;
}

// The one column of a primary key; empty where there are more.
std::string key_column(const Table& table) {
  const Constraint* key = table.primary_key();
  if (key == nullptr || key->columns.size() != 1) return table.column("id") != nullptr ? "id" : "";
  const catalog::Column* column = table.column(key->columns.front());
  return column == nullptr ? "" : column->name;
}

class Builder {
 public:
  Builder(const Catalog& catalog, const TenancySettings& settings, bool explain_none)
      : catalog_(catalog), settings_(settings), explain_none_(explain_none) {
    for (const Table* table : catalog.tables()) {
      if (table->persistence != catalog::Persistence::Temporary) tables_.push_back(table);
    }
  }

  TenantMap build() {
    if (!settings_.enabled) {
      map_.explanation = "Tenancy checks are switched off in the configuration.";
      return std::move(map_);
    }
    if (settings_.columns.empty()) {
      infer();
    } else {
      configure();
    }
    if (map_.on()) classify();
    return std::move(map_);
  }

 private:
  void infer() {
    tenancy::InferredTenant inferred = tenancy::infer_tenant(catalog_, tables_, explain_none_);
    map_.inferred = !inferred.columns.empty();
    map_.columns = std::move(inferred.columns);
    map_.root = inferred.root;
    map_.root_name = std::move(inferred.root_name);
    map_.explanation = std::move(inferred.explanation);
  }

  void configure() {
    map_.columns = settings_.columns;
    if (!settings_.root.empty()) {
      map_.root_name = settings_.root;
      for (const Table* table : tables_) {
        if (table->name == settings_.root || table->schema + "." + table->name == settings_.root) {
          map_.root = table->id;
        }
      }
    } else {
      map_.root = referenced_root();
      if (const auto* root = catalog_.get<Table>(map_.root)) map_.root_name = root->name;
    }
    map_.explanation = fmt::format("The tenant column is configured: {}.", fmt::join(map_.columns, ", "));
  }

  // The table that the configured columns refer to, if they agree.
  [[nodiscard]] ObjectId referenced_root() const {
    std::map<ObjectId, std::size_t> referred;
    for (const Table* table : tables_) {
      for (const Constraint& constraint : table->constraints) {
        if (!is_foreign_key(constraint) || constraint.columns.size() != 1) continue;
        const auto* column = table->column(constraint.columns.front());
        if (column != nullptr && is_tenant_column(column->name)) referred[constraint.references] += 1;
      }
    }
    referred.erase(catalog::kNoObject);
    const auto most = std::max_element(referred.begin(), referred.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == referred.end() ? catalog::kNoObject : most->first;
  }

  [[nodiscard]] bool is_tenant_column(std::string_view name) const {
    return std::find(map_.columns.begin(), map_.columns.end(), name) != map_.columns.end();
  }

  void classify() {
    for (const Table* table : tables_) map_.tables[table->id] = first_look(*table);
    // Belonging is handed down along foreign keys, one generation a round.
    for (bool changed = true; changed;) {
      changed = false;
      for (const Table* table : tables_) {
        TenantTable& entry = map_.tables[table->id];
        if (entry.kind == TenantKind::Unknown && inherit(*table, entry)) changed = true;
      }
    }
    for (const Table* table : tables_) settle(*table, map_.tables[table->id]);
    for (const Table* table : tables_) {
      TenantTable& entry = map_.tables[table->id];
      entry.membership = is_membership(*table);
      if (entry.tenants() && entry.kind != TenantKind::Root && table->partition_of == catalog::kNoObject)
        map_.named[tenancy::head_of(tenancy::snake_case(table->name))].push_back(table->id);
    }
  }

  [[nodiscard]] TenantTable first_look(const Table& table) const {
    if (table.id == map_.root)
      return {.kind = TenantKind::Root, .column = key_column(table), .reason = "the tenants"};
    if (listed(settings_.global_tables, table))
      return {.kind = TenantKind::Global, .reason = "configured as global"};
    for (const std::string& name : map_.columns) {
      const catalog::Column* column = table.column(name);
      if (column == nullptr || refers_elsewhere(table, *column)) continue;
      return {.kind = TenantKind::Column, .column = name, .reason = fmt::format("has {}", name)};
    }
    return {};
  }

  // A column of the tenant's name that refers to something other than tenants and what carries their column.
  [[nodiscard]] bool refers_elsewhere(const Table& table, const catalog::Column& column) const {
    if (map_.root == catalog::kNoObject) return false;
    bool elsewhere = false;
    for (const Constraint& constraint : table.constraints) {
      if (!is_foreign_key(constraint) || constraint.columns.size() != 1) continue;
      if (constraint.columns.front() != column.number) continue;
      if (constraint.references == map_.root) return false;
      const auto* other = catalog_.get<Table>(constraint.references);
      if (other == nullptr || constraint.referenced_columns.empty()) continue;
      const catalog::Column* referred = other->column(constraint.referenced_columns.front());
      elsewhere = elsewhere || (referred != nullptr && !is_tenant_column(referred->name));
    }
    return elsewhere;
  }

  // A required foreign key to a tenant's row makes the row that tenant's. An optional one does not: users
  // with a current_team_id belong to nobody.
  bool inherit(const Table& table, TenantTable& entry) const {
    const Constraint* best = nullptr;
    for (const Constraint& constraint : table.constraints) {
      if (!is_foreign_key(constraint) || !constraint.enforced || constraint.references == table.id) continue;
      const auto parent = map_.tables.find(constraint.references);
      if (parent == map_.tables.end() || !parent->second.tenants()) continue;
      if (!all_required(table, constraint)) continue;
      const bool owned = constraint.on_delete == ast::ReferentialAction::Cascade;
      if (best == nullptr || (owned && best->on_delete != ast::ReferentialAction::Cascade))
        best = &constraint;
    }
    if (best == nullptr) return false;
    const auto* parent = catalog_.get<Table>(best->references);
    const auto* column = table.column(best->columns.front());
    if (parent == nullptr || column == nullptr) return false;
    if (parent->id == map_.root && best->columns.size() == 1) {
      entry = {.kind = TenantKind::Column, .column = column->name};
    } else {
      entry = {
          .kind = TenantKind::Inherited, .column = column->name, .key = best->columns, .parent = parent->id};
    }
    entry.reason = fmt::format("{} refers to {}", column->name, parent->name);
    return true;
  }

  [[nodiscard]] static bool all_required(const Table& table, const Constraint& constraint) {
    return std::all_of(constraint.columns.begin(), constraint.columns.end(),
                       [&](catalog::ColumnNumber number) {
                         const auto* column = table.column(number);
                         return column != nullptr && column->not_null;
                       });
  }

  // What is still unknown is everybody's, unless an optional key leads to a tenant's row.
  void settle(const Table& table, TenantTable& entry) const {
    if (entry.kind != TenantKind::Unknown) return;
    for (const Constraint& constraint : table.constraints) {
      if (!is_foreign_key(constraint) || constraint.references == table.id) continue;
      const auto parent = map_.tables.find(constraint.references);
      if (parent == map_.tables.end() || parent->second.kind == TenantKind::Global ||
          parent->second.kind == TenantKind::Unknown) {
        continue;
      }
      const auto* column = table.column(constraint.columns.front());
      if (parent->second.kind == TenantKind::Root) continue;
      entry.reason =
          fmt::format("{} may refer to a tenant's row", column == nullptr ? "a key" : column->name);
      return;
    }
    entry.kind = TenantKind::Global;
    entry.reason = "no key leads to a tenant";
  }

  // (team_id, user_id) unique, where users are everybody's: the row says who belongs to the tenant.
  [[nodiscard]] bool is_membership(const Table& table) const {
    const TenantTable& own = map_.of(table.id);
    if (own.kind != TenantKind::Column) return false;
    const auto* tenant = table.column(own.column);
    for (const Constraint& constraint : table.constraints) {
      if (!is_foreign_key(constraint) || constraint.columns.size() != 1) continue;
      const TenantKind parent = map_.of(constraint.references).kind;
      const bool outside = constraint.references == catalog::kNoObject || parent == TenantKind::Global;
      if (!outside || tenant == nullptr || constraint.columns.front() == tenant->number) continue;
      if (tenancy::is_unique_over(catalog_, table, {tenant->number, constraint.columns.front()})) return true;
    }
    return false;
  }

  const Catalog& catalog_;
  const TenancySettings& settings_;
  const bool explain_none_;
  std::vector<const Table*> tables_;
  TenantMap map_;
};

}  // namespace

const TenantTable& TenantMap::of(catalog::ObjectId table) const {
  static const TenantTable unknown;
  const auto found = tables.find(table);
  return found == tables.end() ? unknown : found->second;
}

TenantMap tenant_map(const catalog::Catalog& catalog, const TenancySettings& settings, bool explain_none) {
  return Builder(catalog, settings, explain_none).build();
}

}  // namespace migcheck
