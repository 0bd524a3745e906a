// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace limit_without_order_check {

using ast::Select;

bool is_aggregate(const ast::Expression* value) {
  constexpr std::string_view kAggregates[] = {
      "count", "sum",        "min",       "max",      "avg",       "bool_and",        "bool_or",
      "every", "string_agg", "array_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg"};
  bool found = false;
  ast::walk(value, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    found = found || (call != nullptr && call->over == nullptr &&
                      std::find(std::begin(kAggregates), std::end(kAggregates), call->name.name) !=
                          std::end(kAggregates));
    return !found && node.kind != ast::NodeKind::SubQuery;
  });
  return found;
}

// There is one row, or which one it is makes no difference.
bool any_row_will_do(const Select& select) {
  if (select.set_operation != Select::SetOperation::None) return false;
  const auto& items = select.items;
  const bool constants = std::all_of(items.begin(), items.end(), [](const ast::SelectItem* item) {
    return item->value != nullptr && item->value->kind == ast::NodeKind::Constant;
  });
  const bool total = select.group_by.empty() &&
                     std::any_of(items.begin(), items.end(),
                                 [](const ast::SelectItem* item) { return is_aggregate(item->value); });
  // A queue's worker takes whatever is free.
  return constants || total || !select.locks.empty() || select.from.empty();
}

// Rows of a sub-select, a common table or a function may come in an order of their own.
bool reads_tables(const CheckContext& context, const Select& select) {
  if (select.set_operation != Select::SetOperation::None) return true;
  const auto* table = select.from.size() == 1 ? ast::as<ast::TableRef>(select.from[0]) : nullptr;
  if (table != nullptr) return context.table(table->relation) != nullptr;
  return std::all_of(select.from.begin(), select.from.end(), [](const ast::FromItem* item) {
    return item->kind == ast::NodeKind::TableRef || item->kind == ast::NodeKind::Join;
  });
}

// The conditions that AND puts together.
std::vector<const ast::Expression*> conditions_of(const ast::Expression* where) {
  const auto* all = ast::as<ast::BoolOperation>(where);
  if (all == nullptr || all->op != ast::BoolOperation::Op::And) return {where};
  return {all->arguments.begin(), all->arguments.end()};
}

// A parameter, a constant, a variable, or a column of the query outside.
bool is_given(const CheckContext& context, const ast::Expression* value, const Select& select,
              const std::vector<ColumnRead>& reads) {
  const std::vector<searches::Searched> columns = searches::columns_in(context, value, reads);
  return std::none_of(columns.begin(), columns.end(), [&](const searches::Searched& column) {
    bool own = false;
    for (const ast::FromItem* item : select.from) {
      ast::walk(item, [&](const ast::Node& node) {
        const auto* table = ast::as<ast::TableRef>(&node);
        own = own || (table != nullptr && context.table(table->relation) == column.table);
        return !own;
      });
    }
    return own;
  });
}

// WHERE id = $1: at most one row.
bool finds_one_row(const CheckContext& context, const ast::Statement& query, const Select& select) {
  if (select.where == nullptr) return false;
  const auto reads = reads_of(query, context.catalog(), context.session().search_path);
  std::vector<searches::Searched> pinned;
  for (const ast::Expression* condition : conditions_of(select.where)) {
    const auto* operation = ast::as<ast::Operation>(condition);
    if (operation == nullptr || operation->op.name != "=") continue;
    for (const ast::Expression* side : {operation->left, operation->right}) {
      const ast::Expression* other = side == operation->left ? operation->right : operation->left;
      if (side == nullptr || side->kind != ast::NodeKind::ColumnRef ||
          !is_given(context, other, select, reads))
        continue;
      for (const searches::Searched& column : searches::columns_in(context, side, reads))
        pinned.push_back(column);
    }
  }
  return std::any_of(pinned.begin(), pinned.end(), [&](const searches::Searched& first) {
    const auto indexes = context.catalog().indexes_of(first.table->id);
    return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
      return index->unique &&
             std::all_of(index->keys.begin(), index->keys.end(), [&](const catalog::KeyElement& key) {
               return std::any_of(pinned.begin(), pinned.end(), [&](const searches::Searched& one) {
                 return one.table == first.table && one.column->number == key.column;
               });
             });
    });
  });
}

// LIMIT 0, LIMIT ALL, and LIMIT 10000 that only keeps a mistake from reading everything.
bool chooses_nothing(const ast::Expression* limit) {
  constexpr std::int64_t kSafetyNet = 1000;
  const auto* constant = ast::as<ast::Constant>(limit);
  return constant != nullptr && (constant->type == ast::Constant::Type::Null || constant->text == "0" ||
                                 constant->integer >= kSafetyNet);
}

// IF EXISTS (SELECT … LIMIT 1) in a function's body: the sub-select stands there by itself.
bool is_asked_by_exists(const CheckContext& context, const ast::Statement& query) {
  const auto* function = context.statement_as<ast::CreateFunction>();
  if (function == nullptr || function->body == nullptr) return false;
  bool found = false;
  for (const ast::Node* expression : function->body->expressions) {
    ast::walk(expression, [&](const ast::Node& node) {
      const auto* sub = ast::as<ast::SubQuery>(&node);
      found = found || (sub != nullptr && sub->form == ast::SubQuery::Form::Exists && sub->query == &query);
      return !found;
    });
  }
  return found;
}

// Asked of queries that run again and again. In UPDATE and DELETE a limit makes batches, in EXISTS it changes
// nothing.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const QueryOrigin origin = context.query_origin();
  if (origin == QueryOrigin::Migration || origin == QueryOrigin::Seed || query.kind != ast::NodeKind::Select)
    return;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* sub = ast::as<ast::SubQuery>(&node);
    if (sub != nullptr && sub->form == ast::SubQuery::Form::Exists) return false;
    const auto* select = ast::as<Select>(&node);
    if (select == nullptr || select->limit == nullptr || !select->order_by.empty() ||
        chooses_nothing(select->limit))
      return true;
    if (any_row_will_do(*select) || !reads_tables(context, *select) || finds_one_row(context, query, *select))
      return true;
    if (is_asked_by_exists(context, query)) return false;
    out.report(select->limit->span.empty() ? select->span : select->limit->span)
        .message(
            "LIMIT without ORDER BY returns any rows: others after a VACUUM, an UPDATE or with another plan.")
        .advice("ORDER BY what decides, and a unique column last: ORDER BY created_at DESC, id");
    return true;
  });
}

}  // namespace limit_without_order_check

extern constexpr Check limit_without_order{.since = "0.1.0",
                                           .summary = "LIMIT without ORDER BY returns any rows.",
                                           .on_query = limit_without_order_check::run};

}  // namespace migcheck::checks
