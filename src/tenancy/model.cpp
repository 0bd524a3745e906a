// SPDX-License-Identifier: MIT

#include "tenancy/model.hpp"

namespace migcheck::tenancy {

TermId Model::column(RangeId range, std::int32_t index) {
  if (range == kNone) return kNone;
  const auto [place, fresh] = column_terms_.try_emplace(place_of(range, index), kNone);
  if (fresh) {
    place->second = static_cast<TermId>(terms.size());
    terms.push_back({.range = range, .column = index});
  }
  return place->second;
}

TermId Model::column(RangeId range, std::string_view name) {
  Range& holder = ranges[range];
  for (std::size_t index = 0; index < holder.columns.size(); ++index) {
    if (holder.columns[index] == name) return column(range, static_cast<std::int32_t>(index));
  }
  if (!holder.open) return kNone;
  holder.columns.emplace_back(name);
  return column(range, static_cast<std::int32_t>(holder.columns.size()) - 1);
}

TermId Model::base_column(RangeId range, std::string_view name) {
  const catalog::Table* table = ranges[range].table;
  for (std::size_t index = 0; table != nullptr && index < table->columns.size(); ++index) {
    if (table->columns[index].name == name) return column(range, static_cast<std::int32_t>(index));
  }
  return kNone;
}

TermId Model::known_column(RangeId range, const catalog::Column& column) const {
  const auto index = &column - ranges[range].table->columns.data();
  return known_column(range, static_cast<std::int32_t>(index));
}

TermId Model::known_column(RangeId range, std::int32_t index) const {
  const auto found = column_terms_.find(place_of(range, index));
  return found == column_terms_.end() ? kNone : found->second;
}

const catalog::Column* Model::catalog_column(TermId term) const {
  const Term& found = terms[term];
  const catalog::Table* table = found.range == kNone ? nullptr : ranges[found.range].table;
  const auto index = static_cast<std::size_t>(found.column);
  return table == nullptr || found.column < 0 || index >= table->columns.size() ? nullptr
                                                                                : &table->columns[index];
}

TermId Model::value(std::string text, ValueKind kind, bool assumed) {
  const auto found = value_terms_.find(text);
  if (found != value_terms_.end()) return found->second;
  const auto id = static_cast<TermId>(terms.size());
  value_terms_.emplace(text, id);
  values_.push_back(id);
  terms.push_back({.value = kind, .assumed = assumed, .text = std::move(text)});
  return id;
}

const TenantTable& Model::tenancy(RangeId range) const {
  const catalog::Table* table = ranges[range].table;
  return context.map.of(table == nullptr ? catalog::kNoObject : table->id);
}

TermId Model::tenant_of(RangeId range) {
  const TenantTable& entry = tenancy(range);
  switch (entry.kind) {
    case TenantKind::Root:
    case TenantKind::Column:
      return base_column(range, entry.column);
    case TenantKind::Inherited:
      return column(range, kTenantOf);
    case TenantKind::Unknown:
    case TenantKind::Global:
      break;
  }
  return kNone;
}

RangeId Model::add_range(Range range) {
  ranges.push_back(std::move(range));
  return static_cast<RangeId>(ranges.size() - 1);
}

BlockId Model::add_block(BlockId outer) {
  const auto id = static_cast<BlockId>(blocks.size());
  blocks.emplace_back().outer = outer;
  const RangeId output = add_range({.sub = id, .owner = outer});
  blocks[id].output = output;
  return id;
}

}  // namespace migcheck::tenancy
