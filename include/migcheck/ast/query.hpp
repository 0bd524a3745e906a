// SPDX-License-Identifier: MIT
#pragma once

// Queries: SELECT and VALUES, INSERT, UPDATE, DELETE, MERGE, and what stands in their FROM.

#include "migcheck/ast/expression.hpp"
#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// AS name (a, b)
struct Alias {
  Name name;
  List<Name> columns;
};

// A table, view or common table expression in FROM.
struct TableRef : Node {
  static constexpr NodeKind kKind = NodeKind::TableRef;
  RelationName relation;
  Alias alias;
  const Node* sample = nullptr;  // TABLESAMPLE, as Other
};

struct Join : Node {
  static constexpr NodeKind kKind = NodeKind::Join;
  enum class Type : std::uint8_t { Inner, Left, Right, Full };
  Type type = Type::Inner;  // CROSS JOIN is Inner without a condition
  bool natural = false;
  const FromItem* left = nullptr;
  const FromItem* right = nullptr;
  List<Name> using_columns;
  const Expression* on = nullptr;
  Alias alias;
};

// (SELECT …) AS x
struct DerivedTable : Node {
  static constexpr NodeKind kKind = NodeKind::DerivedTable;
  const Select* query = nullptr;
  Alias alias;
  bool lateral = false;
};

// f(x) AS y, ROWS FROM (…)
struct FunctionTable : Node {
  static constexpr NodeKind kKind = NodeKind::FunctionTable;
  List<const Expression*> functions;
  Alias alias;
  List<const Node*> column_definitions;  // AS (a int, b text): ColumnDefinition
  bool lateral = false;
  bool ordinality = false;
};

struct SelectItem : Node {
  static constexpr NodeKind kKind = NodeKind::SelectItem;
  const Expression* value = nullptr;
  Name alias;
};

struct SortItem : Node {
  static constexpr NodeKind kKind = NodeKind::SortItem;
  const Expression* value = nullptr;
  bool descending = false;
  bool nulls_first = false;
  bool nulls_given = false;
};

// name AS [NOT] MATERIALIZED (query). The query is any data statement.
struct CommonTable : Node {
  static constexpr NodeKind kKind = NodeKind::CommonTable;
  Name name;
  List<Name> columns;
  const Statement* query = nullptr;
  bool recursive = false;  // of the WITH that holds it
  bool materialized = false;
  bool not_materialized = false;
};

struct LockClause : Node {
  static constexpr NodeKind kKind = NodeKind::LockClause;
  enum class Strength : std::uint8_t { KeyShare, Share, NoKeyUpdate, Update };
  Strength strength = Strength::Update;
  List<Name> tables;  // OF t; empty: all
  bool nowait = false;
  bool skip_locked = false;
};

// A string among rows of VALUES that are not kept: what an enum column would be given there.
struct ConstantText {
  static constexpr std::size_t kLongest = 63;        // bytes, as labels of enums have at most
  static constexpr std::size_t kMostPerColumn = 32;  // different ones; data has more, a list of kinds has not
  std::uint32_t column = 0;                          // from 0
  std::string_view text;
  Span span;
};

// A SELECT, a VALUES list, TABLE x, or a set operation over two of these.
struct Select : Statement {
  static constexpr NodeKind kKind = NodeKind::Select;
  enum class SetOperation : std::uint8_t { None, Union, Intersect, Except };

  List<const CommonTable*> with;
  // None: the members below. Otherwise `left` and `right` and the sort, limit and lock of the whole.
  SetOperation set_operation = SetOperation::None;
  bool all = false;  // UNION ALL
  const Select* left = nullptr;
  const Select* right = nullptr;

  bool distinct = false;
  List<const Expression*> distinct_on;
  List<const SelectItem*> items;
  List<const FromItem*> from;
  const Expression* where = nullptr;
  List<const Expression*> group_by;  // grouping sets as Other
  const Expression* having = nullptr;
  List<const WindowDefinition*> windows;
  RelationName into;  // SELECT INTO; empty otherwise

  // VALUES rows. Rows that hold only constants are counted, not kept: see constant_rows. Of their short
  // strings the different ones are kept, each where it stands first.
  List<List<const Expression*>> values;
  List<ConstantText> constant_texts;
  std::uint32_t constant_rows = 0;
  std::uint32_t value_columns = 0;

  List<const SortItem*> order_by;
  const Expression* limit = nullptr;
  const Expression* offset = nullptr;
  bool with_ties = false;
  List<const LockClause*> locks;

  [[nodiscard]] bool is_values() const { return constant_rows > 0 || !values.empty(); }
};

// column = value; (a, b) = (row or sub-select) gives one Assignment per column, sharing the value, with its
// place in it.
struct Assignment : Node {
  static constexpr NodeKind kKind = NodeKind::Assignment;
  Name column;
  List<Subscript::Step> indirection;  // column[1] = …, column.field = …
  const Expression* value = nullptr;
  std::int32_t row_index = -1;  // which field of `value`; -1: all of it
};

struct OnConflict : Node {
  static constexpr NodeKind kKind = NodeKind::OnConflict;
  bool do_update = false;
  List<const Node*> target;  // IndexElement
  Name constraint;           // ON CONSTRAINT
  const Expression* target_where = nullptr;
  List<const Assignment*> set;
  const Expression* where = nullptr;
};

struct Insert : Statement {
  static constexpr NodeKind kKind = NodeKind::Insert;
  List<const CommonTable*> with;
  RelationName relation;
  Alias alias;
  List<Name> columns;              // as written; empty if none are
  bool overriding_system = false;  // OVERRIDING SYSTEM VALUE
  bool overriding_user = false;    // OVERRIDING USER VALUE
  const Select* source = nullptr;  // null: DEFAULT VALUES
  const OnConflict* on_conflict = nullptr;
  List<const SelectItem*> returning;
};

struct Update : Statement {
  static constexpr NodeKind kKind = NodeKind::Update;
  List<const CommonTable*> with;
  RelationName relation;
  Alias alias;
  List<const Assignment*> set;
  List<const FromItem*> from;
  const Expression* where = nullptr;
  List<const SelectItem*> returning;
};

struct Delete : Statement {
  static constexpr NodeKind kKind = NodeKind::Delete;
  List<const CommonTable*> with;
  RelationName relation;
  Alias alias;
  List<const FromItem*> using_items;
  const Expression* where = nullptr;
  List<const SelectItem*> returning;
};

// WHEN [NOT] MATCHED … THEN …
struct MergeAction : Node {
  static constexpr NodeKind kKind = NodeKind::MergeAction;
  enum class Match : std::uint8_t { Matched, NotMatchedBySource, NotMatchedByTarget };
  enum class Action : std::uint8_t { Nothing, Insert, Update, Delete };
  Match match = Match::Matched;
  Action action = Action::Nothing;
  const Expression* condition = nullptr;
  List<Name> columns;              // of INSERT
  List<const Expression*> values;  // of INSERT
  List<const Assignment*> set;     // of UPDATE
};

struct Merge : Statement {
  static constexpr NodeKind kKind = NodeKind::Merge;
  List<const CommonTable*> with;
  RelationName relation;
  Alias alias;
  const FromItem* source = nullptr;
  const Expression* on = nullptr;
  List<const MergeAction*> actions;
  List<const SelectItem*> returning;
};

}  // namespace migcheck::ast
