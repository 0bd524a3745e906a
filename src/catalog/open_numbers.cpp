// SPDX-License-Identifier: MIT
#include "migcheck/catalog/open_numbers.hpp"

#include <algorithm>
#include <charconv>

namespace migcheck::catalog {

std::uint32_t OpenNumbers::open_of(std::string_view word) const {
  if (open_ == nullptr) return 1;
  const auto found = open_->find(word);
  return found == open_->end() ? 1 : found->second;
}

void OpenNumbers::note(const std::string& word, std::uint32_t open) {
  Words words = open_ == nullptr ? Words{} : *open_;
  words.insert_or_assign(word, open);
  open_ = std::make_shared<const Words>(std::move(words));
}

// The word may end in digits itself: each way to read the name is looked at.
void OpenNumbers::free_noted(std::string_view name) {
  std::size_t digits = 0;
  constexpr std::size_t kMost = 9;
  while (digits < std::min(kMost, name.size()) && name[name.size() - digits - 1] >= '0' &&
         name[name.size() - digits - 1] <= '9') {
    ++digits;
    const std::string_view number = name.substr(name.size() - digits);
    std::uint32_t value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    const std::string_view word = name.substr(0, name.size() - digits);
    if (number.front() != '0' && value < open_of(word)) note(std::string(word), value);
  }
}

}  // namespace migcheck::catalog
