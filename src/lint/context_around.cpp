// SPDX-License-Identifier: MIT

// What checks may ask about the statements around the one at hand, and about what it changes: see check.hpp.

#include <algorithm>
#include <set>

#include "lint/departed.hpp"
#include "lint/function_words.hpp"
#include "lint/surroundings.hpp"
#include "migcheck/check.hpp"

namespace migcheck {
namespace {

using Statements = std::vector<const ast::Statement*>;

// The name under which a statement makes something, or gives to something; empty for all others.
ast::QualifiedName made_name(const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::NodeKind::CreateTable:
      return ast::as<ast::CreateTable>(&statement)->relation;
    case ast::NodeKind::CreateTableAs:
      return ast::as<ast::CreateTableAs>(&statement)->relation;
    case ast::NodeKind::CreateView:
      return ast::as<ast::CreateView>(&statement)->relation;
    case ast::NodeKind::CreateSequence:
      return ast::as<ast::CreateSequence>(&statement)->relation;
    case ast::NodeKind::CreateFunction:
      return ast::as<ast::CreateFunction>(&statement)->name;
    case ast::NodeKind::CreateEnum:
      return ast::as<ast::CreateEnum>(&statement)->name;
    case ast::NodeKind::CreateCompositeType:
      return ast::as<ast::CreateCompositeType>(&statement)->name;
    case ast::NodeKind::CreateRangeType:
      return ast::as<ast::CreateRangeType>(&statement)->name;
    case ast::NodeKind::CreateDomain:
      return ast::as<ast::CreateDomain>(&statement)->name;
    case ast::NodeKind::DefineObject:
      return ast::as<ast::DefineObject>(&statement)->name.name;
    case ast::NodeKind::CreateSchema: {
      const auto* create = ast::as<ast::CreateSchema>(&statement);
      return {{}, create->name.text, create->name.span};
    }
    case ast::NodeKind::Rename: {
      const auto* rename = ast::as<ast::Rename>(&statement);
      if (!rename->target.on.empty()) return {};  // a column, a constraint …
      return {rename->target.name.schema, rename->new_name.text, rename->new_name.span};
    }
    case ast::NodeKind::SetSchema: {
      const auto* move = ast::as<ast::SetSchema>(&statement);
      return {move->new_schema.text, move->target.name.name, move->target.name.span};
    }
    default:
      return {};
  }
}

// Functions, relations and types have name spaces of their own; tables have a type each, so these two share.
int name_space(const catalog::Object& object) {
  if (std::holds_alternative<catalog::Function>(object)) return 1;
  return std::holds_alternative<catalog::Schema>(object) ? 2 : 0;
}

int name_space(const ast::Statement& statement) {
  if (statement.kind == ast::NodeKind::CreateFunction) return 1;
  if (statement.kind == ast::NodeKind::CreateSchema) return 2;
  if (const auto* rename = ast::as<ast::Rename>(&statement)) {
    if (rename->object == ast::ObjectType::Schema) return 2;
    const bool routine = rename->object == ast::ObjectType::Function ||
                         rename->object == ast::ObjectType::Procedure ||
                         rename->object == ast::ObjectType::Routine;
    return routine ? 1 : 0;
  }
  return 0;
}

bool any_makes(const CheckContext& context, const Statements& statements, const catalog::Object& object) {
  for (const ast::Statement* statement : statements) {
    const ast::QualifiedName made = made_name(*statement);
    if (made.empty() || name_space(*statement) != name_space(object)) continue;
    if (context.is_name_of(made, object)) return true;
  }
  return false;
}

}  // namespace

Statements CheckContext::earlier_in_file(Names names) const {
  return scene_.surroundings->earlier(*scene_.moment, names);
}

Statements CheckContext::rest_of_file(Names names) const {
  return scene_.surroundings->rest_of_file(*scene_.moment, names);
}

Statements CheckContext::rest_of_transaction(Names names) const {
  return scene_.surroundings->rest_of_transaction(*scene_.moment, names, in_transaction());
}

bool CheckContext::any_earlier_in_file(const std::function<bool(const ast::Statement&)>& wanted) const {
  return scene_.surroundings->any_earlier(*scene_.moment, scene_.check, wanted);
}

bool CheckContext::is_last_in_file() const {
  const Moment& moment = *scene_.moment;
  const ast::StatementStream* statements = moment.file.statements;
  if (moment.file.goes_on) return false;
  return statements == nullptr ||
         !statements->has(statements->first_ending_behind(moment.outer.span.begin) + 1);
}

bool CheckContext::made_again(const catalog::Object& object) const {
  return any_makes(*this, rest_of_transaction({catalog::base(object).name}), object);
}

bool CheckContext::made_again_in_file(const catalog::Object& object) const {
  return any_makes(*this, rest_of_file({catalog::base(object).name}), object);
}

bool CheckContext::made_again_in_file(const ast::QualifiedName& name) const {
  const Statements rest = rest_of_file({name.name});
  return std::any_of(rest.begin(), rest.end(),
                     [&](const ast::Statement* later) { return made_name(*later).name == name.name; });
}

bool CheckContext::is_named_here(const ast::QualifiedName& table) const {
  const Statements earlier = earlier_in_file({table.name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* rename = ast::as<ast::Rename>(statement);
    return rename != nullptr && rename->object == ast::ObjectType::Table &&
           rename->new_name.text == table.name;
  });
}

bool CheckContext::is_emptied_here(const ast::QualifiedName& table) const {
  const auto earlier = earlier_in_file({table.name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* removal = ast::as<ast::Delete>(statement);
    if (removal != nullptr) return removal->where == nullptr && removal->relation.name == table.name;
    const auto* truncate = ast::as<ast::Truncate>(statement);
    return truncate != nullptr &&
           std::any_of(truncate->relations.begin(), truncate->relations.end(),
                       [&](const ast::RelationName& each) { return each.name == table.name; });
  });
}

const catalog::Object* CheckContext::after(catalog::ObjectId id) const {
  const std::vector<catalog::Change>& changes = plan().changes;
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (change->id == id) return change->now.get();
  }
  return catalog().object(id);
}

std::vector<const catalog::Object*> CheckContext::dropped() const {
  std::vector<const catalog::Object*> found;
  for (const catalog::Change& change : plan().changes) {
    const catalog::Object* before = catalog().object(change.id);
    if (before != nullptr && change.now == nullptr) found.push_back(before);
  }
  return found;
}

std::string CheckContext::schema_of(const ast::QualifiedName& name) const {
  if (!name.schema.empty()) return std::string(name.schema);
  if (const catalog::Object* found = relation(name)) return catalog::base(*found).schema;
  return std::string(catalog().creation_schema(session().search_path));
}

bool CheckContext::is_name_of(const ast::QualifiedName& name, const catalog::Object& object) const {
  const catalog::ObjectBase& base = catalog::base(object);
  if (name.name != base.name) return false;
  if (base.schema.empty()) return name.schema.empty();
  if (!name.schema.empty()) return name.schema == base.schema;
  for (const std::string& schema : session().search_path) {
    if (schema == base.schema) return true;
  }
  return base.schema == "pg_temp";
}

bool CheckContext::shows_everything(const ast::QualifiedName& name) const {
  if (!name.schema.empty()) return catalog().is_complete(name.schema);
  for (const std::string& schema : session().search_path) {
    if (!catalog().is_complete(schema)) return false;
  }
  return true;
}

std::span<const Departure> CheckContext::departures_of_change() const {
  return scene_.departed == nullptr ? std::span<const Departure>{} : scene_.departed->departures();
}

std::vector<const catalog::Function*> CheckContext::functions_saying(std::span<const Departure> names) const {
  std::set<catalog::ObjectId> ids;
  for (const Departure& gone : names) {
    for (const catalog::ObjectId id :
         scene_.function_words->saying(gone.column.empty() ? gone.relation.name : gone.column, catalog()))
      ids.insert(id);
  }
  std::vector<const catalog::Function*> functions;
  for (const catalog::ObjectId id : ids) {
    if (const auto* function = catalog().get<catalog::Function>(id)) functions.push_back(function);
  }
  return functions;
}

std::vector<DepartedRead> CheckContext::departed_reads(const ast::Statement& statement,
                                                       std::span<const std::string> search_path) const {
  return scene_.departed == nullptr ? std::vector<DepartedRead>{}
                                    : scene_.departed->reads(statement, search_path);
}

}  // namespace migcheck
