// SPDX-License-Identifier: MIT

#include "migcheck/catalog/row_bound.hpp"

#include <algorithm>

namespace migcheck::catalog {
namespace {

constexpr std::uint64_t kAny = UINT32_MAX;

const Column* column_of(const ast::Expression* expression, const Table& table) {
  const auto* reference = ast::as<ast::ColumnRef>(expression);
  return reference == nullptr ? nullptr : table.column(reference->column());
}

// How many values of the column the condition lets through: of `id = 1` one, of `kind IN ('a', 'b')` two.
std::uint64_t values_under(const ast::Expression* condition, const Table& table, const Column& column) {
  if (column_of(condition, table) == &column) return 1;  // CHECK (singleton)
  if (const auto* list = ast::as<ast::InList>(condition))
    return !list->negated && column_of(list->argument, table) == &column ? list->items.size() : kAny;
  if (const auto* operation = ast::as<ast::Operation>(condition)) {
    if (operation->op.name != "=" || operation->form != ast::Operation::Form::Plain) return kAny;
    const bool left = column_of(operation->left, table) == &column;
    const bool right = column_of(operation->right, table) == &column;
    const auto* value = ast::as<ast::Constant>(left ? operation->right : operation->left);
    return left != right && value != nullptr ? 1 : kAny;
  }
  const auto* all = ast::as<ast::BoolOperation>(condition);
  std::uint64_t fewest = kAny;
  if (all == nullptr) return fewest;
  if (all->op == ast::BoolOperation::Op::Not && column_of(all->arguments[0], table) == &column) return 1;
  if (all->op != ast::BoolOperation::Op::And) return fewest;
  for (const ast::Expression* part : all->arguments) {
    if (ast::as<ast::BoolOperation>(part) == nullptr)
      fewest = std::min(fewest, values_under(part, table, column));
  }
  return fewest;
}

std::uint64_t values_of(const Column& column, const Table& table, const Catalog& catalog) {
  std::uint64_t fewest = column.type.name == "bool" && column.type.array_dimensions == 0 ? 2 : kAny;
  const auto* type = catalog.get<Type>(column.type.id);
  if (type != nullptr && type->kind == TypeKind::Enum && column.type.array_dimensions == 0)
    fewest = type->values.size();
  for (const Constraint& check : table.constraints) {
    if (check.kind == ConstraintKind::Check && check.valid && check.enforced)
      fewest = std::min(fewest, values_under(check.expression, table, column));
  }
  return fewest;
}

std::uint64_t rows_under(const Index& index, const Table& table, const Catalog& catalog) {
  if (!index.unique || !index.valid || index.uncertain || index.predicate != nullptr) return kAny;
  std::uint64_t product = 1;
  for (const KeyElement& key : index.keys) {
    const Column* column = table.column(key.column);
    // A null is no duplicate of a null.
    if (column != nullptr && !(column->not_null && column->not_null_valid) && !index.nulls_not_distinct)
      return kAny;
    if (column != nullptr) {
      product *= values_of(*column, table, catalog) + (column->not_null ? 0 : 1);
    } else if (ast::as<ast::Constant>(key.expression) == nullptr) {
      return kAny;
    }
    if (product >= kAny) return kAny;
  }
  return product;
}

}  // namespace

std::optional<std::uint64_t> most_rows(const Table& table, const Catalog& catalog) {
  std::uint64_t fewest = kAny;
  for (const Index* index : catalog.indexes_of(table.id))
    fewest = std::min(fewest, rows_under(*index, table, catalog));
  return fewest == kAny ? std::nullopt : std::optional(fewest);
}

}  // namespace migcheck::catalog
