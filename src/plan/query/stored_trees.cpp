// SPDX-License-Identifier: MIT
#include "plan/query/stored_trees.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "migcheck/ast/print.hpp"
#include "plan/drop/dependencies.hpp"

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

namespace {

// The alias by which a FROM item is called, or its own name.
std::string_view called(const ast::TableRef& table) {
  return table.alias.name.empty() ? table.relation.name : table.alias.name.text;
}

int count_called(const ast::Node* tree, std::string_view name) {
  int count = 0;
  ast::walk(tree, [&](const ast::Node& node) {
    const auto* table = ast::as<ast::TableRef>(&node);
    count += table != nullptr && called(*table) == name ? 1 : 0;
    return true;
  });
  return count;
}

void requalify(const ast::Node* copy, std::string_view old_name, std::string_view new_name,
               ast::Arena& arena) {
  ast::walk(copy, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::ColumnRef) return true;
    auto& reference = writable<ast::ColumnRef>(node);
    if (reference.table() != old_name) return true;
    std::vector<ast::Name> parts(reference.parts.begin(), reference.parts.end());
    parts[parts.size() - (reference.star ? 1 : 2)].text = arena.text(new_name);
    reference.parts = arena.list(parts);
    return true;
  });
}

}  // namespace

const ast::Node* rename_relation_in(const Planner& planner, const ast::Node* tree,
                                    const catalog::ObjectBase& relation, std::string_view new_schema,
                                    std::string_view new_name) {
  if (tree == nullptr) return nullptr;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  // Columns that are qualified with the old name follow, if it is clear whose they are.
  const bool follow = count_called(tree, relation.name) == 1 && count_called(tree, new_name) == 0;
  bool renamed = false;
  ast::walk(copy, [&](const ast::Node& node) {
    if (node.kind != ast::NodeKind::TableRef) return true;
    auto& reference = writable<ast::TableRef>(node);
    if (reference.relation.schema != relation.schema || reference.relation.name != relation.name) return true;
    reference.relation.schema = arena.text(new_schema);
    if (new_name == relation.name) return true;
    reference.relation.name = arena.text(new_name);
    if (!reference.alias.name.empty()) return true;
    if (follow) {
      renamed = true;
    } else {
      reference.alias.name.text = arena.text(relation.name);
    }
    return true;
  });
  if (renamed) requalify(copy, relation.name, new_name, arena);
  return copy;
}

const ast::Node* requalify_columns_in(const Planner& planner, const ast::Node* tree,
                                      std::string_view old_name, std::string_view new_name) {
  if (tree == nullptr || old_name == new_name || count_called(tree, old_name) > 0) return tree;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  requalify(copy, old_name, new_name, arena);
  return copy;
}

namespace {

bool is_named(const catalog::ObjectBase& object, std::string_view schema, std::string_view name) {
  return name == object.name && (schema.empty() || schema == object.schema);
}

// The text of a regclass: name or schema.name.
bool is_named(const catalog::ObjectBase& object, std::string_view text) {
  return text == object.name || text == ast::quoted_name(object.name) ||
         text == object.schema + "." + object.name ||
         text == ast::quoted_name(object.schema) + "." + ast::quoted_name(object.name);
}

// Does the node name the object, as its kind is named in expressions?
bool mentions(const ast::Node& node, const catalog::Object& object) {
  const catalog::ObjectBase& base = catalog::base(object);
  if (const auto* type = ast::as<ast::TypeName>(&node)) {
    return std::holds_alternative<catalog::Type>(object) && is_named(base, type->schema, type->name);
  }
  if (const auto* call = ast::as<ast::FunctionCall>(&node)) {
    return std::holds_alternative<catalog::Function>(object) &&
           is_named(base, call->name.schema, call->name.name);
  }
  const auto* constant = ast::as<ast::Constant>(&node);
  return constant != nullptr && constant->type == ast::Constant::Type::String &&
         std::holds_alternative<catalog::Sequence>(object) && is_named(base, constant->text);
}

}  // namespace

const ast::Node* rename_mentions_in(const Planner& planner, const ast::Node* tree,
                                    const catalog::Object& object, std::string_view new_schema,
                                    std::string_view new_name) {
  bool mentioned = false;
  ast::walk(tree, [&](const ast::Node& node) {
    mentioned = mentioned || mentions(node, object);
    return !mentioned;
  });
  if (!mentioned) return tree;
  ast::Arena& arena = planner.draft.arena();
  const ast::Node* copy = ast::clone(tree, arena);
  ast::walk(copy, [&](const ast::Node& node) {
    if (!mentions(node, object)) return true;
    if (node.kind == ast::NodeKind::TypeName) {
      writable<ast::TypeName>(node).schema = arena.text(new_schema);
      writable<ast::TypeName>(node).name = arena.text(new_name);
    } else if (node.kind == ast::NodeKind::FunctionCall) {
      writable<ast::FunctionCall>(node).name.schema = arena.text(new_schema);
      writable<ast::FunctionCall>(node).name.name = arena.text(new_name);
    } else {
      const std::string text = ast::quoted_name(new_schema) + "." + ast::quoted_name(new_name);
      writable<ast::Constant>(node).text = arena.text(text);
    }
    return true;
  });
  return copy;
}

}  // namespace migcheck::plan
