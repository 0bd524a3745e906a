// SPDX-License-Identifier: MIT
#pragma once

// A query as the prover sees it: ranges (rows of tables and sub-queries), terms (their columns, and values
// that are the same throughout the query), and blocks (one SELECT each) with the equalities that hold in
// them.
//
// Three relations between terms are kept apart, because NULL decides what follows from them:
//   Equal  `a = b` was true: they are equal and neither is null.
//   Same   one is the other under another name: equal, or both null (a column of a sub-query's result).
//   Weak   the left one equals the right one, or is null: `t = $1 OR t IS NULL`, a column that an outer join
//          may null. A row without a tenant is nobody's.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/tenancy.hpp"

namespace migcheck::tenancy {

using TermId = std::uint32_t;
using RangeId = std::uint32_t;
using BlockId = std::uint32_t;
inline constexpr std::uint32_t kNone = 0;  // no term, no range, no block

// What a term stands for, where it is no column.
enum class ValueKind : std::uint8_t {
  Column,    // not a value: it differs from row to row
  Given,     // a parameter, a constant, a setting, a variable
  Identity,  // who is asking: auth.uid(), current_user
  RowField,  // a field of a row variable: NEW.order_id, rec.id
  Null,      // the tenant of rows that have none
};

struct Term {
  RangeId range = kNone;
  std::int32_t column = 0;  // index into Range::columns; kTenantOf: whose row it is, for inherited tables
  ValueKind value = ValueKind::Column;
  bool assumed = false;   // a function that nothing declares to be stable
  std::string text = {};  // of values
};
inline constexpr std::int32_t kTenantOf = -1;

enum class Relation : std::uint8_t { Equal, Same, Weak };

struct Fact {
  TermId left = kNone;
  TermId right = kNone;  // kNone with Equal: `left` is not null
  Relation relation = Relation::Equal;
  bool assumed = false;
  // The sub-query whose result this was learnt from. It speaks of one of its rows, so it says nothing inside.
  BlockId witness = kNone;
};
using Facts = std::vector<Fact>;

struct Range {
  std::string alias = {};
  const catalog::Table* table = nullptr;  // of a table
  BlockId sub = kNone;                    // of a sub-query or view: its block
  std::uint32_t common_table = kNone;     // of a reference to a WITH query
  std::vector<std::string> columns = {};
  bool open = false;        // columns are not known: any name is taken
  bool incoming = false;    // a row of the table that is not there yet
  bool transition = false;  // rows that a trigger was called for
  BlockId owner = kNone;
  RangeId original = kNone;  // a stand-in for a row of this range, seen through a WITH query
  Facts exports = {};        // what is known of its rows; computed once
  Span span = {};
};

// A node of FROM.
struct FromNode {
  RangeId range = kNone;  // of a leaf
  ast::Join::Type type = ast::Join::Type::Inner;
  std::int32_t left = -1, right = -1;
  std::vector<RangeId> ranges = {};  // below
  Facts on = {};
  const ast::Expression* condition = nullptr;
  std::vector<std::string> merged = {};  // USING, NATURAL: columns that the join has once
  // Of a FULL JOIN: each of them, and the two that it is made from.
  std::vector<std::array<TermId, 3>> either = {};
};

struct Output {
  std::string name = {};
  TermId source = kNone;
  bool pushable = false;  // a condition on it may be asked of each row that it is made from
};

struct Block {
  BlockId outer = kNone;
  RangeId output = kNone;             // its result, as a range
  std::vector<RangeId> visible = {};  // what unqualified names are looked up in
  std::vector<FromNode> nodes = {};
  std::int32_t from = -1;  // the root of FROM
  Facts where = {};        // WHERE, and HAVING where it speaks of group keys
  std::vector<Output> outputs = {};
  Facts up = {};                                             // true of every row of the result
  std::vector<std::pair<TermId, TermId>> same_columns = {};  // of a set operation: a side's, and its own
  std::vector<const ast::Expression*> conditions = {};       // sub-queries in here see rows that pass
  std::vector<const ast::Node*> expressions = {};  // and so here, but a condition's parts say nothing
  std::map<const ast::SubQuery*, BlockId> subs = {};
  std::map<const ast::Expression*, Facts> branches = {};  // what each side of an OR says
  std::map<const ast::SubQuery*, Facts> tests = {};       // of NOT IN: rows of the sub-query that can matter
  std::vector<BlockId> parts = {};                        // sources of an INSERT, its ON CONFLICT
  std::vector<std::uint32_t> common_tables = {};          // a block that only holds WITH
  BlockId left = kNone, right = kNone;  // of a set operation; of a WITH: left is what it serves
  bool is_with = false;
  bool correlated = false;
  bool open = false;          // its columns are not known: a star over something unknown
  bool transition = false;    // that star is over the rows of a trigger
  bool no_push = false;       // LIMIT: conditions from outside may not be asked inside
  bool always_a_row = false;  // an aggregate without GROUP BY gives a row from nothing
};

struct CommonTable {
  std::string name = {};
  BlockId block = kNone;
  BlockId base = kNone;  // of a recursive one: the branch that starts it
  const ast::CommonTable* node = nullptr;
  bool writes = false;  // INSERT, UPDATE …: it runs whoever reads it
  std::vector<RangeId> self_references = {};
  // What all references agree on: values by output column. Filled by the proof.
  std::size_t references = 0;
  std::size_t visited = 0;
  std::array<std::vector<std::vector<TermId>>, 2> pushed = {};  // proven, and under assumptions
  bool pushed_weakly = false;
};

// A reference that needs a verdict.
struct Reference {
  RangeId range = kNone;
  Span span = {};
  std::string name = {};
  bool through_view = false;
  bool written = false;
  bool conflict = false;  // the row that ON CONFLICT finds
  bool guard = false;     // in an EXISTS that asks nothing of the rows outside
};

// A condition that nearly binds a term.
struct Hint {
  TermId term = kNone;
  TenantGap gap = TenantGap::None;
};

// The first of several terms that is not null.
struct Choice {
  TermId result = kNone;
  std::vector<TermId> from = {};
};

// An INSERT (or the INSERT of a MERGE): what is known of the row that comes in.
struct InsertedRow {
  std::size_t reference = 0;
  RangeId row = kNone;
  Facts facts = {};
  bool given = false;       // the tenant column is written, or filled by a default or a trigger
  bool from_query = false;  // the values come from rows that are read
};

// The columns of each key by which a table's rows are known.
using RowKeys = std::vector<std::vector<catalog::ColumnNumber>>;

class Model {
 public:
  explicit Model(const ProofContext& world) : context(world) {
    terms.emplace_back();
    ranges.emplace_back();
    blocks.emplace_back();
    common_tables.emplace_back();
  }

  TermId column(RangeId range, std::int32_t index);
  TermId column(RangeId range, std::string_view name);  // kNone if the range has no such column
  // A column by its name in the catalog, whatever it is called in the query.
  TermId base_column(RangeId range, std::string_view name);
  // The same, or the column of that index, if the query speaks of it; otherwise kNone.
  [[nodiscard]] TermId known_column(RangeId range, const catalog::Column& column) const;
  [[nodiscard]] TermId known_column(RangeId range, std::int32_t index) const;
  // The column of a table that the term is; nullptr if it is something else.
  [[nodiscard]] const catalog::Column* catalog_column(TermId term) const;
  TermId value(std::string text, ValueKind kind, bool assumed = false);
  // The term that says whose row it is; kNone for a range that is no tenant's.
  TermId tenant_of(RangeId range);
  RangeId add_range(Range range);
  BlockId add_block(BlockId outer);
  [[nodiscard]] const TenantTable& tenancy(RangeId range) const;
  [[nodiscard]] const std::vector<TermId>& values() const { return values_; }
  [[nodiscard]] bool full() const { return terms.size() > kMostTerms || ranges.size() > kMostRanges; }

  static constexpr std::size_t kMostTerms = 50'000;
  static constexpr std::size_t kMostRanges = 2'000;
  static constexpr int kDeepest = 200;

  const ProofContext& context;
  std::vector<Term> terms;
  std::vector<Range> ranges;
  std::vector<Block> blocks;
  std::vector<CommonTable> common_tables;
  std::vector<Reference> references;
  std::vector<Hint> hints;
  std::vector<InsertedRow> inserts;
  std::vector<Choice> choices;
  mutable std::map<catalog::ObjectId, RowKeys> row_keys;  // of the tables that were asked for, see row_keys()
  bool too_complex = false;

 private:
  static std::uint64_t place_of(RangeId range, std::int32_t index) {
    return std::uint64_t{range} << 32U | static_cast<std::uint32_t>(index);
  }
  std::unordered_map<std::uint64_t, TermId> column_terms_;  // by place_of()
  std::map<std::string, TermId, std::less<>> value_terms_;
  std::vector<TermId> values_;
};

// Which terms are the same under a set of facts.
class Classes {
 public:
  // With assumptions: foreign keys keep rows within a tenant, a user's rows are the user's.
  Classes(Model& model, const Facts& facts, bool assumptions);
  // Equal, or the same under another name.
  [[nodiscard]] bool same(TermId a, TermId b) const;
  [[nodiscard]] TermId find(TermId term) const;
  // The values that the term equals (or is null), in order of their making.
  [[nodiscard]] std::vector<TermId> values(TermId term) const;
  // Only those that it equals.
  [[nodiscard]] std::vector<TermId> strong_values(TermId term) const;
  // Why the last assumption that led to the term was made; empty if none was.
  [[nodiscard]] const std::string& assumption() const { return assumption_; }

 private:
  bool unite(TermId a, TermId b);
  void find_tables(const Facts& facts);
  void close(const Facts& facts, bool assumptions);
  bool apply_keys(bool assumptions);
  bool follow_key(RangeId child, RangeId parent, const catalog::Constraint& key, bool assumptions);
  [[nodiscard]] bool key_proves(RangeId child, RangeId parent,
                                const std::vector<catalog::ColumnNumber>& matched) const;
  bool follow_names();
  bool follow_name(RangeId child, RangeId parent);
  bool follow_references();
  [[nodiscard]] std::string column_that_names(RangeId child, RangeId parent) const;
  [[nodiscard]] std::string column_that_is(RangeId range, TermId term, catalog::ObjectId referred) const;
  bool unite_rows(const std::vector<RangeId>& rows);
  bool unite_row(RangeId a, RangeId b);
  bool fix_single_rows();
  bool assume_owners();
  bool fix_choices(const Facts& facts);
  [[nodiscard]] bool is_or_null(TermId term, TermId other, const Facts& facts) const;
  void assume_one_row();
  bool assume_owner(RangeId range);
  [[nodiscard]] std::string row_name(RangeId range) const;
  void index_values(const Facts& facts);
  [[nodiscard]] bool has_value(TermId term, ValueKind kind) const;
  [[nodiscard]] bool has_any_value(TermId term) const;
  // Do the facts fix a unique key of the row? `fixed` says so of one column.
  template <typename Fixed>
  [[nodiscard]] bool key_is(RangeId range, Fixed fixed) const;

  Model& model_;
  mutable std::vector<TermId> parent_;
  mutable std::vector<std::uint8_t> kinds_;  // of the values in the class of a root, a bit for each
  std::vector<RangeId> tables_;              // over tables of which the facts speak
  std::map<TermId, std::vector<TermId>> class_values_;  // by class, Weak ones too
  std::string assumption_;
};

// Does the column say which row it is, or which row of another table belongs to it? It is part of a foreign
// key, or of a unique key in which no tenant stands: what agrees on it belongs together.
bool is_identifying(const Model& model, RangeId range, std::int32_t column);

// Ranges that keys join, wherever the query compares them: by range, a number that kin shares.
std::vector<RangeId> find_kin(const Model& model);

// Ranges of which the facts say that they are there, not null-extended by an outer join.
std::vector<bool> present_ranges(const Model& model, const Facts& facts);

// What holds of the rows of a part of FROM, given the types that its joins really have.
void collect_from(const Model& model, const Block& block, std::int32_t node,
                  const std::vector<ast::Join::Type>& types, Facts& out);
// Outer joins that conditions turn into inner ones, as the planner does.
void reduce_joins(const Model& model, const Block& block, std::int32_t root, const Facts& facts,
                  std::vector<ast::Join::Type>& types);

// The whole statement as blocks; the outermost, or kNone for a statement that is no query.
BlockId build(Model& model, const ast::Statement& statement);
// Fills reason and advice.
void explain(const Model& model, std::vector<TableVerdict>& verdicts);

}  // namespace migcheck::tenancy
