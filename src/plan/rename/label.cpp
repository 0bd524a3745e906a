// SPDX-License-Identifier: MIT
// A new label of an enum, in the expressions of tables and indexes that name it.
//
// A label is a string like any other. It is the enum's where it is cast to it, and where it is held against a
// column of it.
#include <algorithm>
#include <string>
#include <vector>

#include "plan/query/stored_trees.hpp"
#include "plan/rename/rename.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;

class LabelRename {
 public:
  LabelRename(Planner& planner, const catalog::Type& type, std::string_view from, std::string_view to)
      : planner_(planner), type_(type), from_(from), to_(to) {}

  void in(catalog::Table& table) {
    take_columns(table);
    for (catalog::Column& column : table.columns) in(column.default_value, column.type.id == type_.id);
    for (catalog::Constraint& constraint : table.constraints) in(constraint.expression);
    for (catalog::Trigger& trigger : table.triggers) in(trigger.when);
    for (catalog::Policy& policy : table.policies) {
      in(policy.using_expression);
      in(policy.check_expression);
    }
  }
  void in(catalog::Index& index) {
    if (const auto* table = planner_.draft.get<catalog::Table>(index.table)) take_columns(*table);
    in(index.predicate);
    for (catalog::KeyElement& key : index.keys) in(key.expression);
  }

 private:
  void take_columns(const catalog::Table& table) {
    columns_.clear();
    for (const catalog::Column& column : table.columns) {
      if (column.type.id == type_.id) columns_.push_back(column.name);
    }
  }

  [[nodiscard]] bool is_label(const ast::Node* node) const {
    const auto* constant = ast::as<ast::Constant>(node);
    return constant != nullptr && constant->type == ast::Constant::Type::String && constant->text == from_;
  }
  [[nodiscard]] bool is_column(const ast::Node* node) const {
    const auto* reference = ast::as<ast::ColumnRef>(node);
    return reference != nullptr &&
           std::find(columns_.begin(), columns_.end(), reference->column()) != columns_.end();
  }

  // The constants that stand for the label below this node.
  void find(const ast::Node& node, std::vector<const ast::Node*>& labels) const {
    const auto add = [&](const ast::Node* value) {
      if (is_label(value)) labels.push_back(value);
    };
    if (const auto* cast = ast::as<ast::Cast>(&node)) {
      if (cast->type != nullptr && cast->type->name == type_.name) add(cast->argument);
    } else if (const auto* in = ast::as<ast::InList>(&node); in != nullptr && is_column(in->argument)) {
      std::for_each(in->items.begin(), in->items.end(), add);
    } else if (const auto* operation = ast::as<ast::Operation>(&node)) {
      if (is_column(operation->left)) add(operation->right);
      if (is_column(operation->right)) add(operation->left);
    }
  }

  void in(const ast::Expression*& tree, bool is_value = false) {
    std::vector<const ast::Node*> labels;
    const auto collect = [&](const ast::Node* root) {
      labels.clear();
      if (is_value && is_label(root)) labels.push_back(root);
      ast::walk(root, [&](const ast::Node& node) {
        find(node, labels);
        return true;
      });
    };
    collect(tree);
    if (labels.empty()) return;
    ast::Arena& arena = planner_.draft.arena();
    tree = ast::clone(tree, arena);
    collect(tree);
    // The copy is nobody else's yet: writing to it is safe.
    for (const ast::Node* label : labels) {
      const_cast<ast::Constant&>(static_cast<const ast::Constant&>(*label)).text = arena.text(to_);
    }
  }

  Planner& planner_;
  const catalog::Type& type_;
  std::string_view from_;
  std::string_view to_;
  std::vector<std::string> columns_;
};

}  // namespace

void rename_label(Planner& planner, const catalog::Type& type, std::string_view from, std::string_view to) {
  LabelRename rename(planner, type, from, to);
  std::vector<ObjectId> users;
  for (const auto& [dependent, dependency] : planner.draft.dependents_of(type.id)) {
    users.push_back(catalog::base(*dependent).id);
    for (const catalog::Index* index : planner.draft.indexes_of(users.back())) users.push_back(index->id);
  }
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  for (const ObjectId user : users) {
    if (planner.draft.get<catalog::Table>(user) != nullptr) {
      rename.in(planner.draft.edit<catalog::Table>(user));
    } else if (planner.draft.get<catalog::Index>(user) != nullptr) {
      rename.in(planner.draft.edit<catalog::Index>(user));
    }
  }
}

}  // namespace migcheck::plan
