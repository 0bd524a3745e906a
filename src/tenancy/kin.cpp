// SPDX-License-Identifier: MIT

// Which rows a query brings together by a key. A migration goes over all tenants; what matters there is
// whether rows of different tenants can meet, and rows that a key joins are one tenant's.

#include <algorithm>
#include <numeric>

#include "tenancy/model.hpp"

namespace migcheck::tenancy {

namespace {

class Unions {
 public:
  explicit Unions(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void unite(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::uint32_t> parent_;
};

void unite_all(const Facts& facts, Unions& terms) {
  for (const Fact& fact : facts) {
    if (fact.right != kNone) terms.unite(fact.left, fact.right);
  }
}

// Everything that the query compares anywhere: in an OR, in a sub-query, in the result of a set operation.
void unite_block(const Block& block, Unions& terms) {
  unite_all(block.where, terms);
  unite_all(block.up, terms);
  for (const FromNode& node : block.nodes) unite_all(node.on, terms);
  for (const auto& [condition, facts] : block.branches) unite_all(facts, terms);
  for (const auto& [query, facts] : block.tests) unite_all(facts, terms);
  for (const auto& [side, own] : block.same_columns) terms.unite(side, own);
}

// A column of a WITH query, where it is made and wherever it is read.
void unite_readers(const Model& model, Unions& terms) {
  for (TermId term = 1; term < model.terms.size(); ++term) {
    const Term& one = model.terms[term];
    if (one.range == kNone) continue;
    const CommonTable& read = model.common_tables[model.ranges[one.range].common_table];
    if (read.block == kNone) continue;
    const TermId made = model.known_column(model.blocks[read.block].output, one.column);
    if (made != kNone) terms.unite(term, made);
  }
}

}  // namespace

std::vector<RangeId> find_kin(const Model& model) {
  Unions terms(model.terms.size());
  for (const Block& block : model.blocks) unite_block(block, terms);
  for (const Range& range : model.ranges) unite_all(range.exports, terms);
  for (const InsertedRow& insert : model.inserts) unite_all(insert.facts, terms);
  unite_readers(model, terms);
  Unions ranges(model.ranges.size());
  for (RangeId range = 1; range < model.ranges.size(); ++range) {
    if (model.ranges[range].original != kNone) ranges.unite(range, model.ranges[range].original);
  }
  std::vector<RangeId> identified(model.terms.size(), kNone);  // by class: a range that a column identifies
  std::vector<std::vector<RangeId>> members(model.terms.size());
  for (TermId term = 1; term < model.terms.size(); ++term) {
    const Term& one = model.terms[term];
    if (one.range == kNone || model.ranges[one.range].table == nullptr) continue;
    const std::uint32_t shared = terms.find(term);
    members[shared].push_back(one.range);
    if (is_identifying(model, one.range, one.column)) identified[shared] = one.range;
  }
  for (TermId shared = 1; shared < members.size(); ++shared) {
    if (identified[shared] == kNone) continue;
    for (const RangeId range : members[shared]) ranges.unite(range, identified[shared]);
  }
  std::vector<RangeId> kin(model.ranges.size());
  for (RangeId range = 0; range < kin.size(); ++range) kin[range] = ranges.find(range);
  return kin;
}

}  // namespace migcheck::tenancy
