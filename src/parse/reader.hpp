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

// A split text, to be read as a whole or in parts.
class SplitText {
 public:
  // An empty map means that `text` is the file's own. Text and map must outlive this.
  SplitText(std::string_view text, Split split, const OffsetMap& map);

  // Neighbouring pieces, with the problems of the text before the last of them; those behind all pieces
  // belong to the last part.
  struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] Part whole() const { return {0, pieces_.size()}; }
  // All of it in parts of about so many bytes, each of which has a piece.
  [[nodiscard]] std::vector<Part> parts(std::size_t bytes) const;

 private:
  friend class StatementReader;
  std::string_view text_;
  std::vector<StatementPiece> pieces_;
  std::vector<Problem> of_pieces_, alone_;  // each in source order
  const OffsetMap& map_;
};

class StatementReader {
 public:
  StatementReader(ast::Arena& arena, const std::vector<std::string>& parameter_names)
      : arena_(arena), lowering_(arena, parameter_names) {}

  // The statements of a part in order; what is wrong with the text becomes ast::Unparsable in its place.
  ast::StatementBatch read(const SplitText& split, SplitText::Part part);

  // A body as a call runs it: see ast::BodyReader.
  const ast::Body* read_called(const ast::Body& body, const std::vector<ast::BoundValue>& values,
                               std::uint32_t place);

 private:
  ast::List<const ast::Statement*> like(const DerivedText& known);
  ast::StatementBatch read_all(std::string_view text, const OffsetMap& map);
  void read_piece(const SplitText& split, std::size_t piece, ast::StatementBatch& statements);
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
