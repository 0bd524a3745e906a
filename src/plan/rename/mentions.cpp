// SPDX-License-Identifier: MIT
// New names of types, functions and sequences in the expressions that mention them.
#include <vector>

#include "plan/query/stored_trees.hpp"
#include "plan/rename/rename.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;

struct Mention {
  const Planner& planner;
  const catalog::Object& object;  // as it was called
  std::string_view schema;
  std::string_view name;

  void in(const ast::Expression*& tree) const {
    if (tree != nullptr) tree = rename_mentions_in(planner, tree, object, schema, name);
  }
};

void rename_in(const Mention& mention, catalog::Table& table) {
  for (catalog::Column& column : table.columns) mention.in(column.default_value);
  table.constraints.edit_all([&](catalog::Constraint& constraint) { mention.in(constraint.expression); });
  table.triggers.edit_all([&](catalog::Trigger& trigger) { mention.in(trigger.when); });
  table.policies.edit_all([&](catalog::Policy& policy) {
    mention.in(policy.using_expression);
    mention.in(policy.check_expression);
  });
  if (!table.partitioning) return;
  for (catalog::KeyElement& key : table.partitioning->keys) mention.in(key.expression);
}

void rename_in(const Mention& mention, catalog::Index& index) {
  mention.in(index.predicate);
  for (catalog::KeyElement& key : index.keys) mention.in(key.expression);
}

void rename_in(const Mention& mention, catalog::View& view) {
  const ast::Node* query = view.query;
  mention.in(query);
  view.query = static_cast<const ast::Select*>(query);
}

void rename_in(const Mention& mention, catalog::Type& type) {
  mention.in(type.default_value);
  type.constraints.edit_all(
      [&](catalog::DomainConstraint& constraint) { mention.in(constraint.expression); });
}

template <typename T>
bool edited(Planner& planner, const Mention& mention, ObjectId id) {
  if (planner.draft.get<T>(id) == nullptr) return false;
  rename_in(mention, planner.draft.edit<T>(id));
  return true;
}

}  // namespace

void rename_mentions(Planner& planner, ObjectId id, std::string_view schema, std::string_view name) {
  const catalog::Object old = *planner.draft.object(id);
  const Mention mention{planner, old, schema, name};
  std::vector<ObjectId> users;
  for (const auto& [dependent, dependency] : planner.draft.dependents_of(id)) {
    users.push_back(catalog::base(*dependent).id);
    for (const catalog::Index* index : planner.draft.indexes_of(users.back())) users.push_back(index->id);
  }
  for (const ObjectId user : users) {
    edited<catalog::Table>(planner, mention, user) || edited<catalog::Index>(planner, mention, user) ||
        edited<catalog::View>(planner, mention, user) || edited<catalog::Type>(planner, mention, user);
  }
}

}  // namespace migcheck::plan
