// SPDX-License-Identifier: MIT

#include "migcheck/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/letters.hpp"

namespace migcheck {
namespace {

constexpr std::size_t kLongestName = 64;

// Letters to add, leave out, change or swap with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t n = 0; n <= b.size(); ++n) last[n] = n;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string in_one_spelling(std::string_view name) {
  std::string out;
  for (const char letter : name) {
    if (letter == '_') {
      out += '-';
    } else {
      out += lower_letter(letter);
    }
  }
  return out;
}

}  // namespace

std::string_view nearest_name(std::string_view given, const std::vector<std::string_view>& candidates) {
  if (given.empty() || given.size() > kLongestName) return {};
  const std::string wanted = in_one_spelling(given);
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, in_one_spelling(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  if (!best.empty() || wanted.size() < 4) return best;
  // Half a name: the shortest that holds it.
  for (const std::string_view candidate : candidates) {
    const bool holds = candidate.find(wanted) != std::string_view::npos;
    if (holds && (best.empty() || candidate.size() < best.size())) best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view given, const std::vector<std::string_view>& candidates) {
  const std::string_view nearest = nearest_name(given, candidates);
  return nearest.empty() ? std::string() : fmt::format("Did you mean \"{}\"?", nearest);
}

}  // namespace migcheck
