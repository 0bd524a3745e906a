// SPDX-License-Identifier: MIT
#pragma once

// The schema at one moment, as PostgreSQL would hold it after the statements replayed so far.
//
// Objects are values (catalog/objects.hpp) under small ids that are never used twice. The catalog changes in
// one way only: apply() takes the list of changes that a plan computed and hands back what they replaced, so
// that ROLLBACK and savepoints put it back (the catalog is never copied). It owns its names and its
// expressions: nothing in it points into a source file.
//
// Two things it does not pretend to know: an object that a statement under IF or EXCEPTION touched is
// `uncertain`; a schema to which the history refers without having made what it names is incomplete from then
// on.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "migcheck/catalog/objects.hpp"

namespace migcheck::plan {
class Draft;
}

namespace migcheck::catalog {

// One object as it will be, or gone.
struct Change {
  ObjectId id = kNoObject;
  std::unique_ptr<const Object> now;  // null: dropped
};

// What apply() replaced; give it to undo() in reverse order of apply().
struct Undo {
  std::vector<Change> before;
};

class Catalog {
 public:
  // An empty database: the schemas pg_catalog and public, nothing else.
  Catalog();

  // --- looking up ------------------------------------------------------------------------------------------
  // All look-ups give nullptr where there is nothing. An empty schema means: along the search path,
  // pg_catalog and temporary objects first, as PostgreSQL does.
  [[nodiscard]] const Object* object(ObjectId id) const;
  template <typename T>
  [[nodiscard]] const T* get(ObjectId id) const {
    const Object* found = object(id);
    return found == nullptr ? nullptr : std::get_if<T>(found);
  }

  // Tables, views, indexes, sequences and composite types share one name space per schema.
  [[nodiscard]] const Object* relation(std::string_view schema, std::string_view name,
                                       std::span<const std::string> search_path) const;
  // The first number from `from` on that makes, behind the word, a name that no relation of the schema has.
  [[nodiscard]] std::uint32_t open_relation_number(std::string_view schema, std::string_view word,
                                                   std::uint32_t from) const;
  [[nodiscard]] const Type* type(std::string_view schema, std::string_view name,
                                 std::span<const std::string> search_path) const;
  // What a type's name means: a Type, or the Table or View whose row type it is. Built-in types are in no
  // catalog of ours.
  [[nodiscard]] const Object* type_or_row(std::string_view schema, std::string_view name,
                                          std::span<const std::string> search_path) const;
  // All functions of that name, in search path order.
  [[nodiscard]] std::vector<const Function*> functions(std::string_view schema, std::string_view name,
                                                       std::span<const std::string> search_path) const;
  // All functions of that name that take exactly these types, whatever schema they are in.
  [[nodiscard]] std::vector<const Function*> functions_taking(const std::vector<TypeRef>& types,
                                                              std::string_view name) const;
  // Schemas, extensions, publications, roles, languages …: objects outside schemas.
  [[nodiscard]] const Object* global(ObjectKind kind, std::string_view name) const;
  // Collations, aggregates, operators, statistics, languages …: by what they are and their name, whether
  // they live in a schema or not.
  [[nodiscard]] const OtherObject* other(ast::ObjectType type, std::string_view schema, std::string_view name,
                                         std::span<const std::string> search_path) const;
  // The schema that CREATE without a schema uses: the first of the path that exists. A path of schemas that
  // the history does not show gives its first (unknown is treated as existing); only an empty path gives
  // nothing.
  [[nodiscard]] std::string_view creation_schema(std::span<const std::string> search_path) const;

  // --- asking around ---------------------------------------------------------------------------------------
  // In the order in which the objects were made.
  [[nodiscard]] std::vector<const Table*> tables() const;
  [[nodiscard]] std::vector<const Object*> objects(ObjectKind kind) const;
  [[nodiscard]] std::vector<const Index*> indexes_of(ObjectId table) const;
  [[nodiscard]] std::vector<const Table*> children_of(
      ObjectId table) const;  // partitions and inheritors, direct
  [[nodiscard]] std::size_t count_children(ObjectId table) const;
  // The DEFAULT partition of a partitioned table.
  [[nodiscard]] const Table* default_partition_of(ObjectId table) const;
  // The partitions whose lists have this constant; others may be among them.
  [[nodiscard]] std::vector<const Table*> partitions_with(ObjectId table, const ast::Expression* value) const;
  [[nodiscard]] std::vector<const Sequence*> sequences_of(ObjectId table) const;  // owned by its columns
  // Everything that lives in the schema, whatever it is.
  [[nodiscard]] std::vector<const Object*> in_schema(std::string_view schema) const;
  // Foreign keys of other tables (and of itself) that refer to this table.
  struct IncomingKey {
    const Table* table = nullptr;
    const Constraint* constraint = nullptr;
  };
  [[nodiscard]] std::vector<IncomingKey> keys_to(ObjectId table) const;
  // Tables that may have a constraint of that name, wherever they live.
  [[nodiscard]] std::vector<const Table*> tables_with_constraint(std::string_view name) const;
  // Who depends on the object, directly, and through what: the `dependencies` of the others. Indexes, child
  // tables, owned sequences and foreign keys are asked for by the functions above.
  struct Dependent {
    const Object* object = nullptr;
    const Dependency* dependency = nullptr;
  };
  [[nodiscard]] std::vector<Dependent> dependents_of(ObjectId id) const;

  // --- completeness ----------------------------------------------------------------------------------------
  // True until something in the schema was referred to that nothing made. Never true of schemas that the
  // history does not make (pg_catalog among them: its contents are not kept here).
  [[nodiscard]] bool is_complete(std::string_view schema) const;
  void mark_incomplete(std::string_view schema);
  // A relation of that name was there once, whether it still is or not: to refer to it now, when it is gone,
  // is a mistake and no gap in the history.
  [[nodiscard]] bool was_known(std::string_view schema, std::string_view name,
                               std::span<const std::string> search_path) const;
  // Likewise of a type, or of a relation's row type.
  [[nodiscard]] bool type_was_known(std::string_view schema, std::string_view name,
                                    std::span<const std::string> search_path) const;
  // The relation may be there or not (something may have dropped it): was_known() is false from here on.
  void forget(std::string_view schema, std::string_view name);
  // Likewise of all that was there once in the schema.
  void forget_gone(std::string_view schema);
  // Likewise of anything that was there. It is told by maybe_gone() from then on, unless something of its
  // name is made again.
  void forget(const Object& gone);
  struct Gone {
    ObjectKind kind = ObjectKind::Other;
    std::string schema;
    std::string name;
    friend auto operator<=>(const Gone&, const Gone&) = default;
  };
  [[nodiscard]] std::vector<Gone> maybe_gone() const;

  // --- changing --------------------------------------------------------------------------------------------
  // The id that the next new object gets; plans count up from here and say what they used in their changes.
  [[nodiscard]] ObjectId next_id() const { return next_id_; }
  // Grows with every change and every undoing: what was computed from the catalog holds while this stays.
  [[nodiscard]] std::size_t revision() const { return changed_.size(); }
  // The objects that were made, changed or dropped since that revision; one may be there more than once.
  [[nodiscard]] std::span<const ObjectId> changed_since(std::size_t revision) const {
    return std::span(changed_).subspan(revision);
  }
  Undo apply(std::vector<Change> changes);
  void undo(Undo undo);
  // Where expressions that objects keep are copied to; it lives as long as the catalog.
  [[nodiscard]] ast::Arena& arena() const { return *arena_; }

 private:
  struct Indexed;  // the name and dependency indexes, kept in step by apply() and undo()
  Undo exchange(std::vector<Change> changes);
  friend class migcheck::plan::Draft;  // looks up names of any kind
  [[nodiscard]] bool was_known_in(std::uint16_t space, std::string_view schema, std::string_view name,
                                  std::span<const std::string> search_path) const;
  [[nodiscard]] const Object* exactly(std::uint16_t space, std::string_view schema,
                                      std::string_view name) const;
  [[nodiscard]] const Object* in(std::uint16_t space, std::string_view schema, std::string_view name,
                                 std::span<const std::string> search_path) const;
  template <typename T, typename Listed>
  [[nodiscard]] std::vector<const T*> all_of(std::span<const Listed> listed) const;

  std::vector<std::unique_ptr<const Object>> objects_;
  std::unique_ptr<Indexed> indexed_;
  std::unique_ptr<ast::Arena> arena_;
  // By id: a schema keeps its gaps through a rename, and a new one of the same name has none.
  std::unordered_set<ObjectId> incomplete_;
  std::vector<std::pair<std::uint16_t, Gone>> maybe_gone_;  // each with the name space it was in
  ObjectId next_id_ = 1;
  std::vector<ObjectId> changed_;  // all that ever was, in order

 public:
  ~Catalog();
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
};

}  // namespace migcheck::catalog
