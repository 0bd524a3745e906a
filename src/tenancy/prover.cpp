// SPDX-License-Identifier: MIT

#include "tenancy/prover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace migcheck::tenancy {

namespace {

using JoinType = ast::Join::Type;

Facts without_witness(const Facts& facts, BlockId block) {
  Facts rest;
  for (const Fact& fact : facts) {
    if (fact.witness != block) rest.push_back(fact);
  }
  return rest;
}

void append(Facts& facts, const Facts& more) {
  facts.insert(facts.end(), more.begin(), more.end());
}

std::vector<TermId> both(const std::vector<TermId>& a, const std::vector<TermId>& b) {
  std::vector<TermId> common;
  for (const TermId value : a) {
    if (std::find(b.begin(), b.end(), value) != b.end()) common.push_back(value);
  }
  return common;
}

}  // namespace

Prover::Prover(Model& model) : model_(model) {}

std::vector<TableVerdict> Prover::prove(BlockId root) {
  outcomes_.resize(model_.references.size());
  groups_.resize(model_.references.size());
  std::iota(groups_.begin(), groups_.end(), 0U);
  kin_ = find_kin(model_);
  for (std::size_t i = 0; i < model_.references.size(); ++i)
    reference_of_.try_emplace(model_.references[i].range, i);
  Facts known;
  if (model_.context.bound_by_reader) reader(root, known);
  if (!model_.too_complex && root != kNone) block(root, known);
  if (!model_.too_complex) {
    for (const InsertedRow& insert : model_.inserts) judge_insert(insert, known);
  }
  return verdicts();
}

// Whoever reads a view filters by one column of it: the tenant's.
void Prover::reader(BlockId root, Facts& known) const {
  if (root == kNone) return;
  const Block& block = model_.blocks[root];
  const Classes classes(model_, block.up, false);
  std::int32_t chosen = -1;
  for (std::size_t i = 0; i < block.outputs.size(); ++i) {
    const auto index = static_cast<std::int32_t>(i);
    const TermId output = model_.column(block.output, index);
    const auto& names = model_.context.map.columns;
    const bool named = std::find(names.begin(), names.end(), block.outputs[i].name) != names.end();
    const bool tenant =
        std::any_of(model_.references.begin(), model_.references.end(),
                    [&](const Reference& one) { return classes.same(output, model_.tenant_of(one.range)); });
    if (named || (tenant && chosen < 0)) chosen = index;
    if (named) break;
  }
  if (chosen < 0) return;
  known.push_back({.left = model_.column(block.output, chosen),
                   .right = model_.value("whoever reads it", ValueKind::Given)});
}

void Prover::block(BlockId id, const Facts& known) {
  if (id == kNone || model_.too_complex) return;
  if (++depth_ > 2 * Model::kDeepest) model_.too_complex = true;
  if (model_.blocks[id].left != kNone) {
    sides(id, known);
  } else {
    core(id, known);
  }
  const BlockId scope = model_.blocks[id].outer;
  if (scope != kNone && model_.blocks[scope].is_with && model_.blocks[scope].left == id)
    common_tables(scope, known);
  --depth_;
}

void Prover::sides(BlockId id, const Facts& known) {
  const Block& whole = model_.blocks[id];
  for (const BlockId side : {whole.left, whole.right}) {
    Facts facts = known;
    const Block& part = model_.blocks[side];
    const std::size_t width = std::min(part.outputs.size(), whole.outputs.size());
    for (std::size_t i = 0; i < width && !whole.no_push && !part.open; ++i) {
      const auto index = static_cast<std::int32_t>(i);
      facts.push_back({.left = model_.column(whole.output, index),
                       .right = model_.column(part.output, index),
                       .relation = Relation::Same});
    }
    block(side, facts);
  }
  for (const ast::Node* node : model_.blocks[id].expressions) sub_queries(id, node, known);
}

void Prover::core(BlockId id, Facts known) {
  const Block& block = model_.blocks[id];
  for (std::size_t i = 0; i < block.outputs.size() && !block.no_push; ++i) {
    const Output& output = block.outputs[i];
    if (!output.pushable || output.source == kNone) continue;
    known.push_back({.left = model_.column(block.output, static_cast<std::int32_t>(i)),
                     .right = output.source,
                     .relation = Relation::Same});
  }
  append(known, block.where);
  std::vector<JoinType> types;
  for (const FromNode& node : block.nodes) types.push_back(node.type);
  reduce_joins(model_, block, block.from, known, types);
  collect_from(model_, block, block.from, types, known);
  const Scene scene(model_, std::move(known));
  from(id, block.from, scene, types);
  for (const ast::Expression* condition : model_.blocks[id].conditions)
    conditions(id, condition, scene.facts);
  for (const ast::Node* node : model_.blocks[id].expressions) sub_queries(id, node, scene.facts);
  for (const BlockId part : model_.blocks[id].parts) this->block(part, {});
}

void Prover::from(BlockId id, std::int32_t at, const Scene& scene, std::vector<JoinType>& types) {
  if (at < 0) return;
  std::vector<std::int32_t> pending = {at};
  while (!pending.empty()) {
    const std::int32_t index = pending.back();
    pending.pop_back();
    const FromNode& node = model_.blocks[id].nodes[static_cast<std::size_t>(index)];
    if (node.left < 0) {
      leaf(node.range, scene);
      continue;
    }
    switch (types[static_cast<std::size_t>(index)]) {
      case JoinType::Inner:
        pending.push_back(node.right);
        pending.push_back(node.left);
        conditions(id, node.condition, scene.facts);
        break;
      case JoinType::Left:
        pending.push_back(node.left);
        outer_side(id, index, node.right, true, scene.facts, types);
        break;
      case JoinType::Right:
        pending.push_back(node.right);
        outer_side(id, index, node.left, true, scene.facts, types);
        break;
      case JoinType::Full:
        outer_side(id, index, node.left, false, scene.facts, types);
        outer_side(id, index, node.right, false, scene.facts, types);
        conditions(id, node.condition, scene.facts);
        break;
    }
  }
}

// The side that is kept, where a row of the other matches: the condition may ask for something that an outer
// join in it would null, and then that join has matched too.
void Prover::matched_side(const Block& block, std::int32_t side, const std::vector<JoinType>& types,
                          Facts& facts) {
  std::vector<JoinType> reduced = types;
  reduce_joins(model_, block, side, facts, reduced);
  collect_from(model_, block, side, reduced, facts);
}

// The side that an outer join may fill with nulls. What is known outside of its columns may speak of those
// nulls; what the join's condition says holds of every row that matches.
void Prover::outer_side(BlockId id, std::int32_t at, std::int32_t side, bool with_condition,
                        const Facts& known, std::vector<JoinType>& types) {
  if (++depth_ > 2 * Model::kDeepest) model_.too_complex = true;
  if (model_.too_complex) return;
  const Block& block = model_.blocks[id];
  const FromNode& node = block.nodes[static_cast<std::size_t>(at)];
  const std::vector<RangeId>& inside = block.nodes[static_cast<std::size_t>(side)].ranges;
  const auto mentions = [&](TermId term) {
    const RangeId range = model_.terms[term].range;
    return range != kNone && std::find(inside.begin(), inside.end(), range) != inside.end();
  };
  Facts facts;
  for (const Fact& fact : known) {
    if (!mentions(fact.left) && !mentions(fact.right)) facts.push_back(fact);
  }
  if (with_condition) {
    append(facts, node.on);
    matched_side(block, side == node.left ? node.right : node.left, types, facts);
  }
  for (const auto& [merged, left, right] : node.either) {
    const TermId own = side == node.left ? left : right;
    if (own != kNone) facts.push_back({.left = merged, .right = own, .relation = Relation::Same});
  }
  reduce_joins(model_, block, side, facts, types);
  collect_from(model_, block, side, types, facts);
  const Scene scene(model_, std::move(facts));
  from(id, side, scene, types);
  if (with_condition)
    conditions(id, model_.blocks[id].nodes[static_cast<std::size_t>(at)].condition, scene.facts);
  --depth_;
}

void Prover::leaf(RangeId range, const Scene& scene) {
  const auto reference = reference_of_.find(range);
  if (reference != reference_of_.end()) judge(reference->second, range, scene);
  if (model_.ranges[range].sub != kNone) {
    const BlockId inner = model_.ranges[range].sub;
    block(inner, without_witness(scene.facts, inner));
  }
  if (model_.ranges[range].common_table != kNone) push(range, scene);
}

void Prover::judge(std::size_t reference, RangeId range, const Scene& scene) {
  Outcome& outcome = outcomes_[reference];
  const TermId tenant = model_.tenant_of(range);
  outcome.seen = true;
  outcome.proven = scene.proven.values(tenant);
  outcome.assumed = scene.assumed.values(tenant);
  outcome.assumption = scene.assumed.assumption();
  if (outcome.assumed.empty()) outcome.asked = asked_of(range, scene.proven);
  for (const Hint& hint : model_.hints) {
    if (!scene.assumed.same(hint.term, tenant)) continue;
    // An OR that lets rows past is the better explanation.
    if (outcome.hint != TenantGap::OrBypass) outcome.hint = hint.gap;
  }
  link(reference, range, scene.assumed);
}

// What the rows are chosen by, in words: "id = $1".
std::string Prover::asked_of(RangeId range, const Classes& classes) {
  constexpr std::size_t kMost = 2;
  std::string asked;
  std::size_t count = 0;
  for (const catalog::Column& column : model_.ranges[range].table->columns) {
    if (count == kMost) break;
    for (const TermId value : classes.strong_values(model_.base_column(range, column.name))) {
      const Term& term = model_.terms[value];
      if (term.value == ValueKind::Null || term.text.find('#') != std::string::npos) continue;
      asked += fmt::format("{}{} = {}", asked.empty() ? "" : " and ", column.name, term.text);
      count += 1;
      break;
    }
  }
  return asked;
}

// Wherever they stand: references to rows of one table by the same value are one tenant's.
void Prover::link_by_name(std::size_t reference, RangeId range, const Classes& classes) {
  if (!model_.context.settings.trust_foreign_keys) return;
  const catalog::Table& table = *model_.ranges[range].table;
  for (const catalog::Column& column : table.columns) {
    const TermId term = model_.known_column(range, column);
    if (term == kNone) continue;
    const std::vector<TermId> values = classes.strong_values(term);
    const auto row = values.empty() ? std::nullopt : row_named_by(model_, table, column);
    if (!row) continue;
    for (const TermId value : values) {
      const auto own = static_cast<std::uint32_t>(reference);
      const auto [place, fresh] = named_rows_.try_emplace({*row, value}, own);
      if (!fresh) groups_[group_of(own)] = group_of(place->second);
    }
  }
}

void Prover::link(std::size_t reference, RangeId range, const Classes& classes) {
  link_by_name(reference, range, classes);
  const TermId tenant = model_.tenant_of(range);
  for (RangeId other = 1; other < model_.ranges.size(); ++other) {
    const RangeId original = model_.ranges[other].original != kNone ? model_.ranges[other].original : other;
    const auto found = reference_of_.find(original);
    if (found == reference_of_.end() || found->second == reference) continue;
    if (!classes.same(tenant, model_.tenant_of(other))) continue;
    groups_[group_of(static_cast<std::uint32_t>(reference))] =
        group_of(static_cast<std::uint32_t>(found->second));
  }
}

std::uint32_t Prover::group_of(std::uint32_t reference) {
  while (groups_[reference] != reference) reference = groups_[reference] = groups_[groups_[reference]];
  return reference;
}

// What this reference to a WITH query filters by. Only what all references agree on may be asked inside.
void Prover::push(RangeId range, const Scene& scene) {
  CommonTable& table = model_.common_tables[model_.ranges[range].common_table];
  const std::size_t width = model_.ranges[range].columns.size();
  table.visited += 1;
  for (const int assumed : {0, 1}) {
    const Classes& classes = assumed == 0 ? scene.proven : scene.assumed;
    auto& pushed =
        model_.common_tables[model_.ranges[range].common_table].pushed[static_cast<std::size_t>(assumed)];
    const bool first = table.visited == 1;
    if (first) pushed.resize(width);
    for (std::size_t i = 0; i < width && i < pushed.size(); ++i) {
      const TermId term = model_.column(range, static_cast<std::int32_t>(i));
      const std::vector<TermId> values = classes.values(term);
      if (values.size() != classes.strong_values(term).size()) table.pushed_weakly = true;
      pushed[i] = first ? values : both(pushed[i], values);
    }
  }
}

Facts Prover::pushed_facts(const CommonTable& table) const {
  Facts facts;
  if (table.writes || table.references == 0 || table.visited != table.references) return facts;
  if (model_.blocks[table.block].open) return facts;
  const RangeId output = model_.blocks[table.block].output;
  for (const int assumed : {0, 1}) {
    for (std::size_t i = 0; i < table.pushed[static_cast<std::size_t>(assumed)].size(); ++i) {
      for (const TermId value : table.pushed[static_cast<std::size_t>(assumed)][i]) {
        facts.push_back({.left = model_.column(output, static_cast<std::int32_t>(i)),
                         .right = value,
                         .relation = table.pushed_weakly ? Relation::Weak : Relation::Same,
                         .assumed = assumed == 1});
      }
    }
  }
  return facts;
}

void Prover::common_tables(BlockId scope, const Facts& known) {
  const std::vector<std::uint32_t> tables = model_.blocks[scope].common_tables;
  for (auto id = tables.rbegin(); id != tables.rend(); ++id) {
    if (model_.common_tables[*id].block == kNone) continue;
    const std::vector<RangeId> self = model_.common_tables[*id].self_references;
    Facts pushed = pushed_facts(model_.common_tables[*id]);
    if (!self.empty()) recursive(model_.common_tables[*id], pushed);
    Facts facts = known;
    append(facts, pushed);
    block(model_.common_tables[*id].block, facts);
  }
}

// A condition on the result of a recursive query holds of all rows that lead to it only if each step keeps
// the column as it is.
void Prover::recursive(CommonTable& table, Facts& pushed) {
  const Block& whole = model_.blocks[table.block];
  const BlockId step = whole.right;
  if (step == kNone || model_.blocks[step].left != kNone || whole.no_push || model_.blocks[step].no_push) {
    pushed.clear();
    return;
  }
  for (bool changed = true; changed && !pushed.empty();) {
    const Block& block = model_.blocks[step];
    Facts facts = block.where;
    for (std::size_t i = 0; i < block.outputs.size(); ++i) {
      const Output& output = block.outputs[i];
      if (!output.pushable || output.source == kNone) continue;
      facts.push_back({.left = model_.column(whole.output, static_cast<std::int32_t>(i)),
                       .right = output.source,
                       .relation = Relation::Same});
    }
    append(facts, pushed);
    std::vector<JoinType> types;
    for (const FromNode& node : block.nodes) types.push_back(node.type);
    collect_from(model_, block, block.from, types, facts);
    const Scene scene(model_, std::move(facts));
    const auto fails = [&](const Fact& fact) {
      const Classes& classes = fact.assumed ? scene.assumed : scene.proven;
      return std::any_of(table.self_references.begin(), table.self_references.end(), [&](RangeId self) {
        const auto values = classes.values(model_.column(self, model_.terms[fact.left].column));
        return std::find(values.begin(), values.end(), fact.right) == values.end();
      });
    };
    const auto kept = std::remove_if(pushed.begin(), pushed.end(), fails);
    changed = kept != pushed.end();
    pushed.erase(kept, pushed.end());
  }
}

void Prover::conditions(BlockId id, const ast::Expression* expression, const Facts& known) {
  std::vector<std::pair<const ast::Expression*, Facts>> pending;
  pending.emplace_back(expression, known);
  while (!pending.empty()) {
    const auto [at, facts] = std::move(pending.back());
    pending.pop_back();
    const auto* both_of = ast::as<ast::BoolOperation>(at);
    if (both_of == nullptr || both_of->op == ast::BoolOperation::Op::Not) {
      sub_queries(id, at, facts);
      continue;
    }
    for (const ast::Expression* argument : both_of->arguments) {
      Facts own = facts;
      const auto& branches = model_.blocks[id].branches;
      const auto branch = branches.find(argument);
      if (both_of->op == ast::BoolOperation::Op::Or && branch != branches.end()) append(own, branch->second);
      pending.emplace_back(argument, std::move(own));
    }
  }
}

void Prover::sub_queries(BlockId id, const ast::Node* node, const Facts& known) {
  if (node == nullptr) return;
  std::vector<const ast::SubQuery*> found;
  ast::walk(node, [&](const ast::Node& below) {
    const auto* sub = ast::as<ast::SubQuery>(&below);
    if (sub == nullptr) return below.kind < ast::NodeKind::Select;
    found.push_back(sub);
    return false;
  });
  for (const ast::SubQuery* sub : found) {
    if (sub->test != nullptr) sub_queries(id, sub->test, known);
    const auto inner = model_.blocks[id].subs.find(sub);
    if (inner == model_.blocks[id].subs.end() || inner->second == kNone) continue;
    Facts facts = without_witness(known, inner->second);
    const auto tests = model_.blocks[id].tests.find(sub);
    if (tests != model_.blocks[id].tests.end()) append(facts, tests->second);
    block(inner->second, facts);
  }
}

void Prover::judge_insert(const InsertedRow& insert, const Facts& known) {
  Facts facts = known;
  append(facts, insert.facts);
  const Scene scene(model_, std::move(facts));
  const TermId tenant = model_.tenant_of(insert.row);
  Outcome& outcome = outcomes_[insert.reference];
  outcome.seen = true;
  outcome.proven = scene.proven.values(tenant);
  outcome.assumed = scene.assumed.values(tenant);
  outcome.assumption = scene.assumed.assumption();
  link(insert.reference, insert.row, scene.assumed);
  if (!insert.given) {
    outcome.hint = TenantGap::MissingColumn;
    outcome.proven.clear();
    outcome.assumed.clear();
  } else if (insert.from_query) {
    outcome.hint = TenantGap::InsertedTenant;
  }
}

}  // namespace migcheck::tenancy
