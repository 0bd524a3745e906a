// SPDX-License-Identifier: MIT
#pragma once

// What stands around a statement in its file: before it, behind it, in the same transaction.
//
// Of thousands of statements each may look through all the others. So they are found by the names that they
// say: what is asked for costs what there is of it. The names are read as far as somebody asks, and not at
// all if nobody does.

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/replay.hpp"

namespace migcheck {

struct Check;

class Surroundings {
 public:
  using Statements = std::vector<const ast::Statement*>;
  using Names = std::span<const std::string_view>;
  using Wanted = std::function<bool(const ast::Statement&)>;

  // Forgets the file: its trees may go.
  void clear() { *this = {}; }

  // In order, with what DO blocks hold; what the tool does not run with the statement at hand is left out.
  // Given names: those alone that say all of them.
  Statements earlier(const Moment& moment, Names names);
  Statements rest_of_file(const Moment& moment, Names names);
  Statements rest_of_transaction(const Moment& moment, Names names, bool in_transaction);

  // A statement of the file before it is wanted, which for one check is the same question each time: it is
  // asked of each statement once.
  bool any_earlier(const Moment& moment, const Check* asking, const Wanted& wanted);

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  // A statement of the file by its number, and which of those in its DO block, from 1; 0: itself.
  struct Place {
    std::uint32_t number = 0;
    std::uint32_t inner = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Saying {
    Place place;
    const ast::Statement* statement = nullptr;
  };
  // Behind `from` and before `to` nothing ends the transaction that the tool holds around `home`, or another.
  struct Reach {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    const Section* home = nullptr;
    bool tool = false;
    Direction way = Direction::Up;
  };
  struct Answer {
    std::uint32_t asked = 0;  // so many, from the first one on
    std::uint32_t first = kNone;
  };

  void follow(const Moment& moment);
  void read_until(std::uint32_t end);
  void note(Place place, const ast::Statement& statement);
  [[nodiscard]] std::uint32_t number_of(const Moment& moment) const;
  [[nodiscard]] Place place_of(const Moment& moment) const;
  std::uint32_t end_of_transaction(const Moment& moment);
  [[nodiscard]] Statements between(const Moment& moment, Place begin, Place end, Names names) const;
  [[nodiscard]] Statements all_between(const Moment& moment, Place begin, Place end) const;

  const ast::StatementStream* statements_ = nullptr;
  std::uint32_t read_ = 0;
  std::unordered_map<std::string_view, std::vector<Saying>> sayings_;
  std::unordered_map<const ast::Statement*, std::uint32_t> inner_;  // their places in their DO blocks
  std::unordered_map<const Check*, Answer> answers_;
  Reach reach_;
};

}  // namespace migcheck
