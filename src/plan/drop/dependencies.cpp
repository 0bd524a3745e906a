// SPDX-License-Identifier: MIT
#include "plan/drop/dependencies.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/letters.hpp"
#include "plan/query/scope.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

namespace {

using catalog::Dependency;
using catalog::DependencyKind;

class Needs {
 public:
  explicit Needs(const Planner& planner) : planner_(planner) {}

  void add(catalog::ObjectId on, catalog::ColumnNumber column = 0) {
    if (on == catalog::kNoObject) return;
    const Dependency dependency{on, column, DependencyKind::Normal, Part::Whole, {}};
    if (std::find(found_.begin(), found_.end(), dependency) == found_.end()) found_.push_back(dependency);
  }

  // An overloaded name is told apart by the number of arguments only; where that leaves a choice, nothing is
  // recorded rather than something wrong.
  void call(const ast::FunctionCall& call) {
    const catalog::Function* match = nullptr;
    for (const catalog::Function* function :
         planner_.draft.functions(call.name.schema, call.name.name, planner_.search_path())) {
      if (!accepts(*function, call.arguments.size())) continue;
      if (match != nullptr) return;
      match = function;
    }
    if (match != nullptr) add(match->id);
    const bool of_sequence =
        call.name.name == "nextval" || call.name.name == "setval" || call.name.name == "currval";
    if (of_sequence && !call.arguments.empty()) sequence(call.arguments[0]);
  }

  void cast(const ast::Cast& cast) {
    if (cast.type == nullptr) return;
    if (cast.type->name == "regclass") sequence(cast.argument);
    add(resolve_type(planner_, cast.type).id);
  }

  void expression(const ast::Node* root) {
    ast::walk(root, [&](const ast::Node& node) {
      if (const auto* called = ast::as<ast::FunctionCall>(&node)) call(*called);
      if (const auto* converted = ast::as<ast::Cast>(&node)) cast(*converted);
      return true;
    });
  }

  void reads(const std::vector<ColumnRead>& reads) {
    for (const ColumnRead& read : reads) add(read.relation, read.column);
  }

  std::vector<Dependency> take() { return std::move(found_); }

 private:
  static bool accepts(const catalog::Function& function, std::size_t count) {
    std::size_t taken = 0, required = 0;
    bool variadic = false;
    for (const auto& argument : function.arguments) {
      using Mode = ast::FunctionParameter::Mode;
      if (argument.mode == Mode::Out || argument.mode == Mode::Table) continue;
      if (argument.mode == Mode::Variadic) variadic = true;
      ++taken;
      if (!argument.has_default) ++required;
    }
    return count >= required - (variadic && required > 0 ? 1 : 0) && (variadic || count <= taken);
  }

  // 's', 'schema.s', '"S"', with or without ::regclass.
  void sequence(const ast::Expression* named) {
    while (const auto* cast = ast::as<ast::Cast>(named)) named = cast->argument;
    const auto* text = ast::as<ast::Constant>(named);
    if (text == nullptr || text->type != ast::Constant::Type::String) return;
    const auto [schema, name] = split_regclass(text->text);
    const catalog::Object* object = planner_.draft.relation(schema, name, planner_.search_path());
    if (object != nullptr) add(catalog::base(*object).id);
  }

  const Planner& planner_;
  std::vector<Dependency> found_;
};

}  // namespace

NameLookup lookup_of(const Planner& planner) {
  return {[&planner](std::string_view schema, std::string_view name) {
            return planner.draft.relation(schema, name, planner.search_path());
          },
          [&planner](std::string_view schema, std::string_view name) {
            return planner.draft.functions(schema, name, planner.search_path());
          },
          [&planner](const ast::TypeName& name) { return resolve_type(planner, &name); }};
}

std::pair<std::string, std::string> split_regclass(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '"') {
      const bool doubled = quoted && at + 1 < text.size() && text[at + 1] == '"';
      if (doubled) {
        parts.back() += '"';
        ++at;
      } else {
        quoted = !quoted;
      }
    } else if (byte == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += quoted ? byte : lower_letter(byte);
    }
  }
  if (parts.size() == 1) return {{}, parts[0]};
  return {parts[parts.size() - 2], parts.back()};
}

std::vector<Dependency> needs_of(const Planner& planner, const ast::Expression* expression,
                                 const catalog::Table* over) {
  Needs needs(planner);
  QueryResolver resolver(lookup_of(planner));
  resolver.expression(expression, over == nullptr ? Scope{} : scope_over(*over));
  needs.reads(resolver.take());
  needs.expression(expression);
  return needs.take();
}

std::vector<Dependency> needs_of_query(const Planner& planner, const ast::Statement& query) {
  Needs needs(planner);
  QueryResolver resolver(lookup_of(planner));
  resolver.statement(query, nullptr);
  needs.reads(resolver.take());
  needs.expression(&query);
  return needs.take();
}

std::vector<Dependency> needs_named_in(const Planner& planner, const ast::Statement& query) {
  Needs needs(planner);
  needs.expression(&query);
  return needs.take();
}

std::vector<Dependency> needs_of_view(const Planner& planner, const catalog::View& view,
                                      const ast::Statement& query) {
  std::vector<Dependency> needs = needs_of_query(planner, query);
  for (const catalog::Column& column : view.columns) {
    for (Dependency& need : needs_of_type(column.type)) {
      if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(std::move(need));
    }
  }
  return needs;
}

std::vector<Dependency> needs_of_type(const Planner& planner, const catalog::TypeRef& type) {
  Needs needs(planner);
  needs.add(type.id);
  if (type.id == catalog::kNoObject && !type.schema.empty() && type.schema != "pg_catalog") {
    const catalog::Object* row = planner.draft.type_or_row(type.schema, type.name, {});
    if (row != nullptr) needs.add(catalog::base(*row).id);
  }
  return needs.take();
}

std::vector<Dependency> needs_of_type(const catalog::TypeRef& type) {
  if (type.id == catalog::kNoObject) return {};
  return {{type.id, 0, DependencyKind::Normal, Part::Whole, {}}};
}

void set_needs(catalog::ObjectBase& object, Part part, std::string_view part_name,
               std::vector<Dependency> needs) {
  object.dependencies.erase(part_name, [&](const Dependency& dependency) {
    // What an extension owns and what owns a sequence is not the object's own wish.
    return dependency.part == part && dependency.kind == DependencyKind::Normal;
  });
  for (Dependency& dependency : needs) {
    dependency.part = part;
    dependency.part_name = std::string(part_name);
    object.dependencies.push_back(std::move(dependency));
  }
}

void rename_needs(catalog::ObjectBase& object, Part part, std::string_view from, std::string_view to) {
  object.dependencies.edit(from, [&](Dependency& dependency) {
    if (dependency.part == part) dependency.part_name = std::string(to);
  });
}

bool names_missing_column(Planner& planner, const ast::Statement& query) {
  QueryResolver resolver(lookup_of(planner));
  resolver.statement(query, nullptr);
  const ast::ColumnRef* missing = resolver.missing();
  if (missing == nullptr) return false;
  const std::string qualifier = missing->table().empty() ? "" : std::string(missing->table()) + ".";
  const std::string_view quote = qualifier.empty() ? "\"" : "";
  planner.error("42703",
                fmt::format("column {}{}{}{} does not exist", quote, qualifier, missing->column(), quote));
  return true;
}

bool names_missing_column(Planner& planner, const ast::Expression* expression, const catalog::Table& table) {
  if (table.is_doubtful(catalog::TablePart::Column)) return false;
  const ast::ColumnRef* missing = nullptr;
  ast::walk(expression, [&](const ast::Node& node) {
    if (missing != nullptr || node.kind >= ast::kFirstStatement) return false;
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    if (reference == nullptr || reference->star || reference->parts.size() != 1) return true;
    const std::string_view name = reference->column();
    // The table's own name is its whole row.
    if (table.column(name) == nullptr && name != table.name && !is_system_column(name)) missing = reference;
    return true;
  });
  if (missing == nullptr) return false;
  planner.error("42703", "column \"" + std::string(missing->column()) + "\" does not exist");
  return true;
}

}  // namespace migcheck::plan
