// SPDX-License-Identifier: MIT
#pragma once

// What a function's body does with tables, and whom it asks about.

#include <algorithm>
#include <set>
#include <string_view>

#include "policy_words.hpp"

namespace migcheck::checks::function_words {

// Every node of a body: its statements and the expressions between them.
template <typename Visit>
void walk(const ast::Body& body, Visit&& visit) {
  for (const ast::BodyStatement& inner : body.statements) ast::walk(inner.statement, visit);
  for (const ast::Node* expression : body.expressions) ast::walk(expression, visit);
}

// The relation that a node reads or writes; nullptr for other nodes.
inline const ast::RelationName* relation_of(const ast::Node& node) {
  const ast::RelationName* found = nullptr;
  if (const auto* table = ast::as<ast::TableRef>(&node)) found = &table->relation;
  if (const auto* insert = ast::as<ast::Insert>(&node)) found = &insert->relation;
  if (const auto* update = ast::as<ast::Update>(&node)) found = &update->relation;
  if (const auto* removal = ast::as<ast::Delete>(&node)) found = &removal->relation;
  if (const auto* merge = ast::as<ast::Merge>(&node)) found = &merge->relation;
  return found == nullptr || found->empty() ? nullptr : found;
}

inline bool touches_a_table(const ast::Body& body) {
  bool found = false;
  walk(body, [&](const ast::Node& node) {
    found = found || relation_of(node) != nullptr;
    return !found;
  });
  return found;
}

// A relation without a schema, which the search_path decides about. Common tables are the query's own.
inline bool names_a_bare_table(const ast::Body& body) {
  std::set<std::string_view> common;
  walk(body, [&](const ast::Node& node) {
    if (const auto* table = ast::as<ast::CommonTable>(&node)) common.insert(table->name.text);
    return true;
  });
  bool found = false;
  walk(body, [&](const ast::Node& node) {
    const ast::RelationName* relation = relation_of(node);
    found = found || (relation != nullptr && relation->schema.empty() && common.count(relation->name) == 0);
    return !found;
  });
  return found;
}

// A function of the project by its name alone, which the search_path decides about too.
inline bool calls_a_bare_function(const catalog::Catalog& catalog, const ast::Body& body) {
  const std::vector<std::string> path = {"public"};
  bool found = false;
  walk(body, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    found = found || (call != nullptr && call->name.schema.empty() &&
                      !catalog.functions({}, call->name.name, path).empty());
    return !found;
  });
  return found;
}

inline bool asks_who_calls(const ast::Body& body) {
  bool found = false;
  walk(body, [&](const ast::Node& node) {
    found = found || policy_words::is_identity(node);
    return !found;
  });
  return found;
}

inline bool is_trigger(const catalog::Function& function) {
  return function.returns.name == "trigger" || function.returns.name == "event_trigger";
}

}  // namespace migcheck::checks::function_words
