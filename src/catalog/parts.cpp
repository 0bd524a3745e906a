// SPDX-License-Identifier: MIT
#include "migcheck/catalog/parts.hpp"

#include <algorithm>

namespace migcheck::catalog {

void KeyIndex::insert(std::string_view key, std::uint32_t number) {
  if (key.empty()) return;
  std::vector<std::uint32_t>& numbers = numbers_[hash(key)];
  numbers.insert(std::upper_bound(numbers.begin(), numbers.end(), number), number);
}

void KeyIndex::erase(std::string_view key, std::uint32_t number) {
  if (key.empty()) return;
  std::vector<std::uint32_t>& numbers = numbers_[hash(key)];
  numbers.erase(std::lower_bound(numbers.begin(), numbers.end(), number));
  if (numbers.empty()) numbers_.erase(hash(key));
}

}  // namespace migcheck::catalog
