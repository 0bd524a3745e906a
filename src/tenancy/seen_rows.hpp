// SPDX-License-Identifier: MIT
#pragma once

// A relation as one role reads it: one query over tables, in which policies stand as conditions and views as
// sub-queries.

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/tenancy/row_access.hpp"

namespace migcheck::tenancy {

class SeenRows {
 public:
  SeenRows(const AccessContext& context, ast::Arena& arena) : context_(context), arena_(arena) {}

  // SELECT * FROM the relation, as the role would get it; nullptr for what gives no rows that can be
  // followed.
  const ast::Select* of(const catalog::Object& relation, std::string_view role);

  // Rows of the table that pass the condition of a policy, as it is asked when the role reads.
  const ast::Select* passing(const catalog::Table& table, const ast::Expression& condition,
                             std::string_view role);

  // The reference at this place gives rows to the result, and does not only decide about others' rows.
  [[nodiscard]] bool is_source(Span span) const { return sources_.count(span.begin) != 0; }
  // A policy leads back to its own table: PostgreSQL refuses the query.
  [[nodiscard]] bool is_recursive() const { return recursive_; }
  // It is beyond what is followed.
  [[nodiscard]] bool is_too_large() const { return made_ > kMost; }
  // A function that is given a column and not looked into; empty if there is none.
  [[nodiscard]] const std::string& opaque_function() const { return opaque_function_; }
  // Rows come from something that cannot be followed.
  [[nodiscard]] bool has_opaque_source() const { return opaque_source_; }
  // A policy decides about something in it.
  [[nodiscard]] bool is_filtered() const { return filtered_; }

 private:
  // Who reads: views change the role, and those with security_invoker take the session's again.
  struct As {
    std::string role;
    std::string current;
    bool source = true;  // the rows go into the result
  };
  using Names = std::set<std::string_view>;

  const ast::Node* copy(const ast::Node* node, const As& as);
  const ast::Node* replaced(const ast::Node& node, const As& as, const Names& common);
  const ast::Node* table_reference(const ast::TableRef& reference, const As& as);
  const ast::Node* function_reference(const ast::FunctionTable& reference, const As& as);
  const ast::Node* sub_query(const ast::SubQuery& sub, const As& as);
  const ast::Node* rows_of(const catalog::Object& object, const ast::Alias& alias, const As& as);
  const ast::Node* rows_of(const catalog::Table& table, const ast::Alias& alias, const As& as);
  ast::TableRef* bare_reference(const catalog::Table& table, const As& as);
  const ast::Node* rows_of(const catalog::View& view, const ast::Alias& alias, const As& as);
  const ast::Node* rows_of(const catalog::Function& function, const ast::Alias& alias, const As& as);
  // What the policies ask of a row, together; nullptr where none hold.
  const ast::Expression* filter_of(const catalog::Table& table, const As& as);
  const ast::Expression* combined(const catalog::Table& table, const As& as);
  [[nodiscard]] bool is_for(const catalog::Policy& policy, const As& as) const;
  void note_calls(const ast::Expression* condition);

  const ast::Select* star_of(const ast::Node* from, const ast::Expression* where);
  const ast::Node* derived(const ast::Select* query, std::string_view name, const ast::Alias& alias);
  const ast::Expression* boolean(bool value);

  static constexpr std::uint32_t kMost = 400;
  static constexpr int kDeepest = 16;

  const AccessContext& context_;
  ast::Arena& arena_;
  std::uint32_t made_ = 0;
  int depth_ = 0;
  std::set<std::uint32_t> sources_;
  std::vector<catalog::ObjectId> policies_of_;  // tables whose policies are being put in
  bool recursive_ = false;
  bool opaque_source_ = false;
  bool filtered_ = false;
  std::string opaque_function_;
};

// Provably no row, whatever the tables hold.
[[nodiscard]] bool is_empty(const ast::Select& query);
[[nodiscard]] bool is_never_true(const ast::Expression* condition);

}  // namespace migcheck::tenancy
