// SPDX-License-Identifier: MIT
#pragma once

// Transactions, settings and whatever else steers the session.

#include "migcheck/ast/body.hpp"
#include "migcheck/ast/node.hpp"
#include "migcheck/ast/query.hpp"

namespace migcheck::ast {

struct Transaction : Statement {
  static constexpr NodeKind kKind = NodeKind::Transaction;
  enum class Action : std::uint8_t {
    Begin,
    Commit,
    Rollback,
    Savepoint,
    Release,
    RollbackTo,
    Prepare,
    CommitPrepared,
    RollbackPrepared
  };
  Action action = Action::Begin;
  std::string_view name;        // of a savepoint or a prepared transaction
  bool chain = false;           // AND CHAIN
  List<const Option*> options;  // "transaction_isolation", "transaction_read_only", "transaction_deferrable"
};

// SET, SET LOCAL, RESET
struct SetVariable : Statement {
  static constexpr NodeKind kKind = NodeKind::SetVariable;
  enum class Action : std::uint8_t { Set, SetDefault, SetCurrent, Reset, ResetAll, SetTransaction };
  Action action = Action::Set;
  std::string_view name;          // lower case: "lock_timeout", "search_path", "role", "timezone"
  List<std::string_view> values;  // as text
  bool local = false;
};

struct ShowVariable : Statement {
  static constexpr NodeKind kKind = NodeKind::ShowVariable;
  std::string_view name;
};

struct Discard : Statement {
  static constexpr NodeKind kKind = NodeKind::Discard;
  std::string_view target;  // "all", "plans", "sequences", "temp"
};

struct Copy : Statement {
  static constexpr NodeKind kKind = NodeKind::Copy;
  RelationName relation;  // empty where a query is copied
  const Statement* query = nullptr;
  List<Name> columns;
  List<const Option*> options;
  const Expression* where = nullptr;
  std::string_view file;  // or the program
  bool from = false;      // COPY … FROM
  bool program = false;
  bool standard_stream = false;  // STDIN or STDOUT
};

struct DoBlock : Statement {
  static constexpr NodeKind kKind = NodeKind::DoBlock;
  std::string_view language;   // "plpgsql" if none is written
  const Body* body = nullptr;  // null: a language that is not read
  std::string_view text;
  Span body_span;
};

struct Call : Statement {
  static constexpr NodeKind kKind = NodeKind::Call;
  const FunctionCall* call = nullptr;
};

struct Explain : Statement {
  static constexpr NodeKind kKind = NodeKind::Explain;
  const Statement* statement = nullptr;
  List<const Option*> options;
  bool analyze = false;  // then the statement runs
};

struct Prepare : Statement {
  static constexpr NodeKind kKind = NodeKind::Prepare;
  Name name;
  List<const TypeName*> types;
  const Statement* statement = nullptr;
};

struct Execute : Statement {
  static constexpr NodeKind kKind = NodeKind::Execute;
  Name name;
  List<const Expression*> arguments;
};

// DECLARE, FETCH, MOVE, CLOSE
struct Cursor : Statement {
  static constexpr NodeKind kKind = NodeKind::Cursor;
  enum class Action : std::uint8_t { Declare, Fetch, Close };
  Action action = Action::Declare;
  Name name;
  const Statement* query = nullptr;  // of Declare
  bool with_hold = false;
};

struct SetConstraints : Statement {
  static constexpr NodeKind kKind = NodeKind::SetConstraints;
  List<QualifiedName> constraints;  // empty: ALL
  bool deferred = false;
};

// A statement that has no struct of its own; its children are kept.
struct OtherStatement : Statement {
  static constexpr NodeKind kKind = NodeKind::OtherStatement;
  std::string_view what;  // PostgreSQL's name, "CreateFdwStmt"
  QualifiedName name;     // of what it is about; empty where it has none
  List<const Node*> children;
};

// Text that PostgreSQL's parser refuses.
struct Unparsable : Statement {
  static constexpr NodeKind kKind = NodeKind::Unparsable;
  std::string_view message;  // PostgreSQL's own: syntax error at or near "FORM"
  Span at;                   // the token it names; empty at the end of the input
  std::string_view hint;     // ours: "psql variables are …"
};

}  // namespace migcheck::ast
