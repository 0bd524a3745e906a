// SPDX-License-Identifier: MIT
// A new label of an enum, in the expressions of tables, indexes and domains that name it.
//
// A label is a string like any other. It is the enum's where it is cast to it, and where it must be of one
// type with a column of it. Bounds of partitions are their key's.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "migcheck/ast/replace.hpp"
#include "plan/rename/rename.hpp"
#include "plan/type/array_text.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;
using Expressions = std::vector<const ast::Expression*>;

// What must be of one type below this node.
Expressions of_one_type(const ast::Node& node) {
  Expressions found;
  const auto take = [&](const auto& list) { found.insert(found.end(), list.begin(), list.end()); };
  if (const auto* operation = ast::as<ast::Operation>(&node)) {
    found = {operation->left, operation->right};
  } else if (const auto* in = ast::as<ast::InList>(&node)) {
    found = {in->argument};
    take(in->items);
  } else if (const auto* between = ast::as<ast::Between>(&node)) {
    found = {between->argument, between->low, between->high};
  } else if (const auto* coalesce = ast::as<ast::Coalesce>(&node)) {
    take(coalesce->arguments);
  } else if (const auto* among = ast::as<ast::MinMax>(&node)) {
    take(among->arguments);
  } else if (const auto* chosen = ast::as<ast::Case>(&node); chosen != nullptr && chosen->argument) {
    found = {chosen->argument};
    for (const ast::Case::When& when : chosen->whens) found.push_back(when.condition);
  }
  return found;
}

class LabelRename {
 public:
  LabelRename(Planner& planner, const catalog::Type& type, std::string_view from, std::string_view to)
      : planner_(planner), type_(type), from_(from), to_(to), types_{type.id} {}

  // A domain over the enum: what is of it is of the enum as well.
  void add(const catalog::Type& domain) { types_.insert(domain.id); }

  void in(catalog::Table& table) {
    take_columns(table);
    for (catalog::Column& column : table.columns) in(column.default_value, is_of(column.type));
    table.constraints.edit_all([&](catalog::Constraint& constraint) { in(constraint.expression); });
    table.triggers.edit_all([&](catalog::Trigger& trigger) { in(trigger.when); });
    table.policies.edit_all([&](catalog::Policy& policy) {
      in(policy.using_expression);
      in(policy.check_expression);
    });
    in_bound(table);
  }
  void in(catalog::Index& index) {
    if (const auto* table = planner_.draft.get<catalog::Table>(index.table)) take_columns(*table);
    in(index.predicate);
    for (catalog::KeyElement& key : index.keys) in(key.expression);
  }
  void in(catalog::Type& domain) {
    columns_ = {"value"};
    in(domain.default_value, true);
    domain.constraints.edit_all([&](catalog::DomainConstraint& constraint) { in(constraint.expression); });
  }

 private:
  [[nodiscard]] bool is_of(const catalog::TypeRef& type) const { return types_.count(type.id) > 0; }

  void take_columns(const catalog::Table& table) {
    columns_.clear();
    for (const catalog::Column& column : table.columns) {
      if (is_of(column.type)) columns_.insert(column.name);
    }
  }

  [[nodiscard]] bool is_cast(const ast::Node* node) const {
    const auto* cast = ast::as<ast::Cast>(node);
    return cast != nullptr && cast->type != nullptr && cast->type->name == type_.name;
  }
  [[nodiscard]] bool is_column(const ast::Node* node) const {
    const auto* reference = ast::as<ast::ColumnRef>(node);
    return reference != nullptr && columns_.count(std::string(reference->column())) > 0;
  }
  [[nodiscard]] bool is_enum(const ast::Node* node) const {
    if (const auto* coalesce = ast::as<ast::Coalesce>(node)) {
      return std::any_of(coalesce->arguments.begin(), coalesce->arguments.end(),
                         [&](const ast::Node* argument) { return is_column(argument) || is_cast(argument); });
    }
    return is_column(node) || is_cast(node);
  }

  // A literal where the enum, or an array of it, must stand.
  void read_as_enum(const ast::Node* value) {
    if (const auto* array = ast::as<ast::ArrayLiteral>(value)) {
      for (const ast::Node* item : array->items) read_label(item);
    } else {
      read_label(value);
    }
  }
  void read_label(const ast::Node* value) {
    const auto* constant = ast::as<ast::Constant>(value);
    if (constant == nullptr || constant->type != ast::Constant::Type::String) return;
    const std::string text = constant->text == from_           ? std::string(to_)
                             : constant->text.starts_with('{') ? with_element(constant->text, from_, to_)
                                                               : std::string(constant->text);
    if (text == constant->text) return;
    auto* renamed = planner_.draft.arena().make<ast::Constant>(constant->span);
    renamed->type = constant->type;
    renamed->text = planner_.draft.arena().text(text);
    renamed_.emplace(constant, renamed);
  }

  void read(const ast::Node& node) {
    if (is_cast(&node)) return read_as_enum(static_cast<const ast::Cast&>(node).argument);
    const Expressions alike = of_one_type(node);
    if (std::none_of(alike.begin(), alike.end(), [&](const ast::Node* one) { return is_enum(one); })) return;
    for (const ast::Expression* one : alike) read_as_enum(one);
  }

  template <typename Tree>
  void write(const Tree*& tree) {
    if (renamed_.empty()) return;
    const auto renamed = [&](const ast::Node& node) {
      const auto found = renamed_.find(&node);
      return found == renamed_.end() ? nullptr : found->second;
    };
    tree = static_cast<const Tree*>(ast::clone_replacing(tree, planner_.draft.arena(), renamed));
    renamed_.clear();
  }

  void in(const ast::Expression*& tree, bool is_value = false) {
    if (tree == nullptr) return;
    if (is_value) read_as_enum(tree);
    ast::walk(tree, [&](const ast::Node& node) {
      read(node);
      return true;
    });
    write(tree);
  }

  void in_bound(catalog::Table& table) {
    const auto* parent = planner_.draft.get<catalog::Table>(table.partition_of);
    if (parent == nullptr || !parent->partitioning || table.bound == nullptr) return;
    const std::vector<catalog::KeyElement>& keys = parent->partitioning->keys;
    for (std::size_t at = 0; at < keys.size(); ++at) {
      const catalog::Column* column = parent->column(keys[at].column);
      if (column == nullptr || !is_of(column->type)) continue;
      for (const ast::Expression* value : table.bound->values) read_label(value);
      if (at < table.bound->from.size()) read_label(table.bound->from[at]);
      if (at < table.bound->to.size()) read_label(table.bound->to[at]);
    }
    write(table.bound);
  }

  Planner& planner_;
  const catalog::Type& type_;
  std::string_view from_;
  std::string_view to_;
  std::unordered_set<ObjectId> types_;
  std::unordered_set<std::string> columns_;
  std::unordered_map<const ast::Node*, const ast::Node*> renamed_;
};

}  // namespace

void rename_label(Planner& planner, const catalog::Type& type, std::string_view from, std::string_view to) {
  LabelRename rename(planner, type, from, to);
  std::vector<ObjectId> types = {type.id};
  std::vector<ObjectId> users;
  for (std::size_t at = 0; at < types.size(); ++at) {
    for (const auto& [dependent, dependency] : planner.draft.dependents_of(types[at])) {
      const ObjectId user = catalog::base(*dependent).id;
      users.push_back(user);
      for (const catalog::Index* index : planner.draft.indexes_of(user)) users.push_back(index->id);
      const auto* domain = std::get_if<catalog::Type>(dependent);
      if (domain == nullptr || std::find(types.begin(), types.end(), user) != types.end()) continue;
      types.push_back(user);
      rename.add(*domain);
    }
  }
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  for (const ObjectId user : users) {
    if (planner.draft.get<catalog::Table>(user) != nullptr) {
      rename.in(planner.draft.edit<catalog::Table>(user));
    } else if (planner.draft.get<catalog::Index>(user) != nullptr) {
      rename.in(planner.draft.edit<catalog::Index>(user));
    } else if (planner.draft.get<catalog::Type>(user) != nullptr) {
      rename.in(planner.draft.edit<catalog::Type>(user));
    }
  }
}

}  // namespace migcheck::plan
