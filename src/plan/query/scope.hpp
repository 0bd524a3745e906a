// SPDX-License-Identifier: MIT
#pragma once

// The names that a query can use at one place: what stands in FROM, the common table expressions, and the
// scopes around.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/reads.hpp"

namespace migcheck::plan {

// How the resolver finds a relation or a function: in the catalog, or in the draft of a plan.
struct NameLookup {
  std::function<const catalog::Object*(std::string_view schema, std::string_view name)> relation;
  std::function<std::vector<const catalog::Function*>(std::string_view schema, std::string_view name)>
      functions;
  std::function<catalog::TypeRef(const ast::TypeName& type)> type;
};

// A table, sub-query, CTE or function in FROM, under the name by which columns are qualified.
struct Source {
  std::string name;
  std::string schema;  // of a relation that is not aliased: s.t.c
  QueryOutput output;
};

// What one SELECT (or UPDATE, DELETE …) sees.
struct Scope {
  const Scope* outer = nullptr;
  std::vector<Source> sources;
  QueryOutput visible;  // what a plain * gives, and where unqualified names are looked up
  struct CommonTable {
    std::string name;
    QueryOutput output;
  };
  std::vector<CommonTable> common_tables;

  [[nodiscard]] const QueryOutput* common_table(std::string_view name) const;
  [[nodiscard]] const Source* source(std::string_view schema, std::string_view name) const;
};

// Walks a statement, resolves its names, and notes what is read.
class QueryResolver {
 public:
  explicit QueryResolver(NameLookup lookup) : lookup_(std::move(lookup)) {}

  QueryOutput statement(const ast::Statement& statement, const Scope* outer);
  void expression(const ast::Node* root, const Scope& scope);
  // The reads so far, in source order.
  std::vector<ColumnRead> take();
  // A name that nothing in FROM can mean, where all that stands there is known; nullptr if there is none.
  [[nodiscard]] const ast::ColumnRef* missing() const { return all_told_ ? missing_ : nullptr; }

  // The type of an expression, as far as it can be told without PostgreSQL's tables of operators.
  [[nodiscard]] catalog::TypeRef type_of(const ast::Expression* expression, const Scope& scope) const;
  // The column that a name means, and the output it comes from; nullptr if it is not known.
  [[nodiscard]] static const OutputColumn* find(const ast::ColumnRef& reference, const Scope& scope);

 private:
  QueryOutput select(const ast::Select& query, const Scope* outer);
  QueryOutput set_operation(const ast::Select& query, const Scope& scope);
  QueryOutput simple_select(const ast::Select& query, Scope& scope);
  QueryOutput insert(const ast::Insert& statement, const Scope* outer);
  QueryOutput update(const ast::Update& statement, const Scope* outer);
  QueryOutput remove(const ast::Delete& statement, const Scope* outer);
  QueryOutput merge(const ast::Merge& statement, const Scope* outer);
  void with(ast::List<const ast::CommonTable*> tables, Scope& scope);
  void assignments(ast::List<const ast::Assignment*> set, const Source& target, const Scope& scope);
  void target_columns(ast::List<ast::Name> columns, const Source& target);
  Source target(const ast::RelationName& relation, const ast::Alias& alias);
  void order_by(ast::List<const ast::SortItem*> items, const QueryOutput& output, const Scope& scope);
  QueryOutput items(ast::List<const ast::SelectItem*> items, const Scope& scope);
  void star(const ast::ColumnRef& reference, const Scope& scope, QueryOutput& output);

  // FROM (from.cpp)
  void from(ast::List<const ast::FromItem*> items, Scope& scope);
  QueryOutput from_item(const ast::FromItem* item, Scope& scope);
  QueryOutput table(const ast::TableRef& reference, Scope& scope);
  QueryOutput join(const ast::Join& reference, QueryOutput left, Scope& scope);
  QueryOutput derived(const ast::DerivedTable& reference, Scope& scope);
  QueryOutput function(const ast::FunctionTable& reference, Scope& scope);
  [[nodiscard]] QueryOutput function_output(const ast::FunctionTable& reference) const;
  [[nodiscard]] static QueryOutput columns_of_relation(const catalog::Object& object);

  void note(const OutputColumn& column, Span span, bool by_star = false);
  void note_relation(catalog::ObjectId relation, Span span);
  void note_missing(const ast::ColumnRef& reference, const Scope& scope);
  // A key of GROUP BY, DISTINCT ON or ORDER BY, where a bare name may be the result's.
  void key(const ast::Expression* value, const QueryOutput& output, const Scope& scope);
  // Types (types.cpp)
  [[nodiscard]] catalog::TypeRef type_at(const ast::Expression* expression, const Scope& scope,
                                         int depth) const;
  [[nodiscard]] catalog::TypeRef type_of_query(const ast::SubQuery& query, const Scope& scope) const;
  [[nodiscard]] catalog::TypeRef type_of_operation(const ast::Operation& operation, const Scope& scope,
                                                   int depth) const;
  [[nodiscard]] catalog::TypeRef type_of_call(const ast::FunctionCall& call, const Scope& scope,
                                              int depth) const;
  [[nodiscard]] catalog::TypeRef type_of_choice(const ast::Expression& expression, const Scope& scope,
                                                int depth) const;

  NameLookup lookup_;
  std::vector<ColumnRead> reads_;
  const ast::ColumnRef* missing_ = nullptr;
  bool all_told_ = true;  // false: a function in FROM may bring columns that are not told
  int depth_ = 0;
  int typed_depth_ = 0;          // sub-queries that are resolved for their type only
  bool keeps_literals_ = false;  // the next SELECT is a branch: its literals have no type yet
  bool trying_ = false;          // the first part of a recursive query is read twice; its reads count once
};

// Columns that every table has without being told.
[[nodiscard]] bool is_system_column(std::string_view name);

// The scope of an expression over a table's columns: a CHECK, a default, a policy.
Scope scope_over(const catalog::Table& table);

// The type of a result that may be of either; empty where it cannot be told.
catalog::TypeRef common_type(const catalog::TypeRef& left, const catalog::TypeRef& right);
// String literals that nothing gave a type are text.
void settle_literals(QueryOutput& output);

// PostgreSQL refuses a result with more columns than a row can have (a few stars over sub-queries with stars
// are enough to ask for millions): these are all that is kept, and the rest is not known.
inline constexpr std::size_t kMostColumns = 1664;
void keep_possible(QueryOutput& output);

// Names the output's columns as an alias says: AS x (a, b).
void rename_columns(QueryOutput& output, ast::List<ast::Name> names);

}  // namespace migcheck::plan
