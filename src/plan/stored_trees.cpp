// SPDX-License-Identifier: MIT
#include "plan/stored_trees.hpp"

#include <algorithm>
#include <vector>

#include "plan/dependencies.hpp"

namespace migcheck::plan {

namespace {

// The copy is nobody else's yet: writing to it is safe.
template <typename T>
T& writable(const ast::Node& node) {
  return const_cast<T&>(static_cast<const T&>(node));
}

bool names_common_table(const std::vector<std::string_view>& common, const ast::RelationName& relation) {
  return relation.schema.empty() && std::find(common.begin(), common.end(), relation.name) != common.end();
}

// Every name that some WITH of the tree gives: a relation of that name is left as it is.
std::vector<std::string_view> common_tables(const ast::Node* tree) {
  std::vector<std::string_view> names;
  ast::walk(tree, [&](const ast::Node& node) {
    if (const auto* table = ast::as<ast::CommonTable>(&node)) names.push_back(table->name.text);
    return true;
  });
  return names;
}

void qualify(const Planner& planner, const ast::Node* tree) {
  const std::vector<std::string_view> common = common_tables(tree);
  ast::walk(tree, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::TableRef) return true;
    auto& reference = writable<ast::TableRef>(node);
    if (!reference.relation.schema.empty() || names_common_table(common, reference.relation)) return true;
    if (const catalog::Object* found = planner.find(reference.relation)) {
      reference.relation.schema = planner.draft.arena().text(catalog::base(*found).schema);
    }
    return true;
  });
}

std::vector<ColumnRead> reads_in(const Planner& planner, const ast::Node* tree, const catalog::Table* over) {
  QueryResolver resolver(lookup_of(planner));
  const Scope scope = over == nullptr ? Scope{} : scope_over(*over);
  resolver.expression(tree, scope);
  return resolver.take();
}

}  // namespace

const ast::Select* store_query(const Planner& planner, const ast::Select* query) {
  const ast::Select* copy = ast::clone_as(query, planner.draft.arena());
  qualify(planner, copy);
  return copy;
}

const ast::Expression* store_expression(const Planner& planner, const ast::Expression* expression) {
  const ast::Expression* copy = ast::clone(expression, planner.draft.arena());
  if (copy != nullptr) qualify(planner, copy);
  return copy;
}

const ast::Node* rename_column_in(const Planner& planner, const ast::Node* tree, const catalog::Table* over,
                                  catalog::ObjectId relation, catalog::ColumnNumber column,
                                  std::string_view new_name) {
  if (tree == nullptr) return nullptr;
  std::vector<Span> places;
  for (const ColumnRead& read : reads_in(planner, tree, over)) {
    if (read.relation == relation && read.column == column && !read.by_star) places.push_back(read.span);
  }
  if (places.empty()) return tree;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  ast::walk(copy, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::ColumnRef) return true;
    auto& reference = writable<ast::ColumnRef>(node);
    if (reference.star || std::find(places.begin(), places.end(), reference.span) == places.end())
      return true;
    std::vector<ast::Name> parts(reference.parts.begin(), reference.parts.end());
    parts.back().text = arena.text(new_name);
    reference.parts = arena.list(parts);
    return true;
  });
  return copy;
}

const ast::Node* rename_relation_in(const Planner& planner, const ast::Node* tree,
                                    const catalog::ObjectBase& relation, std::string_view new_schema,
                                    std::string_view new_name) {
  if (tree == nullptr) return nullptr;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  ast::walk(copy, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::TableRef) return true;
    auto& reference = writable<ast::TableRef>(node);
    if (reference.relation.schema != relation.schema || reference.relation.name != relation.name) return true;
    reference.relation.schema = arena.text(new_schema);
    if (new_name == relation.name) return true;
    reference.relation.name = arena.text(new_name);
    if (reference.alias.name.empty()) reference.alias.name.text = arena.text(relation.name);
    return true;
  });
  return copy;
}

const ast::Node* requalify_columns_in(const Planner& planner, const ast::Node* tree,
                                      std::string_view old_name, std::string_view new_name) {
  if (tree == nullptr || old_name == new_name) return tree;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  bool shadowed = false;
  ast::walk(copy, [&](const ast::Node& node) {
    const auto* table = ast::as<ast::TableRef>(&node);
    if (table == nullptr) return true;
    const std::string_view called = table->alias.name.empty() ? table->relation.name : table->alias.name.text;
    shadowed = shadowed || called == old_name;
    return true;
  });
  if (shadowed) return tree;
  ast::walk(copy, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::ColumnRef) return true;
    auto& reference = writable<ast::ColumnRef>(node);
    if (reference.table() != old_name) return true;
    std::vector<ast::Name> parts(reference.parts.begin(), reference.parts.end());
    parts[parts.size() - (reference.star ? 1 : 2)].text = arena.text(new_name);
    reference.parts = arena.list(parts);
    return true;
  });
  return copy;
}

}  // namespace migcheck::plan
