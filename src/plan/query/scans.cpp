// SPDX-License-Identifier: MIT
// Which tables a query reads from the first row to the last: those for which its conditions name no column
// that an index begins with. Row counts are not known, so an index that can be used counts as used.
#include <algorithm>
#include <optional>

#include "plan/query/data.hpp"

namespace migcheck::plan {

using catalog::ColumnNumber;
using catalog::ObjectId;

namespace {

// A table that stands in the query, under the name by which conditions mean it.
struct BlockTable {
  const catalog::Table* table = nullptr;
  ObjectId relation = catalog::kNoObject;
  std::string_view name;
};

struct Block {
  std::vector<BlockTable> sources;
  const ast::Expression* where = nullptr;
  bool stops_early = false;  // LIMIT without a sort, or the largest of an index
};

void add_source(const Planner& planner, Block& block, const ast::RelationName& relation,
                const ast::Alias& alias) {
  const catalog::Object* found = planner.find(relation);
  if (found == nullptr || std::holds_alternative<catalog::Sequence>(*found)) return;
  BlockTable source;
  source.relation = catalog::base(*found).id;
  source.table = std::get_if<catalog::Table>(found);
  source.name = alias.name.empty() ? relation.name : alias.name.text;
  block.sources.push_back(source);
}

void add_from(const Planner& planner, Block& block, const ast::List<const ast::FromItem*>& from) {
  visit_tables(from,
               [&](const ast::TableRef& table) { add_source(planner, block, table.relation, table.alias); });
}

// SELECT max(id): the end of an index answers it.
bool asks_for_an_end(const ast::Select& select) {
  if (select.where != nullptr || select.items.size() != 1 || select.from.size() != 1) return false;
  const auto* call = ast::as<ast::FunctionCall>(select.items[0]->value);
  return call != nullptr && (call->name.name == "max" || call->name.name == "min") &&
         select.group_by.empty() && call->arguments.size() == 1 &&
         ast::as<ast::ColumnRef>(call->arguments[0]) != nullptr;
}

std::optional<Block> block_of(const Planner& planner, const ast::Node& node) {
  Block block;
  if (const auto* select = ast::as<ast::Select>(&node)) {
    add_from(planner, block, select->from);
    block.where = select->where;
    const bool limited = select->limit != nullptr && select->order_by.empty() && select->group_by.empty();
    block.stops_early = limited || asks_for_an_end(*select);
  } else if (const auto* update = ast::as<ast::Update>(&node)) {
    add_source(planner, block, update->relation, update->alias);
    add_from(planner, block, update->from);
    block.where = update->where;
  } else if (const auto* removal = ast::as<ast::Delete>(&node)) {
    add_source(planner, block, removal->relation, removal->alias);
    add_from(planner, block, removal->using_items);
    block.where = removal->where;
  } else {
    return std::nullopt;
  }
  return block;
}

bool mentions_columns(const ast::Expression* expression) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    if (node.kind == ast::NodeKind::SubQuery) return false;
    found |= node.kind == ast::NodeKind::ColumnRef;
    return !found;
  });
  return found;
}

const ast::ColumnRef* column_of_source(const ast::Expression* expression, const BlockTable& source,
                                       bool alone) {
  const auto* column = ast::as<ast::ColumnRef>(expression);
  if (column == nullptr || column->star) return nullptr;
  return column->table() == source.name || (column->table().empty() && alone) ? column : nullptr;
}

// The column that the clause compares with something that is there before the table is read.
std::string_view compared_column(const ast::Expression* clause, const BlockTable& source, bool alone) {
  const auto text = [&](const ast::Expression* side, const ast::Expression* other) -> std::string_view {
    const ast::ColumnRef* column = column_of_source(side, source, alone);
    return column != nullptr && !mentions_columns(other) ? column->column() : std::string_view{};
  };
  if (const auto* operation = ast::as<ast::Operation>(clause)) {
    using Form = ast::Operation::Form;
    if (operation->form != Form::Plain && operation->form != Form::AnyOfArray) return {};
    if (operation->op.name == "<>") return {};
    const std::string_view left = text(operation->left, operation->right);
    return left.empty() ? text(operation->right, operation->left) : left;
  }
  if (const auto* list = ast::as<ast::InList>(clause)) {
    return list->negated ? std::string_view{} : text(list->argument, nullptr);
  }
  if (const auto* between = ast::as<ast::Between>(clause)) {
    return between->negated ? std::string_view{} : text(between->argument, nullptr);
  }
  const auto* query = ast::as<ast::SubQuery>(clause);
  if (query != nullptr && query->form == ast::SubQuery::Form::Any) return text(query->test, nullptr);
  return {};
}

bool index_helps(const Planner& planner, const Block& block, const BlockTable& source) {
  std::vector<const ast::Expression*> pending = {block.where};
  while (!pending.empty()) {
    const ast::Expression* clause = pending.back();
    pending.pop_back();
    const auto* both = ast::as<ast::BoolOperation>(clause);
    if (both != nullptr && both->op == ast::BoolOperation::Op::And) {
      pending.insert(pending.end(), both->arguments.begin(), both->arguments.end());
      continue;
    }
    const std::string_view name = compared_column(clause, source, block.sources.size() == 1);
    if (name == "ctid") return true;
    const catalog::Column* column =
        name.empty() || source.table == nullptr ? nullptr : source.table->column(name);
    if (column != nullptr && has_index_for(planner, *source.table, {column->number})) return true;
  }
  return false;
}

}  // namespace

bool has_index_for(const Planner& planner, const catalog::Table& table,
                   const std::vector<ColumnNumber>& columns) {
  for (const catalog::Index* index : planner.draft.indexes_of(table.id)) {
    if (index->predicate != nullptr || index->keys.empty() || !index->valid || index->method == "brin")
      continue;
    const ColumnNumber first = index->keys.front().column;
    if (first != 0 && std::find(columns.begin(), columns.end(), first) != columns.end()) return true;
  }
  return false;
}

std::vector<ObjectId> scanned_relations(const Planner& planner, const ast::Statement& query) {
  std::vector<ObjectId> scanned;
  ast::walk(&query, [&](const ast::Node& node) {
    const std::optional<Block> block = block_of(planner, node);
    if (!block || block->stops_early) return true;
    for (const BlockTable& source : block->sources) {
      if (!index_helps(planner, *block, source)) scanned.push_back(source.relation);
    }
    return true;
  });
  return scanned;
}

}  // namespace migcheck::plan
