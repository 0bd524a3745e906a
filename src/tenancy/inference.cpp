// SPDX-License-Identifier: MIT

#include "tenancy/inference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ObjectId;
using catalog::Table;

// Fewer tables than this say nothing about the design.
constexpr std::size_t kFewestTables = 3;

// From this many on, a column that nearly all tables carry is a design and no coincidence.
constexpr std::size_t kManyTables = 6;
// Likewise where no key says what the column refers to: only its name speaks for it.
constexpr std::size_t kManyWithoutKeys = 12;

struct Evidence {
  std::size_t others = 0;  // tables that could carry it
  bool grouped = false;    // the tenants belong to customers themselves: projects of an organization
  RootLikeness likeness = RootLikeness::Object;
};

class Inference {
 public:
  Inference(const Catalog& catalog, const Candidates& candidates, bool explain_none)
      : catalog_(catalog), candidates_(candidates), explain_(explain_none) {}

  [[nodiscard]] InferredTenant infer() const {
    for (const auto& [size, candidates] : candidates_.by_size()) {
      if (size < kFewestTables) break;
      bool enough = false;
      for (const Candidate* candidate : candidates) {
        if (!carries_enough(*candidate)) continue;
        enough = true;
        if (objection(*candidate, weigh(*candidate)).empty()) return accept(*candidate);
      }
      // The root's own table counts for one candidate and not for another.
      if (!enough && (size + 1) * 3 <= candidates_.tables()) break;
    }
    InferredTenant none;
    if (explain_) none.explanation = why_none();
    return none;
  }

 private:
  [[nodiscard]] std::string why_none() const {
    const auto& by_size = candidates_.by_size();
    if (by_size.empty())
      return "No tenant column is configured, and no foreign key suggests one: tenancy checks are off.";
    const Candidate& nearest = **by_size.begin()->second.begin();
    const Evidence evidence = weigh(nearest);
    return fmt::format(
        "No tenant column is configured, and none is clear from the schema. {}{}: tenancy checks are off. "
        "Configure tenancy.column if it is one.",
        seen(nearest, evidence), objection(nearest, evidence));
  }

  // The tables that could carry it.
  [[nodiscard]] std::size_t others_than_root(const Candidate& candidate) const {
    return candidates_.tables() - (candidates_.counts(candidate.root.id) ? 1 : 0);
  }

  // Without as many there is an objection, whatever else is known.
  [[nodiscard]] bool carries_enough(const Candidate& candidate) const {
    const std::size_t carriers = candidate.carriers.size();
    return carriers >= kFewestTables && carriers * 3 > others_than_root(candidate);
  }

  static bool is_carried_by_most(const Candidate& candidate, std::size_t others) {
    const std::size_t carriers = candidate.carriers.size();
    return carriers * 2 > others || (names_a_tenant(candidate.column) && carriers * 3 > others);
  }

  [[nodiscard]] Evidence weigh(const Candidate& candidate) const {
    Evidence evidence;
    evidence.others = others_than_root(candidate);
    const auto* root = catalog_.get<Table>(candidate.root.id);
    evidence.grouped =
        root != nullptr && std::any_of(root->columns.begin(), root->columns.end(), [](const Column& one) {
          return one.not_null && likeness_of_column(snake_case(one.name)) == RootLikeness::Tenant;
        });
    evidence.likeness =
        candidate.by_key == 0 ? likeness_of_column(candidate.column) : likeness_of_root(candidate.root_name);
    return evidence;
  }

  // What the tenants are grouped by, themselves belonging to a customer: the organization of a workspace.
  [[nodiscard]] std::set<ObjectId> groups_of(const Table* root) const {
    std::set<ObjectId> groups;
    if (root == nullptr) return groups;
    for (const Constraint& constraint : root->constraints) {
      const Column* column = single_column(*root, constraint);
      const auto* group = catalog_.get<Table>(constraint.references);
      if (column == nullptr || group == nullptr || group == root || !column->not_null) continue;
      if (likeness_of_root(group->name) == RootLikeness::Tenant) groups.insert(group->id);
    }
    return groups;
  }

  // Carriers, and what belongs to them, or to the group that a tenant is in, through required keys.
  [[nodiscard]] std::size_t explained(const Candidate& candidate) const {
    std::set<ObjectId> known = groups_of(catalog_.get<Table>(candidate.root.id));
    known.insert(candidate.root.id);
    known.erase(catalog::kNoObject);
    const std::size_t roots = candidate.root.id == catalog::kNoObject ? 0 : 1;
    for (const auto& [table, carrier] : candidate.carriers) known.insert(table);
    for (bool changed = true; changed;) {
      changed = false;
      candidates_.for_each_table([&](ObjectId id) {
        const auto* table = catalog_.get<Table>(id);
        if (table == nullptr || known.count(id) != 0) return;
        const bool belongs = std::any_of(
            table->constraints.begin(), table->constraints.end(), [&](const Constraint& constraint) {
              const Column* column = single_column(*table, constraint);
              return column != nullptr && column->not_null && constraint.references != candidate.root.id &&
                     known.count(constraint.references) != 0;
            });
        changed = (belongs && known.insert(id).second) || changed;
      });
    }
    return known.size() - roots;
  }

  // Why it is none; empty if it is one.
  [[nodiscard]] std::string objection(const Candidate& candidate, const Evidence& evidence) const {
    const std::size_t carriers = candidate.carriers.size();
    if (carriers < kFewestTables) return ", which are too few to tell";
    const bool most = is_carried_by_most(candidate, evidence.others);
    std::string other = objection_to_kind(candidate, evidence, most);
    if (most) return other;
    // What belongs to carriers decides only where these are no majority of their own, and it takes a look at
    // all tables.
    const bool may_have_heirs = carriers * 3 > evidence.others && (other.empty() || explain_);
    if (may_have_heirs && explained(candidate) * 3 > evidence.others * 2) return other;
    return ", which is no clear majority";
  }

  // Enough tables carry it, but it says something else.
  static std::string objection_to_kind(const Candidate& candidate, const Evidence& evidence, bool most) {
    const std::size_t carriers = candidate.carriers.size();
    const bool named = names_a_tenant(candidate.column);
    const bool guarded = candidate.guarded >= kFewestTables && candidate.guarded * 2 >= carriers;
    const bool nearly_all = carriers >= kManyTables && carriers * 5 >= evidence.others * 4;
    if (guarded || named) return {};
    const bool demanded = carriers >= kManyWithoutKeys && candidate.required * 10 >= carriers * 9;
    const bool speaking =
        evidence.likeness == RootLikeness::Tenant || evidence.likeness == RootLikeness::Possible;
    if (candidate.by_key == 0 && nearly_all && demanded && speaking) return {};
    if (candidate.by_key == 0) return ", but no foreign key and no policies say that it is a customer";
    switch (evidence.likeness) {
      case RootLikeness::Tenant:
        return {};
      case RootLikeness::Possible:
        return candidate.memberships > 0 || nearly_all || (most && evidence.grouped)
                   ? ""
                   : ", but no table says which users are in it, and no policies ask for it";
      case RootLikeness::Person:
        return ", but that says who made a row rather than which customer's it is, and no policies ask for "
               "it";
      case RootLikeness::Object:
        break;
    }
    return ", but the name is none of a customer's (organization, team, workspace), and no policies ask for "
           "it";
  }

  static std::vector<std::string> spellings_of(const Candidate& candidate) {
    std::vector<std::string> spellings;
    for (const auto& [spelling, tables] : candidate.spellings) spellings.push_back(spelling);
    return spellings;
  }

  [[nodiscard]] std::string seen(const Candidate& candidate, const Evidence& evidence) const {
    std::string counted = fmt::format("{} of {} tables carry {}", candidate.carriers.size(), evidence.others,
                                      fmt::join(spellings_of(candidate), " or "));
    if (candidate.by_key == 0) return counted;
    if (candidate.by_key == candidate.carriers.size())
      return fmt::format("{} as a foreign key to {}", counted, candidate.root_name);
    return fmt::format("{}, {} of them as a foreign key to {}", counted, candidate.by_key,
                       candidate.root_name);
  }

  [[nodiscard]] InferredTenant accept(const Candidate& candidate) const {
    InferredTenant tenant;
    tenant.columns = spellings_of(candidate);
    tenant.root = candidate.root.id;
    if (tenant.root == catalog::kNoObject && candidate.by_key == 0) tenant.root = candidates_.named_tenants();
    if (const auto* root = catalog_.get<Table>(tenant.root)) {
      tenant.root_name = root->name;
    } else if (candidate.by_key != 0) {
      tenant.root_name = candidate.root.name;
    }
    tenant.explanation = fmt::format("The tenant column {} is inferred: {}.",
                                     fmt::join(tenant.columns, " or "), seen(candidate, weigh(candidate)));
    return tenant;
  }

  const Catalog& catalog_;
  const Candidates& candidates_;
  const bool explain_;
};

}  // namespace

InferredTenant infer_tenant(const Catalog& catalog, const Candidates& candidates, bool explain_none) {
  return Inference(catalog, candidates, explain_none).infer();
}

bool is_unique_over(const Catalog& catalog, const Table& table, std::vector<catalog::ColumnNumber> columns) {
  std::sort(columns.begin(), columns.end());
  for (const catalog::Index* index : catalog.indexes_of(table.id)) {
    if (!index->unique || index->predicate != nullptr) continue;
    std::vector<catalog::ColumnNumber> keys;
    for (const catalog::KeyElement& key : index->keys) keys.push_back(key.column);
    std::sort(keys.begin(), keys.end());
    if (keys == columns) return true;
  }
  return false;
}

}  // namespace migcheck::tenancy
