// SPDX-License-Identifier: MIT

// Outer joins: which rows a condition speaks of, and which joins are really inner ones.

#include <algorithm>
#include <numeric>

#include "tenancy/model.hpp"

namespace migcheck::tenancy {

namespace {

using JoinType = ast::Join::Type;

void same(TermId a, TermId b, Facts& out) {
  if (a != kNone && b != kNone) out.push_back({.left = a, .right = b, .relation = Relation::Same});
}

// What an outer join's condition leaves to say of the side that may be missing: its columns are as the
// condition says, or null.
void or_null(const Model& model, const FromNode& side, const Facts& on, Facts& out) {
  const auto inside = [&](TermId term) {
    const RangeId range = model.terms[term].range;
    return range != kNone && std::find(side.ranges.begin(), side.ranges.end(), range) != side.ranges.end();
  };
  for (const Fact& fact : on) {
    if (fact.right == kNone || fact.relation != Relation::Equal || fact.assumed) continue;
    if (inside(fact.left) == inside(fact.right)) continue;
    const bool left = inside(fact.left);
    out.push_back({.left = left ? fact.left : fact.right,
                   .right = left ? fact.right : fact.left,
                   .relation = Relation::Weak,
                   .witness = fact.witness});
  }
}

bool any_present(const std::vector<RangeId>& ranges, const std::vector<bool>& present) {
  return std::any_of(ranges.begin(), ranges.end(), [&](RangeId range) { return present[range]; });
}

}  // namespace

// A comparison that is true has no null on either side, so the rows it names are real ones.
std::vector<bool> present_ranges(const Model& model, const Facts& facts) {
  std::vector<TermId> parent(model.terms.size());
  std::iota(parent.begin(), parent.end(), kNone);
  const auto find = [&parent](TermId term) {
    while (parent[term] != term) term = parent[term] = parent[parent[term]];
    return term;
  };
  for (const Fact& fact : facts) {
    if (fact.right != kNone && fact.relation != Relation::Weak && !fact.assumed) {
      parent[find(fact.left)] = find(fact.right);
    }
  }
  std::vector<bool> not_null(model.terms.size(), false);
  for (const Fact& fact : facts) {
    if (fact.relation == Relation::Equal && !fact.assumed) not_null[find(fact.left)] = true;
  }
  std::vector<bool> present(model.ranges.size(), false);
  for (TermId term = 1; term < parent.size(); ++term) {
    if (model.terms[term].range != kNone && not_null[find(term)]) present[model.terms[term].range] = true;
  }
  return present;
}

void collect_from(const Model& model, const Block& block, std::int32_t root,
                  const std::vector<JoinType>& types, Facts& out) {
  std::vector<std::int32_t> pending = {root};
  while (!pending.empty()) {
    const std::int32_t at = pending.back();
    pending.pop_back();
    if (at < 0) continue;
    const FromNode& node = block.nodes[static_cast<std::size_t>(at)];
    if (node.left < 0) {
      const Facts& exports = model.ranges[node.range].exports;
      out.insert(out.end(), exports.begin(), exports.end());
      continue;
    }
    const JoinType type = types[static_cast<std::size_t>(at)];
    if (type == JoinType::Inner) out.insert(out.end(), node.on.begin(), node.on.end());
    if (type == JoinType::Left)
      or_null(model, block.nodes[static_cast<std::size_t>(node.right)], node.on, out);
    if (type == JoinType::Right)
      or_null(model, block.nodes[static_cast<std::size_t>(node.left)], node.on, out);
    for (const auto& [merged, left, right] : node.either) {
      if (type == JoinType::Inner || type == JoinType::Left) same(merged, left, out);
      if (type == JoinType::Inner || type == JoinType::Right) same(merged, right, out);
    }
    if (type == JoinType::Inner || type == JoinType::Left) pending.push_back(node.left);
    if (type == JoinType::Inner || type == JoinType::Right) pending.push_back(node.right);
  }
}

void reduce_joins(const Model& model, const Block& block, std::int32_t root, const Facts& facts,
                  std::vector<JoinType>& types) {
  for (bool changed = true; changed;) {
    changed = false;
    Facts all = facts;
    collect_from(model, block, root, types, all);
    const std::vector<bool> present = present_ranges(model, all);
    std::vector<std::int32_t> pending = {root};
    while (!pending.empty()) {
      const std::int32_t at = pending.back();
      pending.pop_back();
      if (at < 0) continue;
      const FromNode& node = block.nodes[static_cast<std::size_t>(at)];
      if (node.left < 0) continue;
      pending.push_back(node.left);
      pending.push_back(node.right);
      JoinType& type = types[static_cast<std::size_t>(at)];
      const bool left = any_present(block.nodes[static_cast<std::size_t>(node.left)].ranges, present);
      const bool right = any_present(block.nodes[static_cast<std::size_t>(node.right)].ranges, present);
      const JoinType before = type;
      // A side that is surely there is not null-extended: the other side is not preserved alone.
      if (type == JoinType::Full && left) type = JoinType::Left;
      if (type == JoinType::Full && right) type = JoinType::Right;
      if (type == JoinType::Left && right) type = JoinType::Inner;
      if (type == JoinType::Right && left) type = JoinType::Inner;
      changed = changed || type != before;
    }
  }
}

}  // namespace migcheck::tenancy
