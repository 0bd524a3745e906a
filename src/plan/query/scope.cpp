// SPDX-License-Identifier: MIT
#include "plan/query/scope.hpp"

namespace migcheck::plan {

const QueryOutput* Scope::common_table(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    // The last one first: a WITH list cannot name a table twice, but an inner WITH hides an outer one.
    for (auto table = scope->common_tables.rbegin(); table != scope->common_tables.rend(); ++table) {
      if (table->name == name) return &table->output;
    }
  }
  return nullptr;
}

const Source* Scope::source(std::string_view schema, std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    for (const Source& source : scope->sources) {
      if (source.name == name && (schema.empty() || source.schema == schema)) return &source;
    }
  }
  return nullptr;
}

namespace {

const OutputColumn* find_column(const QueryOutput& output, std::string_view name) {
  for (const OutputColumn& column : output.columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

}  // namespace

const OutputColumn* QueryResolver::find(const ast::ColumnRef& reference, const Scope& scope) {
  if (reference.star || reference.parts.empty()) return nullptr;
  const std::size_t count = reference.parts.size();
  if (count >= 2) {
    const std::string_view schema = count >= 3 ? reference.parts[count - 3].text : std::string_view{};
    const Source* source = scope.source(schema, reference.parts[count - 2].text);
    return source == nullptr ? nullptr : find_column(source->output, reference.parts[count - 1].text);
  }
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    if (const OutputColumn* column = find_column(at->visible, reference.parts[0].text)) return column;
    // The name may be a column of something that the catalog does not know: then it is not an outer one.
    if (!at->visible.known) return nullptr;
  }
  return nullptr;
}

bool is_system_column(std::string_view name) {
  return name == "tableoid" || name == "ctid" || name == "xmin" || name == "xmax" || name == "cmin" ||
         name == "cmax";
}

Scope scope_over(const catalog::Table& table) {
  Scope scope;
  for (const catalog::Column& column : table.columns) {
    scope.visible.columns.push_back({column.name, column.type, table.id, column.number});
  }
  scope.sources.push_back({table.name, table.schema, scope.visible});
  return scope;
}

void keep_possible(QueryOutput& output) {
  if (output.columns.size() <= kMostColumns) return;
  output.columns.resize(kMostColumns);
  output.known = false;
}

void rename_columns(QueryOutput& output, ast::List<ast::Name> names) {
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (at < output.columns.size()) {
      output.columns[at].name = std::string(names[at].text);
    } else if (!output.known) {
      output.columns.push_back({std::string(names[at].text), {}, catalog::kNoObject, 0});
    }
  }
}

}  // namespace migcheck::plan
