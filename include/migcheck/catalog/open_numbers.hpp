// SPDX-License-Identifier: MIT
#pragma once

// PostgreSQL numbers the names that it chooses: t_a_check, t_a_check1, t_a_check2 … and takes the first that
// is free. Of thousands nobody should try all: for a word this knows a number below which all are taken.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace migcheck::catalog {

class OpenNumbers {
 public:
  // So many are tried again each time: nothing is kept for a word with a lower number.
  static constexpr std::uint32_t kFew = 32;

  // The first number from `from` on, which is not 0, for which `is_taken(name)` is false of the word with the
  // number behind it. What is found out about the word is kept: for whoever asks the same again.
  template <typename IsTaken>
  std::uint32_t first_open(const std::string& word, std::uint32_t from, IsTaken is_taken) {
    const std::uint32_t open = open_of(word);
    std::uint32_t number = from < open ? open : from;
    while (is_taken(word + std::to_string(number))) ++number;
    if (number > kFew && number > open && from <= open) note(word, number);
    return number;
  }

  [[nodiscard]] bool empty() const { return open_ == nullptr; }
  // Nothing has that name any more.
  void free(std::string_view name) {
    if (!empty()) free_noted(name);
  }

 private:
  [[nodiscard]] std::uint32_t open_of(std::string_view word) const;
  void note(const std::string& word, std::uint32_t open);
  void free_noted(std::string_view name);

  using Words = std::map<std::string, std::uint32_t, std::less<>>;
  std::shared_ptr<const Words> open_;  // copies share it
};

}  // namespace migcheck::catalog
