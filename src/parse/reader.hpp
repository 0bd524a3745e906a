// SPDX-License-Identifier: MIT
#pragma once

// Statements out of text: the splitter, PostgreSQL's parser and the lowering behind each other, for a file
// and for the bodies inside its statements.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/source.hpp"
#include "parse/derived_text.hpp"
#include "parse/lowering.hpp"
#include "parse/plpgsql.hpp"
#include "parse/splitter.hpp"

namespace migcheck::parsing {

// A split text on its way through a reader.
class SplitText {
 public:
  // An empty map means that `text` is the file's own. Text and map must outlive this.
  SplitText(std::string_view text, Split split, const OffsetMap& map);
  // How many pieces and problems are still to be read.
  [[nodiscard]] std::size_t left() const {
    return pieces_.size() - next_piece_ + alone_.size() - next_alone_;
  }

 private:
  friend class StatementReader;
  std::string_view text_;
  std::vector<StatementPiece> pieces_;
  std::vector<Problem> of_pieces_, alone_;  // each in source order
  const OffsetMap& map_;
  std::size_t next_piece_ = 0, next_of_piece_ = 0, next_alone_ = 0;
};

class StatementReader {
 public:
  StatementReader(ast::Arena& arena, const std::vector<std::string>& parameter_names)
      : arena_(arena), lowering_(arena, parameter_names) {}

  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);
  // The next statements of a split text in order, up to about so many; what is wrong with the text becomes
  // ast::Unparsable in its place.
  ast::StatementBatch read(SplitText& split, std::size_t most = kAll);

  // A body as a call runs it: see ast::BodyReader.
  const ast::Body* read_called(const ast::Body& body, const std::vector<ast::BoundValue>& values,
                               std::uint32_t place);

 private:
  ast::List<const ast::Statement*> like(const DerivedText& known);
  ast::StatementBatch read_all(std::string_view text, const OffsetMap& map);
  void read_piece(SplitText& split, ast::StatementBatch& statements);
  // A piece with the bodies inside it.
  std::vector<ast::Statement*> read_one(std::string_view text, Span piece, const OffsetMap& map);
  // A problem in the place of a statement.
  ast::Statement* refuse(Span piece, const Problem& problem, const OffsetMap& map);
  void read_body(PendingBody& pending);
  ast::Body* unread_body(std::string_view language);
  ast::Body* sql_body(const DerivedText& text);
  ast::Body* plpgsql_body(const DerivedText& text, const std::vector<ast::BoundValue>& values = {});
  void add_item(const BodyItem& item, std::uint32_t last_branch, std::vector<ast::BodyStatement>& statements,
                std::vector<const ast::Node*>& expressions, std::vector<ast::OpaqueSql>& opaque);

  ast::Arena& arena_;
  Lowering lowering_;
  std::uint32_t body_depth_ = 0;  // bodies in bodies: DO that runs EXECUTE that runs DO …
};

}  // namespace migcheck::parsing
