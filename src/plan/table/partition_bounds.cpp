// SPDX-License-Identifier: MIT
#include "plan/table/partition_bounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "plan/table/implication.hpp"

namespace migcheck::plan {

namespace {

using Strategy = ast::PartitionBy::Strategy;
using Values = ast::List<const ast::Expression*>;

std::string_view word(Strategy strategy) {
  if (strategy == Strategy::Range) return "range";
  return strategy == Strategy::List ? "list" : "hash";
}

// MINVALUE, a value, MAXVALUE.
int kind_of_value(const ast::Expression* value) {
  const auto* written = ast::as<ast::SqlValue>(value);
  if (written == nullptr) return 0;
  return written->name == "minvalue" ? -1 : written->name == "maxvalue" ? 1 : 0;
}

bool is_null(const ast::Expression* value) {
  const auto* constant = ast::as<ast::Constant>(value);
  return constant != nullptr && constant->type == ast::Constant::Type::Null;
}

// The order of two ends of ranges; nothing where some value of theirs cannot be compared.
std::optional<int> order_of(const Values& left, const Values& right) {
  for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at) {
    const int kind = kind_of_value(left[at]);
    const int other = kind_of_value(right[at]);
    if (kind != other) return kind < other ? -1 : 1;
    if (kind != 0) return 0;
    const std::optional<int> order = order_of_constants(left[at], right[at]);
    if (!order || *order != 0) return order;
  }
  return 0;
}

bool is_below(const Values& left, const Values& right) {
  const std::optional<int> order = order_of(left, right);
  return order && *order < 0;
}

bool share_value(const Values& left, const Values& right) {
  return std::any_of(left.begin(), left.end(), [&](const ast::Expression* one) {
    return std::any_of(right.begin(), right.end(), [&](const ast::Expression* other) {
      if (is_null(one) || is_null(other)) return is_null(one) && is_null(other);
      return order_of_constants(one, other) == 0;
    });
  });
}

// Each modulus divides the next larger one, so that remainders can be told apart.
bool share_remainder(const ast::PartitionBound& left, const ast::PartitionBound& right) {
  const auto& larger = left.modulus > right.modulus ? left : right;
  const auto& smaller = left.modulus > right.modulus ? right : left;
  return smaller.modulus > 0 && larger.remainder % smaller.modulus == smaller.remainder;
}

bool overlap(const ast::PartitionBound& left, const ast::PartitionBound& right) {
  if (left.is_default || right.is_default) return left.is_default && right.is_default;
  if (left.strategy != right.strategy) return false;
  if (left.strategy == Strategy::List) return share_value(left.values, right.values);
  if (left.strategy == Strategy::Hash) return share_remainder(left, right);
  return is_below(left.from, right.to) && is_below(right.from, left.to);
}

// The partitions that may overlap with the bound, in the order in which they were made.
std::vector<const catalog::Table*> rivals(const Planner& planner, const catalog::Table& parent,
                                          const ast::PartitionBound& bound) {
  if (bound.is_default || bound.strategy != Strategy::List) return planner.draft.children_of(parent.id);
  std::map<catalog::ObjectId, const catalog::Table*> found;
  for (const ast::Expression* value : bound.values) {
    for (const catalog::Table* one : planner.draft.partitions_with(parent.id, value)) found[one->id] = one;
  }
  std::vector<const catalog::Table*> rivals;
  for (const auto& [id, table] : found) rivals.push_back(table);
  return rivals;
}

bool is_of_kind(Planner& planner, const ast::PartitionBound& bound, Strategy strategy) {
  if (bound.is_default && strategy == Strategy::Hash) {
    planner.error("42P16", "a hash-partitioned table may not have a default partition");
    return false;
  }
  if (bound.is_default || bound.strategy == strategy) return true;
  planner.error("42P16", fmt::format("invalid bound specification for a {} partition", word(strategy)));
  return false;
}

}  // namespace

bool bound_fits(Planner& planner, const catalog::Table& parent, const ast::PartitionBound* bound,
                const catalog::Table& newcomer) {
  if (bound == nullptr || !parent.partitioning) return true;
  if (!is_of_kind(planner, *bound, parent.partitioning->strategy)) return false;
  const bool range = !bound->is_default && bound->strategy == Strategy::Range;
  const std::optional<int> order = range ? order_of(bound->from, bound->to) : std::nullopt;
  if (order && *order >= 0) {
    planner.error("42P17", fmt::format("empty range bound specified for partition \"{}\"", newcomer.name));
    return false;
  }
  for (const catalog::Table* other : rivals(planner, parent, *bound)) {
    const bool counts = other->id != newcomer.id && other->bound != nullptr && !other->uncertain;
    if (!counts || !overlap(*bound, *other->bound)) continue;
    const std::string_view clash = bound->is_default ? "conflicts with existing default" : "would overlap";
    planner.error("42P17",
                  fmt::format("partition \"{}\" {} partition \"{}\"", newcomer.name, clash, other->name));
    return false;
  }
  return true;
}

}  // namespace migcheck::plan
