// SPDX-License-Identifier: MIT

#include <algorithm>
#include <set>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace implicit_cross_join_check {

// What stands between two commas of FROM.
struct Item {
  const ast::Node* node = nullptr;
  std::set<std::string_view> names;  // what its columns can be qualified by
  std::set<catalog::ObjectId> relations;
  bool rows_unknown = false;  // a sub-select, a function, a common table: it may be one row
  bool conditioned = false;
  std::size_t group = 0;
};

void add_table(const CheckContext& context, const ast::RelationName& relation, const ast::Alias& alias,
               const std::set<std::string_view>& common, Item& item) {
  item.names.insert(alias.name.empty() ? relation.name : alias.name.text);
  const bool is_common = relation.schema.empty() && common.count(relation.name) > 0;
  const catalog::Table* table = is_common ? nullptr : context.table(relation);
  if (table == nullptr) {
    item.rows_unknown = true;
    return;
  }
  item.relations.insert(table->id);
  item.rows_unknown = item.rows_unknown || context.is_small({table->id, table->schema, table->name});
}

Item item_of(const CheckContext& context, const ast::FromItem* from,
             const std::set<std::string_view>& common) {
  Item item;
  item.node = from;
  ast::walk(from, [&](const ast::Node& node) {
    if (const auto* table = ast::as<ast::TableRef>(&node))
      add_table(context, table->relation, table->alias, common, item);
    const bool other = node.kind == ast::NodeKind::DerivedTable || node.kind == ast::NodeKind::FunctionTable;
    item.rows_unknown = item.rows_unknown || other || node.kind == ast::NodeKind::Other;
    return !other && node.kind != ast::NodeKind::SubQuery;
  });
  return item;
}

// Which items a condition speaks of; false if that cannot be told.
bool items_in(const ast::Expression* condition, const std::vector<Item>& items,
              const std::vector<ColumnRead>& reads, std::vector<std::size_t>& found) {
  bool known = true;
  ast::walk(condition, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    if (reference == nullptr) return true;
    const std::string_view qualifier = reference->table();
    const auto read = std::find_if(reads.begin(), reads.end(),
                                   [&](const ColumnRead& one) { return one.span == node.span; });
    known = known && (!qualifier.empty() || read != reads.end());
    for (std::size_t at = 0; at < items.size(); ++at) {
      const bool named = qualifier.empty()
                             ? read != reads.end() && items[at].relations.count(read->relation) > 0
                             : items[at].names.count(qualifier) > 0;
      if (named) found.push_back(at);
    }
    return true;
  });
  return known;
}

void join(std::vector<Item>& items, const std::vector<std::size_t>& together) {
  for (const std::size_t at : together) {
    const std::size_t old = items[at].group;
    for (Item& item : items) {
      if (item.group == old) item.group = items[together[0]].group;
    }
  }
}

std::vector<const ast::Expression*> conditions_of(const ast::Expression* where) {
  if (where == nullptr) return {};
  const auto* all = ast::as<ast::BoolOperation>(where);
  if (all == nullptr || all->op != ast::BoolOperation::Op::And) return {where};
  return {all->arguments.begin(), all->arguments.end()};
}

// Two sets of rows that no condition ties together and none makes smaller: each with each.
const Item* untied(std::vector<Item>& items, const ast::Expression* where,
                   const std::vector<ColumnRead>& reads) {
  for (std::size_t at = 0; at < items.size(); ++at) items[at].group = at;
  for (const ast::Expression* condition : conditions_of(where)) {
    std::vector<std::size_t> found;
    if (!items_in(condition, items, reads, found)) return nullptr;
    if (!found.empty()) join(items, found);
    for (const std::size_t at : found) items[at].conditioned = true;
  }
  std::set<std::size_t> small;
  for (const Item& item : items) {
    if (item.conditioned || item.rows_unknown) small.insert(item.group);
  }
  const Item* first = nullptr;
  const Item* second = nullptr;
  for (const Item& item : items) {
    if (small.count(item.group) > 0) continue;
    if (first == nullptr)
      first = &item;
    else if (item.group != first->group)
      second = &item;
  }
  return second;
}

void report(const Item& item, FindingSink& out) {
  out.report(item.node->span)
      .message("Nothing ties {} to the other tables: each of its rows is put beside each of theirs.",
               sql_name(*item.names.begin()))
      .advice("JOIN … ON …, or CROSS JOIN where that is what is wanted");
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  std::vector<ColumnRead> reads;
  std::set<std::string_view> common;
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* with = ast::as<ast::CommonTable>(&node)) common.insert(with->name.text);
    return true;
  });
  const auto look = [&](std::vector<Item> items, const ast::Expression* where) {
    if (items.size() < 2) return;
    if (reads.empty()) reads = reads_of(query, context.catalog(), context.session().search_path);
    if (const Item* found = untied(items, where, reads)) report(*found, out);
  };
  ast::walk(&query, [&](const ast::Node& node) {
    std::vector<Item> items;
    const auto add = [&](ast::List<const ast::FromItem*> from) {
      for (const ast::FromItem* one : from) items.push_back(item_of(context, one, common));
    };
    if (const auto* select = ast::as<ast::Select>(&node)) {
      if (select->from.size() < 2) return true;
      add(select->from);
      look(std::move(items), select->where);
    } else if (const auto* update = ast::as<ast::Update>(&node)) {
      if (update->from.empty()) return true;
      add(update->from);
      items.emplace_back().node = update;
      add_table(context, update->relation, update->alias, common, items.back());
      std::rotate(items.begin(), items.end() - 1, items.end());
      look(std::move(items), update->where);
    }
    return true;
  });
}

}  // namespace implicit_cross_join_check

extern constexpr Check implicit_cross_join{.since = "0.1.0",
                                           .summary = "Tables in FROM that no condition ties together.",
                                           .on_query = implicit_cross_join_check::run};

}  // namespace migcheck::checks
