// SPDX-License-Identifier: MIT

// SELECT: its parts, its result, and what is true of each row of it.

#include <algorithm>
#include <array>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"

namespace migcheck::tenancy {

namespace {

using SetOperation = ast::Select::SetOperation;

constexpr std::array<std::string_view, 44> kAggregates = {"count",
                                                          "sum",
                                                          "avg",
                                                          "min",
                                                          "max",
                                                          "array_agg",
                                                          "string_agg",
                                                          "json_agg",
                                                          "jsonb_agg",
                                                          "json_agg_strict",
                                                          "jsonb_agg_strict",
                                                          "json_object_agg",
                                                          "jsonb_object_agg",
                                                          "bool_and",
                                                          "bool_or",
                                                          "every",
                                                          "bit_and",
                                                          "bit_or",
                                                          "bit_xor",
                                                          "xmlagg",
                                                          "any_value",
                                                          "range_agg",
                                                          "range_intersect_agg",
                                                          "corr",
                                                          "covar_pop",
                                                          "covar_samp",
                                                          "regr_avgx",
                                                          "regr_avgy",
                                                          "regr_count",
                                                          "regr_intercept",
                                                          "regr_r2",
                                                          "regr_slope",
                                                          "regr_sxx",
                                                          "regr_sxy",
                                                          "regr_syy",
                                                          "stddev",
                                                          "stddev_pop",
                                                          "stddev_samp",
                                                          "variance",
                                                          "var_pop",
                                                          "var_samp",
                                                          "mode",
                                                          "percentile_cont",
                                                          "percentile_disc"};

bool has(const std::vector<TermId>& terms, TermId term) {
  return term != kNone && std::find(terms.begin(), terms.end(), term) != terms.end();
}

std::string output_name(const ast::SelectItem& item) {
  if (!item.alias.empty()) return std::string(item.alias.text);
  const ast::Expression* value = item.value;
  while (const auto* cast = ast::as<ast::Cast>(value)) value = cast->argument;
  if (const auto* column = ast::as<ast::ColumnRef>(value)) return std::string(column->column());
  if (const auto* call = ast::as<ast::FunctionCall>(value)) return std::string(call->name.name);
  return "?column?";
}

}  // namespace

BlockId Builder::select(const ast::Select& select, BlockId outer) {
  const Level level(*this);
  const BlockId scope = select.with.empty() ? outer : with(select.with, outer);
  const BlockId block = model_.add_block(scope);
  if (level.too_deep()) return block;
  if (select.set_operation != SetOperation::None) {
    set_operation(select, block);
  } else if (select.is_values()) {
    values_rows(select, block);
  } else {
    select_core(select, block);
  }
  model_.blocks[block].no_push = select.limit != nullptr || select.offset != nullptr;
  for (const ast::SortItem* item : select.order_by) expression(item->value, block);
  expression(select.limit, block);
  expression(select.offset, block);
  finish(block);
  if (scope != outer) {  // the WITH stands around the query and shows its result
    model_.blocks[scope].left = block;
    model_.blocks[scope].correlated = model_.blocks[scope].correlated || model_.blocks[block].correlated;
    model_.ranges[model_.blocks[block].output].owner = outer;
  }
  return block;
}

void Builder::filter(const ast::Expression* where, BlockId block) {
  if (where == nullptr) return;
  visit(where, block);
  std::vector<ast::Join::Type> types;
  for (const FromNode& node : model_.blocks[block].nodes) types.push_back(node.type);
  Facts known = model_.blocks[block].where;
  collect_from(model_, model_.blocks[block], model_.blocks[block].from, types, known);
  Facts found;
  condition(where, block, known, found);
  auto& facts = model_.blocks[block].where;
  facts.insert(facts.end(), found.begin(), found.end());
  model_.blocks[block].conditions.push_back(where);
}

void Builder::select_core(const ast::Select& select, BlockId block) {
  const std::int32_t root = from_list(select.from, block);
  model_.blocks[block].from = root;
  filter(select.where, block);
  outputs(select.items, block);
  for (const ast::Expression* one : select.group_by) expression(one, block);
  for (const ast::Expression* one : select.distinct_on) expression(one, block);
  for (const ast::WindowDefinition* one : select.windows) expression(one, block);
  group(select, block);
  mark_pushable(select, block);
}

bool Builder::is_aggregate(const ast::Node& node) const {
  const auto* call = ast::as<ast::FunctionCall>(&node);
  if (call == nullptr || call->over != nullptr) return false;
  if (call->star || call->distinct || call->within_group || call->filter != nullptr ||
      !call->order_by.empty())
    return true;
  if (std::find(kAggregates.begin(), kAggregates.end(), call->name.name) != kAggregates.end()) return true;
  const auto found =
      model_.context.catalog.functions(call->name.schema, call->name.name, model_.context.search_path);
  return std::any_of(found.begin(), found.end(), [](const catalog::Function* one) { return one->aggregate; });
}

bool Builder::aggregates(const ast::Select& select) const {
  bool found = select.having != nullptr;
  for (const ast::SelectItem* item : select.items) {
    ast::walk(item->value, [&](const ast::Node& node) {
      found = found || is_aggregate(node);
      return !found && node.kind != ast::NodeKind::SubQuery;
    });
  }
  return found;
}

// GROUP BY and aggregates: which outputs still stand for a column, and whether there is a row at all.
void Builder::group(const ast::Select& select, BlockId block) {
  const bool sets =
      std::any_of(select.group_by.begin(), select.group_by.end(),
                  [](const ast::Expression* one) { return ast::as<ast::Other>(one) != nullptr; });
  const bool alone = select.group_by.empty() && aggregates(select);
  if (sets) {  // a grouping set nulls the other keys
    for (Output& output : model_.blocks[block].outputs) output.source = kNone;
  }
  model_.blocks[block].always_a_row = sets || alone;
  if (select.having == nullptr) return;
  if (sets) {
    expression(select.having, block);
  } else {
    filter(select.having, block);
  }
}

std::vector<TermId> Builder::terms_of(const ast::List<const ast::Expression*>& list, BlockId block) {
  std::vector<TermId> found;
  for (const ast::Expression* one : list) {
    const auto* constant = ast::as<ast::Constant>(one);
    const auto& outputs = model_.blocks[block].outputs;
    if (constant != nullptr && constant->type == ast::Constant::Type::Integer) {  // by place in the result
      const auto place = static_cast<std::size_t>(constant->integer);
      if (place >= 1 && place <= outputs.size()) found.push_back(outputs[place - 1].source);
      continue;
    }
    const TermId term = this->term(one, block);
    const auto* reference = ast::as<ast::ColumnRef>(one);
    if (term != kNone || reference == nullptr) {
      found.push_back(term);
      continue;
    }
    for (const Output& output : model_.blocks[block].outputs) {
      if (output.name == reference->column()) found.push_back(output.source);
    }
  }
  return found;
}

// A condition on the result may be asked of the rows behind it, where that leaves the rest of the result as
// it was: not past a LIMIT, and past GROUP BY, DISTINCT ON and windows only on what they divide by.
void Builder::mark_pushable(const ast::Select& select, BlockId block) {
  std::vector<std::vector<TermId>> divided_by;
  if (!select.group_by.empty()) divided_by.push_back(terms_of(select.group_by, block));
  if (!select.distinct_on.empty()) divided_by.push_back(terms_of(select.distinct_on, block));
  for (const ast::WindowDefinition* window : select.windows) {
    divided_by.push_back(terms_of(window->partition_by, block));
  }
  const auto windows = [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call != nullptr && call->over != nullptr && (call->over->name.empty() || !call->over->base.empty())) {
      divided_by.push_back(terms_of(call->over->partition_by, block));
    }
    return node.kind != ast::NodeKind::SubQuery;
  };
  for (const ast::SelectItem* item : select.items) ast::walk(item->value, windows);
  for (const ast::SortItem* item : select.order_by) ast::walk(item->value, windows);
  for (Output& output : model_.blocks[block].outputs) {
    output.pushable = !model_.blocks[block].always_a_row &&
                      std::all_of(divided_by.begin(), divided_by.end(),
                                  [&](const std::vector<TermId>& keys) { return has(keys, output.source); });
  }
}

void Builder::outputs(const ast::List<const ast::SelectItem*>& items, BlockId block) {
  for (const ast::SelectItem* item : items) {
    const auto* reference = ast::as<ast::ColumnRef>(item->value);
    if (reference != nullptr && reference->star) {
      star(block, reference->table());
      continue;
    }
    expression(item->value, block);
    add_output(block, output_name(*item), term(item->value, block));
  }
}

void Builder::add_output(BlockId block, std::string name, TermId source) {
  const RangeId output = model_.blocks[block].output;
  model_.ranges[output].columns.push_back(name);
  model_.blocks[block].outputs.push_back({.name = std::move(name), .source = source});
}

// A star over something that nobody knows.
void Builder::leave_open(RangeId range, BlockId block) {
  const Range& unknown = model_.ranges[range];
  if (!unknown.open || unknown.table != nullptr) return;
  model_.blocks[block].open = true;
  model_.blocks[block].transition = model_.blocks[block].transition || unknown.transition;
}

void Builder::star(BlockId block, std::string_view qualifier) {
  std::vector<std::pair<std::string, TermId>> columns;
  if (qualifier.empty()) {
    columns = star_columns(block, model_.blocks[block].from);
    for (const RangeId range : model_.blocks[block].visible) {
      leave_open(range, block);
    }
  } else {
    for (const RangeId range : model_.blocks[block].visible) {
      if (model_.ranges[range].alias != qualifier) continue;
      leave_open(range, block);
      columns = range_columns(range);
      break;
    }
  }
  for (auto& [name, source] : columns) add_output(block, name, source);
}

void Builder::values_rows(const ast::Select& select, BlockId block) {
  std::size_t width = select.value_columns;
  for (const auto& row : select.values) width = std::max(width, row.size());
  for (std::size_t i = 0; i < width; ++i) {
    TermId source = kNone;
    for (const auto& row : select.values) {
      const TermId own = i < row.size() ? term(row[i], block) : kNone;
      source = &row == select.values.begin() || source == own ? own : kNone;
      if (source == kNone) break;
    }
    if (select.constant_rows > 0) source = kNone;
    add_output(block, "column" + std::to_string(i + 1), source);
    model_.blocks[block].outputs.back().pushable = true;
  }
  for (const auto& row : select.values) {
    for (const ast::Expression* value : row) expression(value, block);
  }
}

// What is true of the rows that one side gives, said of the result's columns too.
Facts Builder::facts_of_side(BlockId id, BlockId side) {
  Block& whole = model_.blocks[id];
  const Block& part = model_.blocks[side];
  model_.ranges[part.output].owner = id;
  whole.open = whole.open || part.open;
  whole.correlated = whole.correlated || part.correlated;
  Facts facts = part.up;
  if (part.open) return facts;  // its columns cannot be counted
  const std::size_t width = std::min(part.outputs.size(), model_.blocks[whole.left].outputs.size());
  for (std::size_t i = 0; i < width; ++i) {
    const auto index = static_cast<std::int32_t>(i);
    facts.push_back({.left = model_.column(whole.output, index),
                     .right = model_.column(part.output, index),
                     .relation = Relation::Same});
    whole.same_columns.emplace_back(facts.back().right, facts.back().left);
  }
  return facts;
}

void Builder::set_operation(const ast::Select& select, BlockId block) {
  const BlockId outer = model_.blocks[block].outer;
  const std::uint32_t self = &select == recursive_body_ ? recursive_ : kNone;
  const BlockId left = this->select(*select.left, outer);
  if (self != kNone) model_.common_tables[self].base = left;
  const BlockId right = this->select(*select.right, outer);
  model_.blocks[block].left = left;
  model_.blocks[block].right = right;
  const std::vector<Facts> branches = {facts_of_side(block, left), facts_of_side(block, right)};
  for (const Output& output : model_.blocks[left].outputs) {
    add_output(block, output.name, kNone);
    model_.blocks[block].outputs.back().pushable = true;
  }
  Facts up;
  switch (select.set_operation) {
    case SetOperation::Union:
      common_to_all(branches, outer, {}, up);
      break;
    case SetOperation::Intersect:
      up = branches[0];
      up.insert(up.end(), branches[1].begin(), branches[1].end());
      break;
    default:
      up = branches[0];
      break;
  }
  model_.blocks[block].up = std::move(up);
}

void Builder::finish(BlockId id) {
  Block& block = model_.blocks[id];
  if (block.open) model_.ranges[block.output].open = true;
  if (block.transition) model_.ranges[block.output].transition = true;
  if (block.left != kNone) return;  // a set operation: done
  std::vector<ast::Join::Type> types;
  for (const FromNode& node : block.nodes) types.push_back(node.type);
  Facts facts = block.where;
  if (block.always_a_row) {
    facts.clear();
  } else {
    reduce_joins(model_, block, block.from, facts, types);
    collect_from(model_, block, block.from, types, facts);
  }
  for (std::size_t i = 0; i < block.outputs.size(); ++i) {
    const TermId source = block.outputs[i].source;
    if (source == kNone) continue;
    if (block.always_a_row && model_.terms[source].value == ValueKind::Column) continue;
    facts.push_back({.left = model_.column(block.output, static_cast<std::int32_t>(i)),
                     .right = source,
                     .relation = Relation::Same});
  }
  block.up = std::move(facts);
}

}  // namespace migcheck::tenancy
