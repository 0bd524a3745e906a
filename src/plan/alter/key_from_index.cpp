// SPDX-License-Identifier: MIT
#include "plan/alter/key_from_index.hpp"

#include <algorithm>

#include "plan/names.hpp"
#include "plan/table/implication.hpp"
#include "plan/table/index_definition.hpp"

namespace migcheck::plan {

namespace {

// Why the index cannot be a key, with PostgreSQL's code; nothing if it can.
std::pair<std::string_view, std::string> refusal(const catalog::Index& index, const catalog::Table& table) {
  const std::string name = "\"" + index.name + "\"";
  if (index.table != table.id)
    return {"42704", "index " + name + " does not belong to table \"" + table.name + "\""};
  if (!index.constraint.empty())
    return {"55000", "index " + name + " is already associated with a constraint"};
  if (!index.valid) return {"55000", "index " + name + " is not valid"};
  if (!index.unique) return {"42809", name + " is not a unique index"};
  const bool expressions = std::any_of(index.keys.begin(), index.keys.end(),
                                       [](const catalog::KeyElement& key) { return key.column == 0; });
  if (expressions) return {"42809", "index " + name + " contains expressions"};
  if (index.predicate != nullptr) return {"42809", name + " is a partial index"};
  if (index.method != "btree") return {"42809", "index " + name + " is not a btree"};
  for (std::size_t at = 0; at < index.keys.size(); ++at) {
    const catalog::KeyElement& key = index.keys[at];
    if (!key.descending && !key.nulls_first && key.operator_class.empty() && key.collation.empty()) continue;
    return {"42809", "index " + name + " column number " + std::to_string(at + 1) +
                         " does not have default sorting behavior"};
  }
  return {};
}

// A primary key's columns hold no nulls: where nothing proves it, the rows are read.
void prove_not_null(Alteration& alteration, const std::vector<catalog::KeyElement>& keys) {
  bool scan = false;
  const int planner_version = alteration.planner.version();
  auto& table = alteration.planner.draft.edit<catalog::Table>(alteration.table);
  for (const catalog::KeyElement& key : keys) {
    for (catalog::Column& column : table.columns) {
      if (column.number != key.column || column.not_null) continue;
      scan |= !check_proves_not_null(table, column);
      column.not_null = true;
      if (planner_version >= 18) {
        column.not_null_name = choose_constraint_name(alteration.planner, table, column.name, "not_null");
      }
    }
  }
  if (scan) alteration.scan(alteration.table, WorkReason::PrimaryKey);
}

}  // namespace

void add_key_from_index(Alteration& alteration, const ast::ConstraintDefinition& definition) {
  Planner& planner = alteration.planner;
  const catalog::Table& table = alteration.target();
  if (table.kind == catalog::TableKind::Partitioned) {
    return planner.error("0A000",
                         "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables");
  }
  const bool primary = definition.type == ast::ConstraintDefinition::Type::PrimaryKey;
  if (primary && table.primary_key() != nullptr) {
    return planner.error("42P16", "multiple primary keys for table \"" + table.name + "\" are not allowed");
  }
  const catalog::Object* found = planner.draft.relation(table.schema, definition.using_index.text, {});
  const auto* index = found == nullptr ? nullptr : std::get_if<catalog::Index>(found);
  if (index == nullptr) {
    if (planner.before.is_complete(table.schema)) {
      planner.error("42704", "index \"" + std::string(definition.using_index.text) + "\" does not exist");
    }
    return;
  }
  if (auto [code, message] = refusal(*index, table); !code.empty())
    return planner.error(code, std::move(message));
  const catalog::ObjectId id = index->id;
  if (primary) prove_not_null(alteration, index->keys);
  auto& key = planner.draft.edit<catalog::Index>(id);
  key.primary = primary;
  key.constraint = definition.name.empty() ? key.name : std::string(definition.name.text);
  if (key.constraint != key.name) {
    // The index takes the constraint's name.
    planner.effect(Planner::ref(key), LockMode::ShareUpdateExclusive).of_index = true;
    key.name = key.constraint;
  }
  IndexRequest request;
  request.table = alteration.table;
  request.kind = primary ? catalog::ConstraintKind::PrimaryKey : catalog::ConstraintKind::Unique;
  request.deferrable = definition.deferrable;
  request.initially_deferred = definition.initially_deferred;
  record_index_constraint(planner, request, id, false);
}

}  // namespace migcheck::plan
