// SPDX-License-Identifier: MIT
#pragma once

// Expressions. Parentheses are gone; `a AND b AND c` is one BoolOperation with three arguments.

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

// a, t.a, s.t.a; with `star`: t.*, *.
struct ColumnRef : Node {
  static constexpr NodeKind kKind = NodeKind::ColumnRef;
  List<Name> parts;  // from the outside in; without the star
  bool star = false;
  [[nodiscard]] std::string_view column() const {
    return parts.empty() || star ? std::string_view{} : parts.back().text;
  }
  // The qualifier right before the column, "t" in s.t.a; empty if there is none.
  [[nodiscard]] std::string_view table() const {
    const std::size_t rest = parts.size() - (star ? 0 : 1);
    return parts.empty() || rest == 0 ? std::string_view{} : parts[rest - 1].text;
  }
};

// $1, or a named parameter of a query file that the input room replaced (then `name` is its name).
struct Parameter : Node {
  static constexpr NodeKind kKind = NodeKind::Parameter;
  std::int32_t number = 0;
  std::string_view name;
};

struct Constant : Node {
  static constexpr NodeKind kKind = NodeKind::Constant;
  enum class Type : std::uint8_t { Null, Boolean, Integer, Float, String, BitString };
  Type type = Type::Null;
  std::string_view text;     // the value: digits, the string without quotes and escapes, "true", "false"
  std::int64_t integer = 0;  // of Integer and Boolean
};

// left op right, op right; also op ANY/ALL (array), LIKE, IS [NOT] DISTINCT FROM, NULLIF.
struct Operation : Node {
  static constexpr NodeKind kKind = NodeKind::Operation;
  enum class Form : std::uint8_t {
    Plain,
    AnyOfArray,
    AllOfArray,
    Distinct,
    NotDistinct,
    NullIf,
    Like,
    ILike,
    SimilarTo
  };
  Form form = Form::Plain;
  QualifiedName op;                  // "=", "||", "~~"; NOT LIKE is "!~~"
  const Expression* left = nullptr;  // null for a prefix operator
  const Expression* right = nullptr;
};

struct BoolOperation : Node {
  static constexpr NodeKind kKind = NodeKind::BoolOperation;
  enum class Op : std::uint8_t { And, Or, Not };
  Op op = Op::And;
  List<const Expression*> arguments;
};

// x IS [NOT] NULL
struct NullTest : Node {
  static constexpr NodeKind kKind = NodeKind::NullTest;
  const Expression* argument = nullptr;
  bool negated = false;
};

// x IS [NOT] TRUE / FALSE / UNKNOWN
struct BooleanTest : Node {
  static constexpr NodeKind kKind = NodeKind::BooleanTest;
  enum class Test : std::uint8_t { True, NotTrue, False, NotFalse, Unknown, NotUnknown };
  const Expression* argument = nullptr;
  Test test = Test::True;
};

// x [NOT] IN (a, b, c)
struct InList : Node {
  static constexpr NodeKind kKind = NodeKind::InList;
  const Expression* argument = nullptr;
  List<const Expression*> items;
  bool negated = false;
};

// x [NOT] BETWEEN [SYMMETRIC] a AND b
struct Between : Node {
  static constexpr NodeKind kKind = NodeKind::Between;
  const Expression* argument = nullptr;
  const Expression* low = nullptr;
  const Expression* high = nullptr;
  bool negated = false;
  bool symmetric = false;
};

struct WindowDefinition : Node {
  static constexpr NodeKind kKind = NodeKind::WindowDefinition;
  std::string_view name;  // WINDOW name AS, or OVER name
  std::string_view base;  // (base PARTITION BY …)
  List<const Expression*> partition_by;
  List<const Node*> order_by;     // SortItem
  List<const Expression*> frame;  // frame offsets
  bool has_frame = false;         // ROWS, RANGE or GROUPS is written
};

struct FunctionCall : Node {
  static constexpr NodeKind kKind = NodeKind::FunctionCall;
  QualifiedName name;
  List<const Expression*> arguments;
  List<const Node*> order_by;  // SortItem: agg(x ORDER BY y), WITHIN GROUP
  const Expression* filter = nullptr;
  const WindowDefinition* over = nullptr;
  bool star = false;  // count(*)
  bool distinct = false;
  bool variadic = false;
  bool within_group = false;
  bool sql_syntax = false;  // words for commas: EXTRACT(year FROM x), x AT TIME ZONE y
};

// x::type, CAST(x AS type), type 'literal'
struct Cast : Node {
  static constexpr NodeKind kKind = NodeKind::Cast;
  const Expression* argument = nullptr;
  const TypeName* type = nullptr;
};

struct Collate : Node {
  static constexpr NodeKind kKind = NodeKind::Collate;
  const Expression* argument = nullptr;
  QualifiedName collation;
};

struct Case : Node {
  static constexpr NodeKind kKind = NodeKind::Case;
  struct When {
    const Expression* condition = nullptr;
    const Expression* result = nullptr;
  };
  const Expression* argument = nullptr;  // CASE x WHEN …
  List<When> whens;
  const Expression* otherwise = nullptr;
};

struct Coalesce : Node {
  static constexpr NodeKind kKind = NodeKind::Coalesce;
  List<const Expression*> arguments;
};

struct MinMax : Node {
  static constexpr NodeKind kKind = NodeKind::MinMax;
  bool greatest = false;
  List<const Expression*> arguments;
};

struct RowLiteral : Node {
  static constexpr NodeKind kKind = NodeKind::RowLiteral;
  List<const Expression*> items;
};

struct ArrayLiteral : Node {
  static constexpr NodeKind kKind = NodeKind::ArrayLiteral;
  List<const Expression*> items;
};

// x[1], x[1:2], (x).field; steps keep their order.
struct Subscript : Node {
  static constexpr NodeKind kKind = NodeKind::Subscript;
  struct Step {
    std::string_view field;           // .field; "*" for .*
    const Expression* low = nullptr;  // [low:high]; only `high` for [high]
    const Expression* high = nullptr;
    bool slice = false;
  };
  const Expression* argument = nullptr;
  List<Step> steps;
};

// EXISTS (…), x IN (…), x op ANY/ALL (…), (SELECT …), ARRAY(SELECT …). NOT IN is Not over In.
struct SubQuery : Node {
  static constexpr NodeKind kKind = NodeKind::SubQuery;
  enum class Form : std::uint8_t { Exists, In, Any, All, Scalar, Array, RowCompare };
  Form form = Form::Scalar;
  const Expression* test = nullptr;  // the left side of IN, ANY, ALL
  QualifiedName op;                  // of ANY and ALL
  const Select* query = nullptr;
};

// CURRENT_USER, CURRENT_TIMESTAMP(3) …: functions without parentheses.
struct SqlValue : Node {
  static constexpr NodeKind kKind = NodeKind::SqlValue;
  std::string_view name;        // lower case: "current_user", "current_timestamp"
  std::int32_t precision = -1;  // of CURRENT_TIMESTAMP(3); -1: none is written
};

// name => value
struct NamedArgument : Node {
  static constexpr NodeKind kKind = NodeKind::NamedArgument;
  std::string_view name;
  const Expression* value = nullptr;
};

// DEFAULT as a value
struct DefaultValue : Node {
  static constexpr NodeKind kKind = NodeKind::DefaultValue;
};

// WHERE CURRENT OF cursor
struct CurrentOf : Node {
  static constexpr NodeKind kKind = NodeKind::CurrentOf;
  std::string_view cursor;
};

// A type where a statement names one.
struct TypeName : Node {
  static constexpr NodeKind kKind = NodeKind::TypeName;
  std::string_view schema;  // as written; empty for built-in spellings too ("int" is "int4")
  std::string_view
      name;  // PostgreSQL's internal name: int4, varchar, bpchar, timestamptz, mood; %TYPE: the column
  List<const Expression*> modifiers;  // (10,2)
  std::int16_t array_dimensions = 0;  // [] per dimension
  bool set_of = false;
  bool percent_type = false;  // table.column%TYPE
  bool serial() const {
    return schema.empty() && (name == "serial" || name == "serial4" || name == "bigserial" ||
                              name == "serial8" || name == "smallserial" || name == "serial2");
  }
};

}  // namespace migcheck::ast
