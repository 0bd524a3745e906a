// SPDX-License-Identifier: MIT

#include "parse/reader.hpp"

#include <algorithm>
#include <utility>

#include "parse/relocate.hpp"
#include "parse/unparsable.hpp"

namespace migcheck::parsing {
namespace {

// A body that creates a function whose body creates a function …: nobody goes deeper than two.
constexpr std::uint32_t kBodyDepthLimit = 8;

// A batch line is no part of a statement; a NUL byte or an open comment between statements has none.
bool stands_alone(const Problem& problem) {
  const bool between = problem.statement == kNoStatement &&
                       (refuses(problem.kind) || problem.kind == Problem::Kind::UnterminatedComment);
  return between || problem.kind == Problem::Kind::BatchLine;
}

// The problem that belongs to the piece, refusing ones first; null if there is none.
const Problem* problem_of(const std::vector<Problem>& problems, std::size_t& next, std::uint32_t piece) {
  const Problem* found = nullptr;
  while (next < problems.size() && problems[next].statement <= piece) {
    const Problem& problem = problems[next++];
    if (problem.statement != piece) continue;
    if (found == nullptr || (refuses(problem.kind) && !refuses(found->kind))) found = &problem;
  }
  return found;
}

}  // namespace

SplitText::SplitText(std::string_view text, Split split, const OffsetMap& map)
    : text_(text), pieces_(std::move(split.statements)), map_(map) {
  for (const Problem& problem : split.problems) {
    if (stands_alone(problem)) {
      alone_.push_back(problem);
    } else if (problem.statement != kNoStatement) {
      of_pieces_.push_back(problem);
    }
  }
}

ast::Statement* StatementReader::refuse(Span piece, const Problem& problem, const OffsetMap& map) {
  auto* made = arena_.make<ast::Unparsable>(piece);
  made->message = message_of(problem.kind);
  made->at = problem.span;
  relocate(*made, map);
  return made;
}

ast::StatementBatch StatementReader::read(SplitText& split, std::size_t most) {
  ast::StatementBatch statements;
  statements.reserve(std::min(most, split.left()));
  while (split.left() > 0 && statements.size() < most) {
    if (split.next_piece_ == split.pieces_.size() ||
        (split.next_alone_ < split.alone_.size() &&
         split.alone_[split.next_alone_].span.begin < split.pieces_[split.next_piece_].span.begin)) {
      const Problem& alone = split.alone_[split.next_alone_++];
      statements.push_back(refuse(alone.span, alone, split.map_));
    } else {
      read_piece(split, statements);
    }
  }
  return statements;
}

void StatementReader::read_piece(SplitText& split, ast::StatementBatch& statements) {
  const auto index = static_cast<std::uint32_t>(split.next_piece_++);
  const StatementPiece& piece = split.pieces_[index];
  const Problem* problem = problem_of(split.of_pieces_, split.next_of_piece_, index);
  if (problem != nullptr && (piece.refused || refuses(problem->kind))) {
    statements.push_back(refuse(piece.span, *problem, split.map_));
    return;
  }
  for (ast::Statement* made : read_one(split.text_, piece.span, split.map_)) {
    if (problem != nullptr && made->kind == ast::NodeKind::Unparsable) {
      static_cast<ast::Unparsable*>(made)->hint = message_of(problem->kind);
    }
    statements.push_back(made);
  }
}

ast::StatementBatch StatementReader::read_all(std::string_view text, const OffsetMap& map) {
  SplitText pieces(text, split(text), map);
  return read(pieces);
}

std::vector<ast::Statement*> StatementReader::read_one(std::string_view text, Span piece,
                                                       const OffsetMap& map) {
  std::vector<PendingBody> bodies;
  std::vector<ast::Statement*> made = lowering_.lower(text, piece, bodies);
  for (ast::Statement* statement : made) relocate(*statement, map);
  for (PendingBody& body : bodies) {
    if (!map.identity()) rebase(body.text, map);
    ++body_depth_;
    read_body(body);
    --body_depth_;
  }
  return made;
}

void StatementReader::read_body(PendingBody& pending) {
  const std::string_view language =
      pending.function != nullptr ? pending.function->language : pending.block->language;
  ast::Body* body = body_depth_ > kBodyDepthLimit ? unread_body(language)
                    : language == "sql"           ? sql_body(pending.text)
                    : language == "plpgsql"       ? plpgsql_body(pending.text)
                                                  : nullptr;
  if (body != nullptr) {
    body->text = pending.function != nullptr ? pending.function->body_text : pending.block->text;
  }
  if (pending.function != nullptr) pending.function->body = body;
  if (pending.block != nullptr) pending.block->body = body;
}

ast::Body* StatementReader::unread_body(std::string_view language) {
  auto* body = arena_.array<ast::Body>(1);
  body->language = language;
  body->opaque =
      arena_.list(std::vector<ast::OpaqueSql>{{{}, "a body in a body in a body, too deep to read"}});
  return body;
}

ast::Body* StatementReader::sql_body(const DerivedText& text) {
  std::vector<ast::BodyStatement> statements;
  for (const ast::Statement* statement : read_all(text.text, text.map)) {
    statements.push_back({statement});
  }
  auto* body = arena_.array<ast::Body>(1);
  body->language = "sql";
  body->statements = arena_.list(statements);
  return body;
}

// The statements that a text with unknown parts says; none where it cannot be read.
ast::List<const ast::Statement*> StatementReader::like(const DerivedText& known) {
  if (known.text.empty()) return {};
  std::vector<const ast::Statement*> statements;
  for (const ast::Statement* statement : read_all(known.text, known.map)) {
    if (statement->kind == ast::NodeKind::Unparsable) return {};
    statements.push_back(statement);
  }
  return arena_.list(statements);
}

void StatementReader::add_item(const BodyItem& item, std::uint32_t last_branch,
                               std::vector<ast::BodyStatement>& statements,
                               std::vector<const ast::Node*>& expressions,
                               std::vector<ast::OpaqueSql>& opaque) {
  if (item.kind == BodyItem::Kind::Opaque) {
    opaque.push_back(
        {item.span, arena_.text(item.reason), arena_.text(item.sql.text), like(item.sql), item.gives_rows});
    return;
  }
  for (const ast::Statement* statement : read_all(item.sql.text, item.sql.map)) {
    if (item.kind == BodyItem::Kind::Expression) {
      expressions.push_back(statement);
    } else {
      statements.push_back({statement, item.maybe, item.looped, item.dynamic, item.branch, last_branch});
    }
  }
}

ast::Body* StatementReader::plpgsql_body(const DerivedText& text,
                                         const std::vector<ast::BoundValue>& values) {
  const PlpgsqlBody read = read_plpgsql(text, values);
  std::vector<ast::BodyStatement> statements;
  std::vector<const ast::Node*> expressions;
  std::vector<ast::OpaqueSql> opaque;
  for (const BodyItem& item : read.items) {
    add_item(item, read.last_branch[item.branch], statements, expressions, opaque);
  }
  std::vector<ast::Name> variables;
  for (const BodyVariable& variable : read.variables) {
    variables.push_back({arena_.text(variable.name), variable.span});
  }
  auto* body = arena_.array<ast::Body>(1);
  body->language = "plpgsql";
  body->statements = arena_.list(statements);
  body->expressions = arena_.list(expressions);
  body->opaque = arena_.list(opaque);
  body->variables = arena_.list(variables);
  return body;
}

const ast::Body* StatementReader::read_called(const ast::Body& body,
                                              const std::vector<ast::BoundValue>& values,
                                              std::uint32_t place) {
  DerivedText text;
  text.append_replaced(body.text, place);
  ast::Body* read = body.language == "sql"       ? sql_body(text)
                    : body.language == "plpgsql" ? plpgsql_body(text, values)
                                                 : nullptr;
  if (read != nullptr) read->text = body.text;
  return read;
}

}  // namespace migcheck::parsing
