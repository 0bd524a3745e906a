// SPDX-License-Identifier: MIT
#include "catalog/name_index.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace migcheck::catalog {

void insert_id(Ids& ids, ObjectId id) {
  // New objects have the highest id so far, so this is nearly always an append.
  const auto place =
      ids.empty() || ids.back() < id ? ids.end() : std::lower_bound(ids.begin(), ids.end(), id);
  if (place == ids.end() || *place != id) ids.insert(place, id);
}

void erase_id(Ids& ids, ObjectId id) {
  const auto place = std::lower_bound(ids.begin(), ids.end(), id);
  if (place != ids.end() && *place == id) ids.erase(place);
}

void NameIndex::insert(Space space, std::string_view schema, std::string_view name, ObjectId id) {
  auto found = ids_.find(View{space, schema, name});
  if (found == ids_.end())
    found = ids_.emplace(Key{space, std::string(schema), std::string(name)}, Ids{}).first;
  insert_id(found->second, id);
}

void NameIndex::erase(Space space, std::string_view schema, std::string_view name, ObjectId id) {
  if (const auto found = ids_.find(View{space, schema, name}); found != ids_.end()) {
    erase_id(found->second, id);
  }
  if (space == kRelations && !open_.empty()) open_.free(std::string(schema).append(1, '.').append(name));
}

std::uint32_t NameIndex::open_relation_number(std::string_view schema, std::string_view word,
                                              std::uint32_t from) {
  const std::size_t in_front = schema.size() + 1;
  return open_.first_open(std::string(schema).append(1, '.').append(word), from, [&](std::string_view name) {
    return !find(kRelations, schema, name.substr(in_front)).empty();
  });
}

std::span<const ObjectId> NameIndex::find(Space space, std::string_view schema, std::string_view name) const {
  const auto found = ids_.find(View{space, schema, name});
  if (found == ids_.end()) return {};
  return found->second;
}

bool NameIndex::was_known(Space space, std::string_view schema, std::string_view name) const {
  return ids_.find(View{space, schema, name}) != ids_.end();
}

void NameIndex::forget(Space space, std::string_view schema, std::string_view name) {
  const auto found = ids_.find(View{space, schema, name});
  if (found != ids_.end() && found->second.empty()) ids_.erase(found);
}

void NameIndex::forget_gone(std::string_view schema) {
  std::erase_if(ids_,
                [&](const auto& entry) { return entry.second.empty() && entry.first.schema == schema; });
}

namespace {

// Where the object stands among the referrers, or would. Nearly always it is the last one.
template <typename Referrers>
auto place_of(Referrers& referrers, ObjectId id) {
  if (!referrers.empty() && referrers.back().id == id) return referrers.end() - 1;
  return std::lower_bound(referrers.begin(), referrers.end(), id,
                          [](const LinkIndex::Referrer& one, ObjectId wanted) { return one.id < wanted; });
}

}  // namespace

void LinkIndex::insert(Link link, ObjectId target, ObjectId id) {
  if (target == kNoObject) return;
  std::vector<Referrer>& referrers = referrers_[key(link, target)];
  const auto place = place_of(referrers, id);
  if (place != referrers.end() && place->id == id) {
    ++place->times;
  } else {
    referrers.insert(place, {id, 1});
  }
}

void LinkIndex::erase(Link link, ObjectId target, ObjectId id) {
  const auto found = referrers_.find(key(link, target));
  if (found == referrers_.end()) return;
  std::vector<Referrer>& referrers = found->second;
  const auto place = place_of(referrers, id);
  if (place == referrers.end() || place->id != id || --place->times > 0) return;
  referrers.erase(place);
  if (referrers.empty()) referrers_.erase(found);
}

std::span<const LinkIndex::Referrer> LinkIndex::find(Link link, ObjectId target) const {
  const auto found = referrers_.find(key(link, target));
  if (found == referrers_.end()) return {};
  return found->second;
}

std::array<Space, 2> spaces_of(const Object& object) {
  switch (kind_of(object)) {
    case ObjectKind::Table:
      // A composite type's own Type object stands for it among the types.
      if (std::get<Table>(object).kind == TableKind::Composite) return {kRelations, kNoSpace};
      return {kRelations, kTypes};
    case ObjectKind::View:
      return {kRelations, kTypes};
    case ObjectKind::Index:
    case ObjectKind::Sequence:
      return {kRelations, kNoSpace};
    case ObjectKind::Type:
      return {kTypes, kNoSpace};
    case ObjectKind::Function:
      return {kFunctions, kNoSpace};
    case ObjectKind::Other:
      return {space_of(std::get<OtherObject>(object).type), kNoSpace};
    default:
      return {space_of(kind_of(object)), kNoSpace};
  }
}

namespace {

ObjectId as_object(std::size_t hash) {
  return static_cast<ObjectId>(hash ^ (hash >> 32U)) | 1U;  // never kNoObject
}

}  // namespace

ObjectId name_hash(std::string_view constraint) {
  return as_object(std::hash<std::string_view>{}(constraint));
}

ObjectId signature_hash(std::string_view function, std::span<const TypeRef> types) {
  constexpr std::size_t kFactor = 0x9E3779B97F4A7C15U;
  std::size_t hash = std::hash<std::string_view>{}(function);
  for (const TypeRef& type : types) {
    hash = (hash ^ std::hash<std::string_view>{}(type.name)) * kFactor;
    hash += static_cast<std::size_t>(type.array_dimensions);
  }
  return as_object(hash);
}

ObjectId value_hash(ObjectId parent, const ast::Expression* value) {
  while (const auto* cast = ast::as<ast::Cast>(value)) value = cast->argument;
  const auto* constant = ast::as<ast::Constant>(value);
  if (constant == nullptr) return kNoObject;
  if (constant->type == ast::Constant::Type::Null) return as_object(parent);
  const std::size_t hash = constant->type == ast::Constant::Type::Integer
                               ? std::hash<std::int64_t>{}(constant->integer)
                               : std::hash<std::string_view>{}(constant->text);
  return as_object(hash * 31 + parent);
}

namespace {

template <typename T, typename Visit>
void visit_own(const Parts<T>& parts, const Parts<T>* other, Visit visit) {
  static const Parts<T> none;
  parts.visit_unshared(other == nullptr ? none : *other, visit);
}

// Calls refer(link, target) for every object that this one refers to, and the other state of it, if one is
// given, does not by the very same part.
template <typename Refer>
void visit_links(const Object& object, const Object* other, Refer&& refer) {
  visit_own(base(object).dependencies, other == nullptr ? nullptr : &base(*other).dependencies,
            [&](const Dependency& one) { refer(Link::DependsOn, one.on); });
  if (const auto* table = std::get_if<Table>(&object)) {
    for (const ObjectId parent : table->inherits) refer(Link::ChildOf, parent);
    refer(Link::ChildOf, table->partition_of);
    if (is_default_partition(*table)) refer(Link::DefaultOf, table->partition_of);
    if (table->bound != nullptr) {
      for (const ast::Expression* value : table->bound->values)
        refer(Link::HoldsValue, value_hash(table->partition_of, value));
    }
    visit_own(table->constraints, other == nullptr ? nullptr : &std::get<Table>(*other).constraints,
              [&](const Constraint& one) {
                if (one.kind == ConstraintKind::ForeignKey) refer(Link::KeyTo, one.references);
                refer(Link::HasConstraint, name_hash(one.name));
              });
    for (const Column& one : table->columns) {
      if (!one.not_null_name.empty()) refer(Link::HasConstraint, name_hash(one.not_null_name));
    }
  } else if (const auto* index = std::get_if<Index>(&object)) {
    refer(Link::IndexOf, index->table);
  } else if (const auto* sequence = std::get_if<Sequence>(&object)) {
    refer(Link::SequenceOf, sequence->owned_by);
  } else if (const auto* function = std::get_if<Function>(&object)) {
    refer(Link::TakesTypes, signature_hash(function->name, function->input_types()));
  }
}

}  // namespace

void Catalog::Indexed::insert(const Object& object) {
  const ObjectBase& held = base(object);
  for (const Space space : spaces_of(object)) {
    if (space != kNoSpace) names.insert(space, held.schema, held.name, held.id);
  }
  visit_links(object, nullptr, [&](Link link, ObjectId target) { links.insert(link, target, held.id); });
  insert_id(by_kind[static_cast<std::size_t>(kind_of(object))], held.id);
  if (!held.schema.empty()) insert_id(by_schema[held.schema], held.id);
}

bool bear_one_name(const Object& before, const Object& after) {
  const ObjectBase& was = base(before);
  const ObjectBase& is = base(after);
  return kind_of(before) == kind_of(after) && was.name == is.name && was.schema == is.schema &&
         spaces_of(before) == spaces_of(after);
}

void Catalog::Indexed::relink(const Object& before, const Object& after) {
  using Reference = std::pair<Link, ObjectId>;
  const auto links_of = [](const Object& object, const Object* other) {
    std::vector<Reference> found;
    visit_links(object, other, [&](Link link, ObjectId target) { found.emplace_back(link, target); });
    std::sort(found.begin(), found.end());
    return found;
  };
  const std::vector<Reference> was = links_of(before, &after);
  const std::vector<Reference> is = links_of(after, &before);
  const ObjectId id = base(after).id;
  std::vector<Reference> come, gone;
  std::set_difference(is.begin(), is.end(), was.begin(), was.end(), std::back_inserter(come));
  std::set_difference(was.begin(), was.end(), is.begin(), is.end(), std::back_inserter(gone));
  for (const auto& [link, target] : come) links.insert(link, target, id);
  for (const auto& [link, target] : gone) links.erase(link, target, id);
}

void Catalog::Indexed::erase(const Object& object) {
  const ObjectBase& held = base(object);
  for (const Space space : spaces_of(object)) {
    if (space != kNoSpace) names.erase(space, held.schema, held.name, held.id);
  }
  visit_links(object, nullptr, [&](Link link, ObjectId target) { links.erase(link, target, held.id); });
  erase_id(by_kind[static_cast<std::size_t>(kind_of(object))], held.id);
  if (const auto schema = by_schema.find(held.schema); schema != by_schema.end()) {
    erase_id(schema->second, held.id);
  }
}

}  // namespace migcheck::catalog
