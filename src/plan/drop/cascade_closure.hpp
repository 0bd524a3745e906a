// SPDX-License-Identifier: MIT
#pragma once

// From the things that a DROP names to everything that goes with them.

#include <map>
#include <vector>

#include "plan/drop/cascade.hpp"

namespace migcheck::plan {

// How a thing came to be dropped.
struct DropReason {
  bool named = false;      // the statement names it
  bool automatic = false;  // it cannot be without something that goes: it goes silently
  bool uncertain = false;  // reached only through something that may or may not be there
};

// Finds them all, breadth first; each thing once, however many ways lead to it.
class DropClosure {
 public:
  DropClosure(const Planner& planner, const std::vector<DropTarget>& targets);

  // In the order in which they were found; the named ones come first.
  [[nodiscard]] const std::vector<DropTarget>& order() const { return order_; }
  [[nodiscard]] const DropReason& reason(const DropTarget& target) const { return found_.at(target); }
  // The object goes as a whole.
  [[nodiscard]] bool takes(catalog::ObjectId object) const;

 private:
  void add(DropTarget target, bool automatic);
  void add_dependents(catalog::ObjectId object, catalog::ColumnNumber column, const DropTarget& from);
  void expand(const DropTarget& target);
  void expand_table(const catalog::Table& table);
  void expand_index(const catalog::Index& index);
  void expand_sequence(const catalog::Sequence& sequence);
  void expand_type(const catalog::Type& type);
  void expand_schema(const catalog::Schema& schema);
  void expand_column(const catalog::Table& table, const catalog::Column& column, const DropTarget& target);
  void expand_trigger(const catalog::Table& table, const std::string& name);
  void expand_constraint(const catalog::Table& table, const catalog::Constraint& constraint);

  const Planner& planner_;
  std::map<DropTarget, DropReason> found_;
  std::vector<DropTarget> order_;
};

}  // namespace migcheck::plan
