// SPDX-License-Identifier: MIT
#include "plan/table/index_definition.hpp"

#include <algorithm>
#include <array>

#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/names.hpp"
#include "plan/object/extensions_data.hpp"
#include "plan/query/same_expression.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::ConstraintKind;
using catalog::ObjectId;

namespace {

std::string chosen_name(const Planner& planner, const IndexRequest& request, const catalog::ObjectBase& owner,
                        const catalog::Table* table) {
  if (request.constraint && request.kind == ConstraintKind::PrimaryKey) {
    return choose_relation_name(planner, owner.name, {}, "pkey", owner.schema, true);
  }
  catalog::Table of_view;
  if (const auto* view = planner.draft.get<catalog::View>(owner.id)) {
    of_view.columns = view->columns;
    table = &of_view;
  }
  const std::string columns =
      join_columns(index_column_names(table, request.index.keys, request.index.including));
  const std::string_view label = !request.constraint                         ? "idx"
                                 : request.kind == ConstraintKind::Exclusion ? "excl"
                                                                             : "key";
  return choose_relation_name(planner, owner.name, columns, label, owner.schema, request.constraint);
}

// The operator class where the files made it, or the extension that brought it.
const catalog::Object* operator_class_maker(const Planner& planner, std::string_view name) {
  const catalog::OtherObject* own =
      planner.draft.other(ast::ObjectType::OperatorClass, {}, name, planner.search_path());
  if (own != nullptr) return planner.draft.object(own->id);
  const std::string_view extension = extension_of_operator_class(name);
  return extension.empty() ? nullptr : planner.draft.global(catalog::ObjectKind::Extension, extension);
}

std::vector<catalog::Dependency> needs_of_index(const Planner& planner, const catalog::Index& index) {
  std::vector<catalog::Dependency> needs;
  const auto add = [&](const ast::Expression* expression) {
    for (catalog::Dependency& need : needs_of(planner, expression)) needs.push_back(std::move(need));
  };
  for (const catalog::KeyElement& key : index.keys) {
    add(key.expression);
    if (key.operator_class.empty()) continue;
    const catalog::Object* maker = operator_class_maker(planner, key.operator_class);
    if (maker == nullptr) continue;
    needs.push_back({catalog::base(*maker).id, 0, catalog::DependencyKind::Normal, Part::Whole, {}});
  }
  add(index.predicate);
  return needs;
}

const catalog::ObjectBase& owner_of(const Planner& planner, ObjectId id) {
  return catalog::base(*planner.draft.object(id));
}

ObjectId create_index(Planner& planner, const IndexRequest& request) {
  const catalog::ObjectBase& owner = owner_of(planner, request.table);
  const auto* table = planner.draft.get<catalog::Table>(request.table);
  catalog::Index index = request.index;
  index.table = request.table;
  index.schema = owner.schema;
  index.name = request.name.empty() ? chosen_name(planner, request, owner, table) : request.name;
  index.origin = origin_at(planner, request.clause);
  if (request.constraint) index.constraint = index.name;
  set_needs(index, Part::Whole, {}, needs_of_index(planner, index));
  return planner.draft.create(std::move(index)).id;
}

bool same_keys(const catalog::Index& wanted, const catalog::Index& other) {
  if (wanted.keys.size() != other.keys.size()) return false;
  for (std::size_t at = 0; at < wanted.keys.size(); ++at) {
    const catalog::KeyElement& a = wanted.keys[at];
    const catalog::KeyElement& b = other.keys[at];
    if (a.column != b.column || a.operator_class != b.operator_class || a.collation != b.collation)
      return false;
    if (!same_expression(a.expression, b.expression)) return false;
  }
  return true;
}

void define_on_partitions(Planner& planner, const IndexRequest& request, ObjectId parent_index_id) {
  const auto& parent = *planner.draft.get<catalog::Table>(request.table);
  for (const catalog::Table* partition : planner.draft.children_of(request.table)) {
    const auto& parent_index = *planner.draft.get<catalog::Index>(parent_index_id);
    if (const catalog::Index* existing = matching_index(planner, parent_index, parent, *partition)) {
      planner.effect(Planner::ref(*partition), request.partition_lock);
      planner.effect(Planner::ref(*existing), request.partition_lock).of_index = true;
      planner.draft.edit<catalog::Index>(existing->id).parent_index = parent_index_id;
      continue;
    }
    IndexRequest child = request;
    child.table = partition->id;
    child.name.clear();
    child.index = mapped_index(planner, parent_index, parent, *partition);
    child.lock = request.partition_lock;
    const ObjectId made = define_index(planner, child);
    planner.draft.edit<catalog::Index>(made).parent_index = parent_index_id;
  }
}

// The work on the table itself. The new index is no relation that anybody else can want.
void add_effect(Planner& planner, const IndexRequest& request, const std::string& name, bool builds) {
  Effect& effect = planner.effect(Planner::ref(owner_of(planner, request.table)), request.lock);
  effect.reason = request.reason;
  if (!request.clause.empty()) effect.clause = request.clause;
  if (!builds) return;
  effect.scan = true;
  effect.builds.push_back(name);
}

}  // namespace

ObjectId define_index(Planner& planner, const IndexRequest& request) {
  const ObjectId id = create_index(planner, request);
  const std::string name = planner.draft.get<catalog::Index>(id)->name;
  const auto* table = planner.draft.get<catalog::Table>(request.table);
  const bool partitioned = table != nullptr && table->kind == catalog::TableKind::Partitioned;
  add_effect(planner, request, name, !partitioned);
  if (request.constraint) record_index_constraint(planner, request, id, false);
  if (!partitioned) return id;
  const bool has_partitions = planner.draft.has_children(request.table);
  if (request.only) {
    auto& index = planner.draft.edit<catalog::Index>(id);
    index.only_parent = true;
    index.valid = !has_partitions;
  } else {
    define_on_partitions(planner, request, id);
  }
  return id;
}

namespace {

bool leaves_as_it_is(const catalog::TypeRef& target, const catalog::TypeRef& type) {
  return target.schema == type.schema && target.name == type.name &&
         target.array_dimensions == type.array_dimensions && target.modifiers == type.modifiers;
}

// A column in brackets is a column, and so is one that is cast to its own type: PostgreSQL leaves the cast
// out. varchar is another type than varchar(10).
const ast::ColumnRef* bare_column(const Planner& planner, const catalog::Table* table,
                                  const ast::Expression* expression) {
  std::vector<const ast::TypeName*> casts;
  while (const auto* cast = ast::as<ast::Cast>(expression)) {
    casts.push_back(cast->type);
    expression = cast->argument;
  }
  const auto* reference = ast::as<ast::ColumnRef>(expression);
  if (casts.empty() || reference == nullptr) return reference;
  const catalog::Column* column = table == nullptr ? nullptr : table->column(reference->column());
  if (column == nullptr) return nullptr;
  const bool same = std::all_of(casts.begin(), casts.end(), [&](const ast::TypeName* type) {
    return leaves_as_it_is(resolve_type(planner, type), column->type);
  });
  return same ? reference : nullptr;
}

}  // namespace

std::vector<catalog::KeyElement> key_elements(Planner& planner, const catalog::Table* table,
                                              const ast::List<const ast::IndexElement*>& elements) {
  std::vector<catalog::KeyElement> keys;
  for (const ast::IndexElement* element : elements) {
    catalog::KeyElement key;
    key.operator_class = element->operator_class.name;
    key.collation = element->collation.name;
    key.descending = element->descending;
    key.nulls_first = element->nulls_given ? element->nulls_first : element->descending;
    const ast::ColumnRef* bare = bare_column(planner, table, element->expression);
    const std::string_view named = bare == nullptr ? element->column.text : bare->column();
    if (!named.empty() && table != nullptr) {
      const catalog::Column* column = table->column(named);
      if (column == nullptr) {
        planner.error("42703", "column \"" + std::string(named) + "\" does not exist");
        continue;
      }
      key.column = column->number;
    } else if (element->expression != nullptr) {
      key.expression = ast::clone(element->expression, planner.draft.arena());
      if (table != nullptr) key.reads = columns_of(key.expression, *table);
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<catalog::ColumnNumber> column_numbers(Planner& planner, const catalog::Table& table,
                                                  const ast::List<ast::Name>& names, std::string_view what) {
  std::vector<catalog::ColumnNumber> numbers;
  for (const ast::Name& name : names) {
    if (const catalog::Column* column = table.column(name.text)) {
      numbers.push_back(column->number);
    } else {
      planner.error("42703", "column \"" + std::string(name.text) + "\" " + std::string(what));
    }
  }
  return numbers;
}

bool keys_can_be_indexed(Planner& planner, const catalog::Table& table, const catalog::Index& index) {
  constexpr std::array<std::string_view, 10> kUnordered = {"json", "xml",  "point",   "box",    "line",
                                                           "lseg", "path", "polygon", "circle", "jsonpath"};
  if (index.method != "btree" && index.method != "hash") return true;
  for (const catalog::KeyElement& key : index.keys) {
    const catalog::Column* column = table.column(key.column);
    if (column == nullptr || !key.operator_class.empty()) continue;
    const catalog::TypeRef type = base_type_of(planner, column->type);
    const bool unordered = type.schema == "pg_catalog" && !is_array(type) &&
                           std::find(kUnordered.begin(), kUnordered.end(), type.name) != kUnordered.end();
    if (!unordered) continue;
    planner.error("42704", "data type " + type_in_message(type) +
                               " has no default operator class for access method \"" + index.method + "\"");
    return false;
  }
  return true;
}

catalog::Index mapped_index(Planner& planner, const catalog::Index& index, const catalog::Table& from,
                            const catalog::Table& to) {
  const auto map = [&](catalog::ColumnNumber number) -> catalog::ColumnNumber {
    const catalog::Column* column = from.column(number);
    const catalog::Column* same = column == nullptr ? nullptr : to.column(column->name);
    return same == nullptr ? catalog::ColumnNumber{0} : same->number;
  };
  const auto map_all = [&](std::vector<catalog::ColumnNumber>& numbers) {
    std::transform(numbers.begin(), numbers.end(), numbers.begin(), map);
  };
  catalog::Index mapped;
  mapped.method = index.method;
  mapped.keys = index.keys;
  mapped.including = index.including;
  mapped.predicate = index.predicate;
  mapped.predicate_reads = index.predicate_reads;
  mapped.unique = index.unique;
  mapped.primary = index.primary;
  mapped.nulls_not_distinct = index.nulls_not_distinct;
  mapped.options = index.options;
  for (catalog::KeyElement& key : mapped.keys) {
    if (key.column != 0) key.column = map(key.column);
    map_all(key.reads);
  }
  map_all(mapped.including);
  map_all(mapped.predicate_reads);
  (void)planner;
  return mapped;
}

const catalog::Index* matching_index(const Planner& planner, const catalog::Index& parent_index,
                                     const catalog::Table& parent, const catalog::Table& partition) {
  const auto number_in_partition = [&](catalog::ColumnNumber number) -> catalog::ColumnNumber {
    const catalog::Column* column = parent.column(number);
    const catalog::Column* same = column == nullptr ? nullptr : partition.column(column->name);
    return same == nullptr ? catalog::ColumnNumber{0} : same->number;
  };
  catalog::Index wanted = parent_index;
  for (catalog::KeyElement& key : wanted.keys) {
    if (key.column != 0) key.column = number_in_partition(key.column);
  }
  for (const catalog::Index* index : planner.draft.indexes_of(partition.id)) {
    if (index->parent_index != catalog::kNoObject || !index->valid) continue;
    if (index->unique != wanted.unique || index->method != wanted.method ||
        index->nulls_not_distinct != wanted.nulls_not_distinct ||
        index->including.size() != wanted.including.size()) {
      continue;
    }
    // A key of the parent wants a key of the partition, not just an index.
    if (!parent_index.constraint.empty() && (index->constraint.empty() || index->primary != wanted.primary))
      continue;
    if (same_keys(wanted, *index) && same_expression(wanted.predicate, index->predicate)) return index;
  }
  return nullptr;
}

void record_index_constraint(Planner& planner, const IndexRequest& request, ObjectId index_id,
                             bool inherited) {
  const auto& index = *planner.draft.get<catalog::Index>(index_id);
  auto& table = planner.draft.edit<catalog::Table>(request.table);
  catalog::Constraint constraint;
  constraint.name = index.name;
  constraint.kind = request.kind;
  for (const catalog::KeyElement& key : index.keys) constraint.columns.push_back(key.column);
  constraint.index = index_id;
  constraint.operators = request.operators;
  constraint.deferrable = request.deferrable;
  constraint.initially_deferred = request.initially_deferred;
  constraint.local = !inherited;
  constraint.inherited = inherited ? 1 : 0;
  constraint.origin = index.origin;
  table.constraints.push_back(std::move(constraint));
}

}  // namespace migcheck::plan
