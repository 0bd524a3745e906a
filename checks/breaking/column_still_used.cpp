// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_still_used_check {

using catalog::Function;
using catalog::Table;

// --- functions: PostgreSQL keeps their text as text and follows neither drops nor renames in it ---

bool is_replaced(const CheckContext& context, const Function& function) {
  for (const ast::Statement* later : context.rest_of_file()) {
    if (const auto* create = ast::as<ast::CreateFunction>(later)) {
      if (create->name.name == function.name) return true;
    } else if (const auto* drop = ast::as<ast::Drop>(later)) {
      for (const ast::ObjectName& name : drop->names) {
        if (name.on.empty() && name.name.name == function.name) return true;
      }
    }
  }
  return false;
}

// NEW.column and OLD.column in a function that is a trigger of the table.
bool reads_row(const Function& function, const Table& table, std::string_view column) {
  const bool fires =
      std::any_of(table.triggers.begin(), table.triggers.end(),
                  [&](const catalog::Trigger& trigger) { return trigger.function_id == function.id; });
  bool found = false;
  const auto look = [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    found = found || (reference != nullptr && reference->column() == column &&
                      (reference->table() == "new" || reference->table() == "old"));
    return !found;
  };
  if (!fires || column.empty()) return false;
  for (const ast::BodyStatement& inner : function.body->statements) ast::walk(inner.statement, look);
  for (const ast::Node* expression : function.body->expressions) ast::walk(expression, look);
  return found;
}

bool reads(const CheckContext& context, const Function& function, const Table& table,
           catalog::ColumnNumber column) {
  const auto own_path = function.settings.find("search_path");
  const std::vector<std::string>& path =
      own_path == function.settings.end() ? context.session().search_path : own_path->second;
  for (const ast::BodyStatement& inner : function.body->statements) {
    if (inner.statement == nullptr) continue;
    for (const ColumnRead& read : reads_of(*inner.statement, context.catalog(), path)) {
      if (read.relation == table.id && !read.by_star && (column == 0 || read.column == column)) return true;
    }
  }
  return false;
}

// The first function that reads the column (0: the table) and that the file does not mend.
const Function* reader(const CheckContext& context, const Table& table, catalog::ColumnNumber column) {
  const catalog::Column* found = column == 0 ? nullptr : table.column(column);
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::Function)) {
    const auto* function = std::get_if<Function>(object);
    if (function == nullptr || function->body == nullptr || function->atomic || function->schema == "pg_temp")
      continue;
    const bool uses = reads(context, *function, table, column) ||
                      (found != nullptr && reads_row(*function, table, found->name));
    if (uses && !is_replaced(context, *function)) return function;
  }
  return nullptr;
}

void report_function(const CheckContext& context, FindingSink& out, Span clause, const Table& table,
                     catalog::ColumnNumber column, std::string_view happens) {
  const Function* function = reader(context, table, column);
  if (function == nullptr) return;
  const std::string name =
      column == 0 ? sql_name(table) : sql_name(table) + "." + sql_name(table.column(column)->name);
  out.report(clause)
      .message(
          "{} is {} here, and the function {} still uses it: PostgreSQL does not look into its text, and the "
          "next call fails.",
          name, happens, sql_name(*function))
      .advice(
          "CREATE OR REPLACE FUNCTION {} without it, before this and in the same transaction at the latest.",
          sql_name(*function))
      .note("the function that uses it", function->origin.place);
}

void run(const CheckContext& context, FindingSink& out) {
  if (context.is_refused()) return;
  if (const auto* alter = context.statement_as<ast::AlterTable>()) {
    const Table* table = context.table(alter->relation);
    for (const ast::AlterAction* action : alter->actions) {
      const bool drops = action->type == ast::AlterAction::Type::DropColumn;
      const catalog::Column* column = table == nullptr || !drops ? nullptr : table->column(action->name.text);
      if (column != nullptr) report_function(context, out, action->span, *table, column->number, "dropped");
    }
  } else if (const auto* rename = context.statement_as<ast::Rename>()) {
    const bool of_column = rename->object == ast::ObjectType::Column;
    if (!of_column && rename->object != ast::ObjectType::Table) return;
    const Table* table = context.table(of_column ? rename->target.on : rename->target.name);
    const catalog::Column* column = table == nullptr ? nullptr : table->column(rename->target.name.name);
    if (table == nullptr || (of_column && column == nullptr)) return;
    const catalog::Object* object = context.catalog().object(table->id);
    if (!of_column && context.made_again(*object)) return;
    report_function(context, out, rename->span, *table, of_column ? column->number : catalog::ColumnNumber{0},
                    "renamed");
  } else if (const auto* drop = context.statement_as<ast::Drop>();
             drop != nullptr && drop->object == ast::ObjectType::Table) {
    for (const catalog::Object* object : context.dropped()) {
      const auto* table = std::get_if<Table>(object);
      if (table != nullptr && table->partition_of == catalog::kNoObject &&
          !context.made_again_in_file(*object))
        report_function(context, out, drop->span, *table, 0, "dropped");
    }
  }
}

// --- query files: read when all migrations are done; what is gone is known by name ---

struct Sources {
  std::vector<std::pair<const ast::RelationName*, std::string_view>> named;  // and the alias
  std::vector<std::string_view> common;                                      // names of CTEs
};

Sources sources_of(const ast::Statement& query) {
  Sources sources;
  const auto add = [&](const ast::RelationName& name, const ast::Alias& alias) {
    sources.named.emplace_back(&name, alias.name.empty() ? name.name : alias.name.text);
  };
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* table = ast::as<ast::TableRef>(&node)) add(table->relation, table->alias);
    if (const auto* insert = ast::as<ast::Insert>(&node)) add(insert->relation, insert->alias);
    if (const auto* update = ast::as<ast::Update>(&node)) add(update->relation, update->alias);
    if (const auto* gone = ast::as<ast::Delete>(&node)) add(gone->relation, gone->alias);
    if (const auto* common = ast::as<ast::CommonTable>(&node)) sources.common.push_back(common->name.text);
    return true;
  });
  return sources;
}

// Where the query names the relation that is gone; empty: it does not.
Span use_of_relation(const CheckContext& context, const Sources& sources, const Departure& gone) {
  for (const auto& [name, alias] : sources.named) {
    const bool same =
        name->name == gone.relation.name && (name->schema.empty() || name->schema == gone.relation.schema);
    const bool common =
        std::find(sources.common.begin(), sources.common.end(), name->name) != sources.common.end();
    if (same && !common && context.relation(*name) == nullptr) return name->span;
  }
  return {};
}

// Another table in the query has a column of that name: then an unqualified name may mean that one.
bool is_ambiguous(const CheckContext& context, const Sources& sources, const Departure& gone) {
  return std::any_of(sources.named.begin(), sources.named.end(), [&](const auto& source) {
    const Table* table = context.table(*source.first);
    return table == nullptr || table->column(gone.column) != nullptr;
  });
}

Span use_of_column(const CheckContext& context, const ast::Statement& query, const Sources& sources,
                   const Departure& gone) {
  const Table* now = context.catalog().get<Table>(gone.relation.id);
  if (now == nullptr || now->column(gone.column) != nullptr) return {};
  std::vector<std::string_view> names;
  for (const auto& [name, alias] : sources.named) {
    const Table* table = context.table(*name);
    if (table != nullptr && table->id == now->id) names.push_back(alias);
  }
  if (names.empty()) return {};
  const bool ambiguous = is_ambiguous(context, sources, gone);
  Span place;
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* reference = ast::as<ast::ColumnRef>(&node);
        reference != nullptr && reference->column() == gone.column) {
      const bool qualified = std::find(names.begin(), names.end(), reference->table()) != names.end();
      if (qualified || (reference->table().empty() && !ambiguous)) place = node.span;
    } else if (const auto* insert = ast::as<ast::Insert>(&node)) {
      const Table* target = context.table(insert->relation);
      for (const ast::Name& column : insert->columns) {
        if (target != nullptr && target->id == now->id && column.text == gone.column) place = column.span;
      }
    } else if (const auto* update = ast::as<ast::Update>(&node)) {
      const Table* target = context.table(update->relation);
      for (const ast::Assignment* assignment : update->set) {
        if (target != nullptr && target->id == now->id && assignment->column.text == gone.column)
          place = assignment->column.span;
      }
    }
    return place.empty();
  });
  return place;
}

// The type before the first of the changes: what the readers were written for.
const catalog::TypeRef& type_before_all(const CheckContext& context, const Departure& change) {
  for (const Departure& other : context.departures()) {
    if (other.is_retyping() && other.relation.id == change.relation.id && other.column == change.column)
      return other.old_type;
  }
  return change.old_type;
}

// A reader that was written for the old type: what a driver hands over, and what the column may be compared
// with, is another thing now.
void report_retyped(const CheckContext& context, const ast::Statement& query, const Departure& change,
                    FindingSink& out) {
  const Table* now = context.catalog().get<Table>(change.relation.id);
  const catalog::Column* column = now == nullptr ? nullptr : now->column(change.column);
  // Later migrations may have gone on, or back.
  if (column == nullptr || !(column->type == change.new_type)) return;
  if (type_before_all(context, change) == column->type) return;
  for (const ColumnRead& read : reads_of(query, context.catalog(), context.session().search_path)) {
    if (read.relation != now->id || read.column != column->number || read.by_star) continue;
    out.report(change.place)
        .severity(Severity::Warning)
        .message(
            "{}.{} is {} from here on, no longer {}, and a query of the application reads or writes it: code "
            "that was generated or written for {} meets the other type, and comparisons with it may have no "
            "operator.",
            sql_name(change.relation), sql_name(change.column), catalog::to_string(change.new_type),
            catalog::to_string(change.old_type), catalog::to_string(change.old_type))
        .advice(
            "Add a column of the new type, write both, move the readers over, and drop {} in a later change; "
            "or deploy code that copes with both types first.",
            sql_name(change.column))
        .note("the query that uses it", context.place(read.span));
    return;
  }
}

void on_query(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  if (context.query_origin() != QueryOrigin::QueryFile || context.departures().empty()) return;
  const Sources sources = sources_of(query);
  for (const Departure& gone : context.departures()) {
    if (gone.is_retyping()) {
      report_retyped(context, query, gone, out);
      continue;
    }
    const Span use = gone.column.empty() ? use_of_relation(context, sources, gone)
                                         : use_of_column(context, query, sources, gone);
    if (use.empty()) continue;
    const std::string name =
        sql_name(gone.relation) + (gone.column.empty() ? "" : "." + sql_name(gone.column));
    out.report(gone.place)
        .message(
            "{} is {} here, and a query of the application still uses it: that query fails from the commit "
            "on.",
            name, gone.new_name.empty() ? "dropped" : "renamed")
        .advice("Change the query and deploy it first, then {} in a later change.",
                gone.new_name.empty() ? "drop" : "rename")
        .note("the query that uses it", context.place(use));
  }
}

}  // namespace column_still_used_check

extern constexpr Check column_still_used{
    .since = "0.1.0",
    .summary = "A column or table that is dropped, renamed or retyped while a query or function uses it.",
    .severity = Severity::Error,
    .on_statement = column_still_used_check::run,
    .on_query = column_still_used_check::on_query};

}  // namespace migcheck::checks
