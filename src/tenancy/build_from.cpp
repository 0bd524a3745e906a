// SPDX-License-Identifier: MIT

// What stands in FROM: tables, views, sub-queries, functions, joins.

#include <algorithm>
#include <utility>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"

namespace migcheck::tenancy {

namespace {

using JoinType = ast::Join::Type;

constexpr std::size_t kDeepestView = 16;

}  // namespace

std::int32_t Builder::from_list(const ast::List<const ast::FromItem*>& items, BlockId block) {
  std::int32_t root = -1;
  for (const ast::FromItem* item : items) root = inner_join(block, root, from_item(item, block));
  return root;
}

std::int32_t Builder::inner_join(BlockId block, std::int32_t left, std::int32_t right) {
  if (left < 0) return right;
  if (right < 0) return left;
  FromNode node;
  node.left = left;
  node.right = right;
  auto& nodes = model_.blocks[block].nodes;
  for (const std::int32_t side : {left, right}) {
    const auto& below = nodes[static_cast<std::size_t>(side)].ranges;
    node.ranges.insert(node.ranges.end(), below.begin(), below.end());
  }
  nodes.push_back(std::move(node));
  return static_cast<std::int32_t>(nodes.size()) - 1;
}

std::int32_t Builder::leaf(BlockId block, RangeId range) {
  if (range == kNone) return -1;
  model_.blocks[block].visible.push_back(range);
  FromNode node;
  node.range = range;
  node.ranges = {range};
  auto& nodes = model_.blocks[block].nodes;
  nodes.push_back(std::move(node));
  return static_cast<std::int32_t>(nodes.size()) - 1;
}

std::int32_t Builder::from_item(const ast::FromItem* item, BlockId block) {
  const Level level(*this);
  if (item == nullptr || level.too_deep()) return -1;
  if (const auto* table = ast::as<ast::TableRef>(item)) {
    return leaf(block, relation(table->relation, table->alias, item->span, block, false));
  }
  if (const auto* joined = ast::as<ast::Join>(item)) return join(*joined, block);
  if (const auto* sub = ast::as<ast::DerivedTable>(item)) return leaf(block, derived(*sub, block));
  if (const auto* function = ast::as<ast::FunctionTable>(item))
    return leaf(block, function_rows(*function, block));
  expression(item, block);
  return leaf(block, model_.add_range({.open = true, .owner = block, .span = item->span}));
}

RangeId Builder::relation(const ast::RelationName& name, const ast::Alias& alias, Span span, BlockId block,
                          bool written) {
  const Span at = name.span.empty() ? span : name.span;
  if (name.schema.empty() && !written) {
    if (const std::uint32_t table = find_common_table(name.name, block); table != kNone) {
      const RangeId range = common_table_reference(table, block);
      model_.ranges[range].alias = name.name;
      rename(range, alias);
      return range;
    }
  }
  const catalog::Object* object =
      model_.context.catalog.relation(name.schema, name.name, model_.context.search_path);
  const auto* found_view = object == nullptr ? nullptr : std::get_if<catalog::View>(object);
  if (found_view != nullptr) {  // to change its rows is to change those of the table behind it
    const std::size_t first = model_.references.size();
    const RangeId range = view(*found_view, block, at);
    for (std::size_t i = first; i < model_.references.size(); ++i) model_.references[i].written = written;
    model_.ranges[range].alias = name.name;
    rename(range, alias);
    return range;
  }
  Range range{.alias = std::string(name.name), .open = true, .owner = block, .span = at};
  if (object != nullptr) range.table = std::get_if<catalog::Table>(object);
  range.transition = object == nullptr && name.schema.empty() && model_.context.in_trigger;
  if (range.table != nullptr) {
    range.open = false;
    for (const catalog::Column& column : range.table->columns) range.columns.push_back(column.name);
  }
  const RangeId id = model_.add_range(std::move(range));
  rename(id, alias);
  if (model_.tenancy(id).tenants()) {
    const bool inside = !views_.empty();
    model_.references.push_back({.range = id,
                                 .span = inside ? view_span_ : at,
                                 .name = model_.ranges[id].alias,
                                 .through_view = inside,
                                 .written = written});
  }
  return id;
}

// A view is its query: conditions of the reader reach the tables inside, as they do in the planner.
RangeId Builder::view(const catalog::View& view, BlockId block, Span span) {
  const bool inside_itself = std::find(views_.begin(), views_.end(), view.id) != views_.end();
  if (view.query == nullptr || inside_itself || views_.size() >= kDeepestView) {
    if (view.query != nullptr) model_.too_complex = true;
    return model_.add_range({.open = true, .owner = block, .span = span});
  }
  if (views_.empty()) view_span_ = span;
  views_.push_back(view.id);
  calls_.emplace_back();
  const catalog::View* around = std::exchange(view_, &view);
  const BlockId inner = select(*view.query, kNone);
  view_ = around;
  calls_.pop_back();
  views_.pop_back();
  const RangeId range = rows_inside(inner, block, span);
  Range& result = model_.ranges[range];
  // Where they do not match, no column can be told from another.
  const bool known = view.columns.size() == result.columns.size();
  for (std::size_t i = 0; i < result.columns.size() && !view.columns.empty(); ++i)
    result.columns[i] = known ? view.columns[i].name : "";
  return range;
}

// A star stands for the columns that were there when the view was made; one that the table got later is no
// column of the view.
bool Builder::is_later_than_view(const catalog::Column& column) const {
  if (view_ == nullptr) return false;
  const catalog::Origin& view = view_->origin;
  const bool later = column.origin.change != view.change
                         ? column.origin.change > view.change
                         : column.origin.place.file == view.place.file &&
                               column.origin.place.span.begin > view.place.span.begin;
  return later && std::none_of(view_->columns.begin(), view_->columns.end(),
                               [&](const catalog::Column& own) { return own.name == column.name; });
}

// The result of a query that stands elsewhere, as a range of this block.
RangeId Builder::rows_inside(BlockId inner, BlockId block, Span span) {
  const RangeId range = model_.blocks[inner].output;
  Range& result = model_.ranges[range];
  result.owner = block;
  result.span = span;
  result.exports = model_.blocks[inner].up;
  for (Fact& fact : result.exports) fact.witness = inner;
  return range;
}

RangeId Builder::derived(const ast::DerivedTable& table, BlockId block) {
  if (table.query == nullptr) return model_.add_range({.open = true, .owner = block});
  const BlockId inner = select(*table.query, table.lateral ? block : model_.blocks[block].outer);
  if (!table.lateral && model_.blocks[inner].correlated) model_.blocks[block].correlated = true;
  const RangeId range = rows_inside(inner, block, table.span);
  rename(range, table.alias);
  // An empty alias is the mark of a sub-query in an expression.
  if (model_.ranges[range].alias.empty()) model_.ranges[range].alias = "(sub-query)";
  return range;
}

void Builder::rename(RangeId range, const ast::Alias& alias) {
  Range& renamed = model_.ranges[range];
  if (!alias.name.empty()) renamed.alias = alias.name.text;
  const bool countable = renamed.sub == kNone || !model_.blocks[renamed.sub].open;
  if (!alias.columns.empty() && !countable) renamed.columns.assign(renamed.columns.size(), "");
  if (!countable) return;
  for (std::size_t i = 0; i < alias.columns.size(); ++i) {
    if (i >= renamed.columns.size()) {
      if (!renamed.open) return;
      renamed.columns.emplace_back();
    }
    renamed.columns[i] = alias.columns[i].text;
  }
}

std::int32_t Builder::join(const ast::Join& join, BlockId block) {
  const std::size_t first = model_.blocks[block].visible.size();
  const std::int32_t left = from_item(join.left, block);
  const std::int32_t right = from_item(join.right, block);
  const std::int32_t at = inner_join(block, left, right);
  if (left < 0 || right < 0) {
    model_.too_complex = true;
    return at;
  }
  FromNode node = model_.blocks[block].nodes[static_cast<std::size_t>(at)];
  node.type = join.type;
  node.condition = join.on;
  using_columns(join, block, node);
  visit(join.on, block);
  condition(join.on, block, {}, node.on);
  model_.blocks[block].nodes[static_cast<std::size_t>(at)] = node;
  if (join.alias.name.empty()) return at;
  // (a JOIN b ON …) AS j hides a and b behind j.
  Range whole{.alias = std::string(join.alias.name.text), .owner = block};
  const RangeId id = model_.add_range(std::move(whole));
  auto& visible = model_.blocks[block].visible;
  for (const auto& [name, source] : star_columns(block, at)) {
    model_.ranges[id].columns.push_back(name);
    const auto index = static_cast<std::int32_t>(model_.ranges[id].columns.size()) - 1;
    if (source == kNone) continue;
    model_.blocks[block].where.push_back(
        {.left = model_.column(id, index), .right = source, .relation = Relation::Same});
  }
  visible.erase(visible.begin() + static_cast<std::ptrdiff_t>(std::min(first, visible.size())),
                visible.end());
  visible.push_back(id);
  rename(id, join.alias);
  return at;
}

std::vector<std::pair<std::string, TermId>> Builder::range_columns(RangeId range) {
  const std::vector<std::string> names = model_.ranges[range].columns;
  const catalog::Table* table = model_.ranges[range].table;
  const std::size_t width = table == nullptr ? names.size() : std::min(names.size(), table->columns.size());
  std::vector<std::pair<std::string, TermId>> columns;
  for (std::size_t i = 0; i < width; ++i) {
    if (table != nullptr && is_later_than_view(table->columns[i])) continue;
    columns.emplace_back(names[i], model_.column(range, static_cast<std::int32_t>(i)));
  }
  return columns;
}

// The columns that a star over this part of FROM gives. Merged columns come first, once.
std::vector<std::pair<std::string, TermId>> Builder::star_columns(BlockId block, std::int32_t at) {
  const Level level(*this);
  if (at < 0 || level.too_deep()) return {};
  const FromNode node = model_.blocks[block].nodes[static_cast<std::size_t>(at)];
  if (node.left < 0) return range_columns(node.range);
  std::vector<std::pair<std::string, TermId>> columns;
  const auto left = star_columns(block, node.left);
  const auto right = star_columns(block, node.right);
  const auto merged = [&node](const auto& column) {
    return std::find(node.merged.begin(), node.merged.end(), column.first) != node.merged.end();
  };
  for (const std::string& name : node.merged) {
    const auto& side = node.type == JoinType::Right ? right : left;
    const auto found =
        std::find_if(side.begin(), side.end(), [&](const auto& one) { return one.first == name; });
    TermId merged_term = found == side.end() ? kNone : found->second;
    if (node.type == JoinType::Full) {
      const auto place = std::find(node.merged.begin(), node.merged.end(), name) - node.merged.begin();
      merged_term = static_cast<std::size_t>(place) < node.either.size()
                        ? node.either[static_cast<std::size_t>(place)][0]
                        : kNone;
    }
    columns.emplace_back(name, merged_term);
  }
  for (const auto* side : {&left, &right}) {
    for (const auto& column : *side) {
      if (!merged(column)) columns.push_back(column);
    }
  }
  return columns;
}

void Builder::using_columns(const ast::Join& join, BlockId block, FromNode& node) {
  const auto left = star_columns(block, node.left);
  const auto right = star_columns(block, node.right);
  const auto find = [](const auto& side, std::string_view name) {
    const auto found =
        std::find_if(side.begin(), side.end(), [&](const auto& one) { return one.first == name; });
    return found == side.end() ? kNone : found->second;
  };
  std::vector<std::string> names;
  for (const ast::Name& name : join.using_columns) names.emplace_back(name.text);
  if (join.natural) {
    for (const auto& [name, term] : left) {
      if (find(right, name) != kNone) names.push_back(name);
    }
  }
  if (names.empty()) return;
  Range merged{.owner = block};
  for (const std::string& name : names) {
    node.merged.push_back(name);
    merged.columns.push_back(name);
    const TermId a = find(left, name);
    const TermId b = find(right, name);
    if (a != kNone && b != kNone) node.on.push_back({.left = a, .right = b});
  }
  if (join.type == JoinType::Inner || join.type == JoinType::Left) return;  // the name means the left one
  const RangeId id = model_.add_range(std::move(merged));
  model_.blocks[block].visible.insert(model_.blocks[block].visible.begin(), id);
  if (join.type == JoinType::Full) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const TermId own = model_.column(id, static_cast<std::int32_t>(i));
      node.either.push_back({own, find(left, names[i]), find(right, names[i])});
    }
    return;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const TermId source = find(right, names[i]); source != kNone) {
      const TermId own = model_.column(id, static_cast<std::int32_t>(i));
      model_.blocks[block].where.push_back({.left = own, .right = source, .relation = Relation::Same});
    }
  }
}

}  // namespace migcheck::tenancy
