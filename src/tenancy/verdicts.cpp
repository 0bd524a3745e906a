// SPDX-License-Identifier: MIT

// From what was found at each reference to verdicts on the query: one tenant, the same everywhere.

#include <fmt/format.h>

#include <algorithm>

#include "tenancy/prover.hpp"

namespace migcheck::tenancy {

namespace {

bool contains(const std::vector<TermId>& values, TermId value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

// The value that binds most references. NULL is no tenant and agrees with all.
TermId Prover::common_tenant() const {
  std::map<TermId, std::size_t> votes;
  for (const Outcome& outcome : outcomes_) {
    for (const TermId value : outcome.proven) votes[value] += outcomes_.size() + 1;
    for (const TermId value : outcome.assumed) votes[value] += 1;
  }
  TermId best = kNone;
  for (const auto& [value, count] : votes) {
    if (model_.terms[value].value == ValueKind::Null) continue;
    if (best == kNone || count > votes[best]) best = value;
  }
  return best;
}

TableVerdict Prover::verdict(std::size_t at, TermId tenant) {
  const Reference& reference = model_.references[at];
  const Outcome& outcome = outcomes_[at];
  const catalog::Table& table = *model_.ranges[reference.range].table;
  const TenantTable& entry = model_.context.map.of(table.id);
  TableVerdict verdict;
  verdict.span = reference.span;
  verdict.table = table.id;
  verdict.name = reference.name;
  verdict.table_name = table.name;
  verdict.column = entry.column;
  verdict.kind = entry.kind;
  verdict.written = reference.written;
  verdict.through_view = reference.through_view;
  verdict.group = group_of(static_cast<std::uint32_t>(at));
  verdict.guard = reference.guard;
  verdict.asked = outcome.asked;
  verdict.kin = kin_[reference.range];
  for (const InsertedRow& insert : model_.inserts) {
    // The row that comes in belongs with what it was made from, unless its tenant was simply given.
    if (insert.reference == at && insert.given && outcome.assumed.empty()) verdict.kin = kin_[insert.row];
  }
  for (const TermId value : outcome.assumed) {
    const std::string& text = model_.terms[value].text;
    verdict.values.push_back(text.substr(0, text.find('#')));
  }
  bind(verdict, outcome, reference, tenant);
  return verdict;
}

// Bound, assumed, or why not.
void Prover::bind(TableVerdict& verdict, const Outcome& outcome, const Reference& reference,
                  TermId tenant) const {
  const auto fits = [&](const std::vector<TermId>& values) {
    return contains(values, tenant) || std::any_of(values.begin(), values.end(), [&](TermId value) {
             return model_.terms[value].value == ValueKind::Null;
           });
  };
  if (model_.too_complex) {
    verdict.gap = TenantGap::TooComplex;
  } else if (fits(outcome.proven)) {
    verdict.binding = Binding::Bound;
  } else if (fits(outcome.assumed)) {
    verdict.binding = Binding::Assumed;
    verdict.assumption = outcome.assumption;
  } else if (!outcome.assumed.empty()) {
    verdict.gap = TenantGap::OtherReference;
  } else if (reference.conflict) {
    verdict.gap = TenantGap::ConflictTarget;
  } else {
    verdict.gap = outcome.hint == TenantGap::None ? TenantGap::NoCondition : outcome.hint;
  }
}

std::vector<TableVerdict> Prover::verdicts() {
  const TermId tenant = common_tenant();
  std::vector<TableVerdict> verdicts;
  for (std::size_t i = 0; i < model_.references.size(); ++i) {
    verdicts.push_back(verdict(i, tenant));
    if (!outcomes_[i].seen && !model_.too_complex) {  // never: a reference that no block holds
      verdicts.back().binding = Binding::Unbound;
      verdicts.back().gap = TenantGap::TooComplex;
    }
  }
  // Tables beyond the limit were not even seen.
  if (verdicts.empty() && model_.too_complex) {
    verdicts.emplace_back();
    verdicts.back().name = "the query";
    verdicts.back().gap = TenantGap::TooComplex;
  }
  for (TableVerdict& one : verdicts) {
    const TableVerdict* near = nullptr;
    for (const TableVerdict& other : verdicts) {
      // It inserts the tenants of the rows that it reads: that these are all tenants' is the fault.
      const bool of_read = &other != &one && other.group == one.group && other.binding == Binding::Unbound;
      if (of_read && one.gap == TenantGap::InsertedTenant) one.gap = TenantGap::NoCondition;
      if (other.group == one.group) continue;
      if (near == nullptr || (near->binding == Binding::Unbound && other.binding != Binding::Unbound))
        near = &other;
    }
    if (near == nullptr) continue;
    one.near = near->name;
    one.near_column = near->kind == TenantKind::Inherited ? "" : near->column;
    if (one.gap == TenantGap::NoCondition && near->binding != Binding::Unbound)
      one.gap = TenantGap::OtherReference;
  }
  explain(model_, verdicts);
  std::stable_sort(verdicts.begin(), verdicts.end(),
                   [](const TableVerdict& a, const TableVerdict& b) { return a.span.begin < b.span.begin; });
  return verdicts;
}

namespace {

// What a condition on the tenant would compare with.
std::string tenant_text(const Model& model, const std::vector<TableVerdict>& verdicts,
                        const std::string& column) {
  for (const TableVerdict& verdict : verdicts) {
    if (verdict.binding != Binding::Unbound && !verdict.values.empty() &&
        verdict.values.front() != "as given" && verdict.values.front().find(' ') == std::string::npos) {
      return verdict.values.front();
    }
  }
  const std::string& setting = model.context.settings.setting;
  if (!setting.empty()) return fmt::format("current_setting('{}')", setting);
  return fmt::format(":{}", column);
}

std::string why(const TableVerdict& verdict) {
  const std::string column = fmt::format("{}.{}", verdict.name, verdict.column);
  switch (verdict.gap) {
    case TenantGap::NoCondition:
      if (verdict.kind == TenantKind::Inherited) {
        return fmt::format(
            "{} has no tenant of its own: {} says whose row it is, and nothing ties that to one tenant.",
            verdict.table_name, column);
      }
      return fmt::format("Nothing ties {} to one tenant.", column);
    case TenantGap::OtherReference:
      return verdict.near.empty()
                 ? fmt::format("{} is bound to another tenant than the rest of the query.", column)
                 : fmt::format("{} is not tied to the tenant of {}.", column, verdict.near);
    case TenantGap::OrBypass:
      return fmt::format(
          "One side of an OR compares {} with the tenant, the other lets every tenant's rows past.", column);
    case TenantGap::ManyValues:
      return fmt::format("{} is compared with a list, so the rows of several tenants are mixed.", column);
    case TenantGap::ConflictTarget:
      return fmt::format("The row that ON CONFLICT finds in {} may be another tenant's: its key has no {}.",
                         verdict.table_name, verdict.column);
    case TenantGap::InsertedTenant:
      return fmt::format("The {} that is inserted into {} is not the tenant of the rows that are read.",
                         verdict.column, verdict.table_name);
    case TenantGap::MissingColumn:
      return fmt::format("The INSERT leaves {}.{} out, and nothing fills it.", verdict.table_name,
                         verdict.column);
    case TenantGap::TooComplex:
      return "The query is nested too deeply or too large to be proven.";
    case TenantGap::None:
      break;
  }
  return {};
}

// The joins that lead from a row without a tenant of its own to the row that has one.
std::string way_to_tenant(const Model& model, const std::vector<TableVerdict>& verdicts,
                          const TableVerdict& verdict) {
  constexpr int kMostJoins = 8;
  std::string joins;
  std::string at = verdict.name;
  TenantTable entry = model.context.map.of(verdict.table);
  for (int i = 0; i < kMostJoins && entry.kind == TenantKind::Inherited; ++i) {
    const auto* parent = model.context.catalog.get<catalog::Table>(entry.parent);
    if (parent == nullptr) break;
    joins += fmt::format("{}{} on {}.{}", joins.empty() ? "join " : ", ", parent->name, at, entry.column);
    at = parent->name;
    entry = model.context.map.of(parent->id);
  }
  return fmt::format("{}, and ask for {}.{} = {}", joins, at, entry.column,
                     tenant_text(model, verdicts, entry.column));
}

}  // namespace

void explain(const Model& model, std::vector<TableVerdict>& verdicts) {
  for (TableVerdict& verdict : verdicts) {
    if (verdict.binding != Binding::Unbound) continue;
    verdict.reason = why(verdict);
    const std::string tenant = tenant_text(model, verdicts, verdict.column);
    switch (verdict.gap) {
      case TenantGap::ConflictTarget:
        verdict.advice =
            fmt::format("ON CONFLICT ({}, …), with a unique index on these columns", verdict.column);
        break;
      case TenantGap::MissingColumn:
      case TenantGap::InsertedTenant:
        verdict.advice = fmt::format("insert {} = {}", verdict.column, tenant);
        break;
      case TenantGap::OtherReference:
        // Two references by the same name cannot be told apart in a condition.
        if (verdict.kind != TenantKind::Inherited && !verdict.near_column.empty() &&
            verdict.near != verdict.name) {
          verdict.advice = fmt::format("AND {}.{} = {}.{}", verdict.name, verdict.column, verdict.near,
                                       verdict.near_column);
          break;
        }
        [[fallthrough]];
      default: {
        verdict.advice = verdict.kind == TenantKind::Inherited
                             ? way_to_tenant(model, verdicts, verdict)
                             : fmt::format("AND {}.{} = {}", verdict.name, verdict.column, tenant);
      }
    }
  }
}

}  // namespace migcheck::tenancy

namespace migcheck {

std::vector<TableVerdict> prove(const ast::Statement& query, const ProofContext& context) {
  if (!context.map.on()) return {};
  tenancy::Model model(context);
  const tenancy::BlockId root = tenancy::build(model, query);
  // Nothing in it is a tenant's: there is nothing to prove.
  if (model.references.empty() && !model.too_complex) return {};
  return tenancy::Prover(model).prove(root);
}

bool isolated(const std::vector<TableVerdict>& verdicts, bool accept_assumptions) {
  return std::all_of(verdicts.begin(), verdicts.end(), [&](const TableVerdict& verdict) {
    return verdict.binding == Binding::Bound || (accept_assumptions && verdict.binding == Binding::Assumed);
  });
}

}  // namespace migcheck
