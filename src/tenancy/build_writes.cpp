// SPDX-License-Identifier: MIT

// INSERT, UPDATE, DELETE, MERGE: which rows they touch, and whose rows they make.

#include <algorithm>
#include <set>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"
#include "tenancy/references.hpp"

namespace migcheck::tenancy {

namespace {

using JoinType = ast::Join::Type;
using Columns = std::vector<std::pair<std::string, TermId>>;

// Does it read a table? What only computes its rows (unnest of parameters, a WITH query of such) gives them
// as VALUES does.
bool reads_rows(const ast::Insert& insert) {
  std::set<std::string_view> computed;
  const auto reads = [&computed](const ast::Node* query) {
    bool found = false;
    ast::walk(query, [&](const ast::Node& node) {
      const auto* table = ast::as<ast::TableRef>(&node);
      const bool known =
          table != nullptr && table->relation.schema.empty() && computed.count(table->relation.name);
      if (const auto* inner = ast::as<ast::CommonTable>(&node)) computed.insert(inner->name.text);
      found = found || (table != nullptr && !known);
      return !found;
    });
    return found;
  };
  for (const ast::CommonTable* table : insert.with) {
    if (ast::as<ast::Select>(table->query) != nullptr && !reads(table->query))
      computed.insert(table->name.text);
  }
  return insert.source != nullptr && !insert.source->is_values() && reads(insert.source);
}

}  // namespace

BlockId Builder::statement(const ast::Statement& statement, BlockId outer) {
  const Level level(*this);
  if (level.too_deep()) return kNone;
  switch (statement.kind) {
    case ast::NodeKind::Select:
      return select(*ast::as<ast::Select>(&statement), outer);
    case ast::NodeKind::Insert:
      return insert(*ast::as<ast::Insert>(&statement), outer);
    case ast::NodeKind::Update:
    case ast::NodeKind::Delete:
      return change_rows(statement, outer);
    case ast::NodeKind::Merge:
      return merge(*ast::as<ast::Merge>(&statement), outer);
    default:
      return kNone;
  }
}

BlockId build(Model& model, const ast::Statement& statement) {
  return Builder(model).statement(statement, kNone);
}

BlockId Builder::around(const ast::List<const ast::CommonTable*>& tables, BlockId outer) {
  return tables.empty() ? outer : with(tables, outer);
}

void Builder::enclose(BlockId scope, BlockId outer, BlockId block) {
  if (scope == outer) return;
  model_.blocks[scope].left = block;
  model_.ranges[model_.blocks[block].output].owner = outer;
}

std::size_t Builder::written_reference(RangeId range) {
  for (std::size_t i = model_.references.size(); i > 0; --i) {
    if (model_.references[i - 1].range == range) return i - 1;
  }
  return model_.references.size();
}

BlockId Builder::change_rows(const ast::Statement& statement, BlockId outer) {
  const auto* update = ast::as<ast::Update>(&statement);
  const auto* removal = ast::as<ast::Delete>(&statement);
  const BlockId scope = around(update != nullptr ? update->with : removal->with, outer);
  const BlockId block = model_.add_block(scope);
  const ast::RelationName& name = update != nullptr ? update->relation : removal->relation;
  const ast::Alias& alias = update != nullptr ? update->alias : removal->alias;
  const RangeId target = relation(name, alias, statement.span, block, true);
  const std::int32_t row = leaf(block, target);
  const std::int32_t others = from_list(update != nullptr ? update->from : removal->using_items, block);
  model_.blocks[block].from = inner_join(block, row, others);
  const ast::Expression* where = update != nullptr ? update->where : removal->where;
  filter(where, block);
  if (ast::as<ast::CurrentOf>(where) != nullptr && model_.tenant_of(target) != kNone) {
    model_.blocks[block].where.push_back({.left = model_.tenant_of(target),
                                          .right = model_.value("the row of the cursor", ValueKind::RowField),
                                          .assumed = true});
  }
  if (update != nullptr) {
    for (const ast::Assignment* one : update->set) expression(one->value, block);
  }
  outputs(update != nullptr ? update->returning : removal->returning, block);
  finish(block);
  enclose(scope, outer, block);
  return block;
}

bool Builder::fills_tenant(RangeId target, const Columns& columns) const {
  const TenantTable& entry = model_.tenancy(target);
  const catalog::Table* table = model_.ranges[target].table;
  const auto named = [&](const auto& column) { return column.first == entry.column; };
  if (entry.kind != TenantKind::Column || table == nullptr) return true;
  if (std::any_of(columns.begin(), columns.end(), named)) return true;
  const catalog::Column* column = table->column(entry.column);
  // A row of the group that the tenants are in: of the organization, and of none of its projects.
  const auto of_group = [&](const auto& one) { return names_group(model_, one.first); };
  if (column != nullptr && !column->not_null && std::any_of(columns.begin(), columns.end(), of_group))
    return true;
  if (column == nullptr || column->default_value != nullptr || column->identity != catalog::Identity::No)
    return true;
  return std::any_of(table->triggers.begin(), table->triggers.end(), [](const catalog::Trigger& trigger) {
    return trigger.row && trigger.on_insert && trigger.timing == ast::CreateTrigger::Timing::Before;
  });
}

RangeId Builder::new_row(RangeId target, const Columns& columns, Facts& facts) {
  Range row = model_.ranges[target];
  row.original = kNone;
  row.exports.clear();
  row.incoming = true;
  const RangeId id = model_.add_range(std::move(row));
  for (const auto& [name, source] : columns) {
    const TermId own = model_.base_column(id, name);
    if (own != kNone && source != kNone)
      facts.push_back({.left = own, .right = source, .relation = Relation::Same});
  }
  return id;
}

// VALUES: the caller says whose each row is, by the tenant or by the key to a row of the tenant's.
void Builder::as_given(RangeId target, RangeId row, const Columns& columns, Facts& facts) {
  const TenantTable& entry = model_.tenancy(target);
  const auto tenant = std::find_if(columns.begin(), columns.end(),
                                   [&](const auto& column) { return column.first == entry.column; });
  if (model_.tenant_of(row) == kNone) return;
  // Several rows of one call may be several tenants': each is what the caller says.
  const bool is_one_value =
      tenant == columns.end() || !Classes(model_, facts, false).values(model_.tenant_of(row)).empty();
  if (entry.kind == TenantKind::Inherited) {
    facts.push_back({.left = model_.tenant_of(row),
                     .right = model_.value("the tenant of the given key", ValueKind::Null),
                     .relation = Relation::Same,
                     .assumed = true});
  } else if (tenant != columns.end() && (tenant->second == kNone || !is_one_value)) {
    facts.push_back({.left = model_.tenant_of(row),
                     .right = model_.value("as given", ValueKind::Null),
                     .relation = Relation::Same});
  } else if (entry.kind == TenantKind::Root || tenant == columns.end()) {
    facts.push_back({.left = model_.tenant_of(row),
                     .right = model_.value("as the table fills it", ValueKind::Null),
                     .relation = Relation::Same,
                     .assumed = entry.kind != TenantKind::Root});
  }
}

// VALUES ((SELECT team_id FROM orders …), …): whose row it is, another row says.
BlockId Builder::read_tenant(const ast::Insert& insert, RangeId target, BlockId source) const {
  const TenantTable& entry = model_.tenancy(target);
  if (entry.kind != TenantKind::Column || source == kNone || !insert.source->is_values()) return kNone;
  const catalog::Table& table = *model_.ranges[target].table;
  const auto& outputs = model_.blocks[source].outputs;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const bool listed = !insert.columns.empty();
    if (listed ? i >= insert.columns.size() : i >= table.columns.size()) break;
    const std::string_view name = listed ? insert.columns[i].text : std::string_view(table.columns[i].name);
    const Term& given = model_.terms[outputs[i].source];
    if (name == entry.column && given.range != kNone && model_.ranges[given.range].sub != kNone)
      return model_.ranges[given.range].sub;
  }
  return kNone;
}

// A row without a tenant of its own: the caller names the row that it belongs to.
bool Builder::key_is_given(RangeId row, const Facts& facts) {
  const TenantTable& entry = model_.tenancy(row);
  if (entry.kind != TenantKind::Inherited) return false;
  const Classes classes(model_, facts, false);
  return std::all_of(entry.key.begin(), entry.key.end(), [&](catalog::ColumnNumber number) {
    const catalog::Column* column = model_.ranges[row].table->column(number);
    return column != nullptr && !classes.values(model_.base_column(row, column->name)).empty();
  });
}

// The columns that an INSERT fills, and the terms of its source.
std::vector<std::pair<std::string, TermId>> Builder::inserted_columns(const ast::Insert& insert,
                                                                      const catalog::Table& table,
                                                                      BlockId source) {
  Columns columns;
  const bool listed = !insert.columns.empty();
  const bool reads = insert.source != nullptr && !insert.source->is_values();
  const std::size_t given = source == kNone ? 0 : model_.blocks[source].outputs.size();
  for (std::size_t i = 0; i < (listed ? insert.columns.size() : given); ++i) {
    if (!listed && i >= table.columns.size()) break;
    const std::string name = listed ? std::string(insert.columns[i].text) : table.columns[i].name;
    // What VALUES holds that is no one term is the caller's word.
    const bool told = i < given && (reads || model_.blocks[source].outputs[i].source != kNone);
    const TermId term =
        told ? model_.column(model_.blocks[source].output, static_cast<std::int32_t>(i)) : kNone;
    columns.emplace_back(name, term);
  }
  return columns;
}

BlockId Builder::insert(const ast::Insert& insert, BlockId outer) {
  const BlockId scope = around(insert.with, outer);
  const BlockId source = insert.source == nullptr ? kNone : select(*insert.source, scope);
  const BlockId block = model_.add_block(scope);
  const RangeId target = relation(insert.relation, insert.alias, insert.span, block, true);
  model_.blocks[block].visible.push_back(target);
  if (source != kNone) model_.blocks[block].parts.push_back(source);
  const catalog::Table* table = model_.ranges[target].table;
  const bool known = table != nullptr && (source == kNone || !model_.blocks[source].open);
  if (known) {
    const BlockId read_from = read_tenant(insert, target, source);
    const bool reads = read_from != kNone || reads_rows(insert);
    const Columns columns = inserted_columns(insert, *table, source);
    Facts facts = source == kNone ? Facts{} : model_.blocks[source].up;
    if (read_from != kNone) {
      const Facts& more = model_.blocks[read_from].up;
      facts.insert(facts.end(), more.begin(), more.end());
    }
    const RangeId row = new_row(target, columns, facts);
    const std::size_t reference = written_reference(target);
    if (!reads || key_is_given(row, facts)) as_given(target, row, columns, facts);
    if (reference < model_.references.size()) {
      model_.inserts.push_back({.reference = reference,
                                .row = row,
                                .facts = facts,
                                .given = fills_tenant(target, columns),
                                .from_query = reads});
    }
    on_conflict(insert, block, row, facts);
    if (!insert.returning.empty() && fills_tenant(target, columns))
      returned_rows(insert, block, target, row, facts);
  }
  outputs(insert.returning, block);
  finish(block);
  enclose(scope, outer, block);
  return block;
}

// RETURNING gives the rows as they went in; or, where a conflict was resolved, as the row with the same key
// is. That it may be another tenant's is told where the conflict is judged.
void Builder::returned_rows(const ast::Insert& insert, BlockId block, RangeId target, RangeId row,
                            const Facts& facts) {
  const catalog::Table& table = *model_.ranges[target].table;
  const bool updates = insert.on_conflict != nullptr && insert.on_conflict->do_update;
  std::vector<std::string> same;
  if (updates) {
    same = conflict_columns(*insert.on_conflict, table);
  } else {
    for (const catalog::Column& column : table.columns) same.push_back(column.name);
  }
  Facts& where = model_.blocks[block].where;
  where = facts;
  for (const std::string& name : same) {
    const TermId own = model_.base_column(target, name);
    if (own != kNone)
      where.push_back({.left = own, .right = model_.base_column(row, name), .relation = Relation::Same});
  }
  if (model_.tenant_of(target) != kNone)
    where.push_back(
        {.left = model_.tenant_of(target), .right = model_.tenant_of(row), .relation = Relation::Same});
}

std::vector<std::string> Builder::conflict_columns(const ast::OnConflict& conflict,
                                                   const catalog::Table& table) const {
  std::vector<std::string> names;
  for (const ast::Node* element : conflict.target) {
    const auto* column = ast::as<ast::IndexElement>(element);
    if (column != nullptr && !column->column.empty()) names.emplace_back(column->column.text);
  }
  if (conflict.constraint.empty()) return names;
  for (const catalog::Index* index : model_.context.catalog.indexes_of(table.id)) {
    if (index->name != conflict.constraint.text && index->constraint != conflict.constraint.text) continue;
    for (const catalog::KeyElement& key : index->keys) {
      if (const auto* column = table.column(key.column)) names.push_back(column->name);
    }
  }
  return names;
}

// DO UPDATE changes a row that is there already: whose is it? The conflict says that it has the same key.
void Builder::on_conflict(const ast::Insert& insert, BlockId outer, RangeId row, const Facts& facts) {
  const ast::OnConflict* conflict = insert.on_conflict;
  if (conflict == nullptr || !conflict->do_update) return;
  const BlockId block = model_.add_block(model_.blocks[outer].outer);
  const RangeId target = relation(insert.relation, insert.alias, insert.span, block, true);
  const catalog::Table& table = *model_.ranges[target].table;
  model_.blocks[block].from = leaf(block, target);
  Range excluded{.alias = "excluded", .columns = model_.ranges[row].columns, .owner = block};
  const RangeId incoming = model_.add_range(std::move(excluded));
  Facts& where = model_.blocks[block].where;
  where = facts;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto index = static_cast<std::int32_t>(i);
    where.push_back({.left = model_.column(incoming, index),
                     .right = model_.column(row, index),
                     .relation = Relation::Same});
  }
  const TenantTable entry = model_.tenancy(target);
  const std::vector<std::string> names = conflict_columns(*conflict, table);
  for (const std::string& name : names) {
    const TermId own = model_.base_column(target, name);
    const TermId other = model_.column(incoming, name);
    if (own != kNone && other != kNone) where.push_back({.left = own, .right = other});
  }
  const bool same_parent =
      entry.kind == TenantKind::Inherited &&
      std::all_of(entry.key.begin(), entry.key.end(), [&](catalog::ColumnNumber number) {
        const auto* column = table.column(number);
        return column != nullptr && std::find(names.begin(), names.end(), column->name) != names.end();
      });
  if (same_parent) {
    where.push_back({.left = model_.tenant_of(target), .right = model_.tenant_of(row)});
  }
  model_.blocks[block].visible.push_back(incoming);
  filter(conflict->where, block);
  for (const ast::Assignment* one : conflict->set) expression(one->value, block);
  finish(block);
  model_.blocks[outer].parts.push_back(block);
  // The row that was there gets a verdict of its own only where there is one to give.
  const std::size_t reference = written_reference(target);
  if (reference < model_.references.size()) model_.references[reference].conflict = true;
}

BlockId Builder::merge(const ast::Merge& merge, BlockId outer) {
  const BlockId scope = around(merge.with, outer);
  const BlockId block = model_.add_block(scope);
  const RangeId target = relation(merge.relation, merge.alias, merge.span, block, true);
  const std::int32_t row = leaf(block, target);
  const std::int32_t source = from_item(merge.source, block);
  const std::int32_t at = inner_join(block, row, source);
  model_.blocks[block].from = at;
  bool inserts = false;
  bool unmatched = false;
  for (const ast::MergeAction* action : merge.actions) {
    inserts = inserts || action->match == ast::MergeAction::Match::NotMatchedByTarget;
    unmatched = unmatched || action->match == ast::MergeAction::Match::NotMatchedBySource;
  }
  Facts on;
  visit(merge.on, block);
  condition(merge.on, block, {}, on);
  if (source >= 0) {
    FromNode& node = model_.blocks[block].nodes[static_cast<std::size_t>(at)];
    node.on = std::move(on);
    node.condition = merge.on;
    node.type = unmatched && inserts ? JoinType::Full
                : unmatched          ? JoinType::Left
                : inserts            ? JoinType::Right
                                     : JoinType::Inner;
  }
  for (const ast::MergeAction* action : merge.actions) {
    expression(action->condition, block);
    for (const ast::Expression* value : action->values) expression(value, block);
    for (const ast::Assignment* one : action->set) expression(one->value, block);
    if (action->action == ast::MergeAction::Action::Insert) merge_insert(*action, block, target);
  }
  outputs(merge.returning, block);
  for (Output& output : model_.blocks[block].outputs) output.pushable = false;
  finish(block);
  enclose(scope, outer, block);
  return block;
}

void Builder::merge_insert(const ast::MergeAction& action, BlockId block, RangeId target) {
  const catalog::Table* table = model_.ranges[target].table;
  const std::size_t reference = written_reference(target);
  if (table == nullptr && model_.ranges[target].sub != kNone) model_.too_complex = true;
  if (table == nullptr || reference >= model_.references.size()) return;
  Columns columns;
  for (std::size_t i = 0; i < action.values.size(); ++i) {
    const bool listed = !action.columns.empty();
    if (listed ? i >= action.columns.size() : i >= table->columns.size()) break;
    columns.emplace_back(listed ? std::string(action.columns[i].text) : table->columns[i].name,
                         term(action.values[i], block));
  }
  Facts facts;
  std::vector<JoinType> types(model_.blocks[block].nodes.size(), JoinType::Inner);
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = model_.blocks[block].nodes[i].type;
  const FromNode& node = model_.blocks[block].nodes[static_cast<std::size_t>(model_.blocks[block].from)];
  if (node.right >= 0) collect_from(model_, model_.blocks[block], node.right, types, facts);
  const RangeId row = new_row(target, columns, facts);
  // The inserted row is another one than the row that the target's verdict speaks of.
  Reference inserted = model_.references[reference];
  model_.references.push_back(inserted);
  model_.inserts.push_back({.reference = model_.references.size() - 1,
                            .row = row,
                            .facts = facts,
                            .given = fills_tenant(target, columns),
                            .from_query = true});
}

}  // namespace migcheck::tenancy
