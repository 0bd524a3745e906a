// SPDX-License-Identifier: MIT
// New names of whole objects, and those who mention them.
#include <algorithm>
#include <string>
#include <vector>

#include "plan/drop/dependencies.hpp"
#include "plan/query/stored_trees.hpp"
#include "plan/rename/rename.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

namespace {

using catalog::ObjectId;

std::vector<ObjectId> dependents(const Planner& planner, ObjectId id) {
  std::vector<ObjectId> ids;
  for (const auto& [dependent, dependency] : planner.draft.dependents_of(id)) {
    const ObjectId one = catalog::base(*dependent).id;
    if (ids.empty() || ids.back() != one) ids.push_back(one);
  }
  return ids;
}

// "schema.table" in the foreign keys of others.
void rename_in_keys(Planner& planner, ObjectId table, const std::string& qualified) {
  for (const auto& [other, key] : planner.draft.keys_to(table)) {
    const std::string name = key->name;
    planner.draft.edit<catalog::Table>(other->id).constraints.edit(
        name, [&](catalog::Constraint& constraint) { constraint.references_name = qualified; });
  }
}

void rename_in_queries(Planner& planner, const catalog::ObjectBase& old, std::string_view schema,
                       std::string_view name) {
  for (const ObjectId id : dependents(planner, old.id)) {
    const auto* view = planner.draft.get<catalog::View>(id);
    if (view != nullptr && view->query != nullptr) {
      planner.draft.edit<catalog::View>(id).query =
          static_cast<const ast::Select*>(rename_relation_in(planner, view->query, old, schema, name));
    } else if (planner.draft.get<catalog::Table>(id) != nullptr) {
      planner.draft.edit<catalog::Table>(id).policies.edit_all([&](catalog::Policy& policy) {
        policy.using_expression = rename_relation_in(planner, policy.using_expression, old, schema, name);
        policy.check_expression = rename_relation_in(planner, policy.check_expression, old, schema, name);
      });
    }
  }
}

void rename_in_own_policies(Planner& planner, const catalog::ObjectBase& old, std::string_view name) {
  const auto* table = planner.draft.get<catalog::Table>(old.id);
  if (table == nullptr || table->policies.empty()) return;
  planner.draft.edit<catalog::Table>(old.id).policies.edit_all([&](catalog::Policy& policy) {
    policy.using_expression = requalify_columns_in(planner, policy.using_expression, old.name, name);
    policy.check_expression = requalify_columns_in(planner, policy.check_expression, old.name, name);
  });
}

void rename_type_in(catalog::TypeRef& type, ObjectId id, std::string_view schema, std::string_view name) {
  if (type.id != id) return;
  type.schema = std::string(schema);
  type.name = std::string(name);
}

// An index and its constraint are called the same.
void rename_behind(Planner& planner, const catalog::Index& index, std::string_view name) {
  const auto* table = planner.draft.get<catalog::Table>(index.table);
  if (index.constraint.empty() || table == nullptr || table->constraint(index.constraint) == nullptr) return;
  planner.draft.edit<catalog::Table>(index.table)
      .constraints.edit(index.constraint,
                        [&](catalog::Constraint& constraint) { constraint.name = std::string(name); });
  planner.draft.edit<catalog::Index>(index.id).constraint = std::string(name);
}

}  // namespace

void rename_relation(Planner& planner, ObjectId id, std::string_view schema, std::string_view name) {
  const catalog::Object* object = planner.draft.object(id);
  if (object == nullptr) return;
  const catalog::ObjectBase old = catalog::base(*object);
  const std::string qualified = std::string(schema) + "." + std::string(name);
  if (const auto* index = std::get_if<catalog::Index>(object); index != nullptr && name != old.name) {
    rename_behind(planner, *index, name);
  }
  if (std::holds_alternative<catalog::Table>(*object)) rename_in_keys(planner, id, qualified);
  if (std::holds_alternative<catalog::Sequence>(*object)) rename_mentions(planner, id, schema, name);
  rename_in_queries(planner, old, schema, name);
  rename_in_own_policies(planner, old, name);
  catalog::ObjectBase& base = edit_base(planner.draft, id);
  base.schema = std::string(schema);
  base.name = std::string(name);
}

void move_type(Planner& planner, ObjectId id, std::string_view schema, std::string_view name) {
  rename_mentions(planner, id, schema, name);
  for (const ObjectId user : dependents(planner, id)) {
    if (planner.draft.get<catalog::Table>(user) != nullptr) {
      for (catalog::Column& column : planner.draft.edit<catalog::Table>(user).columns) {
        rename_type_in(column.type, id, schema, name);
      }
    } else if (planner.draft.get<catalog::View>(user) != nullptr) {
      for (catalog::Column& column : planner.draft.edit<catalog::View>(user).columns) {
        rename_type_in(column.type, id, schema, name);
      }
    } else if (planner.draft.get<catalog::Type>(user) != nullptr) {
      rename_type_in(planner.draft.edit<catalog::Type>(user).base, id, schema, name);
    } else if (planner.draft.get<catalog::Function>(user) != nullptr) {
      auto& function = planner.draft.edit<catalog::Function>(user);
      rename_type_in(function.returns, id, schema, name);
      for (auto& argument : function.arguments) rename_type_in(argument.type, id, schema, name);
    }
  }
  auto& type = planner.draft.edit<catalog::Type>(id);
  type.schema = std::string(schema);
  type.name = std::string(name);
  if (type.composite != catalog::kNoObject) {
    catalog::ObjectBase& composite = edit_base(planner.draft, type.composite);
    composite.schema = type.schema;
    composite.name = type.name;
  }
}

void move_function(Planner& planner, ObjectId id, std::string_view schema, std::string_view name) {
  rename_mentions(planner, id, schema, name);
  const std::string qualified = std::string(schema) + "." + std::string(name);
  const auto rename_in = [&](catalog::Parts<catalog::Trigger>& triggers) {
    triggers.edit_if([&](const catalog::Trigger& trigger) { return trigger.function_id == id; },
                     [&](catalog::Trigger& trigger) { trigger.function = qualified; });
  };
  for (const ObjectId user : dependents(planner, id)) {
    if (planner.draft.get<catalog::Table>(user) != nullptr) {
      rename_in(planner.draft.edit<catalog::Table>(user).triggers);
    } else if (planner.draft.get<catalog::View>(user) != nullptr) {
      rename_in(planner.draft.edit<catalog::View>(user).triggers);
    }
  }
  auto& function = planner.draft.edit<catalog::Function>(id);
  function.schema = std::string(schema);
  function.name = std::string(name);
}

void rename_schema(Planner& planner, std::string_view from, std::string_view to) {
  std::vector<ObjectId> inside;
  for (const catalog::Object* object : planner.draft.in_schema(from))
    inside.push_back(catalog::base(*object).id);
  for (const ObjectId id : inside) {
    const catalog::Object* object = planner.draft.object(id);
    const std::string name = catalog::base(*object).name;
    if (std::holds_alternative<catalog::Type>(*object)) {
      move_type(planner, id, to, name);
    } else if (std::holds_alternative<catalog::Function>(*object)) {
      move_function(planner, id, to, name);
    } else {
      rename_relation(planner, id, to, name);
    }
  }
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::Extension)) {
    const auto& extension = std::get<catalog::Extension>(*object);
    if (extension.objects_schema != from || planner.draft.dropped(extension.id)) continue;
    planner.draft.edit<catalog::Extension>(extension.id).objects_schema = std::string(to);
  }
  for (const catalog::Object* object : planner.before.objects(catalog::ObjectKind::Publication)) {
    const auto& publication = std::get<catalog::Publication>(*object);
    for (std::size_t at = 0; at < publication.schemas.size(); ++at) {
      if (publication.schemas[at] == from) {
        planner.draft.edit<catalog::Publication>(publication.id).schemas[at] = std::string(to);
      }
    }
  }
}

}  // namespace migcheck::plan
