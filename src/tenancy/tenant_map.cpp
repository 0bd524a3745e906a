// SPDX-License-Identifier: MIT

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "migcheck/tenancy.hpp"
#include "tenancy/inference.hpp"
#include "tenancy/root_names.hpp"
#include "tenancy/tenant_mapper.hpp"

namespace migcheck {
namespace tenancy {
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

// Not reached: nobody's row, or nobody knows whose.
constexpr std::uint32_t kNobodys = 0xFFFFFFFF;

std::string face_of(const Table& table) {
  std::string face = table.schema + "." + table.name;
  for (const catalog::Column& column : table.columns) face += "," + column.name;
  return face;
}

// Without making it: most changes of a table leave it as it was.
bool is_face_of(std::string_view face, const Table& table) {
  const auto goes_on = [&](std::string_view part) {
    if (!face.starts_with(part)) return false;
    face.remove_prefix(part.size());
    return true;
  };
  return goes_on(table.schema) && goes_on(".") && goes_on(table.name) &&
         std::all_of(table.columns.begin(), table.columns.end(),
                     [&](const catalog::Column& column) { return goes_on(",") && goes_on(column.name); }) &&
         face.empty();
}

// Which part of an entry others inherit, or speak of.
bool is_same_for_others(const TenantTable& a, const TenantTable& b) {
  return a.kind == b.kind && a.column == b.column && a.parent == b.parent && a.key == b.key;
}

}  // namespace

class Classifier {
 public:
  Classifier(const Catalog& catalog, const TenancySettings& settings, TenantMapper& mapper)
      : catalog_(catalog), settings_(settings), map_(mapper.map_), standings_(mapper.standings_) {}

  // All tables anew.
  void classify() {
    map_.tables.clear();
    map_.named.clear();
    standings_.clear();
    std::vector<const Table*> tables;
    for (const Table* table : catalog_.tables()) {
      if (table->persistence == catalog::Persistence::Temporary) continue;
      tables.push_back(table);
      map_.tables[table->id] = first_look(*table);
      standings_[table->id] = {.generation = first_generation(table->id), .face = face_of(*table)};
    }
    // Belonging is handed down along foreign keys, one generation a round.
    for (bool changed = true; changed;) changed = hand_down(tables);
    for (const Table* table : tables) settle(*table, map_.tables[table->id]);
    for (const Table* table : tables) list(*table);
  }

  // These tables, as far as nothing else hangs on what they are; false: all must be looked at.
  bool classify_again(std::vector<ObjectId> changed) {
    // What refers to a table speaks of its name and its columns.
    for (std::size_t n = 0; n < changed.size(); ++n) {
      const auto* table = catalog_.get<Table>(changed[n]);
      const auto known = standings_.find(changed[n]);
      if (table == nullptr || known == standings_.end() || is_face_of(known->second.face, *table)) continue;
      known->second.face = face_of(*table);
      for (const Catalog::IncomingKey& key : catalog_.keys_to(table->id)) {
        if (std::find(changed.begin(), changed.end(), key.table->id) == changed.end())
          changed.push_back(key.table->id);
      }
    }
    return std::all_of(changed.begin(), changed.end(), [&](ObjectId id) { return look_again(id); });
  }

 private:
  [[nodiscard]] std::uint32_t first_generation(ObjectId id) const {
    return map_.of(id).tenants() ? 0 : kNobodys;
  }
  [[nodiscard]] std::uint32_t generation_of(ObjectId id) const {
    const auto known = standings_.find(id);
    return known == standings_.end() ? kNobodys : known->second.generation;
  }

  bool hand_down(const std::vector<const Table*>& tables) {
    std::vector<std::pair<ObjectId, std::uint32_t>> reached;
    for (const Table* table : tables) {
      TenantTable& entry = map_.tables[table->id];
      if (entry.kind != TenantKind::Unknown) continue;
      TenantTable heir;
      if (const std::uint32_t generation = inherit(*table, heir); generation != kNobodys) {
        entry = std::move(heir);
        reached.emplace_back(table->id, generation);
      }
    }
    // Only now: within a round nobody inherits from who has just inherited.
    for (const auto& [id, generation] : reached) standings_[id].generation = generation;
    return !reached.empty();
  }

  bool look_again(ObjectId id) {
    const auto* table = catalog_.get<Table>(id);
    const bool gone = table == nullptr || table->persistence == catalog::Persistence::Temporary;
    const TenantTable before = map_.of(id);
    const std::uint32_t generation_before = generation_of(id);
    unlist(id);
    TenantTable entry = gone ? TenantTable() : first_look(*table);
    std::uint32_t generation = entry.tenants() ? 0 : kNobodys;
    if (!gone && entry.kind == TenantKind::Unknown) {
      generation = inherit(*table, entry);
      settle(*table, entry);
    }
    const bool same = is_same_for_others(before, entry) && generation == generation_before;
    if (gone) {
      map_.tables.erase(id);
      standings_.erase(id);
    } else {
      map_.tables[id] = std::move(entry);
      TenantMapper::Standing& standing = standings_[id];
      standing.generation = generation;
      if (!is_face_of(standing.face, *table)) standing.face = face_of(*table);
      list(*table);
    }
    const auto keys = catalog_.keys_to(id);
    return same || std::all_of(keys.begin(), keys.end(),
                               [&](const Catalog::IncomingKey& key) { return key.table->id == id; });
  }

  void list(const Table& table) {
    TenantTable& entry = map_.tables[table.id];
    entry.membership = is_membership(table);
    if (!entry.tenants() || entry.kind == TenantKind::Root || table.partition_of != catalog::kNoObject)
      return;
    std::string head = head_of(snake_case(table.name));
    std::vector<ObjectId>& ids = map_.named[head];
    ids.insert(std::lower_bound(ids.begin(), ids.end(), table.id), table.id);
    standings_[table.id].head = std::move(head);
  }

  void unlist(ObjectId id) {
    const auto known = standings_.find(id);
    if (known == standings_.end()) return;
    const auto named = map_.named.find(known->second.head);
    if (named != map_.named.end()) {
      std::erase(named->second, id);
      if (named->second.empty()) map_.named.erase(named);
    }
    known->second.head.clear();
  }

  [[nodiscard]] bool is_tenant_column(std::string_view name) const {
    return std::find(map_.columns.begin(), map_.columns.end(), name) != map_.columns.end();
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
  // with a current_team_id belong to nobody. Of several the nearest to a tenant column counts; of these one
  // whose rows go with the parent's.
  std::uint32_t inherit(const Table& table, TenantTable& entry) const {
    const Constraint* best = nullptr;
    std::uint32_t nearest = 0;
    for (const Constraint& constraint : table.constraints) {
      if (!is_foreign_key(constraint) || !constraint.enforced || constraint.references == table.id) continue;
      const std::uint32_t generation = generation_of(constraint.references);
      if (generation == kNobodys || !all_required(table, constraint)) continue;
      const bool owned = constraint.on_delete == ast::ReferentialAction::Cascade;
      const bool better =
          best == nullptr || generation < nearest ||
          (generation == nearest && owned && best->on_delete != ast::ReferentialAction::Cascade);
      if (!better) continue;
      best = &constraint;
      nearest = generation;
    }
    if (best == nullptr) return kNobodys;
    const auto* parent = catalog_.get<Table>(best->references);
    const auto* column = table.column(best->columns.front());
    if (parent == nullptr || column == nullptr) return kNobodys;
    if (parent->id == map_.root && best->columns.size() == 1) {
      entry = {.kind = TenantKind::Column, .column = column->name};
    } else {
      entry = {
          .kind = TenantKind::Inherited, .column = column->name, .key = best->columns, .parent = parent->id};
    }
    entry.reason = fmt::format("{} refers to {}", column->name, parent->name);
    return nearest + 1;
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
  TenantMap& map_;
  std::unordered_map<ObjectId, TenantMapper::Standing>& standings_;
};

namespace {

// The tenants' table, where the configuration names it.
ObjectId named_root(const Catalog& catalog, const std::string& name) {
  ObjectId root = catalog::kNoObject;
  for (const Table* table : catalog.tables()) {
    const bool temporary = table->persistence == catalog::Persistence::Temporary;
    if (!temporary && (table->name == name || table->schema + "." + table->name == name)) root = table->id;
  }
  return root;
}

InferredTenant configured_tenant(const Catalog& catalog, const TenancySettings& settings,
                                 const Candidates& candidates) {
  InferredTenant tenant;
  tenant.columns = settings.columns;
  tenant.explanation = fmt::format("The tenant column is configured: {}.", fmt::join(tenant.columns, ", "));
  if (!settings.root.empty()) {
    tenant.root = named_root(catalog, settings.root);
    tenant.root_name = settings.root;
    return tenant;
  }
  tenant.root = candidates.referred_by(settings.columns);
  if (const auto* root = catalog.get<Table>(tenant.root)) tenant.root_name = root->name;
  return tenant;
}

}  // namespace

// Several statements on one table are one change of it.
std::vector<ObjectId> TenantMapper::changed_tables(const Catalog& catalog) {
  const auto changed = catalog.changed_since(revision_);
  std::vector<ObjectId> ids(changed.begin(), changed.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  revision_ = catalog.revision();
  std::vector<ObjectId> tables;
  for (const ObjectId id : ids) {
    const ObjectId owner = candidates_.update(catalog, id);
    if (owner != catalog::kNoObject) tables.push_back(owner);
  }
  candidates_.settle(catalog);
  std::sort(tables.begin(), tables.end());
  tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
  return tables;
}

const TenantMap& TenantMapper::look(const Catalog& catalog, const TenancySettings& settings,
                                    bool explain_none) {
  const bool first = std::exchange(first_, false);
  if (!settings.enabled) {
    map_.explanation = "Tenancy checks are switched off in the configuration.";
    return map_;
  }
  if (!first && revision_ == catalog.revision()) return map_;
  std::vector<ObjectId> changed = changed_tables(catalog);
  if (!first && changed.empty()) return map_;
  InferredTenant tenant = settings.columns.empty() ? infer_tenant(catalog, candidates_, explain_none)
                                                   : configured_tenant(catalog, settings, candidates_);
  const bool same = !first && tenant.columns == map_.columns && tenant.root == map_.root;
  map_.inferred = settings.columns.empty() && !tenant.columns.empty();
  map_.columns = std::move(tenant.columns);
  map_.root = tenant.root;
  map_.root_name = std::move(tenant.root_name);
  map_.explanation = std::move(tenant.explanation);
  Classifier classifier(catalog, settings, *this);
  if (!map_.on()) {
    map_.tables.clear();
    map_.named.clear();
    standings_.clear();
  } else if (!same || !classifier.classify_again(std::move(changed))) {
    classifier.classify();
  }
  return map_;
}

}  // namespace tenancy

const TenantTable& TenantMap::of(catalog::ObjectId table) const {
  static const TenantTable unknown;
  const auto found = tables.find(table);
  return found == tables.end() ? unknown : found->second;
}

TenantMap tenant_map(const catalog::Catalog& catalog, const TenancySettings& settings, bool explain_none) {
  return tenancy::TenantMapper().look(catalog, settings, explain_none);
}

}  // namespace migcheck
