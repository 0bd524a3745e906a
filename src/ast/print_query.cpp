// SPDX-License-Identifier: MIT

#include "ast/printer.hpp"

namespace migcheck::ast {

void Printer::alias(const Alias& alias) {
  if (alias.name.empty()) return;
  raw(" AS " + quoted_name(alias.name.text));
  if (alias.columns.empty()) return;
  raw(" (");
  names(alias.columns);
  raw(")");
}

void Printer::sort(const SortItem& item) {
  whole(item.value);
  if (item.descending) raw(" DESC");
  if (item.nulls_given) raw(item.nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

void Printer::sort_items(const List<const Node*>& items) {
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) raw(", ");
    whole(items[at]);
  }
}

void Printer::join(const Join& join) {
  raw("(");
  from(join.left);
  if (join.natural) raw(" NATURAL");
  const bool conditional = join.natural || join.on != nullptr || !join.using_columns.empty();
  switch (join.type) {
    case Join::Type::Inner:
      raw(conditional ? " JOIN " : " CROSS JOIN ");
      break;
    case Join::Type::Left:
      raw(" LEFT JOIN ");
      break;
    case Join::Type::Right:
      raw(" RIGHT JOIN ");
      break;
    case Join::Type::Full:
      raw(" FULL JOIN ");
      break;
  }
  from(join.right);
  if (join.on != nullptr) {
    raw(" ON ");
    whole(join.on);
  }
  if (!join.using_columns.empty()) {
    raw(" USING (");
    names(join.using_columns);
    raw(")");
    // An alias here may belong to the columns alone (14) or to the whole.
    if (!join.alias.name.empty()) give_up();
  }
  raw(")");
  alias(join.alias);
}

void Printer::function_table(const FunctionTable& table) {
  if (!table.column_definitions.empty() || table.functions.empty()) return give_up();
  if (table.lateral) raw("LATERAL ");
  const bool several = table.functions.size() > 1;
  if (several) raw("ROWS FROM (");
  list(table.functions);
  if (several) raw(")");
  if (table.ordinality) raw(" WITH ORDINALITY");
  alias(table.alias);
}

void Printer::from(const FromItem* item) {
  const Level level(*this);
  if (item == nullptr || !level.goes_on()) return;
  if (const auto* table = as<TableRef>(item)) {
    if (table->sample != nullptr) return give_up();
    if (table->relation.only) raw("ONLY ");
    name(table->relation);
    return alias(table->alias);
  }
  if (const auto* joined = as<Join>(item)) return join(*joined);
  if (const auto* function = as<FunctionTable>(item)) return function_table(*function);
  const auto* derived = as<DerivedTable>(item);
  if (derived == nullptr || derived->query == nullptr) return give_up();
  raw(derived->lateral ? "LATERAL (" : "(");
  query(*derived->query);
  raw(")");
  alias(derived->alias);
}

void Printer::with(const List<const CommonTable*>& tables) {
  if (tables.empty()) return;
  raw("WITH ");
  for (std::size_t at = 0; at < tables.size(); ++at) {
    const CommonTable& table = *tables[at];
    const auto* query_of = as<Select>(table.query);
    // SEARCH and CYCLE of a recursive one are not in the tree.
    if (table.recursive || query_of == nullptr) return give_up();
    raw((at > 0 ? ", " : "") + quoted_name(table.name.text));
    if (!table.columns.empty()) {
      raw(" (");
      names(table.columns);
      raw(")");
    }
    raw(table.materialized       ? " AS MATERIALIZED ("
        : table.not_materialized ? " AS NOT MATERIALIZED ("
                                 : " AS (");
    query(*query_of);
    raw(")");
  }
  raw(" ");
}

void Printer::values(const Select& select) {
  if (select.constant_rows > 0) return give_up();
  raw("VALUES ");
  for (std::size_t at = 0; at < select.values.size(); ++at) {
    raw(at > 0 ? ", (" : "(");
    list(select.values[at]);
    raw(")");
  }
}

void Printer::select_body(const Select& select) {
  if (select.is_values()) return values(select);
  raw("SELECT ");
  if (select.distinct) raw("DISTINCT ");
  if (!select.distinct_on.empty()) {
    raw("ON (");
    list(select.distinct_on);
    raw(") ");
  }
  for (std::size_t at = 0; at < select.items.size(); ++at) {
    if (at > 0) raw(", ");
    whole(select.items[at]->value);
    if (!select.items[at]->alias.empty()) raw(" AS " + quoted_name(select.items[at]->alias.text));
  }
  for (std::size_t at = 0; at < select.from.size(); ++at) {
    raw(at > 0 ? ", " : " FROM ");
    from(select.from[at]);
  }
  if (select.where != nullptr) {
    raw(" WHERE ");
    whole(select.where);
  }
  if (!select.group_by.empty()) {
    raw(" GROUP BY ");
    list(select.group_by);
  }
  if (select.having != nullptr) {
    raw(" HAVING ");
    whole(select.having);
  }
  if (!select.windows.empty()) give_up();
}

void Printer::operand_query(const Select& select) {
  raw("(");
  query(select);
  raw(")");
}

void Printer::select_tail(const Select& select) {
  for (std::size_t at = 0; at < select.order_by.size(); ++at) {
    raw(at > 0 ? ", " : " ORDER BY ");
    sort(*select.order_by[at]);
  }
  if (select.offset != nullptr) {
    raw(" OFFSET ");
    operand(select.offset);
  }
  if (select.limit != nullptr) {
    raw(select.with_ties ? " FETCH FIRST " : " LIMIT ");
    operand(select.limit);
    if (select.with_ties) raw(" ROWS WITH TIES");
  }
  if (!select.locks.empty()) give_up();
}

void Printer::query(const Select& select) {
  using SetOperation = Select::SetOperation;
  const Level level(*this);
  if (!level.goes_on()) return;
  if (!select.into.empty()) return give_up();
  with(select.with);
  if (select.set_operation == SetOperation::None) {
    select_body(select);
  } else {
    operand_query(*select.left);
    raw(select.set_operation == SetOperation::Union       ? " UNION "
        : select.set_operation == SetOperation::Intersect ? " INTERSECT "
                                                          : " EXCEPT ");
    if (select.all) raw("ALL ");
    operand_query(*select.right);
  }
  select_tail(select);
}

std::optional<std::string> to_sql(const Select* query) {
  if (query == nullptr) return std::nullopt;
  Printer printer;
  printer.query(*query);
  return printer.take();
}

}  // namespace migcheck::ast
