// SPDX-License-Identifier: MIT

// Names for advice: as a person could paste them.

#include <algorithm>

#include "migcheck/ast/print.hpp"
#include "migcheck/check.hpp"

namespace migcheck {
namespace {

bool is_plain(std::string_view name) {
  if (name.empty() || !((name[0] >= 'a' && name[0] <= 'z') || name[0] == '_')) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

std::string sql_name(std::string_view name) {
  if (is_plain(name) && !ast::is_reserved(name)) {
    return std::string(name);
  }
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string sql_name(const ast::QualifiedName& name) {
  return name.schema.empty() ? sql_name(name.name) : sql_name(name.schema) + "." + sql_name(name.name);
}

std::string sql_name(const RelationRef& relation) {
  const bool plain = relation.schema.empty() || relation.schema == "public";
  return plain ? sql_name(relation.name) : sql_name(relation.schema) + "." + sql_name(relation.name);
}

std::string sql_name(const catalog::ObjectBase& object) {
  return sql_name(RelationRef{object.id, object.schema, object.name});
}

std::string enumerate(std::span<const std::string> words) {
  constexpr std::size_t kMost = 6;
  const std::size_t shown = words.size() > kMost ? kMost - 1 : words.size();
  std::string list;
  for (std::size_t at = 0; at < shown; ++at) {
    const bool last = at + 1 == words.size();
    list += at == 0 ? "" : last ? " and " : ", ";
    list += words[at];
  }
  if (shown < words.size()) list += fmt::format(" and {} more", words.size() - shown);
  return list;
}

std::string sql_names(ast::List<ast::Name> names) {
  std::string list;
  for (const ast::Name& name : names) list += (list.empty() ? "" : ", ") + sql_name(name.text);
  return list;
}

std::string input_types(const catalog::Function& function) {
  using Mode = ast::FunctionParameter::Mode;
  std::string list;
  for (const catalog::Function::Argument& argument : function.arguments) {
    if (argument.mode == Mode::Out || argument.mode == Mode::Table) continue;
    list += (list.empty() ? "" : ", ") + catalog::to_string(argument.type);
  }
  return list;
}

}  // namespace migcheck
