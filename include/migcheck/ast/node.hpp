// SPDX-License-Identifier: MIT
#pragma once

// The base of all nodes, the arena they live in, and names.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck::ast {

// A list in the arena: a view, copied freely, never freed.
template <typename T>
class List {
 public:
  constexpr List() = default;
  constexpr List(const T* data, std::size_t size) : data_(data), size_(static_cast<std::uint32_t>(size)) {}

  [[nodiscard]] constexpr const T* begin() const { return data_; }
  [[nodiscard]] constexpr const T* end() const { return data_ + size_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const T& operator[](std::size_t index) const { return data_[index]; }
  [[nodiscard]] constexpr const T& front() const { return data_[0]; }
  [[nodiscard]] constexpr const T& back() const { return data_[size_ - 1]; }

 private:
  const T* data_ = nullptr;
  std::uint32_t size_ = 0;
};

// Bump allocation for the nodes of one file; everything goes at once when the arena goes.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // A node of kind T at this place, every other member at its default.
  template <typename T>
  T* make(Span span = {}) {
    static_assert(std::is_trivially_destructible_v<T>, "the arena runs no destructors");
    T* node = ::new (allocate(sizeof(T), alignof(T))) T{};
    node->kind = T::kKind;
    node->span = span;
    return node;
  }

  template <typename T>
  List<T> list(const std::vector<T>& items) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    const std::size_t size =
        items.size() * sizeof(T);  // NOLINT(bugprone-sizeof-expression): T may be a pointer
    void* memory = allocate(size, alignof(T));
    std::memcpy(memory, items.data(), size);
    return {static_cast<const T*>(memory), items.size()};
  }

  // Room for `size` items, each at its default, to be filled by whoever asked.
  template <typename T>
  T* array(std::size_t size) {
    static_assert(std::is_trivially_destructible_v<T>);
    const std::size_t bytes = sizeof(T) * size;  // NOLINT(bugprone-sizeof-expression): T may be a pointer
    T* items = static_cast<T*>(allocate(bytes, alignof(T)));
    std::uninitialized_value_construct_n(items, size);
    return items;
  }

  // A copy of the text that lives as long as the arena.
  std::string_view text(std::string_view text) {
    if (text.empty()) return {};
    char* memory = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

  // Bytes taken from the system.
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kFirstBlock = std::size_t{4} * 1024;
  static constexpr std::size_t kLargestBlock = std::size_t{256} * 1024;

  void* allocate(std::size_t size, std::size_t alignment) {
    if (next_ == nullptr || padding(alignment) + size > static_cast<std::size_t>(end_ - next_)) {
      grow(size + alignment);
    }
    std::byte* const at = next_ + padding(alignment);
    next_ = at + size;
    return at;
  }
  // Bytes to the next address of that alignment.
  [[nodiscard]] std::size_t padding(std::size_t alignment) const {
    return (0 - reinterpret_cast<std::uintptr_t>(next_)) & (alignment - 1);
  }
  void grow(std::size_t at_least) {
    std::size_t size = blocks_.empty() ? kFirstBlock : last_size_ * 2;
    if (size > kLargestBlock) size = kLargestBlock;
    if (size < at_least) size = at_least;
    blocks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[size]));
    next_ = blocks_.back().get();
    end_ = next_ + size;
    last_size_ = size;
    capacity_ += size;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t last_size_ = 0;
  std::size_t capacity_ = 0;
};

// What a node is. `as<T>` compares it with T::kKind. Statements come last, from kFirstStatement on.
enum class NodeKind : std::uint8_t {
  // expressions (expression.hpp)
  ColumnRef,
  Star,
  Parameter,
  Constant,
  Operation,
  BoolOperation,
  NullTest,
  BooleanTest,
  InList,
  Between,
  FunctionCall,
  Cast,
  Collate,
  Case,
  Coalesce,
  MinMax,
  RowLiteral,
  ArrayLiteral,
  Subscript,
  SubQuery,
  SqlValue,
  NamedArgument,
  DefaultValue,
  CurrentOf,
  Other,
  // parts of queries (query.hpp)
  TableRef,
  Join,
  DerivedTable,
  FunctionTable,
  CommonTable,
  SelectItem,
  SortItem,
  WindowDefinition,
  LockClause,
  OnConflict,
  MergeAction,
  Assignment,
  // parts of definitions (table.hpp, object.hpp)
  TypeName,
  ColumnDefinition,
  ConstraintDefinition,
  AlterAction,
  PartitionBy,
  PartitionBound,
  LikeClause,
  IndexElement,
  Option,
  // queries and data (query.hpp)
  Select,
  Insert,
  Update,
  Delete,
  Merge,
  // tables and indexes (table.hpp)
  CreateTable,
  CreateTableAs,
  AlterTable,
  CreateIndex,
  Reindex,
  Drop,
  Truncate,
  Rename,
  SetSchema,
  ChangeOwner,
  Cluster,
  Vacuum,
  LockTable,
  // other objects (object.hpp)
  CreateSchema,
  CreateView,
  RefreshMaterializedView,
  CreateSequence,
  AlterSequence,
  CreateEnum,
  AlterEnum,
  CreateCompositeType,
  CreateRangeType,
  CreateDomain,
  AlterDomain,
  DefineObject,
  CreateFunction,
  AlterFunction,
  CreateTrigger,
  CreateEventTrigger,
  CreateRule,
  CreatePolicy,
  AlterPolicy,
  CreateExtension,
  AlterExtension,
  CreatePublication,
  AlterPublication,
  CreateSubscription,
  AlterSubscription,
  Grant,
  GrantRole,
  AlterDefaultPrivileges,
  CreateRole,
  AlterRole,
  AlterRoleSet,
  DropRole,
  DropOwned,
  ReassignOwned,
  CreateDatabase,
  AlterDatabase,
  AlterSystem,
  CreateTablespace,
  CreateStatistics,
  Comment,
  SecurityLabel,
  MoveAll,
  DependsOnExtension,
  ImportForeignSchema,
  // session and control (session.hpp)
  Transaction,
  SetVariable,
  ShowVariable,
  Discard,
  Copy,
  DoBlock,
  Call,
  Explain,
  Prepare,
  Execute,
  Cursor,
  SetConstraints,
  OtherStatement,
  Unparsable,
};
inline constexpr NodeKind kFirstStatement = NodeKind::Select;

struct Node {
  NodeKind kind = NodeKind::Other;
  Span span;
};

using Expression = Node;  // any of the kinds of expression.hpp
using FromItem = Node;    // TableRef, Join, DerivedTable, FunctionTable, Other

// The node as a T, or nullptr if it is another kind (or null).
template <typename T>
[[nodiscard]] const T* as(const Node* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}

// An identifier: folded, truncated to 63 bytes, and where it stands.
struct Name {
  std::string_view text;
  Span span;
  [[nodiscard]] bool empty() const { return text.empty(); }
};

// schema.name, as written; an empty schema means "by search_path". (A catalog in front is dropped: PostgreSQL
// only takes the current database's name there.)
struct QualifiedName {
  std::string_view schema;
  std::string_view name;
  Span span;
  [[nodiscard]] bool empty() const { return name.empty(); }
};

// A relation where a statement names one: [ONLY] schema.name [*].
struct RelationName : QualifiedName {
  bool only = false;       // ONLY: not its children
  bool temporary = false;  // CREATE TEMP …; also a pg_temp schema
};

// A statement. `span` runs from its first token to its last, without the semicolon and without comments
// around it.
struct Statement : Node {
  bool too_deep = false;  // something in it is nested beyond the limit and was not read (an Other says where)
};

struct Select;
struct TypeName;

// Nothing is lost: a node without a struct of its own.
struct Other : Node {
  static constexpr NodeKind kKind = NodeKind::Other;
  std::string_view what;  // PostgreSQL's name of the node, "XmlExpr"
  List<const Node*> children;
  bool too_deep = false;  // stands for something nested beyond the limit, which was not read
};

// name [= value]: WITH (fillfactor = 70), sequence options, function options, COPY options.
struct Option : Node {
  static constexpr NodeKind kKind = NodeKind::Option;
  enum class Action : std::uint8_t { Unspecified, Set, Add, Drop };
  std::string_view space;          // "toast" in toast.autovacuum_enabled
  std::string_view name;           // lower case
  std::string_view value;          // as text; empty when there is none, or when it is `argument`
  const Node* argument = nullptr;  // a TypeName (`value` is its name then), an expression, a list (Other)
  List<std::string_view> values;   // list values: OWNED BY a.b, search_path = a, b
  Action action = Action::Unspecified;
  bool has_value = false;
};

}  // namespace migcheck::ast
