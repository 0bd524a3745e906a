// SPDX-License-Identifier: MIT
#include "plan/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

bool shows_everything(const Planner& planner, std::string_view schema) {
  if (planner.before.objects(catalog::ObjectKind::Table).empty()) return false;
  if (!schema.empty()) return planner.before.is_complete(schema);
  const auto path = planner.search_path();
  return !path.empty() && std::all_of(path.begin(), path.end(), [&](const std::string& one) {
    return planner.before.is_complete(one);
  });
}

std::string schema_for(const Planner& planner, std::string_view written) {
  return std::string(written.empty() ? planner.draft.creation_schema(planner.search_path()) : written);
}

// That no schema is left on the path is no error: the next file's session may begin with another one.
bool schema_exists(Planner& planner, const ast::RelationName& name) {
  return name.schema.empty() || schema_exists(planner, name.schema);
}

bool schema_exists(Planner& planner, std::string_view schema) {
  const bool known = schema == "pg_temp" || schema == "pg_catalog" ||
                     planner.draft.global(catalog::ObjectKind::Schema, schema) != nullptr;
  // A schema that the files never made may have been made by hand; one that they dropped is gone.
  if (known || !planner.before.is_complete(schema)) return true;
  planner.error("3F000", fmt::format("schema \"{}\" does not exist", schema));
  return false;
}

void missing(Planner& planner, std::string_view code, std::string_view schema, std::string message) {
  if (shows_everything(planner, schema)) planner.error(code, std::move(message));
}

namespace {

std::string as_written(const ast::QualifiedName& name) {
  return name.schema.empty() ? std::string(name.name) : fmt::format("{}.{}", name.schema, name.name);
}

}  // namespace

bool surely_absent(const Planner& planner, const ast::QualifiedName& name) {
  return planner.find(name) == nullptr &&
         (planner.before.was_known(name.schema, name.name, planner.search_path()) ||
          shows_everything(planner, name.schema));
}

bool function_surely_absent(const Planner& planner, const ast::QualifiedName& name) {
  return planner.draft.functions(name.schema, name.name, planner.search_path()).empty() &&
         shows_everything(planner, name.schema) && builtin_functions(name.name).empty() &&
         planner.before.objects(catalog::ObjectKind::Extension).empty();
}

const catalog::Object* require_relation(Planner& planner, const ast::QualifiedName& name, bool if_exists) {
  const catalog::Object* found = planner.find(name);
  if (found != nullptr) return found;
  if (if_exists) {
    planner.plan.no_op = surely_absent(planner, name);
  } else if (!name.schema.empty() && !schema_exists(planner, name.schema)) {
    return nullptr;
  } else if (planner.before.was_known(name.schema, name.name, planner.search_path())) {
    planner.error("42P01", fmt::format("relation \"{}\" does not exist", as_written(name)));
  }
  return nullptr;
}

const catalog::Table* require_table(Planner& planner, const ast::QualifiedName& name) {
  const catalog::Object* found = require_relation(planner, name);
  return found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
}

const catalog::Type* require_type(Planner& planner, const ast::QualifiedName& name, bool if_exists) {
  const catalog::Type* found = planner.draft.type(name.schema, name.name, planner.search_path());
  if (found != nullptr) return found;
  if (!if_exists) {
    missing(planner, "42704", name.schema, fmt::format("type \"{}\" does not exist", as_written(name)));
  } else if (shows_everything(planner, name.schema)) {
    planner.plan.no_op = true;
  }
  return nullptr;
}

bool relation_exists(Planner& planner, std::string_view schema, std::string_view name) {
  const catalog::Object* found = schema.empty() ? nullptr : planner.draft.relation(schema, name, {});
  if (found == nullptr || catalog::base(*found).uncertain) return false;
  planner.error("42P07", fmt::format("relation \"{}\" already exists", name));
  return true;
}

bool type_exists(Planner& planner, std::string_view schema, std::string_view name) {
  const catalog::Object* found = schema.empty() ? nullptr : planner.draft.type_or_row(schema, name, {});
  if (found == nullptr || catalog::base(*found).uncertain) return false;
  planner.error("42710", fmt::format("type \"{}\" already exists", name));
  return true;
}

std::optional<catalog::Type> new_type(Planner& planner, const ast::QualifiedName& name,
                                      catalog::TypeKind kind) {
  catalog::Type type;
  type.schema = schema_for(planner, name.schema);
  type.name = std::string(name.name);
  if (type_exists(planner, type.schema, type.name)) return std::nullopt;
  type.origin = planner.context.origin;
  type.kind = kind;
  return type;
}

catalog::TablePart table_part(ast::ObjectType type) {
  if (type == ast::ObjectType::Trigger) return catalog::TablePart::Trigger;
  return type == ast::ObjectType::Policy ? catalog::TablePart::Policy : catalog::TablePart::Rule;
}

FunctionSearch find_function(const Planner& planner, ast::ObjectType type, const ast::ObjectName& name) {
  std::vector<catalog::TypeRef> types;
  for (const ast::TypeName* argument : name.arguments) types.push_back(resolve_type(planner, argument));
  FunctionSearch search;
  const auto named =
      name.has_arguments
          ? planner.draft.functions_taking(types, name.name.schema, name.name.name, planner.search_path())
          : planner.draft.functions(name.name.schema, name.name.name, planner.search_path());
  for (const catalog::Function* function : named) {
    const bool kind_matches =
        type == ast::ObjectType::Routine || (type == ast::ObjectType::Procedure) == function->procedure;
    if (!kind_matches) continue;
    if (search.function != nullptr && search.function->schema == function->schema) search.ambiguous = true;
    if (search.function == nullptr) search.function = function;
  }
  return search;
}

std::vector<const catalog::Table*> descendants(const Planner& planner, catalog::ObjectId table,
                                               bool inheritors) {
  std::vector<const catalog::Table*> found;
  std::vector<catalog::ObjectId> pending = {table};
  while (!pending.empty()) {
    const catalog::ObjectId parent = pending.back();
    pending.pop_back();
    for (const catalog::Table* child : planner.draft.children_of(parent)) {
      if (!inheritors && child->partition_of != parent) continue;
      // A child of two parents is met twice.
      if (std::find(found.begin(), found.end(), child) != found.end()) continue;
      found.push_back(child);
      pending.push_back(child->id);
    }
  }
  return found;
}

bool is_of_kind(const catalog::Object& object, ast::ObjectType type) {
  const auto* table = std::get_if<catalog::Table>(&object);
  const auto* view = std::get_if<catalog::View>(&object);
  switch (type) {
    case ast::ObjectType::Table:
      return table != nullptr && table->kind != catalog::TableKind::Foreign &&
             table->kind != catalog::TableKind::Composite;
    case ast::ObjectType::ForeignTable:
      return table != nullptr && table->kind == catalog::TableKind::Foreign;
    case ast::ObjectType::View:
      return view != nullptr && !view->materialized;
    case ast::ObjectType::MaterializedView:
      return view != nullptr && view->materialized;
    case ast::ObjectType::Sequence:
      return std::holds_alternative<catalog::Sequence>(object);
    case ast::ObjectType::Index:
      return std::holds_alternative<catalog::Index>(object);
    default:
      return true;
  }
}

bool refuse_wrong_kind(Planner& planner, const catalog::Object& object, ast::ObjectType type) {
  // ALTER TABLE and ALTER INDEX take more than their word says.
  const bool exact = type == ast::ObjectType::View || type == ast::ObjectType::MaterializedView ||
                     type == ast::ObjectType::Sequence || type == ast::ObjectType::ForeignTable;
  if (!exact || is_of_kind(object, type)) return false;
  const std::string_view word = type == ast::ObjectType::View               ? "view"
                                : type == ast::ObjectType::MaterializedView ? "materialized view"
                                : type == ast::ObjectType::Sequence         ? "sequence"
                                                                            : "foreign table";
  planner.error("42809", fmt::format("\"{}\" is not a {}", catalog::base(object).name, word));
  return true;
}

bool names_column_twice(Planner& planner, const std::vector<catalog::Column>& columns) {
  std::unordered_set<std::string_view> seen;
  for (const catalog::Column& column : columns) {
    if (seen.insert(column.name).second) continue;
    planner.error("42701", fmt::format("column \"{}\" specified more than once", column.name));
    return true;
  }
  return false;
}

std::string collation_of(const Planner& planner, catalog::ObjectId relation, catalog::ColumnNumber column) {
  if (const auto* table = planner.draft.get<catalog::Table>(relation)) {
    const catalog::Column* found = table->column(column);
    return found == nullptr ? std::string() : found->collation;
  }
  if (const auto* view = planner.draft.get<catalog::View>(relation)) {
    for (const catalog::Column& one : view->columns) {
      if (one.number == column) return one.collation;
    }
  }
  return {};
}

bool knows_view_options(Planner& planner, ast::List<const ast::Option*> options) {
  const bool invoker = std::any_of(options.begin(), options.end(), [](const ast::Option* option) {
    return option->name == "security_invoker";
  });
  if (!invoker || planner.version() >= 15) return true;
  planner.error("22023", "unrecognized parameter \"security_invoker\"");
  return false;
}

const catalog::Object* find_object(const Planner& planner, ast::ObjectType type,
                                   const ast::ObjectName& name) {
  using ast::ObjectType;
  using catalog::ObjectKind;
  const Draft& draft = planner.draft;
  const ast::QualifiedName& own = name.name;
  const auto found_by_id = [&](const auto* object) {
    return object == nullptr ? nullptr : draft.object(object->id);
  };
  switch (type) {
    case ObjectType::Table:
    case ObjectType::View:
    case ObjectType::MaterializedView:
    case ObjectType::Index:
    case ObjectType::Sequence:
    case ObjectType::ForeignTable:
      return planner.find(own);
    case ObjectType::Type:
    case ObjectType::Domain:
    case ObjectType::CompositeType:
      return found_by_id(draft.type(own.schema, own.name, planner.search_path()));
    case ObjectType::Function:
    case ObjectType::Procedure:
    case ObjectType::Routine:
    case ObjectType::Aggregate:
      return found_by_id(find_function(planner, type, name).function);
    case ObjectType::Schema:
      return draft.global(ObjectKind::Schema, own.name);
    case ObjectType::Extension:
      return draft.global(ObjectKind::Extension, own.name);
    case ObjectType::Publication:
      return draft.global(ObjectKind::Publication, own.name);
    case ObjectType::Role:
      return draft.global(ObjectKind::Role, own.name);
    default:
      return found_by_id(draft.other(type, own.schema, own.name, planner.search_path()));
  }
}

catalog::ObjectBase& edit_base(Draft& draft, catalog::ObjectId id) {
  return std::visit(
      [&](const auto& object) -> catalog::ObjectBase& {
        return draft.edit<std::remove_cvref_t<decltype(object)>>(id);
      },
      *draft.object(id));
}

}  // namespace migcheck::plan
