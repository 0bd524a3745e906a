// SPDX-License-Identifier: MIT
#include "migcheck/catalog.hpp"

#include <algorithm>
#include <utility>

#include "catalog/name_index.hpp"
#include "catalog/search_path.hpp"

namespace migcheck::catalog {

namespace {

Change new_schema(ObjectId id, std::string_view name) {
  Schema schema;
  schema.id = id;
  schema.name = name;
  return {id, std::make_unique<const Object>(std::move(schema))};
}

}  // namespace

Catalog::Catalog() : indexed_(std::make_unique<Indexed>()), arena_(std::make_unique<ast::Arena>()) {
  std::vector<Change> changes;
  changes.push_back(new_schema(1, kPgCatalog));
  changes.push_back(new_schema(2, "public"));
  apply(std::move(changes));
}

Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

// --- looking up ---

const Object* Catalog::object(ObjectId id) const {
  return id < objects_.size() ? objects_[id].get() : nullptr;
}

const Object* Catalog::exactly(std::uint16_t space, std::string_view schema, std::string_view name) const {
  if (indexed_->holds_nothing(schema)) return nullptr;
  const std::span<const ObjectId> ids = indexed_->names.find(space, schema, name);
  return ids.empty() ? nullptr : object(ids.back());
}

const Object* Catalog::in(std::uint16_t space, std::string_view schema, std::string_view name,
                          std::span<const std::string> search_path) const {
  const Object* found = nullptr;
  visit_schemas(schema, search_path, false, [&](std::string_view candidate) {
    found = exactly(space, candidate, name);
    return found != nullptr;
  });
  return found;
}

const Object* Catalog::relation(std::string_view schema, std::string_view name,
                                std::span<const std::string> search_path) const {
  return in(kRelations, schema, name, search_path);
}

std::uint32_t Catalog::open_relation_number(std::string_view schema, std::string_view word,
                                            std::uint32_t from) const {
  return indexed_->names.open_relation_number(schema, word, from);
}

const Object* Catalog::type_or_row(std::string_view schema, std::string_view name,
                                   std::span<const std::string> search_path) const {
  return in(kTypes, schema, name, search_path);
}

const Type* Catalog::type(std::string_view schema, std::string_view name,
                          std::span<const std::string> search_path) const {
  const Object* found = type_or_row(schema, name, search_path);
  return found == nullptr ? nullptr : std::get_if<Type>(found);
}

std::vector<const Function*> Catalog::functions(std::string_view schema, std::string_view name,
                                                std::span<const std::string> search_path) const {
  std::vector<const Function*> found;
  visit_schemas(schema, search_path, true, [&](std::string_view candidate) {
    if (indexed_->holds_nothing(candidate)) return false;
    for (const ObjectId id : indexed_->names.find(kFunctions, candidate, name)) {
      found.push_back(get<Function>(id));
    }
    return false;
  });
  return found;
}

const Object* Catalog::global(ObjectKind kind, std::string_view name) const {
  return exactly(space_of(kind), {}, name);
}

const OtherObject* Catalog::other(ast::ObjectType type, std::string_view schema, std::string_view name,
                                  std::span<const std::string> search_path) const {
  const Space space = space_of(type);
  const Object* found = schema.empty() ? exactly(space, {}, name) : nullptr;
  if (found == nullptr) found = in(space, schema, name, search_path);
  return found == nullptr ? nullptr : std::get_if<OtherObject>(found);
}

std::string_view Catalog::creation_schema(std::span<const std::string> search_path) const {
  for (const std::string& schema : search_path) {
    if (schema == kPgTemp || global(ObjectKind::Schema, schema) != nullptr) return schema;
  }
  return search_path.empty() ? std::string_view{} : std::string_view(search_path.front());
}

// --- asking around ---

namespace {

ObjectId id_of(ObjectId id) {
  return id;
}
ObjectId id_of(const LinkIndex::Referrer& referrer) {
  return referrer.id;
}

}  // namespace

template <typename T, typename Listed>
std::vector<const T*> Catalog::all_of(std::span<const Listed> listed) const {
  std::vector<const T*> found;
  found.reserve(listed.size());
  for (const Listed& one : listed) {
    if (const T* held = get<T>(id_of(one))) found.push_back(held);
  }
  return found;
}

std::vector<const Table*> Catalog::tables() const {
  return all_of<Table>(
      std::span<const ObjectId>(indexed_->by_kind[static_cast<std::size_t>(ObjectKind::Table)]));
}

std::vector<const Object*> Catalog::objects(ObjectKind kind) const {
  std::vector<const Object*> found;
  for (const ObjectId id : indexed_->by_kind[static_cast<std::size_t>(kind)]) found.push_back(object(id));
  return found;
}

std::vector<const Index*> Catalog::indexes_of(ObjectId table) const {
  return all_of<Index>(indexed_->links.find(Link::IndexOf, table));
}

std::vector<const Table*> Catalog::children_of(ObjectId table) const {
  return all_of<Table>(indexed_->links.find(Link::ChildOf, table));
}

std::size_t Catalog::count_children(ObjectId table) const {
  return indexed_->links.find(Link::ChildOf, table).size();
}

const Table* Catalog::default_partition_of(ObjectId table) const {
  const auto found = indexed_->links.find(Link::DefaultOf, table);
  return found.empty() ? nullptr : get<Table>(found.front().id);
}

std::vector<const Table*> Catalog::partitions_with(ObjectId table, const ast::Expression* value) const {
  return all_of<Table>(indexed_->links.find(Link::HoldsValue, value_hash(table, value)));
}

std::vector<const Sequence*> Catalog::sequences_of(ObjectId table) const {
  return all_of<Sequence>(indexed_->links.find(Link::SequenceOf, table));
}

std::vector<const Object*> Catalog::in_schema(std::string_view schema) const {
  std::vector<const Object*> found;
  const auto ids = indexed_->by_schema.find(std::string(schema));
  if (ids == indexed_->by_schema.end()) return found;
  for (const ObjectId id : ids->second) found.push_back(object(id));
  return found;
}

std::vector<const Function*> Catalog::functions_taking(const std::vector<TypeRef>& types,
                                                       std::string_view name) const {
  std::vector<const Function*> found =
      all_of<Function>(indexed_->links.find(Link::TakesTypes, signature_hash(name, types)));
  std::erase_if(found,
                [&](const Function* function) { return function->name != name || !function->takes(types); });
  return found;
}

std::vector<Catalog::IncomingKey> Catalog::keys_to(ObjectId table) const {
  std::vector<IncomingKey> found;
  for (const Table* holder : all_of<Table>(indexed_->links.find(Link::KeyTo, table))) {
    for (const Constraint& constraint : holder->constraints) {
      if (constraint.kind == ConstraintKind::ForeignKey && constraint.references == table) {
        found.push_back({holder, &constraint});
      }
    }
  }
  return found;
}

std::vector<const Table*> Catalog::tables_with_constraint(std::string_view name) const {
  return all_of<Table>(indexed_->links.find(Link::HasConstraint, name_hash(name)));
}

std::vector<Catalog::Dependent> Catalog::dependents_of(ObjectId id) const {
  std::vector<Dependent> found;
  for (const LinkIndex::Referrer& dependent : indexed_->links.find(Link::DependsOn, id)) {
    const Object* held = object(dependent.id);
    for (const Dependency& dependency : base(*held).dependencies) {
      if (dependency.on == id) found.push_back({held, &dependency});
    }
  }
  return found;
}

// --- completeness ---

bool Catalog::is_complete(std::string_view schema) const {
  if (schema == kPgTemp) return true;
  if (schema == kPgCatalog || schema == "information_schema") return false;
  const Object* known = global(ObjectKind::Schema, schema);
  if (known != nullptr) return incomplete_.find(base(*known).id) == incomplete_.end();
  return indexed_->names.was_known(space_of(ObjectKind::Schema), {}, schema);
}

void Catalog::mark_incomplete(std::string_view schema) {
  if (const Object* known = global(ObjectKind::Schema, schema)) incomplete_.insert(base(*known).id);
}

bool Catalog::was_known_in(Space space, std::string_view schema, std::string_view name,
                           std::span<const std::string> search_path) const {
  bool known = false;
  visit_schemas(schema, search_path, false, [&](std::string_view candidate) {
    known = indexed_->names.was_known(space, candidate, name);
    return known;
  });
  return known;
}

bool Catalog::was_known(std::string_view schema, std::string_view name,
                        std::span<const std::string> search_path) const {
  return was_known_in(kRelations, schema, name, search_path);
}

bool Catalog::type_was_known(std::string_view schema, std::string_view name,
                             std::span<const std::string> search_path) const {
  return was_known_in(kTypes, schema, name, search_path);
}

void Catalog::forget(std::string_view schema, std::string_view name) {
  indexed_->names.forget(kRelations, schema, name);
}

void Catalog::forget_gone(std::string_view schema) {
  indexed_->names.forget_gone(schema);
}

std::vector<Catalog::Gone> Catalog::maybe_gone() const {
  std::vector<Gone> found;
  for (const auto& [space, gone] : maybe_gone_) {
    if (exactly(space, gone.schema, gone.name) == nullptr) found.push_back(gone);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void Catalog::forget(const Object& gone) {
  maybe_gone_.push_back({spaces_of(gone).front(), {kind_of(gone), base(gone).schema, base(gone).name}});
  for (const Space space : spaces_of(gone)) {
    if (space != kNoSpace) indexed_->names.forget(space, base(gone).schema, base(gone).name);
  }
}

// --- changing ---

// All old names and links go before any new one comes: a swap of two names in one statement passes through
// no state in which one of them is lost.
Undo Catalog::exchange(std::vector<Change> changes) {
  Undo undo;
  undo.before.reserve(changes.size());
  for (Change& change : changes) {
    if (change.id >= objects_.size()) objects_.resize(std::size_t{change.id} + 1);
    changed_.push_back(change.id);
    std::unique_ptr<const Object>& held = objects_[change.id];
    if (held != nullptr && change.now != nullptr && bear_one_name(*held, *change.now)) {
      indexed_->relink(*held, *change.now);
    } else if (held != nullptr) {
      indexed_->erase(*held);
    }
    std::swap(held, change.now);
    undo.before.push_back({change.id, std::move(change.now)});
  }
  for (const Change& change : undo.before) {
    const Object* now = objects_[change.id].get();
    if (now == nullptr || (change.now != nullptr && bear_one_name(*change.now, *now))) continue;
    indexed_->insert(*now);
  }
  return undo;
}

Undo Catalog::apply(std::vector<Change> changes) {
  for (const Change& change : changes) next_id_ = std::max(next_id_, change.id + 1);
  return exchange(std::move(changes));
}

void Catalog::undo(Undo undo) {
  std::reverse(undo.before.begin(), undo.before.end());
  exchange(std::move(undo.before));
}

}  // namespace migcheck::catalog
