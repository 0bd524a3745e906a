// SPDX-License-Identifier: MIT
// The statements of a query language: SELECT and set operations, INSERT, UPDATE, DELETE, MERGE.
#include <algorithm>
#include <utility>

#include "plan/names.hpp"
#include "plan/query/scope.hpp"

namespace migcheck::plan {

namespace {

// Sub-queries nested deeper than this are not looked into: nobody wrote them by hand.
constexpr int kDeepestQuery = 128;

std::string result_name(const ast::Expression* value) {
  std::string name = figure_name(value);
  return name.empty() ? "?column?" : name;
}

bool is_output(const ast::Expression* value, const QueryOutput& output) {
  const auto* name = ast::as<ast::ColumnRef>(value);
  return name != nullptr && name->parts.size() == 1 &&
         std::any_of(output.columns.begin(), output.columns.end(),
                     [&](const OutputColumn& column) { return column.name == name->column(); });
}

}  // namespace

QueryOutput QueryResolver::statement(const ast::Statement& statement, const Scope* outer) {
  QueryOutput output;
  if (depth_ >= kDeepestQuery) {
    output.known = false;
    return output;
  }
  ++depth_;
  if (const auto* query = ast::as<ast::Select>(&statement)) {
    output = select(*query, outer);
  } else if (const auto* inserted = ast::as<ast::Insert>(&statement)) {
    output = insert(*inserted, outer);
  } else if (const auto* updated = ast::as<ast::Update>(&statement)) {
    output = update(*updated, outer);
  } else if (const auto* deleted = ast::as<ast::Delete>(&statement)) {
    output = remove(*deleted, outer);
  } else if (const auto* merged = ast::as<ast::Merge>(&statement)) {
    output = merge(*merged, outer);
  } else {
    Scope scope;
    scope.outer = outer;
    ast::NodeStack children;
    ast::append_children(statement, children);
    for (std::size_t at = 0; at < children.size(); ++at) expression(children[at], scope);
    output.known = false;
  }
  --depth_;
  return output;
}

QueryOutput QueryResolver::select(const ast::Select& query, const Scope* outer) {
  QueryOutput output;
  if (depth_ >= kDeepestQuery) {
    output.known = false;
    return output;
  }
  ++depth_;
  const bool keeps_literals = std::exchange(keeps_literals_, false);
  Scope scope;
  scope.outer = outer;
  with(query.with, scope);
  output = query.set_operation == ast::Select::SetOperation::None ? simple_select(query, scope)
                                                                  : set_operation(query, scope);
  if (!keeps_literals) settle_literals(output);
  order_by(query.order_by, output, scope);
  if (query.limit != nullptr) expression(query.limit, scope);
  if (query.offset != nullptr) expression(query.offset, scope);
  --depth_;
  return output;
}

// a UNION b UNION c … leans to the left and can be long: its left spine is walked, not recursed into.
QueryOutput QueryResolver::set_operation(const ast::Select& query, const Scope& scope) {
  std::vector<const ast::Select*> branches;
  const ast::Select* at = &query;
  bool first = true;
  while (at->set_operation != ast::Select::SetOperation::None && (first || at->with.empty()) &&
         at->left != nullptr && at->right != nullptr) {
    branches.push_back(at->right);
    if (!first) order_by(at->order_by, {}, scope);
    if (!first && !at->order_by.empty()) all_told_ = false;  // the names are of a result that comes later
    at = at->left;
    first = false;
  }
  keeps_literals_ = true;
  QueryOutput output = select(*at, &scope);
  for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
    keeps_literals_ = true;
    const QueryOutput other = select(**branch, &scope);
    for (std::size_t column = 0; column < output.columns.size(); ++column) {
      OutputColumn& mine = output.columns[column];
      // The result is no plain column any more.
      mine.relation = catalog::kNoObject;
      mine.column = 0;
      mine.type = column < other.columns.size() ? common_type(mine.type, other.columns[column].type)
                                                : catalog::TypeRef{};
    }
  }
  return output;
}

QueryOutput QueryResolver::simple_select(const ast::Select& query, Scope& scope) {
  if (query.is_values()) {
    QueryOutput output;
    for (const auto& row : query.values) {
      for (const ast::Expression* value : row) expression(value, scope);
    }
    const std::size_t width = query.values.empty() ? query.value_columns : query.values[0].size();
    for (std::size_t at = 0; at < width; ++at) {
      output.columns.push_back({"column" + std::to_string(at + 1), {}, catalog::kNoObject, 0});
    }
    return output;
  }
  from(query.from, scope);
  QueryOutput output = items(query.items, scope);
  for (const ast::Expression* value : query.distinct_on) key(value, output, scope);
  if (query.where != nullptr) expression(query.where, scope);
  for (const ast::Expression* value : query.group_by) key(value, output, scope);
  if (query.having != nullptr) expression(query.having, scope);
  for (const ast::WindowDefinition* window : query.windows) expression(window, scope);
  return output;
}

QueryOutput QueryResolver::items(ast::List<const ast::SelectItem*> list, const Scope& scope) {
  QueryOutput output;
  for (const ast::SelectItem* item : list) {
    const auto* reference = ast::as<ast::ColumnRef>(item->value);
    if (reference != nullptr && reference->star) {
      star(*reference, scope, output);
      continue;
    }
    const auto* subscript = ast::as<ast::Subscript>(item->value);
    if (subscript != nullptr && !subscript->steps.empty() && subscript->steps.back().field == "*") {
      output.known = false;  // (composite).*
    }
    if (item->value != nullptr) expression(item->value, scope);
    OutputColumn column;
    column.name = item->alias.empty() ? result_name(item->value) : std::string(item->alias.text);
    if (const OutputColumn* source = reference == nullptr ? nullptr : find(*reference, scope)) {
      column.relation = source->relation;
      column.column = source->column;
    }
    column.type = type_of(item->value, scope);
    output.columns.push_back(std::move(column));
  }
  return output;
}

void QueryResolver::star(const ast::ColumnRef& reference, const Scope& scope, QueryOutput& output) {
  const QueryOutput* expanded = &scope.visible;
  if (!reference.parts.empty()) {
    const std::size_t count = reference.parts.size();
    const std::string_view schema = count >= 2 ? reference.parts[count - 2].text : std::string_view{};
    const Source* source = scope.source(schema, reference.parts[count - 1].text);
    expanded = source == nullptr ? nullptr : &source->output;
  }
  if (expanded == nullptr || !expanded->known) output.known = false;
  if (expanded == nullptr) return;
  for (const OutputColumn& column : expanded->columns) {
    note(column, reference.span, true);
    output.columns.push_back(column);
  }
  keep_possible(output);
}

void QueryResolver::with(ast::List<const ast::CommonTable*> tables, Scope& scope) {
  for (const ast::CommonTable* table : tables) {
    if (table->query == nullptr) continue;
    const auto* query = ast::as<ast::Select>(table->query);
    const bool recursive = table->recursive && query != nullptr && query->left != nullptr;
    if (recursive) {
      // The columns of a recursive query are those of its first part; within it, its name means itself.
      QueryOutput first;
      first.known = false;
      if (!trying_) {
        trying_ = true;
        first = select(*query->left, &scope);
        trying_ = false;
      }
      rename_columns(first, table->columns);
      scope.common_tables.push_back({std::string(table->name.text), std::move(first)});
    }
    QueryOutput output = statement(*table->query, &scope);
    rename_columns(output, table->columns);
    if (recursive) scope.common_tables.pop_back();
    scope.common_tables.push_back({std::string(table->name.text), std::move(output)});
  }
}

// ORDER BY name means the result's column of that name before a column of a table.
void QueryResolver::order_by(ast::List<const ast::SortItem*> list, const QueryOutput& output,
                             const Scope& scope) {
  for (const ast::SortItem* item : list) {
    if (item->value != nullptr && !is_output(item->value, output)) expression(item->value, scope);
  }
}

// GROUP BY name means a column of a table before the result's.
void QueryResolver::key(const ast::Expression* value, const QueryOutput& output, const Scope& scope) {
  const auto* name = ast::as<ast::ColumnRef>(value);
  if (!is_output(value, output) || find(*name, scope) != nullptr) expression(value, scope);
}

void QueryResolver::expression(const ast::Node* root, const Scope& scope) {
  ast::walk(root, [&](const ast::Node& node) {
    if (const auto* row = ast::as<ast::RowLiteral>(&node)) {
      for (const ast::Expression* item : row->items) {
        const auto* reference = ast::as<ast::ColumnRef>(item);
        if (reference == nullptr || !reference->star) continue;
        QueryOutput ignored;
        star(*reference, scope, ignored);
      }
      return true;
    }
    if (const auto* reference = ast::as<ast::ColumnRef>(&node)) {
      if (reference->star) {
        // f(t.*) is given the whole row, and needs no column of it; the table is noted where FROM names it.
      } else if (const OutputColumn* column = find(*reference, scope)) {
        note(*column, reference->span);
      } else {
        note_missing(*reference, scope);
      }
      return false;
    }
    if (node.kind >= ast::kFirstStatement) {
      statement(static_cast<const ast::Statement&>(node), &scope);
      return false;
    }
    return true;
  });
}

void QueryResolver::note(const OutputColumn& column, Span span, bool by_star) {
  if (trying_ || column.relation == catalog::kNoObject) return;
  reads_.push_back({column.relation, column.column, span, by_star});
}

void QueryResolver::note_relation(catalog::ObjectId relation, Span span) {
  if (!trying_) reads_.push_back({relation, 0, span, false});
}

void QueryResolver::note_missing(const ast::ColumnRef& reference, const Scope& scope) {
  const std::size_t count = reference.parts.size();
  if (trying_ || missing_ != nullptr || is_system_column(reference.column())) return;
  if (count == 1) {
    for (const Scope* at = &scope; at != nullptr; at = at->outer) {
      if (!at->visible.known) return;
    }
    if (scope.source({}, reference.column()) != nullptr) return;  // a whole row
  } else {
    const Source* source = count == 2 ? scope.source({}, reference.parts[0].text) : nullptr;
    // row.name may call a function of the row.
    const bool told = source != nullptr && source->output.known;
    if (!told || !lookup_.functions({}, reference.column()).empty()) return;
  }
  missing_ = &reference;
}

std::vector<ColumnRead> QueryResolver::take() {
  std::stable_sort(reads_.begin(), reads_.end(), [](const ColumnRead& left, const ColumnRead& right) {
    return left.span.begin < right.span.begin;
  });
  return std::exchange(reads_, {});
}

}  // namespace migcheck::plan
