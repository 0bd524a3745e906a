// SPDX-License-Identifier: MIT
// What the items of a FROM clause bring into scope.
#include <algorithm>
#include <array>

#include "plan/query/scope.hpp"

namespace migcheck::plan {

namespace {

// Functions of PostgreSQL that stand in FROM often, and the columns that they return under their own names.
// Where the second is empty the function returns one value, and the column is called as its alias.
struct TableFunction {
  std::string_view name;
  std::array<std::string_view, 2> columns;
};
constexpr std::array kTableFunctions = {
    TableFunction{"generate_series", {}},
    TableFunction{"generate_subscripts", {}},
    TableFunction{"unnest", {}},
    TableFunction{"regexp_split_to_table", {}},
    TableFunction{"string_to_table", {}},
    TableFunction{"regexp_matches", {}},
    TableFunction{"jsonb_object_keys", {}},
    TableFunction{"json_object_keys", {}},
    TableFunction{"jsonb_array_elements", {"value"}},
    TableFunction{"jsonb_array_elements_text", {"value"}},
    TableFunction{"json_array_elements", {"value"}},
    TableFunction{"json_array_elements_text", {"value"}},
    TableFunction{"jsonb_each", {"key", "value"}},
    TableFunction{"jsonb_each_text", {"key", "value"}},
    TableFunction{"json_each", {"key", "value"}},
    TableFunction{"json_each_text", {"key", "value"}},
};

void append(QueryOutput& to, QueryOutput from) {
  to.known = to.known && from.known;
  if (to.columns.empty()) {
    to.columns = std::move(from.columns);
  } else {
    for (OutputColumn& column : from.columns) to.columns.push_back(std::move(column));
  }
  keep_possible(to);
}

OutputColumn take_column(QueryOutput& output, std::string_view name) {
  const auto found = std::find_if(output.columns.begin(), output.columns.end(),
                                  [&](const OutputColumn& column) { return column.name == name; });
  if (found == output.columns.end()) return {std::string(name), {}, catalog::kNoObject, 0};
  OutputColumn taken = std::move(*found);
  output.columns.erase(found);
  return taken;
}

std::vector<std::string> common_names(const QueryOutput& left, const QueryOutput& right) {
  std::vector<std::string> names;
  for (const OutputColumn& column : left.columns) {
    if (std::any_of(right.columns.begin(), right.columns.end(),
                    [&](const OutputColumn& other) { return other.name == column.name; })) {
      names.push_back(column.name);
    }
  }
  return names;
}

}  // namespace

QueryOutput QueryResolver::columns_of_relation(const catalog::Object& object) {
  QueryOutput output;
  const auto take = [&](catalog::ObjectId id, const std::vector<catalog::Column>& columns) {
    for (const catalog::Column& column : columns) {
      output.columns.push_back({column.name, column.type, id, column.number});
    }
  };
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    take(table->id, table->columns);
    output.known = !table->is_doubtful(catalog::TablePart::Column);
  } else if (const auto* view = std::get_if<catalog::View>(&object)) {
    take(view->id, view->columns);
    output.known = !view->columns.empty();
  } else {
    output.known = false;
  }
  if (catalog::base(object).uncertain) output.known = false;
  return output;
}

void QueryResolver::from(ast::List<const ast::FromItem*> items, Scope& scope) {
  for (const ast::FromItem* item : items) append(scope.visible, from_item(item, scope));
}

// A chain of joins leans to the left and can be long: it is walked from its innermost left side outwards.
QueryOutput QueryResolver::from_item(const ast::FromItem* item, Scope& scope) {
  std::vector<const ast::Join*> chain;
  while (const auto* joined = ast::as<ast::Join>(item)) {
    chain.push_back(joined);
    item = joined->left;
  }
  QueryOutput output;
  if (const auto* reference = ast::as<ast::TableRef>(item)) {
    output = table(*reference, scope);
  } else if (const auto* query = ast::as<ast::DerivedTable>(item)) {
    output = derived(*query, scope);
  } else if (const auto* call = ast::as<ast::FunctionTable>(item)) {
    output = function(*call, scope);
  } else {
    // XMLTABLE, JSON_TABLE: their columns are not told.
    all_told_ = false;
    expression(item, scope);
    output.known = false;
  }
  for (auto joined = chain.rbegin(); joined != chain.rend(); ++joined) {
    output = join(**joined, std::move(output), scope);
  }
  return output;
}

QueryOutput QueryResolver::table(const ast::TableRef& reference, Scope& scope) {
  Source source;
  const ast::RelationName& relation = reference.relation;
  source.name = std::string(reference.alias.name.empty() ? relation.name : reference.alias.name.text);
  const QueryOutput* common = relation.schema.empty() ? scope.common_table(relation.name) : nullptr;
  if (common != nullptr) {
    source.output = *common;
  } else if (const catalog::Object* object = lookup_.relation(relation.schema, relation.name)) {
    source.output = columns_of_relation(*object);
    if (reference.alias.name.empty()) source.schema = catalog::base(*object).schema;
    note_relation(catalog::base(*object).id, relation.span);
  } else {
    source.output.known = false;
    if (reference.alias.name.empty()) source.schema = std::string(relation.schema);
  }
  rename_columns(source.output, reference.alias.columns);
  if (reference.sample != nullptr) expression(reference.sample, scope);
  QueryOutput output = source.output;
  scope.sources.push_back(std::move(source));
  return output;
}

QueryOutput QueryResolver::join(const ast::Join& reference, QueryOutput left, Scope& scope) {
  const std::size_t before = scope.sources.size();
  QueryOutput right;
  if (const auto* plain = ast::as<ast::TableRef>(reference.right);
      plain != nullptr && plain->sample == nullptr) {
    right = table(*plain, scope);
  } else if (depth_ < 127) {
    ++depth_;
    // A LATERAL item on the right sees what is to its left.
    QueryOutput outside = std::move(scope.visible);
    scope.visible = outside;
    append(scope.visible, left);
    right = from_item(reference.right, scope);
    scope.visible = std::move(outside);
    --depth_;
  } else {
    right.known = false;
  }
  std::vector<std::string> merged;
  if (reference.natural) merged = common_names(left, right);
  for (const ast::Name& name : reference.using_columns) merged.emplace_back(name.text);

  QueryOutput output;
  output.known = left.known && right.known;
  for (const std::string& name : merged) {
    OutputColumn from_left = take_column(left, name);
    OutputColumn from_right = take_column(right, name);
    note(from_left, reference.span);
    note(from_right, reference.span);
    output.columns.push_back(std::move(from_left.relation != catalog::kNoObject ? from_left : from_right));
  }
  append(output, std::move(left));
  append(output, std::move(right));

  if (reference.on != nullptr) {
    // ON sees both sides (and what is around), not their neighbours in FROM.
    std::swap(scope.visible, output);
    expression(reference.on, scope);
    std::swap(scope.visible, output);
  }
  if (!reference.alias.name.empty()) {
    rename_columns(output, reference.alias.columns);
    scope.sources.resize(std::min(before, scope.sources.size()));
    scope.sources.push_back({std::string(reference.alias.name.text), {}, output});
  }
  return output;
}

QueryOutput QueryResolver::derived(const ast::DerivedTable& reference, Scope& scope) {
  Source source;
  source.name = std::string(reference.alias.name.text);
  if (reference.query != nullptr) {
    Scope hidden;  // without LATERAL the neighbours are not seen, but the common table expressions are
    hidden.outer = scope.outer;
    hidden.common_tables = scope.common_tables;
    source.output = select(*reference.query, reference.lateral ? &scope : &hidden);
  }
  rename_columns(source.output, reference.alias.columns);
  QueryOutput output = source.output;
  scope.sources.push_back(std::move(source));
  return output;
}

QueryOutput QueryResolver::function_output(const ast::FunctionTable& reference) const {
  QueryOutput output;
  const ast::FunctionCall* call =
      reference.functions.size() == 1 ? ast::as<ast::FunctionCall>(reference.functions[0]) : nullptr;
  output.known = false;
  if (call == nullptr) return output;
  const std::string_view own_name =
      reference.alias.name.empty() ? call->name.name : reference.alias.name.text;
  const auto known = std::find_if(kTableFunctions.begin(), kTableFunctions.end(),
                                  [&](const TableFunction& one) { return one.name == call->name.name; });
  if (known != kTableFunctions.end()) {
    output.known = call->name.name != "unnest" || call->arguments.size() == 1;
    for (const std::string_view column : known->columns) {
      if (!column.empty()) output.columns.push_back({std::string(column), {}, catalog::kNoObject, 0});
    }
    if (output.columns.empty()) output.columns.push_back({std::string(own_name), {}, catalog::kNoObject, 0});
    return output;
  }
  const auto functions = lookup_.functions(call->name.schema, call->name.name);
  if (functions.size() != 1) return output;
  const catalog::Function& function = *functions.front();
  for (const auto& argument : function.arguments) {
    if (argument.mode == ast::FunctionParameter::Mode::In ||
        argument.mode == ast::FunctionParameter::Mode::Variadic) {
      continue;
    }
    output.columns.push_back({argument.name, argument.type, catalog::kNoObject, 0});
  }
  output.known = !output.columns.empty();
  if (output.known) return output;
  const catalog::Object* row = function.returns.id == catalog::kNoObject
                                   ? nullptr
                                   : lookup_.relation(function.returns.schema, function.returns.name);
  return row == nullptr ? output : columns_of_relation(*row);
}

QueryOutput QueryResolver::function(const ast::FunctionTable& reference, Scope& scope) {
  all_told_ = false;
  for (const ast::Expression* call : reference.functions) expression(call, scope);
  Source source;
  const auto* first =
      reference.functions.empty() ? nullptr : ast::as<ast::FunctionCall>(reference.functions[0]);
  const std::string_view function_name = first == nullptr ? std::string_view{} : first->name.name;
  source.name = std::string(reference.alias.name.empty() ? function_name : reference.alias.name.text);
  source.output = function_output(reference);
  if (reference.ordinality) source.output.columns.push_back({"ordinality", {}, catalog::kNoObject, 0});
  rename_columns(source.output, reference.alias.columns);
  // All columns have a name by the alias: AS x (a int, b text).
  if (!reference.alias.columns.empty()) source.output.known = true;
  QueryOutput output = source.output;
  scope.sources.push_back(std::move(source));
  return output;
}

}  // namespace migcheck::plan
