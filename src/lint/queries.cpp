// SPDX-License-Identifier: MIT

#include "lint/queries.hpp"

namespace migcheck {
namespace {

void collect(const ast::Statement* statement, QueryOrigin origin, std::vector<FoundQuery>& found, int depth);

// The queries inside an expression: a condition, an assignment, what RETURN gives.
void collect_sub_queries(const ast::Node* expression, std::vector<FoundQuery>& found) {
  ast::walk(expression, [&](const ast::Node& node) {
    const auto* sub = ast::as<ast::SubQuery>(&node);
    if (sub == nullptr) return true;
    if (sub->query != nullptr) found.push_back({sub->query, QueryOrigin::Function});
    return false;
  });
}

void collect_body(const ast::Body* body, std::vector<FoundQuery>& found, int depth) {
  if (body == nullptr) return;
  for (const ast::BodyStatement& inner : body->statements) {
    collect(inner.statement, QueryOrigin::Function, found, depth + 1);
  }
  for (const ast::Node* expression : body->expressions) collect_sub_queries(expression, found);
}

// What a policy looks up is asked at each row, by whoever asks for the row.
void collect_policy(const ast::Statement& statement, std::vector<FoundQuery>& found) {
  if (const auto* create = ast::as<ast::CreatePolicy>(&statement)) {
    collect_sub_queries(create->using_expression, found);
    collect_sub_queries(create->check_expression, found);
  }
  if (const auto* alter = ast::as<ast::AlterPolicy>(&statement)) {
    collect_sub_queries(alter->using_expression, found);
    collect_sub_queries(alter->check_expression, found);
  }
}

// A rule's actions run in place of the application's own statements: they are read like a function's.
void collect_rule(const ast::CreateRule& rule, std::vector<FoundQuery>& found, int depth) {
  for (const ast::Statement* action : rule.actions) collect(action, QueryOrigin::Function, found, depth + 1);
}

void collect(const ast::Statement* statement, QueryOrigin origin, std::vector<FoundQuery>& found, int depth) {
  constexpr int kDeepest = 8;  // EXPLAIN of a PREPARE of …: statements nest this deep and no deeper
  if (statement == nullptr || depth > kDeepest) return;
  switch (statement->kind) {
    case ast::NodeKind::Select:
    case ast::NodeKind::Insert:
    case ast::NodeKind::Update:
    case ast::NodeKind::Delete:
    case ast::NodeKind::Merge:
      found.push_back({statement, origin});
      return;
    case ast::NodeKind::CreateView:
      return collect(ast::as<ast::CreateView>(statement)->query, QueryOrigin::View, found, depth + 1);
    case ast::NodeKind::CreateTableAs: {
      const auto* create = ast::as<ast::CreateTableAs>(statement);
      const QueryOrigin inner = create->materialized_view ? QueryOrigin::View : origin;
      return collect(create->query, inner, found, depth + 1);
    }
    case ast::NodeKind::CreateFunction:
      return collect_body(ast::as<ast::CreateFunction>(statement)->body, found, depth);
    case ast::NodeKind::CreatePolicy:
    case ast::NodeKind::AlterPolicy:
      return collect_policy(*statement, found);
    case ast::NodeKind::CreateRule:
      return collect_rule(*ast::as<ast::CreateRule>(statement), found, depth);
    case ast::NodeKind::Explain:
      return collect(ast::as<ast::Explain>(statement)->statement, origin, found, depth + 1);
    case ast::NodeKind::Prepare:
      return collect(ast::as<ast::Prepare>(statement)->statement, origin, found, depth + 1);
    case ast::NodeKind::Cursor:
      return collect(ast::as<ast::Cursor>(statement)->query, origin, found, depth + 1);
    case ast::NodeKind::Copy:
      return collect(ast::as<ast::Copy>(statement)->query, origin, found, depth + 1);
    default:
      return;
  }
}

}  // namespace

std::vector<FoundQuery> queries_of(const ast::Statement& statement, QueryOrigin home) {
  std::vector<FoundQuery> found;
  collect(&statement, home, found, 0);
  return found;
}

}  // namespace migcheck
