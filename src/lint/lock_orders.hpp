// SPDX-License-Identifier: MIT
#pragma once

// Which tables transactions locked strongly, and in which order: two that take the same two tables in
// opposite orders can deadlock with each other, and one of them with whoever keeps to the other order.

#include <map>
#include <utility>

#include "migcheck/check.hpp"

namespace migcheck {

class LockOrders {
 public:
  void add(const TransactionRecord& record);
  // Where `second` was locked by the first transaction that had locked `first` before.
  [[nodiscard]] Place find(const RelationRef& first, const RelationRef& second) const;

 private:
  std::map<std::pair<catalog::ObjectId, catalog::ObjectId>, Place> places_;
};

}  // namespace migcheck
