// SPDX-License-Identifier: MIT
// SELECT, INSERT, UPDATE, DELETE, MERGE, COPY: the catalog does not hold rows, but their locks last as long
// as any other.
#include "plan/query/data.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "migcheck/reads.hpp"
#include "plan/drop/dependencies.hpp"
#include "plan/statements.hpp"
#include "plan/table/inheritance.hpp"
#include "plan/targets.hpp"

namespace migcheck::plan {

using catalog::ColumnNumber;
using catalog::ObjectId;

namespace {

void lock_relation(Planner& planner, ObjectId id, bool only, LockMode mode) {
  for (const ObjectId member : locked_with(planner, id, only)) {
    planner.effect(Planner::ref(catalog::base(*planner.draft.object(member))), mode);
  }
}

void lock_named(Planner& planner, const ast::RelationName& name, LockMode mode) {
  if (const catalog::Object* found = require_relation(planner, name)) {
    lock_relation(planner, catalog::base(*found).id, name.only, mode);
  } else {
    planner.effect(planner.ref(name), mode);
  }
}

// Names in FROM that mean neither a common table expression nor anything that the history shows.
std::vector<const ast::TableRef*> unknown_tables(const Planner& planner, const ast::Statement& query) {
  std::set<std::string_view> common;
  std::vector<const ast::TableRef*> named;
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* with = ast::as<ast::CommonTable>(&node)) common.insert(with->name.text);
    if (const auto* table = ast::as<ast::TableRef>(&node)) named.push_back(table);
    return true;
  });
  std::vector<const ast::TableRef*> unknown;
  for (const ast::TableRef* table : named) {
    if (table->relation.schema.empty() && common.contains(table->relation.name)) continue;
    if (table->relation.schema == "pg_catalog" || table->relation.schema == "information_schema") continue;
    if (table->relation.schema.empty() && table->relation.name.substr(0, 3) == "pg_") continue;
    if (planner.find(table->relation) == nullptr) unknown.push_back(table);
  }
  return unknown;
}

// FOR UPDATE and its like: the tables of that SELECT's FROM, or those after OF.
void lock_rows(Planner& planner, const ast::Select& select) {
  if (select.locks.empty()) return;
  visit_tables(select.from, [&](const ast::TableRef& table) {
    const std::string_view name = table.alias.name.empty() ? table.relation.name : table.alias.name.text;
    const bool locked =
        std::any_of(select.locks.begin(), select.locks.end(), [&](const ast::LockClause* clause) {
          return clause->tables.empty() || std::any_of(clause->tables.begin(), clause->tables.end(),
                                                       [&](const ast::Name& of) { return of.text == name; });
        });
    if (locked) lock_named(planner, table.relation, LockMode::RowShare);
  });
}

std::vector<ColumnNumber> numbers_of(const catalog::Table& table,
                                     const ast::List<const ast::Assignment*>& set) {
  std::vector<ColumnNumber> numbers;
  for (const ast::Assignment* assignment : set) {
    if (const catalog::Column* column = table.column(assignment->column.text))
      numbers.push_back(column->number);
  }
  return numbers;
}

// The columns that an INSERT gives values; all of them where none are named.
std::vector<ColumnNumber> inserted_columns(const catalog::Table& table, const ast::List<ast::Name>& names) {
  std::vector<ColumnNumber> numbers;
  for (const catalog::Column& column : table.columns) {
    const bool named = names.empty() || std::any_of(names.begin(), names.end(), [&](const ast::Name& name) {
                         return name.text == column.name;
                       });
    if (named) numbers.push_back(column.number);
  }
  return numbers;
}

// Columns that are not named take their default, and some of those draw from a sequence.
void lock_sequences_of_defaults(Planner& planner, const catalog::Table& table,
                                const std::vector<ColumnNumber>& given) {
  for (const catalog::Column& column : table.columns) {
    if (std::find(given.begin(), given.end(), column.number) != given.end()) continue;
    const auto lock = [&](ObjectId id) {
      const auto* sequence = planner.draft.get<catalog::Sequence>(id);
      if (sequence != nullptr) planner.effect(Planner::ref(*sequence), LockMode::RowExclusive);
    };
    if (column.identity != catalog::Identity::No) lock(column.sequence);
    for (const catalog::Dependency& need : table.dependencies) {
      if (need.part == Part::Default && need.part_name == column.name) lock(need.on);
    }
  }
}

// Rows that are written out are few; what a query gives may be as many as another table has.
bool gives_many_rows(const ast::Statement* source) {
  const auto* query = ast::as<ast::Select>(source);
  return query != nullptr && !query->is_values() &&
         (!query->from.empty() || query->set_operation != ast::Select::SetOperation::None);
}

void mark_populated(Planner& planner, const ast::RelationName& name) {
  const auto* found = planner.find_as<catalog::Table>(name);
  if (found == nullptr) return;
  const catalog::Table& table = *found;
  if (table.populated_here || table.origin.change != planner.context.origin.change) return;
  planner.draft.edit<catalog::Table>(table.id).populated_here = true;
}

void rows_come(Planner& planner, const ast::RelationName& name, const ast::List<ast::Name>& columns,
               bool defaults) {
  lock_named(planner, {name, true, name.temporary}, LockMode::RowExclusive);
  const auto* table = planner.find_as<catalog::Table>(name);
  if (table == nullptr) return;
  const std::vector<ColumnNumber> given =
      defaults ? std::vector<ColumnNumber>{} : inserted_columns(*table, columns);
  std::vector<ColumnNumber> written = given;
  for (const catalog::Column& column : table->columns) {
    if (column.default_value != nullptr) written.push_back(column.number);
  }
  lock_for_new_keys(planner, *table, written);
  lock_sequences_of_defaults(planner, *table, given);
}

void rows_change(Planner& planner, const ast::RelationName& name,
                 const ast::List<const ast::Assignment*>& set) {
  lock_named(planner, name, LockMode::RowExclusive);
  const auto* table = planner.find_as<catalog::Table>(name);
  if (table == nullptr) return;
  const std::vector<ColumnNumber> changed = numbers_of(*table, set);
  lock_for_new_keys(planner, *table, changed);
  if (!changed.empty()) lock_for_gone_keys(planner, *table, changed);
}

void rows_go(Planner& planner, const ast::RelationName& name) {
  lock_named(planner, name, LockMode::RowExclusive);
  if (const auto* table = planner.find_as<catalog::Table>(name)) lock_for_gone_keys(planner, *table, {});
}

// What the statement changes: itself, and whatever writes inside its WITH.
void lock_written(Planner& planner, const ast::Node& node) {
  if (const auto* insert = ast::as<ast::Insert>(&node)) {
    rows_come(planner, insert->relation, insert->columns, insert->source == nullptr);
    if (gives_many_rows(insert->source)) mark_populated(planner, insert->relation);
    if (insert->on_conflict != nullptr && insert->on_conflict->do_update) {
      rows_change(planner, {insert->relation, true, false}, insert->on_conflict->set);
    }
  } else if (const auto* update = ast::as<ast::Update>(&node)) {
    rows_change(planner, update->relation, update->set);
  } else if (const auto* removal = ast::as<ast::Delete>(&node)) {
    rows_go(planner, removal->relation);
  } else if (const auto* merge = ast::as<ast::Merge>(&node)) {
    lock_named(planner, merge->relation, LockMode::RowExclusive);
    for (const ast::MergeAction* action : merge->actions) {
      if (action->action == ast::MergeAction::Action::Insert)
        rows_come(planner, merge->relation, action->columns, false);
      if (action->action == ast::MergeAction::Action::Update)
        rows_change(planner, merge->relation, action->set);
      if (action->action == ast::MergeAction::Action::Delete) rows_go(planner, merge->relation);
    }
  }
}

void lock_read(Planner& planner, const ast::Statement& query, const std::vector<ColumnRead>& reads) {
  std::unordered_set<ObjectId> read;
  for (const ColumnRead& column : reads) {
    if (column.column == 0 && read.insert(column.relation).second) {
      lock_relation(planner, column.relation, false, LockMode::AccessShare);
    }
  }
  for (const ast::TableRef* table : unknown_tables(planner, query)) {
    require_relation(planner, table->relation);
    planner.effect(planner.ref(table->relation), LockMode::AccessShare);
  }
}

// nextval('s') and its like.
void lock_drawn_sequences(Planner& planner, const ast::Statement& query,
                          const std::vector<ColumnRead>& reads) {
  for (const catalog::Dependency& need : needs_named_in(planner, query)) {
    const auto* sequence = planner.draft.get<catalog::Sequence>(need.on);
    const bool read = std::any_of(reads.begin(), reads.end(),
                                  [&](const ColumnRead& column) { return column.relation == need.on; });
    if (sequence == nullptr || read) continue;
    planner.effect(Planner::ref(*sequence), LockMode::RowExclusive);
  }
}

void mark_scans(Planner& planner, const ast::Statement& query) {
  for (const ObjectId id : scanned_relations(planner, query)) {
    for (const ObjectId member : locked_with(planner, id, false)) {
      const auto* table = planner.draft.get<catalog::Table>(member);
      const auto* view = planner.draft.get<catalog::View>(member);
      if (table != nullptr ? !holds_rows(*table) : view == nullptr || !view->materialized) continue;
      Effect& effect =
          planner.effect(Planner::ref(catalog::base(*planner.draft.object(member))), LockMode::AccessShare);
      effect.scan = true;
      effect.reason = WorkReason::Query;
    }
  }
}

}  // namespace

std::vector<ObjectId> locked_with(const Planner& planner, ObjectId relation, bool only) {
  std::vector<ObjectId> locked = {relation};
  std::unordered_set<ObjectId> seen = {relation};
  const auto add = [&](ObjectId id) {
    const catalog::Object* object = planner.draft.object(id);
    if (object == nullptr || !seen.insert(id).second) return;
    const bool is_relation =
        std::holds_alternative<catalog::Table>(*object) || std::holds_alternative<catalog::View>(*object);
    if (is_relation) locked.push_back(id);
  };
  for (std::size_t at = 0; at < locked.size(); ++at) {
    if (const auto* view = planner.draft.get<catalog::View>(locked[at])) {
      // A materialized view is read as it is.
      if (view->materialized) continue;
      for (const catalog::Dependency& dependency : view->dependencies) add(dependency.on);
    } else if (!only || at > 0) {
      for (const catalog::Table* child : planner.draft.children_of(locked[at])) add(child->id);
    }
  }
  return locked;
}

void lock_query(Planner& planner, const ast::Statement& query, QueryWork work) {
  ast::walk(&query, [&](const ast::Node& node) {
    lock_written(planner, node);
    if (const auto* select = ast::as<ast::Select>(&node)) lock_rows(planner, *select);
    return true;
  });
  const std::vector<ColumnRead> reads = reads_of(query, planner.before, planner.search_path());
  lock_read(planner, query, reads);
  if (work == QueryWork::Analyze) return;
  lock_drawn_sequences(planner, query, reads);
  mark_scans(planner, query);
}

void plan_statement(Planner& planner, const ast::Select& statement) {
  if (statement.into.empty()) return lock_query(planner, statement, QueryWork::Run);
  ast::CreateTableAs create;
  create.span = statement.span;
  create.relation = statement.into;
  create.query = &statement;
  create.select_into = true;
  plan_statement(planner, create);
}
void plan_statement(Planner& planner, const ast::Insert& statement) {
  lock_query(planner, statement, QueryWork::Run);
}
void plan_statement(Planner& planner, const ast::Update& statement) {
  lock_query(planner, statement, QueryWork::Run);
}
void plan_statement(Planner& planner, const ast::Delete& statement) {
  lock_query(planner, statement, QueryWork::Run);
}
void plan_statement(Planner& planner, const ast::Merge& statement) {
  lock_query(planner, statement, QueryWork::Run);
}

// EXPLAIN plans the statement, and plans take locks; with ANALYZE it runs.
void plan_statement(Planner& planner, const ast::Explain& statement) {
  if (statement.statement == nullptr) return;
  lock_query(planner, *statement.statement, statement.analyze ? QueryWork::Run : QueryWork::Analyze);
}

void plan_statement(Planner& planner, const ast::Copy& statement) {
  if (statement.query != nullptr) return lock_query(planner, *statement.query, QueryWork::Run);
  if (statement.relation.empty()) return;
  if (statement.from) return rows_come(planner, statement.relation, statement.columns, false);
  lock_named(planner, statement.relation, LockMode::AccessShare);
  planner.plan.effects.back().scan = true;
  planner.plan.effects.back().reason = WorkReason::Query;
}

}  // namespace migcheck::plan
