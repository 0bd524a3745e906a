// SPDX-License-Identifier: MIT

#include "tenancy/candidates.hpp"

#include <algorithm>

#include "migcheck/ast/mentions.hpp"
#include "tenancy/inference.hpp"

namespace migcheck::tenancy {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Table;

namespace {

std::string bare_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return std::string(dot == std::string_view::npos ? qualified : qualified.substr(dot + 1));
}

Target target_of(const Constraint& constraint) {
  if (constraint.references != catalog::kNoObject) return {constraint.references, {}};
  return {catalog::kNoObject, constraint.references_name};
}

// The same question without a column to look for.
bool refers_to(const Constraint& constraint, const Target& root) {
  if (constraint.kind != ConstraintKind::ForeignKey || constraint.references != root.id) return false;
  return root.id != catalog::kNoObject || constraint.references_name == root.name;
}

bool is_guarded(const Table& table, std::string_view column) {
  return table.row_security &&
         std::any_of(table.policies.begin(), table.policies.end(), [&](const catalog::Policy& policy) {
           return ast::mentions_column(policy.using_expression, column) ||
                  ast::mentions_column(policy.check_expression, column);
         });
}

bool refers_elsewhere(const Table& table, const Column& column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& constraint) {
    return single_column(table, constraint) == &column;
  });
}

// Columns that are keys to people.
std::vector<const Column*> keys_to_people(const Catalog& catalog, const Table& table) {
  std::vector<const Column*> keys;
  for (const Constraint& constraint : table.constraints) {
    const Column* column = single_column(table, constraint);
    if (column == nullptr) continue;
    const auto* people = catalog.get<Table>(constraint.references);
    const std::string name = people == nullptr ? bare_name(constraint.references_name) : people->name;
    if (likeness_of_root(name) == RootLikeness::Person) keys.push_back(column);
  }
  return keys;
}

// (tenant, person) unique: it says who is in the tenant.
bool is_membership(const Catalog& catalog, const Table& table, std::string_view spelling,
                   const std::vector<const Column*>& people) {
  const Column* tenant = table.column(spelling);
  return tenant != nullptr && std::any_of(people.begin(), people.end(), [&](const Column* person) {
           return person != tenant && is_unique_over(catalog, table, {tenant->number, person->number});
         });
}

}  // namespace

bool could_carry_tenant(const Table& table) {
  return (table.kind == catalog::TableKind::Plain || table.kind == catalog::TableKind::Partitioned) &&
         table.persistence != catalog::Persistence::Temporary && table.partition_of == catalog::kNoObject &&
         !table.extension_member;
}

const Column* single_column(const Table& table, const Constraint& constraint) {
  const bool key = constraint.kind == ConstraintKind::ForeignKey && constraint.columns.size() == 1;
  return key ? table.column(constraint.columns.front()) : nullptr;
}

bool Candidates::Name::is_of(const Column& column) const {
  return std::find(spellings.begin(), spellings.end(), column.name) != spellings.end();
}

Candidates::Name& Candidates::name_of(const std::string& spelling) {
  const auto [known, first] = spellings_.try_emplace(spelling, nullptr);
  if (first) {
    std::string snake = snake_case(spelling);
    Name& name = names_[snake];
    const RootLikeness likeness = likeness_of_column(snake);
    name.speaks = likeness != RootLikeness::Object && likeness != RootLikeness::Person;
    name.snake = std::move(snake);
    name.spellings.push_back(spelling);
    known->second = &name;
  }
  return *known->second;
}

// --- candidates and their carriers ---

void Candidates::unlist(Candidate& candidate) {
  const auto size = by_size_.find(candidate.listed_as);
  if (size == by_size_.end()) return;
  size->second.erase(&candidate);
  if (size->second.empty()) by_size_.erase(size);
  candidate.listed_as = 0;
}

void Candidates::list_anew() {
  for (Candidate* candidate : touched_) {
    const std::size_t size = candidate->carriers.size();
    if (size == candidate->listed_as) continue;
    unlist(*candidate);
    if (size > 0) by_size_[size].insert(candidate);
    candidate->listed_as = size;
  }
  touched_.clear();
}

void Candidates::put(Candidate& candidate, ObjectId id, Carrier carrier) {
  candidate.by_key += carrier.by_key ? 1U : 0U;
  candidate.required += carrier.required ? 1U : 0U;
  candidate.guarded += carrier.guarded ? 1U : 0U;
  candidate.memberships += carrier.membership ? 1U : 0U;
  for (const std::string& spelling : carrier.spellings) ++candidate.spellings[spelling];
  candidate.carriers.emplace(id, std::move(carrier));
  tables_[id].carried.push_back(&candidate);
  touched_.push_back(&candidate);
}

void Candidates::take_away(Candidate& candidate, ObjectId id) {
  const auto found = candidate.carriers.find(id);
  if (found == candidate.carriers.end()) return;
  const Carrier& carrier = found->second;
  candidate.by_key -= carrier.by_key ? 1U : 0U;
  candidate.required -= carrier.required ? 1U : 0U;
  candidate.guarded -= carrier.guarded ? 1U : 0U;
  candidate.memberships -= carrier.membership ? 1U : 0U;
  for (const std::string& spelling : carrier.spellings) {
    const auto counted = candidate.spellings.find(spelling);
    if (--counted->second == 0) candidate.spellings.erase(counted);
  }
  candidate.carriers.erase(found);
  touched_.push_back(&candidate);
  if (const auto known = tables_.find(id); known != tables_.end())
    std::erase(known->second.carried, &candidate);
}

// Large tables often carry the column without the key; and a column that is called tenant_id needs none.
Carrier Candidates::carrier_of(const Catalog& catalog, const Table& table, const Name& name,
                               const Candidate& candidate, const std::vector<const Column*>& people) {
  Carrier carrier;
  for (const Constraint& constraint : table.constraints) {
    if (constraint.references == table.id || !refers_to(constraint, candidate.root)) continue;
    const Column* column = single_column(table, constraint);
    if (column == nullptr || !name.is_of(*column)) continue;
    if (carrier.spellings.empty()) carrier.required = column->not_null;
    carrier.by_key = true;
    carrier.spellings.push_back(column->name);
  }
  if (candidate.by_name && table.id != candidate.root.id) {
    for (const Column& column : table.columns) {
      if (!name.is_of(column) || refers_elsewhere(table, column)) continue;
      if (!candidate.root_type.empty() && candidate.root_type != column.type.name) continue;
      if (carrier.spellings.empty()) carrier.required = column.not_null;
      carrier.spellings.push_back(column.name);
    }
  }
  if (carrier.spellings.empty()) return carrier;
  carrier.guarded = is_guarded(table, carrier.spellings.front());
  carrier.membership = is_membership(catalog, table, carrier.spellings.front(), people);
  return carrier;
}

void Candidates::describe_root(const Catalog& catalog, Name& name, Candidate& candidate) {
  const auto* root = catalog.get<Table>(candidate.root.id);
  candidate.root_name = root == nullptr ? bare_name(candidate.root.name) : root->name;
  const Constraint* key = root == nullptr ? nullptr : root->primary_key();
  const Column* referred = key == nullptr ? nullptr : root->column(key->columns.front());
  candidate.root_type = referred == nullptr ? std::string() : referred->type.name;
  candidate.by_name = candidate.root == Target{} || speaks_of(candidate.column, candidate.root_name);
  if (candidate.by_name) {
    name.by_name.insert(candidate.root);
  } else {
    name.by_name.erase(candidate.root);
  }
}

// All carriers anew. Where only keys count, a table that has one comes by itself: see update_table().
void Candidates::fill(const Catalog& catalog, Name& name, Candidate& candidate) {
  std::vector<ObjectId> tables;
  for (const auto& [id, carrier] : candidate.carriers) tables.push_back(id);
  for (const ObjectId id : tables) take_away(candidate, id);
  if (candidate.by_name) tables.assign(name.bearers.begin(), name.bearers.end());
  for (const ObjectId id : tables) {
    const auto* table = catalog.get<Table>(id);
    if (table == nullptr) continue;
    Carrier carrier = carrier_of(catalog, *table, name, candidate, keys_to_people(catalog, *table));
    if (!carrier.spellings.empty()) put(candidate, id, std::move(carrier));
  }
}

void Candidates::make(const Catalog& catalog, Name& name, const Target& root) {
  Candidate& candidate = name.by_target[root];
  candidate.column = name.snake;
  candidate.root = root;
  describe_root(catalog, name, candidate);
  if (root.id != catalog::kNoObject) roots_[root.id].emplace(&name, root);
  fill(catalog, name, candidate);
}

void Candidates::drop(Name& name, const Target& root) {
  const auto found = name.by_target.find(root);
  Candidate& candidate = found->second;
  while (!candidate.carriers.empty()) take_away(candidate, candidate.carriers.begin()->first);
  unlist(candidate);
  std::erase(touched_, &candidate);
  if (const auto of_table = roots_.find(root.id); of_table != roots_.end()) {
    of_table->second.erase({&name, root});
    if (of_table->second.empty()) roots_.erase(of_table);
  }
  name.by_name.erase(root);
  name.by_target.erase(found);
}

// A candidate for each table that keys on the name refer to …
void Candidates::settle_target(const Catalog& catalog, Name& name, const Target& target) {
  const bool wanted = name.key_tables.contains(target);
  const bool there = name.by_target.contains(target);
  if (wanted && !there) make(catalog, name, target);
  if (!wanted && there) drop(name, target);
}

// … and, without any key, one if the name speaks.
void Candidates::settle_name(const Catalog& catalog, Name& name) {
  const bool wanted = name.key_tables.empty() && name.speaks && !name.bearers.empty();
  const bool there = name.by_target.contains(Target{});
  if (wanted && !there) make(catalog, name, {});
  if (!wanted && there) drop(name, {});
}

// --- tables that change ---

void Candidates::withdraw(ObjectId id) {
  const auto found = tables_.find(id);
  if (found == tables_.end()) return;
  for (Candidate* candidate : std::vector<Candidate*>(found->second.carried)) take_away(*candidate, id);
  for (Name* name : found->second.names) name->bearers.erase(id);
  for (const auto& [name, target] : found->second.keys) {
    const auto counted = name->key_tables.find(target);
    if (--counted->second == 0) name->key_tables.erase(counted);
  }
  tables_.erase(found);
}

// The names of its columns, and what its keys refer to.
Candidates::Known Candidates::said_by(const Table& table) {
  Known said;
  for (const Column& column : table.columns) said.names.push_back(&name_of(column.name));
  for (const Constraint& constraint : table.constraints) {
    const Column* column = single_column(table, constraint);
    if (column == nullptr || constraint.references == table.id) continue;
    Place place(&name_of(column->name), target_of(constraint));
    // A second key of the same says nothing more.
    if (std::find(said.keys.begin(), said.keys.end(), place) == said.keys.end())
      said.keys.push_back(std::move(place));
  }
  return said;
}

void Candidates::learn(ObjectId id, Known said) {
  for (Name* name : said.names) name->bearers.insert(id);
  for (const auto& [name, target] : said.keys) ++name->key_tables[target];
  tables_[id] = std::move(said);
}

// The table's part in the candidates of its names.
void Candidates::refresh_carriers(const Catalog& catalog, ObjectId id) {
  const auto* table = catalog.get<Table>(id);
  const auto known = tables_.find(id);
  if (table == nullptr || known == tables_.end()) return;
  const std::vector<const Column*> people = keys_to_people(catalog, *table);
  const auto refresh = [&](Name& name, Candidate& candidate) {
    Carrier carrier = carrier_of(catalog, *table, name, candidate, people);
    const auto known_carrier = candidate.carriers.find(id);
    if (known_carrier != candidate.carriers.end() && known_carrier->second == carrier) return;
    take_away(candidate, id);
    if (!carrier.spellings.empty()) put(candidate, id, std::move(carrier));
  };
  for (const auto& [name, target] : known->second.keys) refresh(*name, name->by_target.at(target));
  for (Name* name : known->second.names) {
    for (const Target& target : name->by_name) refresh(*name, name->by_target.at(target));
  }
}

// What refers to the table may now refer to something of another name or type.
void Candidates::refresh_roots(const Catalog& catalog, ObjectId id) {
  const auto found = roots_.find(id);
  if (found == roots_.end()) return;
  for (const auto& [name, target] : found->second) {
    Candidate& candidate = name->by_target.at(target);
    const std::pair was(candidate.root_name, candidate.root_type);
    describe_root(catalog, *name, candidate);
    if (was == std::pair(candidate.root_name, candidate.root_type)) continue;
    fill(catalog, *name, candidate);
  }
}

// Whether a table says who is in a tenant hangs on the names of those that it refers to.
void Candidates::refresh_neighbours(const Catalog& catalog, ObjectId id) {
  for (const Catalog::IncomingKey& key : catalog.keys_to(id)) {
    if (key.table->id != id) stale_.push_back(key.table->id);
  }
}

catalog::ObjectId Candidates::update(const Catalog& catalog, ObjectId id) {
  if (catalog.get<Table>(id) != nullptr || table_names_.contains(id)) {
    update_table(catalog, id);
    return id;
  }
  const auto* index = catalog.get<catalog::Index>(id);
  const auto known = unique_indexes_.find(id);
  ObjectId table = known == unique_indexes_.end() ? catalog::kNoObject : known->second;
  if (known != unique_indexes_.end()) unique_indexes_.erase(known);
  if (index != nullptr && index->unique) {
    table = index->table;
    unique_indexes_[id] = table;
  }
  if (table != catalog::kNoObject) stale_.push_back(table);
  return table;
}

// A table counts once, however many of its indexes changed with it.
void Candidates::settle(const Catalog& catalog) {
  std::sort(stale_.begin(), stale_.end());
  stale_.erase(std::unique(stale_.begin(), stale_.end()), stale_.end());
  for (const ObjectId id : stale_) refresh_carriers(catalog, id);
  stale_.clear();
  list_anew();
}

// What the table says anew; most changes of a table leave its names and keys as they were.
void Candidates::learn_again(const Catalog& catalog, ObjectId id, const Table* table) {
  const bool carries = table != nullptr && could_carry_tenant(*table);
  const auto found = tables_.find(id);
  Known said = carries ? said_by(*table) : Known();
  const bool knows = found != tables_.end();
  if (knows == carries && (!knows || (found->second.names == said.names && found->second.keys == said.keys)))
    return;
  std::vector<Name*> names = said.names;
  std::vector<Place> keys = said.keys;
  if (knows) {
    names.insert(names.end(), found->second.names.begin(), found->second.names.end());
    keys.insert(keys.end(), found->second.keys.begin(), found->second.keys.end());
  }
  withdraw(id);
  if (carries) learn(id, std::move(said));
  for (const auto& [name, target] : keys) settle_target(catalog, *name, target);
  for (Name* name : names) settle_name(catalog, *name);
}

void Candidates::update_table(const Catalog& catalog, ObjectId id) {
  const auto* table = catalog.get<Table>(id);
  learn_again(catalog, id, table);
  const std::string name = table == nullptr ? std::string() : table->name;
  named_tenants_.erase(id);
  if (tables_.contains(id)) {
    std::string room;
    const std::string_view snake = snake_case(name, room);
    if (snake == "tenant" || snake == "tenants") named_tenants_.insert(id);
  }
  stale_.push_back(id);
  refresh_roots(catalog, id);
  std::string& known_name = table_names_[id];
  if (known_name != name) refresh_neighbours(catalog, id);
  known_name = name;
  if (table == nullptr) table_names_.erase(id);
}

// --- asking ---

catalog::ObjectId Candidates::referred_by(const std::vector<std::string>& spellings) const {
  std::map<ObjectId, std::size_t> referred;
  std::set<const Name*> names;
  for (const std::string& spelling : spellings) {
    if (const auto known = spellings_.find(spelling); known != spellings_.end()) names.insert(known->second);
  }
  for (const Name* name : names) {
    for (const auto& [target, candidate] : name->by_target) {
      if (target.id == catalog::kNoObject) continue;
      referred[target.id] += static_cast<std::size_t>(
          std::count_if(candidate.carriers.begin(), candidate.carriers.end(), [&](const auto& entry) {
            const Carrier& carrier = entry.second;
            return carrier.by_key && std::find(spellings.begin(), spellings.end(),
                                               carrier.spellings.front()) != spellings.end();
          }));
    }
  }
  const auto most = std::max_element(referred.begin(), referred.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == referred.end() || most->second == 0 ? catalog::kNoObject : most->first;
}

catalog::ObjectId Candidates::named_tenants() const {
  return named_tenants_.empty() ? catalog::kNoObject : *named_tenants_.rbegin();
}

}  // namespace migcheck::tenancy
