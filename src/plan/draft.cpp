// SPDX-License-Identifier: MIT
#include "plan/draft.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <iterator>
#include <limits>

#include "catalog/name_index.hpp"
#include "catalog/search_path.hpp"

namespace migcheck::plan {

using catalog::Catalog;
using catalog::Object;
using catalog::ObjectId;

Draft::Draft(const Catalog& catalog) : catalog_(catalog), next_id_(catalog.next_id()) {}

const Object* Draft::object(ObjectId id) const {
  const auto found = touched_.find(id);
  return found == touched_.end() ? catalog_.object(id) : found->second.get();
}

// --- names ---

const Object* Draft::named(Space space, std::string_view schema, std::string_view name) const {
  for (const auto& [id, object] : live_) {
    const catalog::ObjectBase& held = catalog::base(*object);
    if (held.name != name || held.schema != schema) continue;
    const auto spaces = catalog::spaces_of(*object);
    if (spaces[0] == space || spaces[1] == space) return object;
  }
  const Object* found = catalog_.exactly(space, schema, name);
  return found == nullptr || touched(catalog::base(*found).id) ? nullptr : found;
}

const Object* Draft::in(Space space, std::string_view schema, std::string_view name,
                        std::span<const std::string> search_path) const {
  const Object* found = nullptr;
  catalog::visit_schemas(schema, search_path, false, [&](std::string_view candidate) {
    found = named(space, candidate, name);
    return found != nullptr;
  });
  return found;
}

const Object* Draft::relation(std::string_view schema, std::string_view name,
                              std::span<const std::string> search_path) const {
  return in(catalog::kRelations, schema, name, search_path);
}

std::uint32_t Draft::open_relation_number(std::string_view schema, const std::string& word,
                                          std::uint32_t from) const {
  for (;; ++from) {
    from = std::min(catalog_.open_relation_number(schema, word, from), freed_number(schema, word, from));
    if (named(catalog::kRelations, schema, word + std::to_string(from)) == nullptr) return from;
  }
}

// The first such number that the catalog takes for one of an object which the draft dropped or renamed.
std::uint32_t Draft::freed_number(std::string_view schema, std::string_view word, std::uint32_t from) const {
  std::uint32_t first = std::numeric_limits<std::uint32_t>::max();
  for (const ObjectId id : order_) {
    const Object* before = catalog_.object(id);
    if (before == nullptr || catalog::base(*before).schema != schema) continue;
    std::string_view name = catalog::base(*before).name;
    if (!name.starts_with(word)) continue;
    name.remove_prefix(word.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = error == std::errc() && end == name.data() + name.size() && name.front() != '0';
    if (whole && number >= from && number < first &&
        named(catalog::kRelations, schema, catalog::base(*before).name) == nullptr)
      first = number;
  }
  return first;
}

const Object* Draft::type_or_row(std::string_view schema, std::string_view name,
                                 std::span<const std::string> search_path) const {
  return in(catalog::kTypes, schema, name, search_path);
}

const catalog::Type* Draft::type(std::string_view schema, std::string_view name,
                                 std::span<const std::string> search_path) const {
  const Object* found = type_or_row(schema, name, search_path);
  return found == nullptr ? nullptr : std::get_if<catalog::Type>(found);
}

std::vector<const catalog::Function*> Draft::functions(std::string_view schema, std::string_view name,
                                                       std::span<const std::string> search_path) const {
  std::vector<const catalog::Function*> found;
  catalog::visit_schemas(schema, search_path, true, [&](std::string_view candidate) {
    const auto here =
        with_own(catalog_.functions(candidate, name, {}), [&](const catalog::Function& function) {
          return function.name == name && function.schema == candidate;
        });
    found.insert(found.end(), here.begin(), here.end());
    return false;
  });
  return found;
}

std::vector<const catalog::Function*> Draft::functions_taking(
    const std::vector<catalog::TypeRef>& types, std::string_view schema, std::string_view name,
    std::span<const std::string> search_path) const {
  const auto all = with_own(catalog_.functions_taking(types, name), [&](const catalog::Function& function) {
    return function.name == name && function.takes(types);
  });
  std::vector<const catalog::Function*> found;
  if (all.empty()) return found;
  catalog::visit_schemas(schema, search_path, true, [&](std::string_view candidate) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 [&](const catalog::Function* function) { return function->schema == candidate; });
    return false;
  });
  return found;
}

const Object* Draft::global(catalog::ObjectKind kind, std::string_view name) const {
  return named(catalog::space_of(kind), {}, name);
}

const catalog::OtherObject* Draft::other(ast::ObjectType type, std::string_view schema, std::string_view name,
                                         std::span<const std::string> search_path) const {
  const Space space = catalog::space_of(type);
  const Object* found = schema.empty() ? named(space, {}, name) : nullptr;
  if (found == nullptr) found = in(space, schema, name, search_path);
  return found == nullptr ? nullptr : std::get_if<catalog::OtherObject>(found);
}

std::string_view Draft::creation_schema(std::span<const std::string> search_path) const {
  for (const std::string& schema : search_path) {
    if (schema == catalog::kPgTemp || global(catalog::ObjectKind::Schema, schema) != nullptr) return schema;
  }
  return search_path.empty() ? std::string_view{} : std::string_view(search_path.front());
}

// --- links ---

// What the catalog says, without what the draft has touched, and what the draft's own copies say; in the
// order in which the objects were made.
template <typename T, typename Belongs>
std::vector<const T*> Draft::with_own(std::vector<const T*> from_catalog, Belongs&& belongs) const {
  if (touched_.empty()) return from_catalog;
  std::vector<ObjectId> own = order_;
  std::sort(own.begin(), own.end());
  std::vector<const T*> found;
  found.reserve(from_catalog.size() + live_.size());
  auto rest = from_catalog.begin();
  for (const ObjectId id : own) {
    const auto place = std::lower_bound(rest, from_catalog.end(), id,
                                        [](const T* held, ObjectId wanted) { return held->id < wanted; });
    found.insert(found.end(), rest, place);
    rest = place != from_catalog.end() && (*place)->id == id ? place + 1 : place;
    const T* held = get<T>(id);
    if (held != nullptr && belongs(*held)) found.push_back(held);
  }
  found.insert(found.end(), rest, from_catalog.end());
  return found;
}

std::vector<const catalog::Index*> Draft::indexes_of(ObjectId table) const {
  return with_own(catalog_.indexes_of(table),
                  [&](const catalog::Index& index) { return index.table == table; });
}

namespace {

bool is_child_of(const catalog::Table* child, ObjectId table) {
  return child != nullptr &&
         (child->partition_of == table ||
          std::find(child->inherits.begin(), child->inherits.end(), table) != child->inherits.end());
}

}  // namespace

std::vector<const catalog::Table*> Draft::children_of(ObjectId table) const {
  return with_own(catalog_.children_of(table),
                  [&](const catalog::Table& child) { return is_child_of(&child, table); });
}

bool Draft::has_children(ObjectId table) const {
  std::size_t untouched = catalog_.count_children(table);
  for (const ObjectId id : order_) {
    if (is_child_of(get<catalog::Table>(id), table)) return true;
    if (is_child_of(catalog_.get<catalog::Table>(id), table)) --untouched;
  }
  return untouched > 0;
}

const catalog::Table* Draft::default_partition_of(ObjectId table) const {
  for (const ObjectId id : order_) {
    const auto* own = get<catalog::Table>(id);
    if (own != nullptr && own->partition_of == table && is_default_partition(*own)) return own;
  }
  const catalog::Table* found = catalog_.default_partition_of(table);
  return found == nullptr || touched(found->id) ? nullptr : found;
}

std::vector<const catalog::Table*> Draft::partitions_with(ObjectId table,
                                                          const ast::Expression* value) const {
  auto found = with_own(catalog_.partitions_with(table, value),
                        [&](const catalog::Table& partition) { return partition.bound != nullptr; });
  std::erase_if(found, [&](const catalog::Table* partition) { return partition->partition_of != table; });
  return found;
}

std::vector<const catalog::Sequence*> Draft::sequences_of(ObjectId table) const {
  return with_own(catalog_.sequences_of(table),
                  [&](const catalog::Sequence& sequence) { return sequence.owned_by == table; });
}

std::vector<const Object*> Draft::in_schema(std::string_view schema) const {
  std::vector<const Object*> found;
  for (const Object* held : catalog_.in_schema(schema)) {
    if (!touched(catalog::base(*held).id)) found.push_back(held);
  }
  for (const auto& entry : live_) {
    if (catalog::base(*entry.second).schema == schema) found.push_back(entry.second);
  }
  std::sort(found.begin(), found.end(),
            [](const Object* a, const Object* b) { return catalog::base(*a).id < catalog::base(*b).id; });
  return found;
}

std::vector<Catalog::IncomingKey> Draft::keys_to(ObjectId table) const {
  std::vector<Catalog::IncomingKey> found;
  for (const Catalog::IncomingKey& key : catalog_.keys_to(table)) {
    if (!touched(key.table->id)) found.push_back(key);
  }
  for (const auto& entry : live_) {
    const auto* holder = std::get_if<catalog::Table>(entry.second);
    if (holder == nullptr) continue;
    for (const catalog::Constraint& constraint : holder->constraints) {
      const bool foreign_key = constraint.kind == catalog::ConstraintKind::ForeignKey;
      if (foreign_key && constraint.references == table) found.push_back({holder, &constraint});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.table->id < b.table->id; });
  return found;
}

std::vector<const catalog::Table*> Draft::tables_with_constraint(std::string_view name) const {
  std::vector<const catalog::Table*> found;
  for (const catalog::Table* table : catalog_.tables_with_constraint(name)) {
    if (!touched(table->id)) found.push_back(table);
  }
  for (const auto& entry : live_) {
    if (const auto* table = std::get_if<catalog::Table>(entry.second)) found.push_back(table);
  }
  return found;
}

std::vector<Catalog::Dependent> Draft::dependents_of(ObjectId id) const {
  std::vector<Catalog::Dependent> found;
  for (const Catalog::Dependent& dependent : catalog_.dependents_of(id)) {
    if (!touched(catalog::base(*dependent.object).id)) found.push_back(dependent);
  }
  for (const auto& entry : live_) {
    for (const catalog::Dependency& dependency : catalog::base(*entry.second).dependencies) {
      if (dependency.on == id) found.push_back({entry.second, &dependency});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return catalog::base(*a.object).id < catalog::base(*b.object).id;
  });
  return found;
}

// --- writing ---

Object& Draft::writable(ObjectId id) {
  const auto found = touched_.find(id);
  if (found != touched_.end()) {
    assert(found->second != nullptr && "a dropped object cannot be edited");
    return *found->second;
  }
  const Object* before = catalog_.object(id);
  assert(before != nullptr && "only what exists can be edited");
  return insert(id, *before);
}

Object& Draft::insert(ObjectId id, Object object) {
  auto& held = touched_[id];
  held = std::make_unique<Object>(std::move(object));
  order_.push_back(id);
  live_.emplace_back(id, held.get());
  return *held;
}

void Draft::drop(ObjectId id) {
  const auto [entry, inserted] = touched_.try_emplace(id);
  if (inserted) {
    order_.push_back(id);
    return;
  }
  if (entry->second == nullptr) return;
  dropped_copies_.push_back(std::move(entry->second));
  live_.erase(std::find_if(live_.begin(), live_.end(), [&](const auto& item) { return item.first == id; }));
}

bool Draft::dropped(ObjectId id) const {
  const auto found = touched_.find(id);
  return found != touched_.end() && found->second == nullptr;
}

std::vector<catalog::Change> Draft::take() {
  std::vector<catalog::Change> changes;
  changes.reserve(order_.size());
  for (const ObjectId id : order_) {
    std::unique_ptr<Object>& now = touched_[id];
    const bool never_was = now == nullptr && catalog_.object(id) == nullptr;
    if (!never_was) changes.push_back({id, std::move(now)});
  }
  touched_.clear();
  order_.clear();
  live_.clear();
  dropped_copies_.clear();
  return changes;
}

}  // namespace migcheck::plan
