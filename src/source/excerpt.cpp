// SPDX-License-Identifier: MIT

#include "migcheck/excerpt.hpp"

#include <algorithm>
#include <utility>

namespace migcheck {
namespace {

constexpr std::string_view kWhite = " \t\r\n";

bool is_white(char letter) {
  return kWhite.find(letter) != std::string_view::npos;
}

// The first and the last of some neighbouring lines.
struct Lines {
  std::uint32_t first = 1;
  std::uint32_t last = 1;
};

// The lines to keep of a span: how it begins, how it ends, and the white space at its end.
void add_lines(std::string_view text, const LineIndex& lines, Span span, std::vector<Lines>& kept) {
  const auto size = static_cast<std::uint32_t>(text.size());
  span = {std::min(span.begin, size), std::min(span.end, size)};
  const std::uint32_t first = lines.line_of(span.begin);
  const std::uint32_t last = lines.line_of(std::max(span.begin, span.end));
  const std::uint32_t last_of_first = first + Excerpt::kFirstLines - 1;
  kept.push_back({first, std::min(last_of_first, last)});
  if (last <= last_of_first) return;
  const std::size_t end = text.substr(0, span.end).find_last_not_of(kWhite);
  const std::uint32_t trimmed = end == std::string_view::npos || end < span.begin
                                    ? first
                                    : lines.line_of(static_cast<std::uint32_t>(end));
  kept.push_back({std::max(first, trimmed - 1), last});
}

// In order, those that touch joined.
std::vector<Lines> joined(std::vector<Lines> kept) {
  std::sort(kept.begin(), kept.end(), [](Lines a, Lines b) { return a.first < b.first; });
  std::vector<Lines> all;
  for (const Lines& lines : kept) {
    if (all.empty() || lines.first > all.back().last + 1) {
      all.push_back(lines);
    } else {
      all.back().last = std::max(all.back().last, lines.last);
    }
  }
  return all;
}

}  // namespace

Excerpt::Excerpt(std::string text)
    : text_(std::move(text)),
      lines_(text_),
      stretches_{{{0, static_cast<std::uint32_t>(text_.size())}, 1, 1, lines_.line_count(), 0}} {}

Excerpt::Excerpt(std::string_view text, std::span<const Span> spans) {
  const LineIndex lines(text);
  std::vector<Lines> kept;
  for (const Span& span : spans) add_lines(text, lines, span, kept);
  std::uint32_t own_line = 1;
  for (const Lines& part : joined(std::move(kept))) {
    // A carriage return that ends a line must not become one with a line feed that stood elsewhere.
    if (text_.ends_with('\r')) text_ += '\n';
    const auto size = static_cast<std::uint32_t>(text.size());
    const Span span = {lines.begin_of(part.first),
                       part.last < lines.line_count() ? lines.begin_of(part.last + 1) : size};
    const std::uint32_t count = part.last - part.first + 1;
    stretches_.push_back({span, part.first, own_line, count, static_cast<std::uint32_t>(text_.size())});
    text_ += text.substr(span.begin, span.size());
    own_line += count;
  }
  text_.shrink_to_fit();
  stretches_.shrink_to_fit();
  lines_ = LineIndex(text_);
}

Excerpt::Excerpt(const LineIndex& lines, std::span<const Span> spans) {
  std::vector<Lines> kept;
  for (const Span& span : spans) {
    for (const std::uint32_t offset : {span.begin, span.end}) {
      const std::uint32_t line = lines.line_of(offset);
      kept.push_back({line, line});
    }
  }
  for (const Lines& part : joined(std::move(kept))) {
    for (std::uint32_t line = part.first; line <= part.last; ++line)
      stretches_.push_back({{lines.begin_of(line), lines.begin_of(line)}, line, 1, 1, 0});
  }
}

const Excerpt::Stretch* Excerpt::stretch_of(std::uint32_t offset) const {
  const auto next = std::upper_bound(
      stretches_.begin(), stretches_.end(), offset,
      [](std::uint32_t wanted, const Stretch& stretch) { return wanted < stretch.span.begin; });
  return next == stretches_.begin() ? nullptr : &*(next - 1);
}

Position Excerpt::position(std::uint32_t offset) const {
  const Stretch* stretch = stretch_of(offset);
  if (stretch == nullptr) return {};
  if (text_.empty()) {
    const std::uint32_t column = offset - stretch->span.begin + 1;
    return {stretch->line, column, column, column};
  }
  const std::uint32_t inside = std::min(offset, stretch->span.end) - stretch->span.begin;
  Position position = lines_.position(text_, stretch->at + inside);
  position.line += stretch->line - stretch->own_line;
  return position;
}

ExcerptLine Excerpt::line(std::uint32_t number) const {
  const auto next =
      std::upper_bound(stretches_.begin(), stretches_.end(), number,
                       [](std::uint32_t wanted, const Stretch& stretch) { return wanted < stretch.line; });
  if (next == stretches_.begin()) return {};
  const Stretch& stretch = *(next - 1);
  if (number >= stretch.line + stretch.count) return {};
  const Span own = lines_.line(text_, number - stretch.line + stretch.own_line);
  return {own.begin - stretch.at + stretch.span.begin, std::string_view(text_).substr(own.begin, own.size())};
}

Span Excerpt::trimmed(Span span) const {
  const Stretch* stretch = stretch_of(span.end);
  if (stretch == nullptr || text_.empty()) return span;
  const auto begin = std::max(span.begin, stretch->span.begin);
  std::uint32_t end = std::min(span.end, stretch->span.end);
  while (end > begin && is_white(text_[stretch->at + (end - 1 - stretch->span.begin)])) --end;
  return {std::min(span.begin, end), end};
}

}  // namespace migcheck
