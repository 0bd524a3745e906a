// SPDX-License-Identifier: MIT
// Objects in words, as PostgreSQL's messages have them.
#include <fmt/format.h>

#include <algorithm>

#include "plan/drop/cascade.hpp"

namespace migcheck::plan {

namespace {

std::string visible_name(const Planner& planner, const catalog::ObjectBase& object) {
  const auto path = planner.search_path();
  const bool visible =
      object.schema.empty() || std::find(path.begin(), path.end(), object.schema) != path.end();
  return visible ? object.name : object.schema + "." + object.name;
}

std::string_view kind_word(const catalog::Table& table) {
  switch (table.kind) {
    case catalog::TableKind::Foreign:
      return "foreign table";
    case catalog::TableKind::Composite:
      return "composite type";
    default:
      return "table";
  }
}

std::string_view kind_word(const catalog::OtherObject& object) {
  switch (object.type) {
    case ast::ObjectType::Statistics:
      return "statistics object";
    case ast::ObjectType::EventTrigger:
      return "event trigger";
    case ast::ObjectType::Aggregate:
      return "aggregate";
    case ast::ObjectType::Operator:
      return "operator";
    case ast::ObjectType::OperatorClass:
      return "operator class";
    case ast::ObjectType::OperatorFamily:
      return "operator family";
    case ast::ObjectType::Collation:
      return "collation";
    case ast::ObjectType::Conversion:
      return "conversion";
    case ast::ObjectType::Language:
      return "language";
    case ast::ObjectType::AccessMethod:
      return "access method";
    case ast::ObjectType::Subscription:
      return "subscription";
    case ast::ObjectType::ForeignDataWrapper:
      return "foreign-data wrapper";
    case ast::ObjectType::ForeignServer:
      return "server";
    case ast::ObjectType::TextSearch:
      return "text search configuration";
    default:
      return "object";
  }
}

std::string describe_function(const Planner& planner, const catalog::Function& function) {
  std::string arguments;
  for (const auto& argument : function.arguments) {
    using Mode = ast::FunctionParameter::Mode;
    if (argument.mode == Mode::Out || argument.mode == Mode::Table) continue;
    if (!arguments.empty()) arguments += ",";
    arguments += catalog::to_string(argument.type);
  }
  const std::string_view word = function.procedure   ? "procedure"
                                : function.aggregate ? "aggregate"
                                                     : "function";
  return fmt::format("{} {}({})", word, visible_name(planner, function), arguments);
}

struct WholeDescriber {
  const Planner& planner;
  std::string operator()(const catalog::Schema& object) const { return "schema " + object.name; }
  std::string operator()(const catalog::Table& object) const {
    return fmt::format("{} {}", kind_word(object), visible_name(planner, object));
  }
  std::string operator()(const catalog::View& object) const {
    return (object.materialized ? "materialized view " : "view ") + visible_name(planner, object);
  }
  std::string operator()(const catalog::Index& object) const {
    return "index " + visible_name(planner, object);
  }
  std::string operator()(const catalog::Sequence& object) const {
    return "sequence " + visible_name(planner, object);
  }
  std::string operator()(const catalog::Type& object) const {
    return "type " + visible_name(planner, object);
  }
  std::string operator()(const catalog::Function& object) const { return describe_function(planner, object); }
  std::string operator()(const catalog::Extension& object) const { return "extension " + object.name; }
  std::string operator()(const catalog::Publication& object) const { return "publication " + object.name; }
  std::string operator()(const catalog::Role& object) const { return "role " + object.name; }
  std::string operator()(const catalog::OtherObject& object) const {
    return fmt::format("{} {}", kind_word(object), visible_name(planner, object));
  }
};

std::string_view part_word(Part part) {
  switch (part) {
    case Part::Column:
      return "column";
    case Part::Default:
      return "default value for column";
    case Part::Constraint:
      return "constraint";
    case Part::Trigger:
      return "trigger";
    case Part::Rule:
      return "rule";
    case Part::Policy:
      return "policy";
    default:
      return "part";
  }
}

}  // namespace

std::string describe(const Planner& planner, const DropTarget& target) {
  const catalog::Object* object = planner.draft.object(target.object);
  if (object == nullptr) return target.name;
  std::string whole = std::visit(WholeDescriber{planner}, *object);
  if (target.part == Part::Whole) return whole;
  const std::string_view joiner = target.part == Part::Column || target.part == Part::Default ? "of" : "on";
  return fmt::format("{} {} {} {}", part_word(target.part), target.name, joiner, whole);
}

}  // namespace migcheck::plan
