// SPDX-License-Identifier: MIT

#include "report/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace migcheck::report {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
// Above this product of lengths the changed middle is shown as one replacement: right, if not the shortest.
constexpr std::size_t kLargestTable = 4'000'000;

// With their line ends, which count.
Lines whole_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

struct Step {
  char mark;  // ' ', '-', '+'
  std::string_view line;
};

// The middles of both texts by their longest common subsequence.
void append_middle(std::vector<Step>& steps, const Lines& before, const Lines& after) {
  const std::size_t width = after.size() + 1;
  std::vector<std::uint32_t> longest;
  if (before.size() * after.size() <= kLargestTable) {
    longest.assign((before.size() + 1) * width, 0);
    for (std::size_t b = before.size(); b-- > 0;) {
      for (std::size_t a = after.size(); a-- > 0;) {
        longest[b * width + a] = before[b] == after[a]
                                     ? longest[(b + 1) * width + a + 1] + 1
                                     : std::max(longest[(b + 1) * width + a], longest[b * width + a + 1]);
      }
    }
  }
  std::size_t b = 0;
  std::size_t a = 0;
  while (b < before.size() || a < after.size()) {
    const bool both = b < before.size() && a < after.size() && !longest.empty();
    if (both && before[b] == after[a]) {
      steps.push_back({' ', before[b++]});
      ++a;
    } else if (b < before.size() && (!both || longest[(b + 1) * width + a] >= longest[b * width + a + 1])) {
      steps.push_back({'-', before[b++]});
    } else {
      steps.push_back({'+', after[a++]});
    }
  }
}

std::vector<Step> steps_between(Lines before, Lines after) {
  std::vector<Step> steps;
  std::size_t same = 0;
  while (same < before.size() && same < after.size() && before[same] == after[same]) {
    steps.push_back({' ', before[same++]});
  }
  std::size_t tail = 0;
  while (tail < before.size() - same && tail < after.size() - same &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(same),
                 lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  append_middle(steps, middle(before), middle(after));
  for (std::size_t n = before.size() - tail; n < before.size(); ++n) steps.push_back({' ', before[n]});
  return steps;
}

std::string range(std::size_t first, std::size_t count) {
  // A range of no lines names the line before it.
  return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

// Steps [begin, end) as one hunk; `before` and `after` count the lines that stand above it.
std::string hunk(const std::vector<Step>& steps, std::size_t begin, std::size_t end, std::size_t before,
                 std::size_t after) {
  std::size_t removed = 0;
  std::size_t added = 0;
  std::string body;
  for (std::size_t n = begin; n < end; ++n) {
    removed += steps[n].mark != '+' ? 1U : 0U;
    added += steps[n].mark != '-' ? 1U : 0U;
    body += steps[n].mark;
    body += steps[n].line;
    if (steps[n].line.back() != '\n') body += "\n\\ No newline at end of file\n";
  }
  return fmt::format("@@ -{} +{} @@\n{}", range(before, removed), range(after, added), body);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  const std::vector<Step> steps = steps_between(whole_lines(before), whole_lines(after));
  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", path, path);
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  for (std::size_t n = 0; n < steps.size();) {
    // The next change, and how far changes follow each other within their contexts.
    std::size_t change = n;
    while (change < steps.size() && steps[change].mark == ' ') ++change;
    if (change == steps.size()) break;
    const std::size_t begin = change - std::min(kContext, change - n);
    std::size_t end = change;
    for (std::size_t at = change; at < steps.size() && at < end + 2 * kContext + 1; ++at) {
      if (steps[at].mark != ' ') end = at;
    }
    end = std::min(end + kContext + 1, steps.size());
    old_line += begin - n;
    new_line += begin - n;
    out += hunk(steps, begin, end, old_line, new_line);
    for (std::size_t at = begin; at < end; ++at) {
      old_line += steps[at].mark != '+' ? 1U : 0U;
      new_line += steps[at].mark != '-' ? 1U : 0U;
    }
    n = end;
  }
  return out;
}

}  // namespace migcheck::report
