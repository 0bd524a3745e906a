// SPDX-License-Identifier: MIT

#include "parse/reader.hpp"

#include <utility>

#include "parse/relocate.hpp"
#include "parse/unparsable.hpp"

namespace migcheck::parsing {
namespace {

// A body that creates a function whose body creates a function …: nobody goes deeper than two.
constexpr std::uint32_t kBodyDepthLimit = 8;

bool stands_alone(Problem::Kind kind) {
  return kind == Problem::Kind::BatchLine;
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

ast::Unparsable* refused(ast::Arena& arena, Span statement, const Problem& problem) {
  auto* made = arena.make<ast::Unparsable>(statement);
  made->message = message_of(problem.kind);
  made->at = problem.span;
  return made;
}

}  // namespace

std::vector<const ast::Statement*> StatementReader::read(std::string_view text, const Split& split,
                                                         const OffsetMap& map) {
  std::vector<Problem> of_pieces;
  std::vector<Problem> alone;
  for (const Problem& problem : split.problems) {
    if (stands_alone(problem.kind)) alone.push_back(problem);
    if (!stands_alone(problem.kind) && problem.statement != kNoStatement) of_pieces.push_back(problem);
  }
  std::vector<const ast::Statement*> statements;
  statements.reserve(split.statements.size() + alone.size());
  std::size_t next_problem = 0;
  std::size_t next_alone = 0;
  const auto add_alone_before = [&](std::uint32_t offset) {
    for (; next_alone < alone.size() && alone[next_alone].span.begin < offset; ++next_alone) {
      ast::Unparsable* made = refused(arena_, alone[next_alone].span, alone[next_alone]);
      relocate(*made, map);
      statements.push_back(made);
    }
  };
  for (std::uint32_t index = 0; index < split.statements.size(); ++index) {
    const StatementPiece& piece = split.statements[index];
    add_alone_before(piece.span.begin);
    const Problem* problem = problem_of(of_pieces, next_problem, index);
    if (problem != nullptr && (piece.refused || refuses(problem->kind))) {
      ast::Unparsable* made = refused(arena_, piece.span, *problem);
      relocate(*made, map);
      statements.push_back(made);
      continue;
    }
    ast::Statement* made = read_one(text, piece.span, map);
    if (made == nullptr) continue;
    if (problem != nullptr && made->kind == ast::NodeKind::Unparsable) {
      static_cast<ast::Unparsable*>(made)->hint = message_of(problem->kind);
    }
    statements.push_back(made);
  }
  add_alone_before(0xFFFF'FFFF);
  return statements;
}

ast::Statement* StatementReader::read_one(std::string_view text, Span statement, const OffsetMap& map) {
  std::vector<PendingBody> bodies;
  ast::Statement* made = lowering_.lower(text, statement, bodies);
  if (made == nullptr) return nullptr;
  relocate(*made, map);
  if (body_depth_ >= kBodyDepthLimit) return made;
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
  const ast::Body* body = language == "sql"       ? sql_body(pending.text)
                          : language == "plpgsql" ? plpgsql_body(pending.text)
                                                  : nullptr;
  if (pending.function != nullptr) pending.function->body = body;
  if (pending.block != nullptr) pending.block->body = body;
}

const ast::Body* StatementReader::sql_body(const DerivedText& text) {
  std::vector<ast::BodyStatement> statements;
  for (const ast::Statement* statement : read(text.text, split(text.text), text.map)) {
    statements.push_back({statement});
  }
  auto* body = arena_.array<ast::Body>(1);
  body->language = "sql";
  body->statements = arena_.list(statements);
  return body;
}

void StatementReader::add_item(const BodyItem& item, std::vector<ast::BodyStatement>& statements,
                               std::vector<const ast::Node*>& expressions,
                               std::vector<ast::OpaqueSql>& opaque) {
  if (item.kind == BodyItem::Kind::Opaque) {
    opaque.push_back({item.span, arena_.text(item.reason)});
    return;
  }
  for (const ast::Statement* statement : read(item.sql.text, split(item.sql.text), item.sql.map)) {
    if (item.kind == BodyItem::Kind::Expression) {
      expressions.push_back(statement);
    } else {
      statements.push_back({statement, item.maybe, item.looped, item.dynamic});
    }
  }
}

const ast::Body* StatementReader::plpgsql_body(const DerivedText& text) {
  const PlpgsqlBody read = read_plpgsql(text);
  std::vector<ast::BodyStatement> statements;
  std::vector<const ast::Node*> expressions;
  std::vector<ast::OpaqueSql> opaque;
  for (const BodyItem& item : read.items) add_item(item, statements, expressions, opaque);
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

}  // namespace migcheck::parsing
