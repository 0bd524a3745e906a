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
const Problem* problem_of(const std::vector<Problem>& problems, std::size_t piece) {
  const auto behind = [](std::uint32_t number, const Problem& problem) { return number < problem.statement; };
  const auto before = [](const Problem& problem, std::uint32_t number) { return problem.statement < number; };
  const auto number = static_cast<std::uint32_t>(piece);
  const auto first = std::lower_bound(problems.begin(), problems.end(), number, before);
  const auto last = std::upper_bound(first, problems.end(), number, behind);
  const auto refusing = std::find_if(first, last, [](const Problem& it) { return refuses(it.kind); });
  if (refusing != last) return &*refusing;
  return first != last ? &*first : nullptr;
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

std::vector<SplitText::Part> SplitText::parts(std::size_t bytes) const {
  std::vector<Part> parts;
  for (std::size_t piece = 0; piece < pieces_.size(); ++piece) {
    const bool full =
        parts.empty() || pieces_[piece].span.end - pieces_[parts.back().begin].span.begin > bytes;
    if (full) parts.push_back({piece, piece});
    parts.back().end = piece + 1;
  }
  return parts;
}

ast::StatementBatch StatementReader::read(const SplitText& split, SplitText::Part part) {
  ast::StatementBatch statements;
  statements.reserve(part.end - part.begin);
  const auto lies_before = [](const Problem& problem, std::uint32_t place) {
    return problem.span.begin < place;
  };
  auto alone = part.begin == 0 ? split.alone_.begin()
                               : std::lower_bound(split.alone_.begin(), split.alone_.end(),
                                                  split.pieces_[part.begin - 1].span.begin, lies_before);
  const auto refuse_up_to = [&](std::uint32_t place) {
    for (; alone != split.alone_.end() && lies_before(*alone, place); ++alone)
      statements.push_back(refuse(alone->span, *alone, split.map_));
  };
  for (std::size_t piece = part.begin; piece < part.end; ++piece) {
    refuse_up_to(split.pieces_[piece].span.begin);
    read_piece(split, piece, statements);
  }
  if (part.end == split.pieces_.size()) refuse_up_to(UINT32_MAX);
  return statements;
}

void StatementReader::read_piece(const SplitText& split, std::size_t number,
                                 ast::StatementBatch& statements) {
  const StatementPiece& piece = split.pieces_[number];
  const Problem* problem = problem_of(split.of_pieces_, number);
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
  const SplitText pieces(text, split(text), map);
  return read(pieces, pieces.whole());
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
