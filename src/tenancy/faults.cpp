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
    const bool known_group = !groups.insert(verdict.group).second;
    if (verdict.binding != Binding::Unbound) continue;
    if (verdict.gap == TenantGap::MissingColumn) {
      faults.push_back({TenantFaultKind::MissingColumn, &verdict, {}});
      continue;
    }
    if (light.under_row_security && is_guarded(verdict, catalog)) continue;
    // A migration goes over all tenants on purpose. The first group is what it goes over.
    if (light.over_all_tenants && (first_group || !meets_others(verdict))) continue;
    if (known_group && verdict.gap != TenantGap::ConflictTarget) {
      const auto same = std::find_if(faults.begin(), faults.end(), [&](const TenantFault& fault) {
        return fault.verdict->group == verdict.group;
      });
      if (same != faults.end()) {
        if (same->verdict->name != verdict.name) same->also.push_back(verdict.name);
        continue;
      }
    }
    const TenantFaultKind kind = kind_of(verdict, light, first_group);
    const bool told = kind == TenantFaultKind::ViewLeak && !faults.empty();
    if (!told) faults.push_back({kind, &verdict, {}});
  }
  return faults;
}

}  // namespace migcheck
