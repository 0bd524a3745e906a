// SPDX-License-Identifier: MIT

// Static SQL in a PL/pgSQL body: from its first word to its semicolon, with the INTO that is PL/pgSQL's own.

#include "parse/plpgsql_reader.hpp"

namespace migcheck::parsing::plpgsql {
namespace {

// Semicolons do not end a statement inside CREATE RULE's parentheses and inside BEGIN ATOMIC … END.
class Nesting {
 public:
  explicit Nesting(const TokenWalk& walk) : routine_(creates_routine(walk)) {}

  void see(const TokenWalk& walk) {
    if (walk.is_symbol("(") || walk.is_symbol("[")) ++brackets_;
    if ((walk.is_symbol(")") || walk.is_symbol("]")) && brackets_ > 0) --brackets_;
    if (!routine_) return;
    if (atomic_ == 0 && walk.is("BEGIN") && walk.is("ATOMIC", 1)) ++atomic_;
    if (atomic_ > 0 && walk.is("CASE")) ++atomic_;
    if (atomic_ > 0 && walk.is("END")) --atomic_;
  }
  [[nodiscard]] bool outside() const { return brackets_ == 0 && atomic_ == 0; }

 private:
  static bool creates_routine(const TokenWalk& walk) {
    if (!walk.is("CREATE")) return false;
    const std::size_t object = walk.is("OR", 1) && walk.is("REPLACE", 2) ? 3 : 1;
    return walk.is("FUNCTION", object) || walk.is("PROCEDURE", object);
  }

  bool routine_;
  std::size_t brackets_ = 0;
  std::size_t atomic_ = 0;
};

}  // namespace

void Reader::sql(Statement& now) {
  now.kind = walk_.is("PERFORM") ? Kind::Perform : Kind::Sql;
  const std::size_t first = walk_.position();
  // IMPORT FOREIGN SCHEMA … INTO has an INTO of its own, as INSERT and MERGE have.
  const bool own_into = walk_.is("IMPORT") || now.kind == Kind::Perform;
  Nesting nesting(walk_);
  bool names_table = false;
  while (!walk_.at_end() && !(nesting.outside() && walk_.is_symbol(";"))) {
    if (nesting.outside() && !own_into && !names_table && now.blanks.empty() && walk_.is("INTO")) {
      into(now, true);
      continue;
    }
    nesting.see(walk_);
    names_table = walk_.is_one_of({"INSERT", "MERGE"});
    walk_.step();
  }
  if (walk_.at_end()) {
    walk_.back_to(first);
    return walk_.fail("the body ends in the middle of this statement");
  }
  now.query = walk_.since(first);
}

}  // namespace migcheck::parsing::plpgsql
