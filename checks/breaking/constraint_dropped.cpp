// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace constraint_dropped_check {

using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Table;

bool covers(const std::vector<catalog::ColumnNumber>& all, const std::vector<catalog::ColumnNumber>& some) {
  return std::all_of(some.begin(), some.end(), [&](catalog::ColumnNumber number) {
    return std::find(all.begin(), all.end(), number) != all.end();
  });
}

bool is_key(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::PrimaryKey || constraint.kind == ConstraintKind::Unique;
}

// Whatever the gone one refused, another one refuses as well.
bool is_as_strict(const Constraint& other, const Constraint& gone) {
  if (is_key(gone)) return is_key(other) && covers(gone.columns, other.columns);
  if (other.kind != gone.kind) return false;
  if (gone.kind == ConstraintKind::ForeignKey)
    return other.columns == gone.columns && other.references == gone.references;
  return other.name == gone.name || other.columns == gone.columns;
}

// CHECK (x IS NOT NULL) has done its work once the column is NOT NULL.
bool said_by_not_null(const Table& table, const Constraint& gone) {
  const auto* test = ast::as<ast::NullTest>(gone.expression);
  if (gone.kind != ConstraintKind::Check || test == nullptr || !test->negated || gone.columns.size() != 1)
    return false;
  const catalog::Column* column = table.column(gone.columns.front());
  return column == nullptr || column->not_null;
}

bool index_as_strict(const CheckContext& context, const Table& table, const Constraint& gone) {
  if (!is_key(gone)) return false;
  for (const catalog::Index* index : context.catalog().indexes_of(table.id)) {
    if (!index->unique || index->predicate != nullptr || index->id == gone.index || !index->valid) continue;
    const bool subset =
        std::all_of(index->keys.begin(), index->keys.end(), [&](const catalog::KeyElement& key) {
          return key.column != 0 &&
                 std::find(gone.columns.begin(), gone.columns.end(), key.column) != gone.columns.end();
        });
    if (subset) return true;
  }
  return false;
}

// New names of columns, with those that they had when the constraint went.
using Renamed = std::map<std::string_view, std::string_view>;

// The one that is added is about the same columns.
bool is_successor(const ast::ConstraintDefinition& added, const Table& table, const Constraint& gone,
                  const Renamed& renamed) {
  using Type = ast::ConstraintDefinition::Type;
  if (is_key(gone)) return added.type == Type::PrimaryKey || added.type == Type::Unique;
  if (gone.kind == ConstraintKind::Exclusion) return added.type == Type::Exclusion;
  if (added.type != (gone.kind == ConstraintKind::Check ? Type::Check : Type::ForeignKey)) return false;
  if (!added.name.empty() && added.name.text == gone.name) return true;
  const auto is_about = [&](std::string_view name) {
    const auto before = renamed.find(name);
    const catalog::Column* column = table.column(before == renamed.end() ? name : before->second);
    return column != nullptr && covers(gone.columns, {column->number});
  };
  bool found = std::any_of(added.columns.begin(), added.columns.end(),
                           [&](const ast::Name& name) { return is_about(name.text); });
  ast::walk(added.expression, [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    found = found || (reference != nullptr && is_about(reference->column()));
    return !found;
  });
  return found;
}

// The table goes, or the one that the foreign key leads to: nothing is left that it held.
bool either_end_goes(const CheckContext& context, const Table& table, const Constraint& gone) {
  for (const Table* end : {&table, context.catalog().get<Table>(gone.references)}) {
    if (end == nullptr) continue;
    for (const ast::Statement* later : context.rest_of_file({end->name})) {
      const auto* drop = ast::as<ast::Drop>(later);
      if (drop != nullptr && drop->object == ast::ObjectType::Table &&
          std::any_of(drop->names.begin(), drop->names.end(),
                      [&](const ast::ObjectName& name) { return name.name.name == end->name; }))
        return true;
    }
  }
  return false;
}

// A later statement of the file adds one of its kind, or drops what it was about.
bool comes_back(const CheckContext& context, const Table& table, const Constraint& gone) {
  if (either_end_goes(context, table, gone)) return true;
  Renamed renamed;
  for (const ast::Statement* later : context.rest_of_file({table.name})) {
    if (const auto* index = ast::as<ast::CreateIndex>(later)) {
      if (is_key(gone) && index->unique && index->predicate == nullptr && index->table.name == table.name)
        return true;
    }
    const auto* rename = ast::as<ast::Rename>(later);
    if (rename != nullptr && rename->target.on.name == table.name)
      renamed[rename->new_name.text] = rename->target.name.name;
    const auto* alter = ast::as<ast::AlterTable>(later);
    if (alter == nullptr || alter->relation.name != table.name) continue;
    for (const ast::AlterAction* action : alter->actions) {
      if (action->type == ast::AlterAction::Type::DropColumn) {
        const catalog::Column* column = table.column(action->name.text);
        if (column != nullptr && covers(gone.columns, {column->number})) return true;
      }
      if (action->type == ast::AlterAction::Type::AddConstraint &&
          is_successor(*action->constraint, table, gone, renamed))
        return true;
    }
  }
  return false;
}

std::string_view consequence(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::Check:
      return "values that it refused can be written";
    case ConstraintKind::ForeignKey:
      return "rows can point to nothing, and ON DELETE no longer does its work";
    case ConstraintKind::Exclusion:
      return "rows that exclude each other can be written, and its index is gone";
    case ConstraintKind::PrimaryKey:
    case ConstraintKind::Unique:
      return "duplicates can be written, ON CONFLICT on it fails, and its index is gone";
  }
  return "";
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  const Table* table = alter == nullptr ? nullptr : context.table(alter->relation);
  if (table == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const catalog::Object* changed = context.after(table->id);
  const auto* after = changed == nullptr ? nullptr : std::get_if<Table>(changed);
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::DropConstraint || after == nullptr) continue;
    const Constraint* gone = table->constraint(action->name.text);
    if (gone == nullptr || context.is_new_here(gone->origin) || said_by_not_null(*after, *gone)) continue;
    const bool covered = std::all_of(gone->columns.begin(), gone->columns.end(),
                                     [&](auto number) { return after->column(number) == nullptr; }) ||
                         std::any_of(after->constraints.begin(), after->constraints.end(),
                                     [&](const Constraint& other) { return is_as_strict(other, *gone); });
    if (covered || index_as_strict(context, *after, *gone) || comes_back(context, *table, *gone)) continue;
    const std::string_view happens = consequence(gone->kind);
    FindingBuilder finding =
        out.gather(action->span, happens, sql_name(gone->name) + " on " + sql_name(*table));
    finding
        .message("Without the constraint{} {} {}, from here on and by the running application too.",
                 finding.gathered().size() == 1 ? "" : "s", enumerate(finding.gathered()), happens)
        .advice(
            "If it is to be replaced, add the new one first (or in the same transaction); rows that break "
            "the rule "
            "are hard to find later.");
  }
}

}  // namespace constraint_dropped_check

extern constexpr Check constraint_dropped{.since = "0.1.0",
                                          .summary = "DROP CONSTRAINT lets in what the constraint kept out.",
                                          .statements = {ast::NodeKind::AlterTable},
                                          .on_statement = constraint_dropped_check::run};

}  // namespace migcheck::checks
