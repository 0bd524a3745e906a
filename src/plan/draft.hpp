// SPDX-License-Identifier: MIT
#pragma once

// The catalog as a statement leaves it, while the statement is planned: copies of the touched objects over
// the catalog that stays as it is. take() gives the difference as changes.
//
// A look-up by name costs what it costs in the catalog, plus a look at each object that the draft holds a
// copy of (dropped ones cost nothing): names may be written to through the references at any time.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "migcheck/catalog.hpp"

namespace migcheck::plan {

class Draft {
 public:
  explicit Draft(const catalog::Catalog& catalog);

  // All look-ups see the draft's own work first. Semantics as in catalog::Catalog.
  [[nodiscard]] const catalog::Object* object(catalog::ObjectId id) const;
  template <typename T>
  [[nodiscard]] const T* get(catalog::ObjectId id) const {
    const catalog::Object* found = object(id);
    return found == nullptr ? nullptr : std::get_if<T>(found);
  }
  [[nodiscard]] const catalog::Object* relation(std::string_view schema, std::string_view name,
                                                std::span<const std::string> search_path) const;
  [[nodiscard]] const catalog::Type* type(std::string_view schema, std::string_view name,
                                          std::span<const std::string> search_path) const;
  [[nodiscard]] const catalog::Object* type_or_row(std::string_view schema, std::string_view name,
                                                   std::span<const std::string> search_path) const;
  [[nodiscard]] std::vector<const catalog::Function*> functions(
      std::string_view schema, std::string_view name, std::span<const std::string> search_path) const;
  // Those of them that take exactly these types.
  [[nodiscard]] std::vector<const catalog::Function*> functions_taking(
      const std::vector<catalog::TypeRef>& types, std::string_view schema, std::string_view name,
      std::span<const std::string> search_path) const;
  [[nodiscard]] const catalog::Object* global(catalog::ObjectKind kind, std::string_view name) const;
  [[nodiscard]] const catalog::OtherObject* other(ast::ObjectType type, std::string_view schema,
                                                  std::string_view name,
                                                  std::span<const std::string> search_path) const;
  [[nodiscard]] std::string_view creation_schema(std::span<const std::string> search_path) const;
  // The first number from `from` on that makes, behind the word, a name that no relation of the schema has.
  [[nodiscard]] std::uint32_t open_relation_number(std::string_view schema, const std::string& word,
                                                   std::uint32_t from) const;
  [[nodiscard]] std::vector<const catalog::Index*> indexes_of(catalog::ObjectId table) const;
  [[nodiscard]] std::vector<const catalog::Table*> children_of(catalog::ObjectId table) const;
  [[nodiscard]] bool has_children(catalog::ObjectId table) const;
  [[nodiscard]] const catalog::Table* default_partition_of(catalog::ObjectId table) const;
  [[nodiscard]] std::vector<const catalog::Table*> partitions_with(catalog::ObjectId table,
                                                                   const ast::Expression* value) const;
  [[nodiscard]] std::vector<const catalog::Sequence*> sequences_of(catalog::ObjectId table) const;
  [[nodiscard]] std::vector<const catalog::Object*> in_schema(std::string_view schema) const;
  [[nodiscard]] std::vector<catalog::Catalog::IncomingKey> keys_to(catalog::ObjectId table) const;
  [[nodiscard]] std::vector<const catalog::Table*> tables_with_constraint(std::string_view name) const;
  [[nodiscard]] std::vector<catalog::Catalog::Dependent> dependents_of(catalog::ObjectId id) const;

  // The object to write to; it must exist and be a T. The reference stays valid until take().
  template <typename T>
  T& edit(catalog::ObjectId id) {
    return std::get<T>(writable(id));
  }
  // A new object; its id is set. schema, name and origin are the caller's.
  template <typename T>
  T& create(T object) {
    const catalog::ObjectId id = next_id_++;
    object.id = id;
    return std::get<T>(insert(id, catalog::Object(std::move(object))));
  }
  void drop(catalog::ObjectId id);
  [[nodiscard]] bool dropped(catalog::ObjectId id) const;

  [[nodiscard]] const catalog::Catalog& before() const { return catalog_; }
  [[nodiscard]] ast::Arena& arena() const { return catalog_.arena(); }

  // The changes, in the order in which the objects were first touched. The draft is empty afterwards.
  [[nodiscard]] std::vector<catalog::Change> take();

 private:
  using Space = std::uint16_t;

  catalog::Object& writable(catalog::ObjectId id);
  catalog::Object& insert(catalog::ObjectId id, catalog::Object object);
  [[nodiscard]] bool touched(catalog::ObjectId id) const { return touched_.find(id) != touched_.end(); }
  // By exact schema (empty: outside schemas), in the draft's own copies or, untouched, in the catalog.
  [[nodiscard]] const catalog::Object* named(Space space, std::string_view schema,
                                             std::string_view name) const;
  [[nodiscard]] const catalog::Object* in(Space space, std::string_view schema, std::string_view name,
                                          std::span<const std::string> search_path) const;
  [[nodiscard]] std::uint32_t freed_number(std::string_view schema, std::string_view word,
                                           std::uint32_t from) const;
  template <typename T, typename Belongs>
  [[nodiscard]] std::vector<const T*> with_own(std::vector<const T*> from_catalog, Belongs&& belongs) const;

  const catalog::Catalog& catalog_;
  catalog::ObjectId next_id_;
  std::unordered_map<catalog::ObjectId, std::unique_ptr<catalog::Object>> touched_;  // null: dropped
  std::vector<catalog::ObjectId> order_;
  std::vector<std::pair<catalog::ObjectId, const catalog::Object*>> live_;  // the touched ones that exist
  std::vector<std::unique_ptr<catalog::Object>> dropped_copies_;  // someone may still hold a reference
};

}  // namespace migcheck::plan
