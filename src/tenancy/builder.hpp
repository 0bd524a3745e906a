// SPDX-License-Identifier: MIT
#pragma once

// From syntax to blocks: resolves names, finds the equalities, and notes where sub-queries stand.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tenancy/model.hpp"

namespace migcheck::tenancy {

class Builder {
 public:
  explicit Builder(Model& model) : model_(model) {}

  BlockId statement(const ast::Statement& statement, BlockId outer);

 private:
  // Counts how deep it is; past the limit the query is too complex and gets no proof.
  class Level;

  // --- queries (build_query.cpp) ---
  BlockId select(const ast::Select& select, BlockId outer);
  void select_core(const ast::Select& select, BlockId block);
  void filter(const ast::Expression* where, BlockId block);
  void set_operation(const ast::Select& select, BlockId block);
  Facts facts_of_side(BlockId whole, BlockId side);
  void values_rows(const ast::Select& select, BlockId block);
  void outputs(const ast::List<const ast::SelectItem*>& items, BlockId block);
  void group(const ast::Select& select, BlockId block);
  void mark_pushable(const ast::Select& select, BlockId block);
  [[nodiscard]] bool is_aggregate(const ast::Node& node) const;
  [[nodiscard]] bool aggregates(const ast::Select& select) const;
  std::vector<TermId> terms_of(const ast::List<const ast::Expression*>& list, BlockId block);
  void finish(BlockId block);
  void add_output(BlockId block, std::string name, TermId source);
  void leave_open(RangeId range, BlockId block);
  void star(BlockId block, std::string_view qualifier);

  // --- FROM (build_from.cpp) ---
  std::int32_t from_item(const ast::FromItem* item, BlockId block);
  std::int32_t from_list(const ast::List<const ast::FromItem*>& items, BlockId block);
  std::int32_t inner_join(BlockId block, std::int32_t left, std::int32_t right);
  std::int32_t join(const ast::Join& join, BlockId block);
  std::int32_t leaf(BlockId block, RangeId range);
  RangeId relation(const ast::RelationName& name, const ast::Alias& alias, Span span, BlockId block,
                   bool written);
  RangeId view(const catalog::View& view, BlockId block, Span span);
  [[nodiscard]] bool is_later_than_view(const catalog::Column& column) const;
  RangeId derived(const ast::DerivedTable& table, BlockId block);
  RangeId function_rows(const ast::FunctionTable& reference, BlockId block);
  [[nodiscard]] const catalog::Function* followed_function(const ast::FunctionCall& call) const;
  RangeId rows_inside(BlockId inner, BlockId block, Span span);
  void rename(RangeId range, const ast::Alias& alias);
  void using_columns(const ast::Join& join, BlockId block, FromNode& node);
  std::vector<std::pair<std::string, TermId>> range_columns(RangeId range);
  std::vector<std::pair<std::string, TermId>> star_columns(BlockId block, std::int32_t at);

  // --- WITH (build_with.cpp) ---
  BlockId with(const ast::List<const ast::CommonTable*>& tables, BlockId outer);
  void common_table(const ast::CommonTable& table, BlockId scope);
  [[nodiscard]] std::uint32_t find_common_table(std::string_view name, BlockId block) const;
  RangeId common_table_reference(std::uint32_t table, BlockId block);
  Facts stand_ins(std::uint32_t table, RangeId range);
  [[nodiscard]] bool is_inner(TermId term, BlockId scope, BlockId block) const;
  struct Guess {
    std::int32_t column;
    TermId value;
    bool assumed;
  };
  std::vector<Guess> first_guesses(const CommonTable& table);
  Facts told(const std::vector<Guess>& guesses, RangeId range);
  // A row of the result comes from a row of this range's table, of this tenant, and shows these columns of
  // it.
  struct RowGuess {
    RangeId row = kNone;
    TermId value = kNone;
    bool assumed = false;
    std::map<std::int32_t, std::int32_t> columns = {};  // of the result: of the table
    std::vector<RangeId> behind = {};                   // for each reference to itself
  };
  std::vector<RowGuess> first_rows(const CommonTable& table);
  RangeId row_behind(const RowGuess& guess, RangeId range);
  void tell(const RowGuess& guess, RangeId range, RangeId behind, Facts& out);
  std::map<std::int32_t, std::int32_t> kept_columns(const RowGuess& guess, const Classes& classes,
                                                    BlockId step);
  bool drop_failing(std::uint32_t table, std::vector<Guess>& guesses, std::vector<RowGuess>& rows);
  void induct(std::uint32_t table);

  // --- conditions (build_conditions.cpp) ---
  void condition(const ast::Expression* expression, BlockId block, const Facts& known, Facts& out);
  void operation(const ast::Operation& operation, BlockId block, Facts& out);
  void comparison(const ast::Expression* left, const ast::Expression* right, Relation relation, BlockId block,
                  Facts& out);
  void in_list(const ast::InList& list, BlockId block, Facts& out);
  void sub_query(const ast::SubQuery& sub, BlockId block, Facts& out);
  void not_in(const ast::BoolOperation& negation, BlockId block);
  void disjunction(const ast::BoolOperation& either, BlockId block, const Facts& known, Facts& out);
  void or_null(const std::vector<Classes>& branches, const std::set<TermId>& candidates, Facts& out);
  void common_to_all(const std::vector<Facts>& branches, BlockId block, const Facts& known, Facts& out);
  void not_equal_or_null(const ast::NullTest& test, BlockId block, Facts& out);
  void hint(TermId term, TenantGap gap);
  [[nodiscard]] bool visible_from(TermId term, BlockId block) const;
  [[nodiscard]] bool never_null(TermId term) const;

  // --- terms (build_terms.cpp) ---
  TermId term(const ast::Expression* expression, BlockId block);
  TermId cast_term(const ast::Cast& cast, BlockId block);
  TermId column_ref(const ast::ColumnRef& reference, BlockId block);
  TermId variable(const ast::ColumnRef& reference);
  TermId argument(const ast::ColumnRef& reference);
  TermId numbered_argument(const ast::Parameter& parameter);
  TermId coalesce(const ast::Coalesce& coalesce, BlockId block);
  TermId resolve(std::string_view qualifier, std::string_view column, BlockId block);
  TermId resolve_in(std::string_view qualifier, std::string_view column, const Block& block);
  struct Value {
    std::string text;
    ValueKind kind = ValueKind::Given;
    bool assumed = false;
  };
  // The expression as a value that is the same throughout the query; nothing if it is not one.
  std::optional<Value> value(const ast::Expression* expression, BlockId block);
  std::optional<Value> operation_value(const ast::Operation& operation, BlockId block);
  std::optional<Value> call_value(const ast::FunctionCall& call, BlockId block);
  std::optional<Value> combined(const char* what, const std::vector<const ast::Expression*>& parts,
                                BlockId block);
  // The block of a sub-query; built when it is met first.
  BlockId sub_block(const ast::SubQuery& sub, BlockId block);
  // Builds the sub-queries inside an expression that says nothing itself.
  void visit(const ast::Node* node, BlockId block);
  void expression(const ast::Node* node, BlockId block);

  // --- writing statements (build_writes.cpp) ---
  BlockId insert(const ast::Insert& insert, BlockId outer);
  std::vector<std::pair<std::string, TermId>> inserted_columns(const ast::Insert& insert,
                                                               const catalog::Table& table, BlockId source);
  BlockId change_rows(const ast::Statement& statement, BlockId outer);
  BlockId merge(const ast::Merge& merge, BlockId outer);
  void merge_insert(const ast::MergeAction& action, BlockId block, RangeId target);
  std::size_t written_reference(RangeId range);
  // A row of the target's table with these columns, before it is there.
  RangeId new_row(RangeId target, const std::vector<std::pair<std::string, TermId>>& columns, Facts& facts);
  void as_given(RangeId target, RangeId row, const std::vector<std::pair<std::string, TermId>>& columns,
                Facts& facts);
  [[nodiscard]] BlockId read_tenant(const ast::Insert& insert, RangeId target, BlockId source) const;
  bool key_is_given(RangeId row, const Facts& facts);
  bool fills_tenant(RangeId target, const std::vector<std::pair<std::string, TermId>>& columns) const;
  void on_conflict(const ast::Insert& insert, BlockId block, RangeId row, const Facts& facts);
  void returned_rows(const ast::Insert& insert, BlockId block, RangeId target, RangeId row,
                     const Facts& facts);
  std::vector<std::string> conflict_columns(const ast::OnConflict& conflict,
                                            const catalog::Table& table) const;
  BlockId around(const ast::List<const ast::CommonTable*>& with, BlockId outer);
  void enclose(BlockId scope, BlockId outer, BlockId block);

  Model& model_;
  int depth_ = 0;
  std::map<std::pair<const ast::Coalesce*, BlockId>, TermId> choices_;
  // The recursive WITH query that is being built, and its body.
  std::uint32_t recursive_ = kNone;
  const ast::Select* recursive_body_ = nullptr;
  std::vector<catalog::ObjectId> views_;  // that are being built: a view cannot hold itself
  Span view_span_;                        // where the query names the outermost of them
  const catalog::View* view_ = nullptr;   // the innermost of them
  // The function whose body is being built, and what it was called with; nothing in a view.
  struct Call {
    const catalog::Function* function = nullptr;
    std::vector<TermId> arguments = {};
  };
  std::vector<Call> calls_;
};

}  // namespace migcheck::tenancy
