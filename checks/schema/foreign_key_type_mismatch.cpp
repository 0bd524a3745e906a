// SPDX-License-Identifier: MIT

#include <optional>

#include "own_columns.hpp"

namespace migcheck::checks {
namespace foreign_key_type_mismatch_check {

using catalog::Column;
using catalog::Constraint;
using catalog::Table;
using catalog::TypeRef;

// A domain is as wide as what it is over.
TypeRef plain(const CheckContext& context, TypeRef type) {
  for (int depth = 0; depth < 16; ++depth) {
    const auto* domain = context.catalog().get<catalog::Type>(type.id);
    if (domain == nullptr || domain->kind != catalog::TypeKind::Domain) break;
    type = domain->base;
  }
  return type;
}

int rank(const TypeRef& type) {
  return type.name == "int2"      ? 1
         : type.name == "int4"    ? 2
         : type.name == "int8"    ? 3
         : type.name == "numeric" ? 4
                                  : 0;
}

std::optional<std::int32_t> length(const TypeRef& type) {
  if (type.name != "varchar" || type.modifiers.empty()) return std::nullopt;
  return type.modifiers[0];
}

// The key of a row may not fit into the column that is to refer to it.
bool is_narrower(const TypeRef& child, const TypeRef& parent) {
  if (rank(child) > 0 && rank(parent) > 0) return rank(child) < rank(parent);
  const auto own = length(child);
  const auto other = length(parent);
  const bool parent_is_text = parent.name == "text" || parent.name == "varchar";
  return own && parent_is_text && (!other || *own < *other);
}

void look(const CheckContext& context, const Table& table, const Constraint& key, FindingSink& out) {
  const auto* parent = context.catalog().get<Table>(key.references);
  if (parent == nullptr || key.columns.size() != key.referenced_columns.size()) return;
  for (std::size_t at = 0; at < key.columns.size(); ++at) {
    const Column* column = table.column(key.columns[at]);
    const Column* referenced = parent->column(key.referenced_columns[at]);
    if (column == nullptr || referenced == nullptr) continue;
    if (!is_narrower(plain(context, column->type), plain(context, referenced->type))) continue;
    out.report(key.origin.place)
        .message(
            "{0}.{1} is {2} and refers to {3}.{4}, which is {5}: there can be rows that nothing can refer "
            "to, and the "
            "INSERT that tries fails.",
            sql_name(table), sql_name(column->name), catalog::to_string(column->type), sql_name(*parent),
            sql_name(referenced->name), catalog::to_string(referenced->type))
        .advice("{} {}", sql_name(column->name), catalog::to_string(referenced->type));
  }
}

// Asked at the end: a later file may change either type.
void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : own_tables(context)) {
    for (const Constraint& key : table->constraints) {
      if (key.kind == catalog::ConstraintKind::ForeignKey && context.is_target(key.origin))
        look(context, *table, key, out);
    }
  }
}

}  // namespace foreign_key_type_mismatch_check

extern constexpr Check foreign_key_type_mismatch{
    .since = "0.1.0",
    .summary = "A foreign key's column is narrower than the key that it refers to.",
    .preset = Preset::Safety,
    .on_history_end = foreign_key_type_mismatch_check::run};

}  // namespace migcheck::checks
