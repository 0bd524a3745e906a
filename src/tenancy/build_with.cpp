// SPDX-License-Identifier: MIT

// WITH: queries that have a name, recursive ones by induction.

#include <algorithm>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"

namespace migcheck::tenancy {

namespace {

// Beyond this, what is known of a WITH query's rows is not handed on to those who read it.
constexpr std::size_t kMostFacts = 1000;

}  // namespace

BlockId Builder::with(const ast::List<const ast::CommonTable*>& tables, BlockId outer) {
  const BlockId scope = model_.add_block(outer);
  model_.blocks[scope].is_with = true;
  for (const ast::CommonTable* table : tables) common_table(*table, scope);
  return scope;
}

void Builder::common_table(const ast::CommonTable& table, BlockId scope) {
  const auto id = static_cast<std::uint32_t>(model_.common_tables.size());
  model_.common_tables.push_back({.name = std::string(table.name.text), .node = &table});
  const auto* query = ast::as<ast::Select>(table.query);
  const bool recursive =
      table.recursive && query != nullptr && query->set_operation == ast::Select::SetOperation::Union;
  const auto outer_recursive = recursive_;
  const auto* outer_body = recursive_body_;
  if (recursive) {
    model_.blocks[scope].common_tables.push_back(id);
    recursive_ = id;
    recursive_body_ = query;
  }
  const BlockId block = table.query == nullptr ? kNone : statement(*table.query, scope);
  recursive_ = outer_recursive;
  recursive_body_ = outer_body;
  if (!recursive) model_.blocks[scope].common_tables.push_back(id);
  CommonTable& built = model_.common_tables[id];
  built.writes = query == nullptr;
  built.block = block;
  if (block != kNone) model_.ranges[model_.blocks[block].output].alias = built.name;
  if (!built.self_references.empty()) induct(id);
}

std::uint32_t Builder::find_common_table(std::string_view name, BlockId block) const {
  for (BlockId at = block; at != kNone; at = model_.blocks[at].outer) {
    const auto& tables = model_.blocks[at].common_tables;
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
      if (model_.common_tables[*table].name == name) return *table;
    }
  }
  return kNone;
}

RangeId Builder::common_table_reference(std::uint32_t id, BlockId block) {
  Range range{.common_table = id, .owner = block};
  const CommonTable& table = model_.common_tables[id];
  const BlockId source = table.block != kNone ? table.block : table.base;
  range.open = source == kNone || model_.blocks[source].open;
  range.transition = source != kNone && model_.blocks[source].transition;
  if (source != kNone) {
    for (const Output& output : model_.blocks[source].outputs) range.columns.push_back(output.name);
  }
  for (std::size_t i = 0; i < table.node->columns.size(); ++i) {
    if (i >= range.columns.size()) range.columns.emplace_back();
    range.columns[i] = range.open ? std::string() : std::string(table.node->columns[i].text);
  }
  if (source != kNone && model_.blocks[source].correlated) {
    for (BlockId at = block; at != kNone; at = model_.blocks[at].outer) model_.blocks[at].correlated = true;
  }
  const bool itself = table.block == kNone;
  const RangeId reference = model_.add_range(std::move(range));
  if (itself) {
    model_.common_tables[id].self_references.push_back(reference);
  } else {
    model_.common_tables[id].references += 1;
    model_.ranges[reference].exports = stand_ins(id, reference);
  }
  return reference;
}

// Is the term known only inside the WITH query?
bool Builder::is_inner(TermId term, BlockId scope, BlockId block) const {
  const Term& found = model_.terms[term];
  if (found.value != ValueKind::Column || found.range == model_.blocks[block].output) return false;
  const BlockId owner = model_.ranges[found.range].owner;
  for (BlockId at = scope; at != kNone; at = model_.blocks[at].outer) {
    if (at == owner) return false;
  }
  return true;
}

// Each reference sees rows of its own: what is known of them is told of stand-ins for the tables inside.
Facts Builder::stand_ins(std::uint32_t id, RangeId reference) {
  const BlockId block = model_.common_tables[id].block;
  Facts facts;
  if (block == kNone || model_.blocks[block].up.size() > kMostFacts || model_.blocks[block].open)
    return facts;
  const BlockId scope = model_.blocks[block].outer;
  const RangeId output = model_.blocks[block].output;
  std::map<RangeId, RangeId> copies;
  const Facts up = model_.blocks[block].up;
  const auto copy_of = [&](TermId term) {
    if (term == kNone) return term;
    const Term found = model_.terms[term];
    if (found.range != kNone && found.range == output) return model_.column(reference, found.column);
    if (!is_inner(term, scope, block)) return term;
    const auto [place, fresh] = copies.try_emplace(found.range, kNone);
    if (fresh) {
      const Range& seen = model_.ranges[found.range];
      Range copy{.alias = seen.alias, .table = seen.table, .columns = seen.columns, .open = seen.open};
      copy.owner = model_.ranges[reference].owner;
      copy.original = seen.original != kNone ? seen.original : found.range;
      place->second = model_.add_range(std::move(copy));
    }
    return model_.column(place->second, found.column);
  };
  for (const Fact& fact : up) {
    Fact told = fact;
    told.left = copy_of(fact.left);
    told.right = copy_of(fact.right);
    told.witness = kNone;
    facts.push_back(told);
  }
  return facts;
}

}  // namespace migcheck::tenancy
