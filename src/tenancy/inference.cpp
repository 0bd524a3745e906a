// SPDX-License-Identifier: MIT

#include "tenancy/inference.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {

namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::ObjectId;
using catalog::Table;

// Fewer tables than this say nothing about the design.
constexpr std::size_t kFewestTables = 3;

// From this many on, a column that nearly all tables carry is a design and no coincidence.
constexpr std::size_t kManyTables = 6;
// Likewise where no key says what the column refers to: only its name speaks for it.
constexpr std::size_t kManyWithoutKeys = 12;

// The table behind a foreign key of one column: its id, or its name where the history does not show it.
struct Target {
  ObjectId id = catalog::kNoObject;
  std::string name;
  bool operator<(const Target& other) const { return std::tie(id, name) < std::tie(other.id, other.name); }
};

struct Candidate {
  std::string column;  // in snake case
  Target root;
  std::set<std::string> spellings = {};
  std::map<const Table*, std::string> carriers = {};  // and how each spells it
  std::size_t by_key = 0;                             // of the carriers: those with a foreign key
  std::size_t required = 0;                           // of the carriers: those that must have it
};

struct Evidence {
  std::size_t others = 0;     // tables that could carry it
  std::size_t explained = 0;  // carriers, and tables whose rows belong to a carrier's row
  std::size_t guarded = 0;    // carriers with a policy that asks for the column
  bool membership = false;
  bool grouped = false;  // the tenants belong to customers themselves: projects of an organization
  RootLikeness likeness = RootLikeness::Object;
};

std::string bare_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return std::string(dot == std::string_view::npos ? qualified : qualified.substr(dot + 1));
}

const Column* single_column(const Table& table, const Constraint& constraint) {
  const bool key = constraint.kind == ConstraintKind::ForeignKey && constraint.columns.size() == 1;
  return key ? table.column(constraint.columns.front()) : nullptr;
}

bool mentions(const ast::Expression* expression, std::string_view column) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    found = found || (reference != nullptr && reference->column() == column);
    return !found;
  });
  return found;
}

class Inference {
 public:
  Inference(const Catalog& catalog, const std::vector<const Table*>& tables) : catalog_(catalog) {
    for (const Table* table : tables) {
      if (could_carry_tenant(*table)) tables_.push_back(table);
    }
  }

  InferredTenant infer(bool explain_none) {
    find_keys();
    find_names();
    const Candidate* best = nullptr;
    const Candidate* nearest = nullptr;
    for (const auto& [key, candidate] : candidates_) {
      if (nearest == nullptr || candidate.carriers.size() > nearest->carriers.size()) nearest = &candidate;
      const bool better = best == nullptr || candidate.carriers.size() > best->carriers.size();
      if (better && carries_enough(candidate) && objection(candidate, weigh(candidate)).empty())
        best = &candidate;
    }
    if (best != nullptr) return accept(*best);
    InferredTenant none;
    if (!explain_none) return none;
    none.explanation =
        nearest == nullptr
            ? "No tenant column is configured, and no foreign key suggests one: tenancy checks are off."
            : fmt::format(
                  "No tenant column is configured, and none is clear from the schema. {}{}: tenancy "
                  "checks are off. Configure tenancy.column if it is one.",
                  seen(*nearest, weigh(*nearest)), objection(*nearest, weigh(*nearest)));
    return none;
  }

 private:
  using Holders = std::vector<std::pair<const Table*, const Column*>>;

  // What the spelling of a column's name says. Tables have many columns and few names.
  struct Name {
    std::string snake;
    RootLikeness likeness = RootLikeness::Object;
  };
  const Name& name_of(std::string_view spelling) {
    const auto [known, first] = names_.try_emplace(spelling);
    if (first) {
      known->second.snake = snake_case(spelling);
      known->second.likeness = likeness_of_column(known->second.snake);
    }
    return known->second;
  }
  [[nodiscard]] bool is_keyed(const std::string& name) const {
    const auto first = candidates_.lower_bound({name, Target{}});
    return first != candidates_.end() && first->first.first == name;
  }

  void find_keys() {
    for (const Table* table : tables_) {
      for (const Constraint& constraint : table->constraints) {
        const Column* column = single_column(*table, constraint);
        if (column == nullptr || constraint.references == table->id) continue;
        const bool shown = constraint.references != catalog::kNoObject;
        const Target root{constraint.references, shown ? "" : constraint.references_name};
        const std::string& name = name_of(column->name).snake;
        Candidate& candidate = candidates_[{name, root}];
        candidate.column = name;
        candidate.root = root;
        candidate.spellings.insert(column->name);
        if (!candidate.carriers.emplace(table, column->name).second) continue;
        candidate.by_key += 1;
        candidate.required += column->not_null ? 1 : 0;
      }
    }
  }

  // Large tables often carry the column without the key; and a column that is called tenant_id needs none.
  void find_names() {
    // By spelling: may the name be a candidate's? All others need not be gathered.
    std::unordered_map<std::string_view, Holders*> by_spelling;
    std::map<std::string, Holders> by_name;
    for (const Table* table : tables_) {
      for (const Column& column : table->columns) {
        const auto [known, first] = by_spelling.try_emplace(column.name, nullptr);
        if (first) {
          const Name& name = name_of(column.name);
          const bool speaks = name.likeness != RootLikeness::Object && name.likeness != RootLikeness::Person;
          if (speaks || is_keyed(name.snake)) known->second = &by_name[name.snake];
        }
        if (known->second != nullptr) known->second->emplace_back(table, &column);
      }
    }
    for (auto& [name, holders] : by_name) {
      bool keyed = false;
      for (auto entry = candidates_.lower_bound({name, Target{}});
           entry != candidates_.end() && entry->first.first == name; ++entry) {
        Candidate& candidate = entry->second;
        keyed = true;
        if (speaks_of(name, root_name(candidate))) add_holders(candidate, holders);
      }
      const RootLikeness likeness = likeness_of_column(name);
      if (keyed || likeness == RootLikeness::Object || likeness == RootLikeness::Person) continue;
      Candidate& candidate = candidates_[{name, Target{}}];
      candidate.column = name;
      add_holders(candidate, holders);
    }
  }

  void add_holders(Candidate& candidate, const Holders& holders) {
    const auto* root = catalog_.get<Table>(candidate.root.id);
    const Constraint* key = root == nullptr ? nullptr : root->primary_key();
    const Column* referred = key == nullptr ? nullptr : root->column(key->columns.front());
    for (const auto& [table, column] : holders) {
      if (table == root || refers_elsewhere(*table, *column)) continue;
      if (referred != nullptr && referred->type.name != column->type.name) continue;
      candidate.spellings.insert(column->name);
      const bool added = candidate.carriers.emplace(table, column->name).second;
      candidate.required += added && column->not_null ? 1 : 0;
    }
  }

  static bool refers_elsewhere(const Table& table, const Column& column) {
    return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& constraint) {
      return single_column(table, constraint) == &column;
    });
  }

  // The tables that could carry it.
  [[nodiscard]] std::size_t others_than_root(const Candidate& candidate) const {
    const auto* root = catalog_.get<Table>(candidate.root.id);
    const bool counted =
        root != nullptr && could_carry_tenant(*root) && root->persistence != catalog::Persistence::Temporary;
    return tables_.size() - (counted ? 1 : 0);
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
    // What belongs to carriers decides only where these are no majority of their own.
    evidence.explained = is_carried_by_most(candidate, evidence.others) ? 0 : explained(candidate);
    const auto* root = catalog_.get<Table>(candidate.root.id);
    evidence.grouped =
        root != nullptr && std::any_of(root->columns.begin(), root->columns.end(), [](const Column& one) {
          return one.not_null && likeness_of_column(snake_case(one.name)) == RootLikeness::Tenant;
        });
    evidence.likeness =
        candidate.by_key == 0 ? likeness_of_column(candidate.column) : likeness_of_root(root_name(candidate));
    for (const auto& [table, spelling] : candidate.carriers) {
      const bool guarded = std::any_of(
          table->policies.begin(), table->policies.end(), [&, name = &spelling](const catalog::Policy& one) {
            return mentions(one.using_expression, *name) || mentions(one.check_expression, *name);
          });
      evidence.guarded += table->row_security && guarded ? 1 : 0;
      evidence.membership = evidence.membership || is_membership(*table, spelling);
    }
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
    for (const auto& [table, spelling] : candidate.carriers) known.insert(table->id);
    for (bool changed = true; changed;) {
      changed = false;
      for (const Table* table : tables_) {
        if (known.count(table->id) != 0) continue;
        const bool belongs = std::any_of(
            table->constraints.begin(), table->constraints.end(), [&](const Constraint& constraint) {
              const Column* column = single_column(*table, constraint);
              return column != nullptr && column->not_null && constraint.references != candidate.root.id &&
                     known.count(constraint.references) != 0;
            });
        if (belongs) changed = known.insert(table->id).second;
      }
    }
    return known.size() - roots;
  }

  // (root, person) unique: it says who is in the tenant.
  [[nodiscard]] bool is_membership(const Table& table, std::string_view spelling) const {
    const Column* tenant = table.column(spelling);
    return tenant != nullptr &&
           std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& constraint) {
             const Column* person = single_column(table, constraint);
             if (person == nullptr || person == tenant) return false;
             const auto* people = catalog_.get<Table>(constraint.references);
             const std::string name =
                 people == nullptr ? bare_name(constraint.references_name) : people->name;
             return likeness_of_root(name) == RootLikeness::Person &&
                    is_unique_over(catalog_, table, {tenant->number, person->number});
           });
  }

  // Why it is none; empty if it is one.
  static std::string objection(const Candidate& candidate, const Evidence& evidence) {
    const std::size_t carriers = candidate.carriers.size();
    const bool named = names_a_tenant(candidate.column);
    const bool most = is_carried_by_most(candidate, evidence.others);
    const bool most_with_heirs =
        carriers * 3 > evidence.others && evidence.explained * 3 > evidence.others * 2;
    if (carriers < kFewestTables) return ", which are too few to tell";
    if (!most && !most_with_heirs) return ", which is no clear majority";
    const bool guarded = evidence.guarded >= kFewestTables && evidence.guarded * 2 >= carriers;
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
        return evidence.membership || nearly_all || (most && evidence.grouped)
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

  [[nodiscard]] std::string root_name(const Candidate& candidate) const {
    const auto* root = catalog_.get<Table>(candidate.root.id);
    return root == nullptr ? bare_name(candidate.root.name) : root->name;
  }

  [[nodiscard]] std::string seen(const Candidate& candidate, const Evidence& evidence) const {
    std::string counted = fmt::format("{} of {} tables carry {}", candidate.carriers.size(), evidence.others,
                                      fmt::join(candidate.spellings, " or "));
    if (candidate.by_key == 0) return counted;
    if (candidate.by_key == candidate.carriers.size())
      return fmt::format("{} as a foreign key to {}", counted, root_name(candidate));
    return fmt::format("{}, {} of them as a foreign key to {}", counted, candidate.by_key,
                       root_name(candidate));
  }

  [[nodiscard]] InferredTenant accept(const Candidate& candidate) const {
    InferredTenant tenant;
    tenant.columns = {candidate.spellings.begin(), candidate.spellings.end()};
    tenant.root = candidate.root.id;
    if (tenant.root == catalog::kNoObject && candidate.by_key == 0) {
      for (const Table* table : tables_) {
        const std::string name = snake_case(table->name);
        if (name == "tenant" || name == "tenants") tenant.root = table->id;
      }
    }
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
  std::vector<const Table*> tables_;
  std::map<std::pair<std::string, Target>, Candidate> candidates_;
  std::unordered_map<std::string_view, Name> names_;  // by spelling, as the catalog holds it
};

}  // namespace

bool could_carry_tenant(const Table& table) {
  return (table.kind == catalog::TableKind::Plain || table.kind == catalog::TableKind::Partitioned) &&
         table.partition_of == catalog::kNoObject && !table.extension_member;
}

// The tenants' own table is among the tables and does not carry the column.
bool may_be_tenant(std::size_t carriers, std::size_t tables) {
  return carriers >= kFewestTables && carriers * 3 + 1 > tables;
}

InferredTenant infer_tenant(const Catalog& catalog, const std::vector<const Table*>& tables,
                            bool explain_none) {
  return Inference(catalog, tables).infer(explain_none);
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
