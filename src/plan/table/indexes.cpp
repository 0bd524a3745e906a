// SPDX-License-Identifier: MIT
// CREATE INDEX and REINDEX.
#include <algorithm>
#include <array>

#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/statements.hpp"
#include "plan/table/index_definition.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"
#include "plan/type/volatility.hpp"

namespace migcheck::plan {

using catalog::ObjectId;

namespace {

// PostgreSQL looks at the expression after it has put the body of a function in SQL in place of the call:
// what the function is declared to be does not decide then.
bool may_be_inlined(const Planner& planner, const ast::Expression* expression) {
  bool found = false;
  ast::walk(expression, [&](const ast::Node& node) {
    if (const auto* call = ast::as<ast::FunctionCall>(&node)) {
      for (const auto* function :
           planner.before.functions(call->name.schema, call->name.name, planner.search_path())) {
        found = found || function->language == "sql";
      }
    }
    return !found;
  });
  return found;
}

// An index keeps what an expression gave once: it must give the same for ever.
bool is_immutable(Planner& planner, const ast::Expression* expression, const catalog::Table* table,
                  bool predicate) {
  const Steadiness steadiness = steadiness_of(planner, expression, table);
  if (steadiness.volatility == ast::Volatility::Immutable || steadiness.unknown) return true;
  if (may_be_inlined(planner, expression)) return true;
  planner.error("42P17", std::string("functions in index ") + (predicate ? "predicate" : "expression") +
                             " must be marked IMMUTABLE");
  return false;
}

IndexRequest request_for(Planner& planner, const ast::CreateIndex& statement,
                         const catalog::ObjectBase& owner, const catalog::Table* table) {
  IndexRequest request;
  request.table = owner.id;
  request.name = statement.name.text;
  request.only = statement.table.only;
  request.lock = statement.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share;
  request.clause = {};
  catalog::Index& index = request.index;
  index.method = statement.access_method.empty() ? "btree" : std::string(statement.access_method);
  index.keys = key_elements(planner, table, statement.elements);
  index.unique = statement.unique;
  index.nulls_not_distinct = statement.nulls_not_distinct;
  index.concurrently_built = statement.concurrently;
  index.predicate = ast::clone(statement.predicate, planner.draft.arena());
  for (const ast::IndexElement* element : statement.including) {
    const catalog::Column* column = table == nullptr ? nullptr : table->column(element->column.text);
    if (column != nullptr) index.including.push_back(column->number);
  }
  if (table != nullptr) index.predicate_reads = columns_of(index.predicate, *table);
  for (const ast::Option* option : statement.options) {
    index.options[std::string(option->name)] = option->has_value ? std::string(option->value) : "true";
  }
  return request;
}

// A materialized view has columns and no table: keys are found by name among them.
catalog::Table columns_of_view(const catalog::View& view) {
  catalog::Table table;
  table.name = view.name;
  table.schema = view.schema;
  table.columns = view.columns;
  return table;
}

bool is_buildable(Planner& planner, const ast::CreateIndex& statement, const catalog::Table* table,
                  const IndexRequest& request) {
  if (table != nullptr && table->kind == catalog::TableKind::Partitioned && statement.concurrently) {
    planner.error("0A000", "cannot create index on partitioned table \"" + table->name + "\" concurrently");
    return false;
  }
  constexpr std::array<std::string_view, 5> kNeverUnique = {"hash", "gin", "gist", "spgist", "brin"};
  const std::string_view method = request.index.method;
  if (statement.unique && std::find(kNeverUnique.begin(), kNeverUnique.end(), method) != kNeverUnique.end()) {
    planner.error("0A000", "access method \"" + std::string(method) + "\" does not support unique indexes");
    return false;
  }
  for (const catalog::KeyElement& key : request.index.keys) {
    if (!is_immutable(planner, key.expression, table, false)) return false;
  }
  if (!is_immutable(planner, request.index.predicate, table, true)) return false;
  if (table != nullptr && !keys_can_be_indexed(planner, *table, request.index)) return false;
  if (!statement.unique || table == nullptr || !table->partitioning) return true;
  for (const catalog::KeyElement& part : table->partitioning->keys) {
    const bool found = std::any_of(request.index.keys.begin(), request.index.keys.end(),
                                   [&](const catalog::KeyElement& key) { return key.column == part.column; });
    if (found) continue;
    planner.error("0A000", "unique constraint on partitioned table must include all partitioning columns");
    return false;
  }
  return true;
}

// The relation of that name exists. With IF NOT EXISTS the table is locked all the same.
bool name_is_taken(Planner& planner, const ast::CreateIndex& statement, const catalog::ObjectBase& owner) {
  if (statement.name.empty() || planner.draft.relation(owner.schema, statement.name.text, {}) == nullptr)
    return false;
  if (statement.if_not_exists) {
    planner.plan.no_op = true;
    planner.effect(Planner::ref(owner),
                   statement.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share);
  } else {
    planner.error("42P07", "relation \"" + std::string(statement.name.text) + "\" already exists");
  }
  return true;
}

void create_on_unknown(Planner& planner, const ast::CreateIndex& statement) {
  Effect& effect = planner.effect(planner.ref(statement.table),
                                  statement.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share);
  effect.reason = WorkReason::IndexBuild;
  effect.scan = true;
  effect.builds.emplace_back(statement.name.text);
}

bool names_missing_column(Planner& planner, const catalog::Index& index, const catalog::Table& table) {
  const auto missing = [&](const ast::Expression* expression) {
    return names_missing_column(planner, expression, table);
  };
  return missing(index.predicate) || std::any_of(index.keys.begin(), index.keys.end(),
                                                 [&](const auto& key) { return missing(key.expression); });
}

}  // namespace

void plan_statement(Planner& planner, const ast::CreateIndex& statement) {
  if (statement.concurrently) {
    planner.plan.not_in_transaction = "CREATE INDEX CONCURRENTLY";
    planner.plan.waits.writers = true;
    planner.plan.waits.old_snapshots = true;
  }
  const std::size_t before = planner.plan.errors.size();
  const catalog::Object* found = require_relation(planner, statement.table);
  if (planner.plan.errors.size() != before) return;
  if (found == nullptr) return create_on_unknown(planner, statement);
  const catalog::ObjectBase& owner = catalog::base(*found);
  const auto* table = std::get_if<catalog::Table>(found);
  const auto* view = std::get_if<catalog::View>(found);
  if (table == nullptr && (view == nullptr || !view->materialized)) {
    return planner.error("42809", "cannot create index on relation \"" + owner.name + "\"");
  }
  if (name_is_taken(planner, statement, owner)) return;
  const std::size_t errors = planner.plan.errors.size();
  const catalog::Table of_view = view == nullptr ? catalog::Table{} : columns_of_view(*view);
  const catalog::Table* columns = table != nullptr ? table : &of_view;
  const bool columns_known =
      !columns->is_doubtful(catalog::TablePart::Column) && (view == nullptr || !view->uncertain);
  IndexRequest request = request_for(planner, statement, owner, columns);
  if (!columns_known) planner.plan.errors.resize(errors);
  if (table != nullptr && names_missing_column(planner, request.index, *table)) return;
  if (planner.plan.errors.size() != errors || !is_buildable(planner, statement, columns, request)) return;
  define_index(planner, request);
}

}  // namespace migcheck::plan
