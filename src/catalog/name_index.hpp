// SPDX-License-Identifier: MIT
#pragma once

// Names to objects, and objects to those that refer to them, in constant time.

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/search_path.hpp"
#include "migcheck/catalog.hpp"

namespace migcheck::catalog {

// The name spaces. Tables, views, indexes, sequences and composite types share one; a table's row type is in
// the space of types as well. Kinds of objects that no schema holds, and "other" objects, have one each.
using Space = std::uint16_t;
inline constexpr Space kRelations = 0;
inline constexpr Space kTypes = 1;
inline constexpr Space kFunctions = 2;
[[nodiscard]] constexpr Space space_of(ObjectKind kind) {
  return static_cast<Space>(100 + static_cast<int>(kind));
}
[[nodiscard]] constexpr Space space_of(ast::ObjectType type) {
  return static_cast<Space>(200 + static_cast<int>(type));
}
inline constexpr Space kNoSpace = 0xFFFF;
// The name spaces in which the object bears its name: one or two.
[[nodiscard]] std::array<Space, 2> spaces_of(const Object& object);

// Ids in the order in which the objects were made; each once.
using Ids = std::vector<ObjectId>;
void insert_id(Ids& ids, ObjectId id);
void erase_id(Ids& ids, ObjectId id);

class NameIndex {
 public:
  void insert(Space space, std::string_view schema, std::string_view name, ObjectId id);
  // The name stays known, see was_known().
  void erase(Space space, std::string_view schema, std::string_view name, ObjectId id);
  [[nodiscard]] std::span<const ObjectId> find(Space space, std::string_view schema,
                                               std::string_view name) const;
  // The first number from `from` on that makes, behind the word, a name that no relation of the schema has.
  [[nodiscard]] std::uint32_t open_relation_number(std::string_view schema, std::string_view word,
                                                   std::uint32_t from);
  [[nodiscard]] bool was_known(Space space, std::string_view schema, std::string_view name) const;
  // Takes back that the name was known, if nothing bears it.
  void forget(Space space, std::string_view schema, std::string_view name);
  // Of all names of the schema that nothing bears.
  void forget_gone(std::string_view schema);

 private:
  struct View {
    Space space;
    std::string_view schema;
    std::string_view name;
  };
  struct Key {
    Space space;
    std::string schema;
    std::string name;
    operator View() const { return {space, schema, name}; }
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const View& view) const {
      const std::size_t name = std::hash<std::string_view>{}(view.name);
      // Nearly every name is looked for in this schema.
      const std::size_t schema = view.schema == "public" ? 1 : std::hash<std::string_view>{}(view.schema);
      return (name * 31 + schema) * 31 + view.space;
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const View& a, const View& b) const {
      return a.space == b.space && a.name == b.name && a.schema == b.schema;
    }
  };
  std::unordered_map<Key, Ids, Hash, Equal> ids_;
  OpenNumbers open_;  // of relations; words with their schemas in front
};

// Who refers to an object, and as what.
enum class Link : std::uint8_t {
  IndexOf,
  ChildOf,
  DefaultOf,
  KeyTo,
  DependsOn,
  SequenceOf,
  HasConstraint,
  TakesTypes,
  HoldsValue
};

// Constraints are found by their names' hashes, as if these were objects: whoever asks looks at the names.
[[nodiscard]] ObjectId name_hash(std::string_view constraint);
// So are functions by their names and the names of the types that they take.
[[nodiscard]] ObjectId signature_hash(std::string_view function, std::span<const TypeRef> types);
// And partitions by their parent and a value of their list; kNoObject: it is no constant.
[[nodiscard]] ObjectId value_hash(ObjectId parent, const ast::Expression* value);

// An object may refer to another one by many of its parts: it is counted by how many, so that what changes in
// one part says nothing about the others.
class LinkIndex {
 public:
  struct Referrer {
    ObjectId id = kNoObject;
    std::uint32_t times = 0;
  };
  void insert(Link link, ObjectId target, ObjectId id);
  // It was inserted before.
  void erase(Link link, ObjectId target, ObjectId id);
  // In the order in which they were made; each once.
  [[nodiscard]] std::span<const Referrer> find(Link link, ObjectId target) const;

 private:
  static std::uint64_t key(Link link, ObjectId target) {
    return static_cast<std::uint64_t>(link) << 32U | target;
  }
  std::unordered_map<std::uint64_t, std::vector<Referrer>> referrers_;
};

// All of them, for one catalog.
struct Catalog::Indexed {
  Indexed() = default;
  ~Indexed() = default;
  Indexed(const Indexed&) = delete;  // it refers to itself
  Indexed& operator=(const Indexed&) = delete;

  NameIndex names;
  LinkIndex links;
  std::array<Ids, static_cast<std::size_t>(ObjectKind::Other) + 1> by_kind;
  std::unordered_map<std::string, Ids> by_schema;
  // A name without a schema is looked for in these two first, and they hold next to nothing.
  const Ids& temporary = by_schema[std::string(kPgTemp)];
  const Ids& of_server = by_schema[std::string(kPgCatalog)];

  [[nodiscard]] bool holds_nothing(std::string_view schema) const {
    return (schema == kPgTemp && temporary.empty()) || (schema == kPgCatalog && of_server.empty());
  }
  void insert(const Object& object);
  void erase(const Object& object);
  // One state of an object takes the place of another that bears the same name.
  void relink(const Object& before, const Object& after);
};

// Two states of an object that are found in the same places: most changes leave a table's name alone.
[[nodiscard]] bool bear_one_name(const Object& before, const Object& after);

}  // namespace migcheck::catalog
