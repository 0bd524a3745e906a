// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace foreign_key_without_index_check {

using catalog::ColumnNumber;
using catalog::Constraint;
using catalog::Index;
using catalog::Table;

// `WHERE key IS NOT NULL` serves a foreign key; any other predicate does not.
bool predicate_serves(const Index& index, const Constraint& key) {
  if (index.predicate == nullptr) return true;
  const auto* test = ast::as<ast::NullTest>(index.predicate);
  return test != nullptr && test->negated && index.predicate_reads.size() == 1 && key.columns.size() == 1 &&
         index.predicate_reads[0] == key.columns[0];
}

// PostgreSQL looks the key's columns up when a parent row goes: an index serves if they are its first
// columns, in any order. Measured on 12 to 18: a btree serves, a hash index of the one column serves, BRIN
// does not.
bool serves(const Index& index, const Constraint& key) {
  if (!index.valid || index.keys.size() < key.columns.size() || !predicate_serves(index, key)) return false;
  const bool hash = index.method == "hash" && key.columns.size() == 1;
  if (index.method != "btree" && !hash) return false;
  return std::all_of(key.columns.begin(), key.columns.end(), [&](ColumnNumber column) {
    return std::any_of(index.keys.begin(),
                       index.keys.begin() + static_cast<std::ptrdiff_t>(key.columns.size()),
                       [&](const catalog::KeyElement& element) { return element.column == column; });
  });
}

std::string column_names(const Table& table, const Constraint& key) {
  std::string names;
  for (const ColumnNumber number : key.columns) {
    const catalog::Column* column = table.column(number);
    if (column != nullptr) names += (names.empty() ? "" : ", ") + sql_name(column->name);
  }
  return names;
}

std::string parent_name(const CheckContext& context, const Constraint& key) {
  const auto* parent = context.catalog().get<Table>(key.references);
  return parent == nullptr ? key.references_name
                           : sql_name(RelationRef{parent->id, parent->schema, parent->name});
}

bool is_text(const catalog::Column& column) {
  return column.type.name == "text" || column.type.name == "varchar";
}

bool is_unique_alone(const Table& table, catalog::ColumnNumber column) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& each) {
    return each.kind == catalog::ConstraintKind::Unique && each.columns.size() == 1 &&
           each.columns.front() == column;
  });
}

// A list of words in the place of an enum (a name, at most with a comment; a number with its unique name):
// its rows hardly ever go, and each stands for so many children that an index of theirs is of little use.
bool is_word_list(const CheckContext& context, const Constraint& key) {
  const auto* parent = context.catalog().get<Table>(key.references);
  const Constraint* words = parent == nullptr ? nullptr : parent->primary_key();
  if (words == nullptr || words->columns.size() != 1 || parent->columns.size() > 2) return false;
  return std::all_of(parent->columns.begin(), parent->columns.end(), [&](const catalog::Column& column) {
    if (column.number != words->columns.front())
      return is_text(column) &&
             (is_text(*parent->column(words->columns.front())) || is_unique_alone(*parent, column.number));
    return is_text(column) ||
           (parent->columns.size() == 2 && (column.type.name == "int4" || column.type.name == "int2"));
  });
}

bool is_served(const CheckContext& context, const Table& table, const Constraint& key,
               catalog::ObjectId without = catalog::kNoObject) {
  const auto indexes = context.catalog().indexes_of(table.id);
  return std::any_of(indexes.begin(), indexes.end(),
                     [&](const Index* index) { return index->id != without && serves(*index, key); });
}

// The file makes an index that begins with one of the key's columns, or drops the key or its table.
bool is_helped(const CheckContext& context, const Table& table, const Constraint& key) {
  for (const ast::Statement* later : context.rest_of_file({table.name})) {
    if (const auto* create = ast::as<ast::CreateIndex>(later)) {
      const catalog::Column* first =
          create->elements.empty() ? nullptr : table.column(create->elements[0]->column.text);
      if (context.table(create->table) == &table && first != nullptr &&
          std::find(key.columns.begin(), key.columns.end(), first->number) != key.columns.end())
        return true;
    } else if (const auto* alter = ast::as<ast::AlterTable>(later)) {
      if (alter->relation.name == table.name) return true;
    } else if (const auto* drop = ast::as<ast::Drop>(later)) {
      for (const ast::ObjectName& name : drop->names) {
        if (name.name.name == table.name) return true;
      }
    }
  }
  return false;
}

// An index that goes leaves an older foreign key without one. (Of a key that is checked too, the end of the
// history speaks.)
void on_statement(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Index || context.is_refused()) return;
  for (const catalog::Object* object : context.dropped()) {
    const auto* index = std::get_if<Index>(object);
    const auto* table = index == nullptr ? nullptr : context.catalog().get<Table>(index->table);
    if (table == nullptr || context.is_new_here(*object) || table->partition_of != catalog::kNoObject)
      continue;
    for (const Constraint& key : table->constraints) {
      if (key.kind != catalog::ConstraintKind::ForeignKey || context.is_target(key.origin)) continue;
      if (!serves(*index, key) || is_served(context, *table, key, index->id)) continue;
      if (is_helped(context, *table, key)) continue;
      out.report(drop->span)
          .message(
              "{0} was the only index that begins with the foreign key {1} ({2}): without it each DELETE in "
              "{3}, and each change of its key, reads all of {1} to look for children.",
              sql_name(index->name), sql_name(*table), column_names(*table, key), parent_name(context, key))
          .advice("Before it: CREATE INDEX CONCURRENTLY ON {} ({});", sql_name(*table),
                  column_names(*table, key))
          .about(context, RelationRef{table->id, table->schema, table->name})
          .note("the foreign key", key.origin.place);
    }
  }
}

// Asked at the end of the history, so that an index in a later file counts.
void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : context.catalog().tables()) {
    if (table->persistence == catalog::Persistence::Temporary || table->partition_of != catalog::kNoObject)
      continue;
    for (const Constraint& key : table->constraints) {
      if (key.kind != catalog::ConstraintKind::ForeignKey || !context.is_target(key.origin)) continue;
      if (is_served(context, *table, key)) continue;
      const std::string name = sql_name(RelationRef{table->id, table->schema, table->name});
      const std::string columns = column_names(*table, key);
      FindingBuilder finding = out.report(key.origin.place);
      if (is_word_list(context, key)) finding.severity(Severity::Info);
      finding
          .message(
              "No index begins with the foreign key {0} ({1}): each DELETE in {2}, and each change of its "
              "key, reads all "
              "of {0} to look for children.",
              name, columns, parent_name(context, key))
          .advice("CREATE INDEX CONCURRENTLY ON {} ({});", name, columns)
          .about(context, RelationRef{table->id, table->schema, table->name});
    }
  }
}

}  // namespace foreign_key_without_index_check

extern constexpr Check foreign_key_without_index{
    .since = "0.1.0",
    .summary = "A foreign key without an index makes each delete in the parent read the whole child.",
    .statements = {ast::NodeKind::Drop},
    .on_statement = foreign_key_without_index_check::on_statement,
    .on_history_end = foreign_key_without_index_check::run};

}  // namespace migcheck::checks
