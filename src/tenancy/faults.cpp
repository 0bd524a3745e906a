// SPDX-License-Identifier: MIT

// From verdicts to faults: where a verdict matters, and to which check it belongs.

#include <algorithm>
#include <set>

#include "migcheck/tenancy.hpp"

namespace migcheck {

namespace {

bool is_guarded(const TableVerdict& verdict, const catalog::Catalog& catalog) {
  const auto* table = catalog.get<catalog::Table>(verdict.table);
  return table != nullptr && table->row_security && !table->policies.empty();
}

// A migration goes over all tenants on purpose: what it goes over first is no fault, nor is what a key joins
// to that, the tenants' own table, or a question whether there are any rows at all.
bool is_apart(const TableVerdict& verdict, const std::vector<TableVerdict>& verdicts) {
  if (verdict.kind == TenantKind::Root || verdict.guard) return false;
  const auto first = std::find_if(verdicts.begin(), verdicts.end(), [](const TableVerdict& one) {
    return one.kind != TenantKind::Root && !one.guard;
  });
  return first->kin != verdict.kin && first->group != verdict.group;
}

// The fault that tells of these rows already: of the same tenants, or joined to them by a key.
TenantFault* told_by(std::vector<TenantFault>& faults, const TableVerdict& verdict) {
  if (verdict.gap == TenantGap::ConflictTarget) return nullptr;
  const auto same = std::find_if(faults.begin(), faults.end(), [&](const TenantFault& fault) {
    const bool joined = fault.verdict->kin == verdict.kin && verdict.gap == TenantGap::NoCondition &&
                        fault.verdict->gap != TenantGap::ConflictTarget;
    return fault.verdict->group == verdict.group || joined;
  });
  return same == faults.end() ? nullptr : &*same;
}

void add_name(TenantFault& fault, const std::string& name) {
  const bool known = fault.verdict->name == name ||
                     std::find(fault.also.begin(), fault.also.end(), name) != fault.also.end();
  if (!known) fault.also.push_back(name);
}

// Whose rows meet whose: the fault of a reference that is apart from the others.
bool meets_others(const TableVerdict& verdict) {
  switch (verdict.gap) {
    case TenantGap::NoCondition:
    case TenantGap::OtherReference:
    case TenantGap::InsertedTenant:
    case TenantGap::OrBypass:
    case TenantGap::ManyValues:
      return !verdict.near.empty();
    default:
      return false;
  }
}

TenantFaultKind kind_of(const TableVerdict& verdict, QueryLight light, bool first_group) {
  if (light.view) return TenantFaultKind::ViewLeak;
  switch (verdict.gap) {
    case TenantGap::OrBypass:
      return light.over_all_tenants ? TenantFaultKind::JoinLeak : TenantFaultKind::OrBypass;
    case TenantGap::OtherReference:
    case TenantGap::InsertedTenant:
      return TenantFaultKind::JoinLeak;
    case TenantGap::NoCondition:
      return meets_others(verdict) && !first_group ? TenantFaultKind::JoinLeak
                                                   : TenantFaultKind::FilterMissing;
    default:
      return TenantFaultKind::FilterMissing;
  }
}

}  // namespace

std::vector<TenantFault> tenant_faults(const std::vector<TableVerdict>& verdicts,
                                       const catalog::Catalog& catalog, QueryLight light) {
  std::vector<TenantFault> faults;
  std::set<std::uint32_t> groups;
  for (const TableVerdict& verdict : verdicts) {
    const bool first_group = groups.empty() || *groups.begin() == verdict.group;
    groups.insert(verdict.group);
    if (verdict.binding != Binding::Unbound) continue;
    if (verdict.gap == TenantGap::MissingColumn) {
      faults.push_back({TenantFaultKind::MissingColumn, &verdict, {}});
      continue;
    }
    if (light.under_row_security && is_guarded(verdict, catalog)) continue;
    if (light.over_all_tenants && (!meets_others(verdict) || !is_apart(verdict, verdicts))) continue;
    if (TenantFault* told = told_by(faults, verdict)) {
      add_name(*told, verdict.name);
      continue;
    }
    const TenantFaultKind kind = kind_of(verdict, light, first_group);
    const bool told = kind == TenantFaultKind::ViewLeak && !faults.empty();
    if (!told) faults.push_back({kind, &verdict, {}});
  }
  return faults;
}

}  // namespace migcheck
