// SPDX-License-Identifier: MIT
#pragma once

// The printing of trees, in parts: expressions and queries hold each other.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast/print.hpp"

namespace migcheck::ast {

class Printer {
 public:
  // Where brackets would change nothing: what stands between commas or is the whole.
  void whole(const Expression* expression);
  // Within brackets unless it is a single word, a call, or has brackets of its own.
  void operand(const Expression* expression);
  void query(const Select& select);
  void list(const List<const Expression*>& items);
  void raw(std::string_view text) { out_ += text; }

  [[nodiscard]] std::optional<std::string> take();

 private:
  class Level;

  void constant(const Constant& constant);
  void text(std::string_view text);
  void name(std::string_view name) { out_ += quoted_name(name); }
  void name(const QualifiedName& name);
  void names(const List<Name>& names);
  void column(const ColumnRef& column);
  void operation(const Operation& operation);
  void op(const QualifiedName& op);
  void bool_operation(const BoolOperation& operation);
  void boolean_test(const BooleanTest& test);
  void between(const Between& between);
  void call(const FunctionCall& call);
  // Calls that have words for commas: EXTRACT(year FROM x). False: there is no such form of it.
  bool worded_call(const FunctionCall& call);
  void arguments(const FunctionCall& call);
  void window(const WindowDefinition& window);
  void case_expression(const Case& source);
  void subscript(const Subscript& subscript);
  void sub_query(const SubQuery& query);
  void type(const TypeName& type);
  void interval_modifiers(const TypeName& type);
  void other_expression(const Expression& expression);

  void select_body(const Select& select);
  void operand_query(const Select& select);
  void with(const List<const CommonTable*>& tables);
  void values(const Select& select);
  void sort(const SortItem& item);
  void sort_items(const List<const Node*>& items);
  void from(const FromItem* item);
  void join(const Join& join);
  void function_table(const FunctionTable& table);
  void alias(const Alias& alias);
  void select_tail(const Select& select);

  // What cannot be printed in full is not printed at all.
  void give_up() { complete_ = false; }

  std::string out_;
  int depth_ = 0;
  bool complete_ = true;
};

// Keeps count of the levels of a tree, and stops before the stack does.
class Printer::Level {
 public:
  explicit Level(Printer& printer) : printer_(printer) {
    if (++printer_.depth_ > kMost) printer_.give_up();
  }
  ~Level() { --printer_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  [[nodiscard]] bool goes_on() const { return printer_.complete_; }

 private:
  static constexpr int kMost = 300;
  Printer& printer_;
};

}  // namespace migcheck::ast
