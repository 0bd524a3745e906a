// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plan/object/extensions_data.hpp"
#include "plan/statements.hpp"
#include "plan/targets.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

// An extension's object: it goes with the extension, and by nothing else.
template <typename T>
T member(const Planner& planner, const catalog::Extension& extension, std::string_view name) {
  T object;
  object.schema = extension.objects_schema;
  object.name = std::string(name);
  object.extension_member = true;
  object.origin = planner.context.origin;
  object.dependencies.push_back({extension.id, 0, catalog::DependencyKind::Extension, Part::Whole, {}});
  return object;
}

// "text,int4": a type of the extension itself, or a built-in one.
catalog::TypeRef type_named(const Planner& planner, const catalog::Extension& extension,
                            std::string_view name) {
  const bool array = !name.empty() && name.front() == '_';
  if (array) name.remove_prefix(1);
  catalog::TypeRef type = builtin_type_ref(name);
  if (const catalog::Type* own = planner.draft.type(extension.objects_schema, name, {})) {
    type.schema = own->schema;
    type.id = own->id;
  }
  if (array) type.array_dimensions = 1;
  return type;
}

template <typename Row>
auto rows_of(std::span<const Row> rows, std::string_view extension) {
  const auto first =
      std::lower_bound(rows.begin(), rows.end(), extension,
                       [](const Row& row, std::string_view name) { return row.extension < name; });
  auto last = first;
  while (last != rows.end() && last->extension == extension) ++last;
  return std::pair(first, last);
}

void create_function(Planner& planner, const catalog::Extension& extension, const ExtensionFunction& row) {
  auto function = member<catalog::Function>(planner, extension, row.name);
  std::string_view rest = row.arguments;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    function.arguments.push_back(
        {{}, ast::FunctionParameter::Mode::In, type_named(planner, extension, rest.substr(0, comma)), false});
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  function.returns = type_named(planner, extension, row.returns);
  function.language = "c";
  function.volatility = row.volatility == 'i'   ? ast::Volatility::Immutable
                        : row.volatility == 's' ? ast::Volatility::Stable
                                                : ast::Volatility::Volatile;
  planner.draft.create(std::move(function));
}

void create_members(Planner& planner, const catalog::Extension& extension) {
  const auto types = rows_of(extension_types(), extension.name);
  for (auto row = types.first; row != types.second; ++row) {
    if (planner.draft.type_or_row(extension.objects_schema, row->name, {}) != nullptr) continue;
    auto type = member<catalog::Type>(planner, extension, row->name);
    type.kind = catalog::TypeKind::Base;
    planner.draft.create(std::move(type));
  }
  const auto relations = rows_of(extension_relations(), extension.name);
  for (auto row = relations.first; row != relations.second; ++row) {
    if (planner.draft.relation(extension.objects_schema, row->name, {}) != nullptr) continue;
    if (row->view) {
      planner.draft.create(member<catalog::View>(planner, extension, row->name));
    } else {
      auto table = member<catalog::Table>(planner, extension, row->name);
      table.uncertain = true;  // its columns are not told
      planner.draft.create(std::move(table));
    }
  }
  const auto functions = rows_of(extension_functions(), extension.name);
  for (auto row = functions.first; row != functions.second; ++row) create_function(planner, extension, *row);
}

// An index and a materialized view are locked themselves, a trigger's table only against its drop.
void lock_target(Planner& planner, const ast::DependsOnExtension& statement) {
  if (statement.object == ast::ObjectType::Trigger) {
    require_relation(planner, statement.target.on);
    planner.effect(planner.ref(statement.target.on), LockMode::AccessShare);
  } else if (statement.object == ast::ObjectType::Index ||
             statement.object == ast::ObjectType::MaterializedView) {
    require_relation(planner, statement.target.name);
    Effect& effect = planner.effect(planner.ref(statement.target.name), LockMode::AccessExclusive);
    effect.of_index = statement.object == ast::ObjectType::Index;
  }
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateExtension& statement) {
  const std::string name(statement.name.text);
  if (const catalog::Object* existing = planner.draft.global(catalog::ObjectKind::Extension, name)) {
    if (statement.if_not_exists) {
      planner.plan.no_op = true;
    } else if (!catalog::base(*existing).uncertain) {
      planner.error("42710", fmt::format("extension \"{}\" already exists", name));
    }
    return;
  }
  catalog::Extension made;
  made.name = name;
  made.objects_schema = name == "plpgsql" ? "pg_catalog" : schema_for(planner, statement.schema);
  made.version = std::string(statement.version);
  made.origin = planner.context.origin;
  if (const catalog::Object* schema =
          planner.draft.global(catalog::ObjectKind::Schema, made.objects_schema)) {
    made.dependencies.push_back(
        {catalog::base(*schema).id, 0, catalog::DependencyKind::Normal, Part::Whole, {}});
  }
  const catalog::Extension extension = planner.draft.create(std::move(made));
  create_members(planner, extension);
}

void plan_statement(Planner& planner, const ast::AlterExtension& statement) {
  const catalog::Object* found = planner.draft.global(catalog::ObjectKind::Extension, statement.name.text);
  const auto* extension = found == nullptr ? nullptr : std::get_if<catalog::Extension>(found);
  if (extension == nullptr || statement.action == ast::AlterExtension::Action::Update) return;
  const catalog::Object* object = find_object(planner, statement.object, statement.target);
  if (object == nullptr) return;
  catalog::ObjectBase& base = edit_base(planner.draft, catalog::base(*object).id);
  base.extension_member = statement.action == ast::AlterExtension::Action::Add;
  erase_if(base.dependencies, [&](const catalog::Dependency& dependency) {
    return dependency.kind == catalog::DependencyKind::Extension;
  });
  if (base.extension_member) {
    base.dependencies.push_back({extension->id, 0, catalog::DependencyKind::Extension, Part::Whole, {}});
  }
}

// The object goes when the extension goes.
void plan_statement(Planner& planner, const ast::DependsOnExtension& statement) {
  lock_target(planner, statement);
  const catalog::Object* extension =
      planner.draft.global(catalog::ObjectKind::Extension, statement.extension);
  const bool on_trigger = statement.object == ast::ObjectType::Trigger;
  const catalog::Object* target = on_trigger ? planner.find(statement.target.on)
                                             : find_object(planner, statement.object, statement.target);
  if (extension == nullptr || target == nullptr || !planner.plan.errors.empty()) return;
  catalog::Dependency dependency;
  dependency.on = catalog::base(*extension).id;
  dependency.kind = catalog::DependencyKind::Auto;
  if (on_trigger) {
    dependency.part = Part::Trigger;
    dependency.part_name = statement.target.name.name;
  }
  catalog::Parts<catalog::Dependency>& all = edit_base(planner.draft, catalog::base(*target).id).dependencies;
  erase_if(all, [&](const catalog::Dependency& one) { return one == dependency; });
  if (!statement.remove) all.push_back(std::move(dependency));
}

}  // namespace migcheck::plan
