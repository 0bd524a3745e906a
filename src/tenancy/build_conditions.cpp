// SPDX-License-Identifier: MIT

// What a condition that is true says about terms.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"

namespace migcheck::tenancy {

namespace {

using OperationForm = ast::Operation::Form;

// False or null where an operand is null.
constexpr std::array<std::string_view, 6> kOrderings = {"<", ">", "<=", ">=", "<>", "!="};

bool is_equals(const ast::QualifiedName& op) {
  return op.name == "=" && (op.schema.empty() || op.schema == "pg_catalog");
}

std::vector<const ast::Expression*> fields(const ast::Expression* expression) {
  if (const auto* row = ast::as<ast::RowLiteral>(expression)) return {row->items.begin(), row->items.end()};
  return {expression};
}

bool is_false(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer == 0;
}

// coalesce(a, '') = coalesce(b, ''): equal, or both null, as long as nothing is called ''.
bool compares_nullables(const ast::Expression* left, const ast::Expression* right) {
  const auto* a = ast::as<ast::Coalesce>(left);
  const auto* b = ast::as<ast::Coalesce>(right);
  if (a == nullptr || b == nullptr || a->arguments.size() != 2 || b->arguments.size() != 2) return false;
  const auto* first = ast::as<ast::Constant>(a->arguments[1]);
  const auto* second = ast::as<ast::Constant>(b->arguments[1]);
  return first != nullptr && second != nullptr && first->type == second->type &&
         first->text == second->text && first->integer == second->integer;
}

void not_null(TermId term, Facts& out) {
  if (term != kNone) out.push_back({.left = term});
}

}  // namespace

void Builder::condition(const ast::Expression* expression, BlockId block, const Facts& known, Facts& out) {
  const Level level(*this);
  if (expression == nullptr || level.too_deep()) return;
  if (const auto* both = ast::as<ast::BoolOperation>(expression)) {
    if (both->op == ast::BoolOperation::Op::Or) return disjunction(*both, block, known, out);
    if (both->op == ast::BoolOperation::Op::Not) return not_in(*both, block);
    const auto is_or = [](const ast::Expression* argument) {
      const auto* nested = ast::as<ast::BoolOperation>(argument);
      return nested != nullptr && nested->op == ast::BoolOperation::Op::Or;
    };
    for (const ast::Expression* argument : both->arguments) {
      if (!is_or(argument)) condition(argument, block, known, out);
    }
    // An OR is judged in the light of everything else that must hold.
    for (const ast::Expression* argument : both->arguments) {
      if (!is_or(argument)) continue;
      Facts light = known;
      light.insert(light.end(), out.begin(), out.end());
      condition(argument, block, light, out);
    }
    return;
  }
  if (const auto* plain = ast::as<ast::Operation>(expression)) return operation(*plain, block, out);
  if (const auto* list = ast::as<ast::InList>(expression)) return in_list(*list, block, out);
  if (const auto* sub = ast::as<ast::SubQuery>(expression)) return sub_query(*sub, block, out);
  if (const auto* test = ast::as<ast::NullTest>(expression)) return not_equal_or_null(*test, block, out);
  if (const auto* test = ast::as<ast::BooleanTest>(expression)) {
    if (test->test == ast::BooleanTest::Test::True) condition(test->argument, block, known, out);
    return;
  }
  if (const auto* coalesce = ast::as<ast::Coalesce>(expression)) {
    if (coalesce->arguments.size() == 2 && is_false(coalesce->arguments[1])) {
      condition(coalesce->arguments[0], block, known, out);
    }
  }
}

void Builder::not_equal_or_null(const ast::NullTest& test, BlockId block, Facts& out) {
  const TermId tested = term(test.argument, block);
  if (test.negated) return not_null(tested, out);
  if (tested == kNone || model_.terms[tested].value != ValueKind::Column) return;
  out.push_back({.left = tested, .right = model_.value("NULL", ValueKind::Null), .relation = Relation::Weak});
}

void Builder::operation(const ast::Operation& operation, BlockId block, Facts& out) {
  switch (operation.form) {
    case OperationForm::Plain:
      if (is_equals(operation.op))
        return comparison(operation.left, operation.right, Relation::Equal, block, out);
      if (std::find(kOrderings.begin(), kOrderings.end(), operation.op.name) == kOrderings.end()) return;
      not_null(term(operation.left, block), out);
      not_null(term(operation.right, block), out);
      return;
    case OperationForm::NotDistinct:
      if (never_null(term(operation.left, block)) || never_null(term(operation.right, block))) {
        comparison(operation.left, operation.right, Relation::Same, block, out);
      }
      return;
    case OperationForm::AnyOfArray: {
      if (!is_equals(operation.op)) return;
      const TermId tested = term(operation.left, block);
      not_null(tested, out);
      const auto* array = ast::as<ast::ArrayLiteral>(operation.right);
      if (array != nullptr && array->items.size() == 1) {
        return comparison(operation.left, array->items.front(), Relation::Equal, block, out);
      }
      // A list that a function makes of who is asking is theirs; a list that the caller gives is anybody's.
      const auto list = value(operation.right, block);
      if (list && list->text.find('(') != std::string::npos && tested != kNone) {
        out.push_back({.left = tested, .right = model_.value("any of " + list->text, ValueKind::Identity)});
      } else {
        hint(tested, TenantGap::ManyValues);
      }
      return;
    }
    default:
      return;
  }
}

void Builder::comparison(const ast::Expression* left, const ast::Expression* right, Relation relation,
                         BlockId block, Facts& out) {
  if (compares_nullables(left, right)) {
    const TermId a = term(ast::as<ast::Coalesce>(left)->arguments[0], block);
    const TermId b = term(ast::as<ast::Coalesce>(right)->arguments[0], block);
    if (a != kNone && b != kNone)
      out.push_back({.left = a, .right = b, .relation = Relation::Same, .assumed = true});
    return;
  }
  const auto left_fields = fields(left);
  const auto right_fields = fields(right);
  if (left_fields.size() != right_fields.size()) return;
  for (std::size_t i = 0; i < left_fields.size(); ++i) {
    const TermId a = term(left_fields[i], block);
    const TermId b = term(right_fields[i], block);
    if (relation == Relation::Equal) {
      not_null(a, out);
      not_null(b, out);
    }
    if (a == kNone || b == kNone || a == b) continue;
    const bool assumed = model_.terms[a].assumed || model_.terms[b].assumed;
    out.push_back({.left = a, .right = b, .relation = relation, .assumed = assumed});
    if (relation != Relation::Equal) continue;
    // A scalar sub-select that is not null comes from a row, of which its conditions hold.
    for (const TermId side : {a, b}) {
      const RangeId range = model_.terms[side].range;
      const BlockId inner = range == kNone ? kNone : model_.ranges[range].sub;
      if (inner == kNone || !model_.ranges[range].alias.empty()) continue;
      for (Fact fact : model_.blocks[inner].up) {
        fact.witness = inner;
        out.push_back(fact);
      }
      if (model_.blocks[inner].correlated) continue;
      // It is one value to the outside; inside, it would prove itself.
      const TermId result = model_.value(fmt::format("(SELECT …)#{}", inner), ValueKind::Given);
      out.push_back({.left = side, .right = result, .witness = inner});
    }
  }
}

void Builder::in_list(const ast::InList& list, BlockId block, Facts& out) {
  if (list.negated || list.items.empty()) return;
  std::set<std::string> texts;
  for (const ast::Expression* item : list.items) {
    const auto text = value(item, block);
    texts.insert(text ? text->text : fmt::format("?{}", texts.size()));
  }
  if (list.items.size() == 1 || (texts.size() == 1 && texts.begin()->front() != '?')) {
    return comparison(list.argument, list.items.front(), Relation::Equal, block, out);
  }
  const TermId tested = term(list.argument, block);
  not_null(tested, out);
  hint(tested, TenantGap::ManyValues);
}

void Builder::sub_query(const ast::SubQuery& sub, BlockId block, Facts& out) {
  using SubForm = ast::SubQuery::Form;
  const bool in = sub.form == SubForm::In || (sub.form == SubForm::Any && is_equals(sub.op));
  if (!in && sub.form != SubForm::Exists) return;
  const BlockId inner = sub_block(sub, block);
  if (inner == kNone) return;
  for (Fact fact : model_.blocks[inner].up) {
    fact.witness = inner;
    out.push_back(fact);
  }
  if (!in || model_.blocks[inner].open) return;
  const auto tested = fields(sub.test);
  for (std::size_t i = 0; i < tested.size() && i < model_.blocks[inner].outputs.size(); ++i) {
    const TermId left = term(tested[i], block);
    const TermId right = model_.column(model_.blocks[inner].output, static_cast<std::int32_t>(i));
    if (left != kNone) out.push_back({.left = left, .right = right});
  }
}

// x NOT IN (SELECT y …): only rows with y = x can make it false. But a null on either side makes it null, so
// without NOT NULL that is an assumption.
void Builder::not_in(const ast::BoolOperation& negation, BlockId block) {
  const auto* sub = negation.arguments.empty() ? nullptr : ast::as<ast::SubQuery>(negation.arguments.front());
  if (sub == nullptr || sub->form != ast::SubQuery::Form::In) return;
  const BlockId inner = sub_block(*sub, block);
  if (inner == kNone || model_.blocks[inner].open) return;
  const auto inner_joins = [this](BlockId id) {
    const auto& nodes = model_.blocks[id].nodes;
    return std::all_of(nodes.begin(), nodes.end(),
                       [](const FromNode& node) { return node.type == ast::Join::Type::Inner; });
  };
  const bool no_nulls = inner_joins(block) && inner_joins(inner);
  const auto tested = fields(sub->test);
  Facts facts;
  for (std::size_t i = 0; i < tested.size() && i < model_.blocks[inner].outputs.size(); ++i) {
    const TermId left = term(tested[i], block);
    const TermId right = model_.column(model_.blocks[inner].output, static_cast<std::int32_t>(i));
    const bool sure = no_nulls && never_null(left) && never_null(model_.blocks[inner].outputs[i].source);
    if (left != kNone) facts.push_back({.left = left, .right = right, .assumed = !sure});
  }
  model_.blocks[block].tests[sub] = std::move(facts);
}

void Builder::disjunction(const ast::BoolOperation& either, BlockId block, const Facts& known, Facts& out) {
  std::vector<Facts> branches;
  for (const ast::Expression* argument : either.arguments) {
    condition(argument, block, known, branches.emplace_back());
    model_.blocks[block].branches[argument] = branches.back();
  }
  if (model_.too_complex) return;
  common_to_all(branches, block, known, out);
  for (const Facts& branch : branches) {
    for (const Fact& fact : branch) {
      // What a sub-query says of its own rows is no comparison with the tenant.
      if (fact.right == kNone || fact.witness != kNone) continue;
      hint(fact.left, TenantGap::OrBypass);
      hint(fact.right, TenantGap::OrBypass);
    }
  }
}

// What every branch says is said by the whole. Terms that agree in every branch share the list of their
// classes.
void Builder::common_to_all(const std::vector<Facts>& branches, BlockId block, const Facts& known,
                            Facts& out) {
  std::set<TermId> candidates;
  std::vector<Classes> classes;
  for (const Facts& branch : branches) {
    Facts all = known;
    all.insert(all.end(), branch.begin(), branch.end());
    classes.emplace_back(model_, all, false);
    for (const Fact& fact : all) {
      for (const TermId term : {fact.left, fact.right}) {
        if (term != kNone && visible_from(term, block)) candidates.insert(term);
      }
    }
  }
  std::map<std::vector<TermId>, TermId> first_of;
  for (const TermId term : candidates) {
    std::vector<TermId> key;
    key.reserve(classes.size());
    for (const Classes& branch : classes) key.push_back(branch.find(term));
    const auto [place, fresh] = first_of.try_emplace(std::move(key), term);
    if (!fresh) out.push_back({.left = term, .right = place->second, .relation = Relation::Same});
  }
  or_null(classes, candidates, out);
}

// `t = $1 OR t IS NULL`, `t = u.t OR t IS NULL`: rows of one tenant, and rows that are nobody's.
void Builder::or_null(const std::vector<Classes>& classes, const std::set<TermId>& candidates, Facts& out) {
  const TermId null = model_.value("NULL", ValueKind::Null);
  for (const TermId term : candidates) {
    if (model_.terms[term].value != ValueKind::Column) continue;
    std::vector<TermId> agreed;
    std::vector<const Classes*> not_null;
    bool first = true;
    bool possible = true;
    for (const Classes& branch : classes) {
      const std::vector<TermId> values = branch.values(term);
      if (std::find(values.begin(), values.end(), null) != values.end()) continue;
      not_null.push_back(&branch);
      if (values.empty()) possible = false;
      std::vector<TermId> kept;
      for (const TermId value : first ? values : agreed) {
        if (std::find(values.begin(), values.end(), value) != values.end()) kept.push_back(value);
      }
      agreed = std::move(kept);
      first = false;
    }
    for (const TermId other : candidates) {
      const bool column = other != term && model_.terms[other].value == ValueKind::Column;
      if (!column || not_null.empty() || not_null.size() == classes.size()) continue;
      if (std::all_of(not_null.begin(), not_null.end(),
                      [&](const Classes* branch) { return branch->same(term, other); }))
        out.push_back({.left = term, .right = other, .relation = Relation::Weak});
    }
    if (!possible) continue;
    for (const TermId value : agreed)
      out.push_back({.left = term, .right = value, .relation = Relation::Weak});
  }
}

void Builder::hint(TermId term, TenantGap gap) {
  if (term != kNone && model_.terms[term].value == ValueKind::Column) model_.hints.push_back({term, gap});
}

bool Builder::visible_from(TermId term, BlockId block) const {
  const Term& found = model_.terms[term];
  if (found.value != ValueKind::Column) return true;
  const BlockId owner = model_.ranges[found.range].owner;
  if (owner == kNone) return true;
  for (BlockId at = block; at != kNone; at = model_.blocks[at].outer) {
    if (at == owner) return true;
  }
  return false;
}

bool Builder::never_null(TermId term) const {
  const catalog::Column* column = model_.catalog_column(term);
  return column != nullptr && column->not_null && column->not_null_valid;
}

}  // namespace migcheck::tenancy
