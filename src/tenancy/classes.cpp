// SPDX-License-Identifier: MIT

// What follows from a set of equalities: by transitivity, by keys that name a row, and by foreign keys.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tenancy/model.hpp"
#include "tenancy/references.hpp"
#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {

namespace {

using catalog::Constraint;
using catalog::ConstraintKind;

bool refers_to_person(const Model& model, const catalog::Table& table, catalog::ColumnNumber number) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& key) {
    return key.kind == ConstraintKind::ForeignKey && key.columns.size() == 1 &&
           key.columns.front() == number && is_person(model, key.references, key.references_name);
  });
}

// The tenant of the row that a trigger or a cursor is at.
constexpr const char* kTenantOfRow = "the tenant of that row";

// Words that say of a column: whoever knows its value may see the row.
constexpr std::array<std::string_view, 4> kSecrets = {"token", "secret", "api_key", "hash"};

constexpr std::uint8_t bit_of(ValueKind kind) {
  return kind == ValueKind::Column ? 0 : static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}
constexpr std::uint8_t kAnyValue =
    bit_of(ValueKind::Given) | bit_of(ValueKind::Identity) | bit_of(ValueKind::RowField);

bool is_secret(std::string_view column) {
  return std::any_of(kSecrets.begin(), kSecrets.end(),
                     [&](std::string_view word) { return column.find(word) != std::string_view::npos; });
}

}  // namespace

Classes::Classes(Model& model, const Facts& facts, bool assumptions) : model_(model) {
  for (const Fact& fact : facts) {
    if (fact.right == kNone || fact.relation == Relation::Weak || (fact.assumed && !assumptions)) continue;
    unite(fact.left, fact.right);
    if (fact.assumed) assumption_ = "what the query computes stands for one tenant throughout";
  }
  find_tables(facts);
  close(facts, assumptions);
  index_values(facts);
}

TermId Classes::find(TermId term) const {
  while (parent_.size() <= term) {
    kinds_.push_back(bit_of(model_.terms[parent_.size()].value));
    parent_.push_back(static_cast<TermId>(parent_.size()));
  }
  while (parent_[term] != term) {
    parent_[term] = parent_[parent_[term]];
    term = parent_[term];
  }
  return term;
}

bool Classes::unite(TermId a, TermId b) {
  a = find(a);
  b = find(b);
  if (a == b) return false;
  parent_[std::max(a, b)] = std::min(a, b);
  kinds_[std::min(a, b)] |= kinds_[std::max(a, b)];
  return true;
}

bool Classes::same(TermId a, TermId b) const {
  return a != kNone && b != kNone && find(a) == find(b);
}

void Classes::find_tables(const Facts& facts) {
  for (const Fact& fact : facts) {
    for (const TermId term : {fact.left, fact.right}) {
      const RangeId range = model_.terms[term].range;
      if (range != kNone && model_.ranges[range].table != nullptr) tables_.push_back(range);
    }
  }
  std::sort(tables_.begin(), tables_.end());
  tables_.erase(std::unique(tables_.begin(), tables_.end()), tables_.end());
}

void Classes::close(const Facts& facts, bool assumptions) {
  while (apply_keys(assumptions) || fix_single_rows() || fix_choices(facts)) {
  }
  if (!assumptions) return;
  assume_one_row();
  while (follow_names() || follow_references() || apply_keys(assumptions) || fix_single_rows() ||
         fix_choices(facts)) {
  }
  if (!assume_owners()) return;
  while (follow_names() || follow_references() || apply_keys(assumptions) || fix_single_rows() ||
         fix_choices(facts)) {
  }
}

// coalesce(a, b) is b where a is b or null.
bool Classes::fix_choices(const Facts& facts) {
  bool changed = false;
  for (const Choice& choice : model_.choices) {
    const TermId last = choice.from.back();
    const bool always = std::all_of(choice.from.begin(), choice.from.end(), [&](TermId term) {
      return same(term, last) || is_or_null(term, last, facts);
    });
    if (always) changed = unite(choice.result, last) || changed;
  }
  return changed;
}

bool Classes::is_or_null(TermId term, TermId other, const Facts& facts) const {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    return fact.relation == Relation::Weak && same(fact.left, term) && same(fact.right, other);
  });
}

// A trigger's rows, and what a function found, are one tenant's: NEW.team_id is the tenant of NEW.order_id.
void Classes::assume_one_row() {
  const TermId row = model_.value(kTenantOfRow, ValueKind::RowField);
  const std::vector<TermId> values = model_.values();
  for (const TermId value : values) {
    const Term& term = model_.terms[value];
    if (term.value != ValueKind::RowField || value == row) continue;
    const std::string_view name = std::string_view(term.text).substr(term.text.rfind('.') + 1);
    const auto& columns = model_.context.map.columns;
    if (std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
          return name.size() >= column.size() && name.substr(name.size() - column.size()) == column;
        }))
      unite(value, row);
  }
}

bool Classes::apply_keys(bool assumptions) {
  bool changed = false;
  std::map<catalog::ObjectId, std::vector<RangeId>> by_table;
  for (const RangeId range : tables_) by_table[model_.ranges[range].table->id].push_back(range);
  for (const auto& [table, rows] : by_table) {
    if (rows.size() > 1) changed = unite_rows(rows) || changed;
  }
  for (const RangeId child : tables_) {
    for (const Constraint& key : model_.ranges[child].table->constraints) {
      if (key.kind != ConstraintKind::ForeignKey || !key.enforced) continue;
      const auto parents = by_table.find(key.references);
      if (parents == by_table.end()) continue;
      for (const RangeId parent : parents->second) {
        if (parent != child && !model_.ranges[parent].incoming)
          changed = follow_key(child, parent, key, assumptions) || changed;
      }
    }
  }
  return changed;
}

// References to one table that agree on a unique key are the same row.
bool Classes::unite_rows(const std::vector<RangeId>& rows) {
  bool changed = false;
  for (const auto& key : row_keys(model_, *model_.ranges[rows.front()].table)) {
    std::map<std::vector<TermId>, RangeId> by_value;
    for (const RangeId row : rows) {
      if (model_.ranges[row].incoming) continue;
      std::vector<TermId> values;
      for (const catalog::ColumnNumber number : key) {
        const TermId term = column_term(model_, row, number);
        if (term == kNone) break;
        values.push_back(find(term));
      }
      if (values.size() < key.size()) continue;
      const auto [known, first] = by_value.emplace(std::move(values), row);
      if (!first) changed = unite_row(known->second, row) || changed;
    }
  }
  return changed;
}

bool Classes::unite_row(RangeId a, RangeId b) {
  bool changed = false;
  const auto columns = static_cast<std::int32_t>(model_.ranges[a].table->columns.size());
  for (std::int32_t index = 0; index < columns; ++index) {
    changed = unite(model_.column(a, index), model_.column(b, index)) || changed;
  }
  const TermId tenant = model_.tenant_of(a);
  return (tenant != kNone && unite(tenant, model_.tenant_of(b))) || changed;
}

// A key that holds the tenant, and the rest of which names the row: no row of another tenant has it.
bool Classes::key_proves(RangeId child, RangeId parent,
                         const std::vector<catalog::ColumnNumber>& matched) const {
  const catalog::Column* tenant = model_.ranges[child].table->column(model_.tenancy(child).column);
  const RowKeys& keys = row_keys(model_, *model_.ranges[parent].table);
  return tenant != nullptr && tenant->not_null && tenant->not_null_valid &&
         std::any_of(keys.begin(), keys.end(), [&](const auto& columns) {
           return std::all_of(columns.begin(), columns.end(), [&](catalog::ColumnNumber number) {
             return std::find(matched.begin(), matched.end(), number) != matched.end();
           });
         });
}

// A row and the row that its foreign key refers to belong to the same tenant: by definition where the row
// has no tenant of its own, by the key where the tenant is part of it, and else by trust.
bool Classes::follow_key(RangeId child, RangeId parent, const Constraint& key, bool assumptions) {
  const TermId of_child = model_.tenant_of(child);
  const TermId of_parent = model_.tenant_of(parent);
  if (of_child == kNone || of_parent == kNone || same(of_child, of_parent)) return false;
  bool tenant_in_key = false;
  std::vector<catalog::ColumnNumber> matched;
  for (std::size_t i = 0; i < key.columns.size() && i < key.referenced_columns.size(); ++i) {
    const TermId left = column_term(model_, child, key.columns[i]);
    const TermId right = column_term(model_, parent, key.referenced_columns[i]);
    if (left == of_child && right == of_parent) {
      tenant_in_key = true;
    } else if (!same(left, right)) {
      return false;
    } else {
      matched.push_back(key.referenced_columns[i]);
    }
  }
  if (matched.empty()) return false;
  const catalog::Table& child_table = *model_.ranges[child].table;
  const TenantTable& entry = model_.tenancy(child);
  bool proven = tenant_in_key && key.valid && key_proves(child, parent, matched);
  if (entry.kind == TenantKind::Inherited)
    proven = key.valid && entry.parent == key.references && entry.key == key.columns;
  // What a new row says of its tenant is the question, not the answer.
  if (!proven && model_.ranges[child].incoming && entry.kind == TenantKind::Column) return false;
  if (!proven && (!assumptions || !model_.context.settings.trust_foreign_keys)) return false;
  if (!proven) {
    const catalog::Column* column = child_table.column(key.columns.front());
    assumption_ = fmt::format("{}.{} refers to a row of the same tenant", child_table.name,
                              column == nullptr ? "a key" : column->name);
  }
  return unite(of_child, of_parent);
}

template <typename Fixed>
bool Classes::key_is(RangeId range, Fixed fixed) const {
  for (const auto& key : row_keys(model_, *model_.ranges[range].table)) {
    const bool all = !key.empty() && std::all_of(key.begin(), key.end(), [&](catalog::ColumnNumber number) {
      return fixed(column_term(model_, range, number));
    });
    if (all) return true;
  }
  return false;
}

// One row of a table that is nobody's, or of the tenants, chosen by its key: what it holds is one value too.
// `JOIN teams t ON t.id = o.team_id WHERE t.slug = $1` names the tenant by another name.
bool Classes::fix_single_rows() {
  bool changed = false;
  for (const RangeId range : tables_) {
    const TenantKind kind = model_.tenancy(range).kind;
    if (kind != TenantKind::Root && kind != TenantKind::Global) continue;
    if (!key_is(range, [&](TermId term) { return has_any_value(term); })) continue;
    const catalog::Table& table = *model_.ranges[range].table;
    std::string chosen;
    for (std::size_t index = 0; index < table.columns.size(); ++index) {
      const TermId term = model_.column(range, static_cast<std::int32_t>(index));
      if (has_any_value(term)) continue;
      if (chosen.empty()) chosen = row_name(range);
      const std::string text = fmt::format("{}.{} where {}", table.name, table.columns[index].name, chosen);
      changed = unite(term, model_.value(text, ValueKind::Given)) || changed;
    }
  }
  return changed;
}

// What tells the row from others in words: "slug = $1".
std::string Classes::row_name(RangeId range) const {
  std::string name;
  const std::vector<catalog::Column>& columns = model_.ranges[range].table->columns;
  for (std::size_t index = 0; index < columns.size(); ++index) {
    const catalog::Column& column = columns[index];
    const TermId root = find(model_.column(range, static_cast<std::int32_t>(index)));
    if ((kinds_[root] & kAnyValue) == 0) continue;
    for (const TermId value : model_.values()) {
      if (find(value) != root || model_.terms[value].value == ValueKind::Null) continue;
      name += fmt::format("{}{} = {}", name.empty() ? "" : " and ", column.name, model_.terms[value].text);
      break;
    }
  }
  return name;
}

bool Classes::assume_owners() {
  bool changed = false;
  for (const RangeId range : tables_) changed = assume_owner(range) || changed;
  return changed;
}

bool Classes::assume_owner(RangeId range) {
  const TermId tenant = model_.tenant_of(range);
  if (tenant == kNone || has_any_value(tenant)) return false;
  const catalog::Table& table = *model_.ranges[range].table;
  const auto assume = [&](const std::string& column, const char* what, std::string text, ValueKind kind) {
    assumption_ = fmt::format("{}.{} {}", table.name, column, what);
    return unite(tenant, model_.value(std::move(text), kind));
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& name = table.columns[i].name;
    const TermId term = model_.base_column(range, name);
    if (has_value(term, ValueKind::Identity))
      return assume(name, "says which rows belong to whoever asks", "the tenants of whoever asks",
                    ValueKind::Identity);
    if (has_value(term, ValueKind::RowField) && is_identifying(model_, range, static_cast<std::int32_t>(i)))
      return assume(name, "comes from a row of the same tenant", kTenantOfRow, ValueKind::RowField);
    if (is_secret(name) && has_value(term, ValueKind::Given))
      return assume(name, "is known to its tenant alone", "the tenant of the secret", ValueKind::Given);
  }
  if (!model_.tenancy(range).membership) return false;
  for (const Constraint& key : table.constraints) {
    const bool single = key.kind == ConstraintKind::ForeignKey && key.columns.size() == 1;
    const TermId term = single ? column_term(model_, range, key.columns.front()) : kNone;
    const catalog::Column* column = single ? table.column(key.columns.front()) : nullptr;
    if (term == kNone || column == nullptr || term == tenant || !has_any_value(term)) continue;
    return assume(column->name, "says who is asking", "the tenants of that user", ValueKind::Identity);
  }
  return false;
}

bool Classes::has_value(TermId term, ValueKind kind) const {
  return (kinds_[find(term)] & bit_of(kind)) != 0;
}

bool Classes::has_any_value(TermId term) const {
  return (kinds_[find(term)] & kAnyValue) != 0;
}

void Classes::index_values(const Facts& facts) {
  for (const TermId value : model_.values()) class_values_[find(value)].push_back(value);
  // A column may be null or equal to one that may be null or equal to …: each round follows one of them.
  for (bool changed = true; changed;) {
    changed = false;
    for (const Fact& fact : facts) {
      if (fact.relation != Relation::Weak || fact.right == kNone) continue;
      const bool column = model_.terms[fact.right].value == ValueKind::Column;
      const std::vector<TermId> more = column ? values(fact.right) : std::vector<TermId>{fact.right};
      std::vector<TermId>& known = class_values_[find(fact.left)];
      for (const TermId value : more) {
        if (std::find(known.begin(), known.end(), value) != known.end()) continue;
        known.push_back(value);
        changed = true;
      }
    }
  }
}

std::vector<TermId> Classes::values(TermId term) const {
  const auto found = class_values_.find(find(term));
  return found == class_values_.end() ? std::vector<TermId>{} : found->second;
}

std::vector<TermId> Classes::strong_values(TermId term) const {
  std::vector<TermId> strong;
  for (const TermId value : values(term)) {
    if (find(value) == find(term)) strong.push_back(value);
  }
  return strong;
}

bool is_identifying(const Model& model, RangeId range, std::int32_t index) {
  const catalog::Table* table = model.ranges[range].table;
  if (table == nullptr || index < 0) return false;
  if (static_cast<std::size_t>(index) >= table->columns.size())
    return model.ranges[range].columns[static_cast<std::size_t>(index)] == "ctid";
  const catalog::ColumnNumber number = table->columns[static_cast<std::size_t>(index)].number;
  const catalog::Column* tenant = table->column(model.tenancy(range).column);
  const auto in = [&](const std::vector<catalog::ColumnNumber>& columns, catalog::ColumnNumber one) {
    return std::find(columns.begin(), columns.end(), one) != columns.end();
  };
  const RowKeys& keys = row_keys(model, *table);
  const bool of_row = std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
    const bool scoped = tenant != nullptr && tenant->number != number && in(key, tenant->number);
    return in(key, number) && !scoped;
  });
  // Who made a row, or is in a team, may be in several: a person joins tenants.
  std::string room;
  const std::string_view name = snake_case(table->columns[static_cast<std::size_t>(index)].name, room);
  const bool refers = is_reference_name(name);
  if (of_row || (refers && likeness_of_column(name) != RootLikeness::Person &&
                 !refers_to_person(model, *table, number)))
    return true;
  return std::any_of(table->constraints.begin(), table->constraints.end(), [&](const Constraint& key) {
    return key.kind == ConstraintKind::ForeignKey && in(key.columns, number) &&
           !is_person(model, key.references, key.references_name);
  });
}

}  // namespace migcheck::tenancy
