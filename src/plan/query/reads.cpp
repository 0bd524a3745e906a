// SPDX-License-Identifier: MIT
#include "migcheck/reads.hpp"

#include <algorithm>
#include <utility>

#include "plan/query/scope.hpp"

namespace migcheck {

namespace {

// A type's name without a plan at hand: one of the catalog, or taken for built in.
catalog::TypeRef type_in(const catalog::Catalog& catalog, std::span<const std::string> search_path,
                         const ast::TypeName& name) {
  catalog::TypeRef type;
  type.name = std::string(name.name);
  type.array_dimensions = name.array_dimensions;
  if (const catalog::Type* known = catalog.type(name.schema, name.name, search_path)) {
    type.schema = known->schema;
    type.id = known->id;
  } else {
    type.schema = name.schema.empty() ? "pg_catalog" : std::string(name.schema);
  }
  for (const ast::Expression* modifier : name.modifiers) {
    const auto* constant = ast::as<ast::Constant>(modifier);
    if (constant != nullptr) type.modifiers.push_back(static_cast<std::int32_t>(constant->integer));
  }
  return type;
}

plan::NameLookup lookup_in(const catalog::Catalog& catalog, std::span<const std::string> search_path) {
  return {[&catalog, search_path](std::string_view schema, std::string_view name) {
            return catalog.relation(schema, name, search_path);
          },
          [&catalog, search_path](std::string_view schema, std::string_view name) {
            return catalog.functions(schema, name, search_path);
          },
          [&catalog, search_path](const ast::TypeName& name) { return type_in(catalog, search_path, name); }};
}

}  // namespace

std::vector<ColumnRead> reads_of(const ast::Statement& statement, const catalog::Catalog& catalog,
                                 std::span<const std::string> search_path) {
  plan::QueryResolver resolver(lookup_in(catalog, search_path));
  resolver.statement(statement, nullptr);
  return resolver.take();
}

std::vector<ColumnRead> reads_of(const ast::Statement& statement, const catalog::Catalog& catalog,
                                 std::span<const std::string> search_path, const OtherRelation& instead) {
  plan::NameLookup lookup = lookup_in(catalog, search_path);
  lookup.relation = [&](std::string_view schema, std::string_view name) {
    return instead(schema, name, catalog.relation(schema, name, search_path));
  };
  plan::QueryResolver resolver(std::move(lookup));
  resolver.statement(statement, nullptr);
  return resolver.take();
}

std::vector<ColumnRead> reads_of(const ast::Expression* expression, const catalog::Table& table,
                                 const catalog::Catalog& catalog, std::span<const std::string> search_path) {
  plan::QueryResolver resolver(lookup_in(catalog, search_path));
  const plan::Scope scope = plan::scope_over(table);
  resolver.expression(expression, scope);
  return resolver.take();
}

QueryOutput output_of(const ast::Statement& query, const catalog::Catalog& catalog,
                      std::span<const std::string> search_path) {
  plan::QueryResolver resolver(lookup_in(catalog, search_path));
  return resolver.statement(query, nullptr);
}

std::vector<catalog::ColumnNumber> columns_of(const ast::Expression* expression,
                                              const catalog::Table& table) {
  std::vector<catalog::ColumnNumber> numbers;
  // Each root with whether it lies in a sub-query, where a bare name may mean an inner table's column.
  std::vector<std::pair<const ast::Node*, bool>> roots = {{expression, false}};
  while (!roots.empty()) {
    const auto [root, in_query] = roots.back();
    roots.pop_back();
    ast::walk(root, [&, inside = in_query](const ast::Node& node) {
      if (const auto* query = ast::as<ast::SubQuery>(&node); query != nullptr && !inside) {
        roots.emplace_back(query->test, false);
        roots.emplace_back(query->query, true);
        return false;
      }
      const auto* reference = ast::as<ast::ColumnRef>(&node);
      if (reference == nullptr || reference->star) return true;
      const std::string_view qualifier = reference->table();
      if (qualifier.empty() ? inside : qualifier != table.name) return true;
      const catalog::Column* column = table.column(reference->column());
      if (column != nullptr) numbers.push_back(column->number);
      return true;
    });
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace migcheck
