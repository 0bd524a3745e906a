// SPDX-License-Identifier: MIT

#include "tenancy/table_faces.hpp"

#include <algorithm>
#include <utility>

#include "tenancy/inference.hpp"
#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {
namespace {

using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Table;

// FNV-1a over whatever a face is made of.
class Mix {
 public:
  void add(std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte) add_byte(static_cast<unsigned char>(number >> (8 * byte)));
  }
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
    add(static_cast<std::uint64_t>(text.size()));
  }
  void add(const void* tree) { add(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(tree))); }
  void add(const std::vector<catalog::ColumnNumber>& columns) {
    for (const catalog::ColumnNumber number : columns) add(static_cast<std::uint64_t>(number));
    add(static_cast<std::uint64_t>(columns.size()));
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add_byte(unsigned char byte) { value_ = (value_ ^ byte) * 1099511628211ULL; }
  std::uint64_t value_ = 14695981039346656037ULL;
};

bool is_key(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::ForeignKey || constraint.kind == ConstraintKind::PrimaryKey;
}

void add_keys(const Table& table, Mix& mix) {
  for (const Constraint& constraint : table.constraints) {
    if (!is_key(constraint)) continue;
    mix.add(static_cast<std::uint64_t>(constraint.kind));
    mix.add(constraint.columns);
    mix.add(static_cast<std::uint64_t>(constraint.references));
    mix.add(constraint.references_name);
    mix.add(constraint.referenced_columns);
    mix.add(static_cast<std::uint64_t>(constraint.on_delete));
    mix.add(static_cast<std::uint64_t>(constraint.enforced));
  }
}

void add_policies(const Table& table, Mix& mix) {
  mix.add(static_cast<std::uint64_t>(table.row_security));
  for (const catalog::Policy& policy : table.policies) {
    // Trees in the catalog's arena stay where they are: another tree is another policy.
    mix.add(static_cast<const void*>(policy.using_expression));
    mix.add(static_cast<const void*>(policy.check_expression));
  }
}

bool is_used_by_key(const Table& table, const Column& column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& constraint) {
    return is_key(constraint) && std::find(constraint.columns.begin(), constraint.columns.end(),
                                           column.number) != constraint.columns.end();
  });
}

}  // namespace

TableFaces::Weight TableFaces::weight_of(const std::string& column) {
  const auto [known, first] = weights_.try_emplace(column, Weight::None);
  if (first) {
    const std::string snake = snake_case(column);
    const RootLikeness likeness = likeness_of_column(snake);
    const bool speaks = likeness != RootLikeness::Object && likeness != RootLikeness::Person;
    if (key_names_.contains(snake) || speaks) {
      known->second = Weight::Candidate;
    } else if (column == "id" ||
               std::find(tenant_columns_.begin(), tenant_columns_.end(), column) != tenant_columns_.end()) {
      known->second = Weight::Matters;
    }
  }
  return known->second;
}

TableFaces::Face TableFaces::face_of(const Table& table) {
  Mix mix;
  mix.add(table.schema);
  mix.add(table.name);
  mix.add(static_cast<std::uint64_t>(table.kind));
  mix.add(static_cast<std::uint64_t>(table.persistence));
  mix.add(static_cast<std::uint64_t>(table.partition_of));
  mix.add(static_cast<std::uint64_t>(table.extension_member));
  add_keys(table, mix);
  add_policies(table, mix);
  Face face;
  face.counts = could_carry_tenant(table) && table.persistence != catalog::Persistence::Temporary;
  for (const Column& column : table.columns) {
    const Weight weight = weight_of(column.name);
    if (weight == Weight::None && !is_used_by_key(table, column)) continue;
    mix.add(column.name);
    mix.add(static_cast<std::uint64_t>(column.number));
    mix.add(column.type.name);
    mix.add(static_cast<std::uint64_t>(column.not_null));
    if (weight == Weight::Candidate && face.counts) face.names.push_back(snake_case(column.name));
  }
  // userId beside user_id: one table carries a name once.
  std::sort(face.names.begin(), face.names.end());
  face.names.erase(std::unique(face.names.begin(), face.names.end()), face.names.end());
  face.value = mix.value();
  return face;
}

void TableFaces::put(catalog::ObjectId id, Face face) {
  take_away(id);
  counted_ += face.counts ? 1U : 0U;
  for (const std::string& name : face.names) ++carriers_[name];
  faces_[id] = std::move(face);
}

void TableFaces::take_away(catalog::ObjectId id) {
  const auto known = faces_.find(id);
  if (known == faces_.end()) return;
  counted_ -= known->second.counts ? 1U : 0U;
  for (const std::string& name : known->second.names) --carriers_[name];
  faces_.erase(known);
}

bool TableFaces::any_popular_name() const {
  return std::any_of(carriers_.begin(), carriers_.end(),
                     [&](const auto& entry) { return may_be_tenant(entry.second, counted_); });
}

void TableFaces::learn_key_names(const Table& table) {
  for (const Constraint& constraint : table.constraints) {
    if (constraint.kind != ConstraintKind::ForeignKey || constraint.columns.size() != 1) continue;
    const Column* column = table.column(constraint.columns.front());
    if (column != nullptr && key_names_.insert(snake_case(column->name)).second) outdated_ = true;
  }
}

bool TableFaces::look_at(const catalog::Catalog& catalog, catalog::ObjectId id) {
  if (const auto* index = catalog.get<catalog::Index>(id); index != nullptr && index->unique) {
    unique_indexes_.insert(id);
    return true;
  }
  if (unique_indexes_.erase(id) != 0) return true;
  const auto* table = catalog.get<Table>(id);
  const auto known = faces_.find(id);
  if (table == nullptr) {
    const bool was_table = known != faces_.end();
    take_away(id);
    return was_table;
  }
  learn_key_names(*table);
  Face face = face_of(*table);
  const bool changed = known == faces_.end() || known->second.value != face.value;
  if (changed) put(id, std::move(face));
  return changed;
}

// More columns matter than before, so that no face known holds.
void TableFaces::look_again(const catalog::Catalog& catalog) {
  weights_.clear();
  for (const Table* table : catalog.tables()) put(table->id, face_of(*table));
}

bool TableFaces::look(const catalog::Catalog& catalog, const std::vector<std::string>& tenant_columns) {
  if (tenant_columns != tenant_columns_) {
    tenant_columns_ = tenant_columns;
    outdated_ = true;
  }
  bool any = false;
  const auto changed = catalog.changed_since(revision_);
  for (std::size_t n = 0; n < changed.size(); ++n) {
    // Several statements on one table stand behind one another.
    if (n + 1 < changed.size() && changed[n + 1] == changed[n]) continue;
    any = look_at(catalog, changed[n]) || any;
  }
  revision_ = catalog.revision();
  if (std::exchange(outdated_, false)) look_again(catalog);
  return any;
}

}  // namespace migcheck::tenancy
