// SPDX-License-Identifier: MIT

#include "input/layouts/annotated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

bool switches_off(const Marker& marker, const Annotations& annotations) {
  return annotations.whole_file ? marker.words == annotations.no_transaction
                                : marker.words.ends_with(annotations.no_transaction);
}

// Outside of a transaction the tool sends statement by statement, but a StatementBegin block as one query:
// several statements in it are one implicit transaction.
class Divider {
 public:
  Divider(std::string_view text, const Annotations& annotations) : text_(text), annotations_(annotations) {}

  std::vector<Cut> cuts(const std::vector<Marker>& markers) {
    bool off = annotations_.whole_file &&
               std::any_of(markers.begin(), markers.end(),
                           [&](const Marker& marker) { return switches_off(marker, annotations_); });
    for (const Marker& marker : markers) {
      const bool up = starts_with_word(marker.words, "up");
      if (up || starts_with_word(marker.words, "down")) {
        direction_ = up ? Direction::Up : Direction::Down;
        if (!annotations_.whole_file) off = switches_off(marker, annotations_);
        outside_ = off ? Wrapping::None : Wrapping::Transaction;
        begun_ = true;
        add(marker.line.begin, outside_);
      } else if (begun_ && outside_ == Wrapping::None) {
        if (marker.words == "statementbegin") add(marker.line.begin, Wrapping::SimpleQuery);
        if (marker.words == "statementend") add(marker.line.end, Wrapping::None);
      }
    }
    return std::move(cuts_);
  }

 private:
  // A None part without any code (between two blocks, or after the last) is not worth a section.
  void add(std::uint32_t begin, Wrapping wrapping) {
    if (!cuts_.empty() && cuts_.back().wrapping == Wrapping::None && is_blank(cuts_.back().begin, begin)) {
      cuts_.pop_back();
    }
    cuts_.push_back({begin, direction_, wrapping, direction_ == Direction::Up ? "Up" : "Down"});
  }

  [[nodiscard]] bool is_blank(std::uint32_t begin, std::uint32_t end) const {
    LineWalker lines(text_of(text_, {begin, end}));
    Span line;
    while (lines.next(line)) {
      const std::string_view content = trimmed(text_.substr(begin + line.begin, line.size()));
      if (!content.empty() && !content.starts_with("--")) return false;
    }
    return true;
  }

  std::string_view text_;
  const Annotations& annotations_;
  std::vector<Cut> cuts_;
  Direction direction_ = Direction::Up;
  Wrapping outside_ = Wrapping::Transaction;
  bool begun_ = false;
};

}  // namespace

Parts annotated_parts(const MigrationText& file, const Annotations& annotations) {
  const std::vector<Marker> markers = find_markers(file.text, {annotations.prefix});
  std::vector<Cut> cuts = Divider(file.text, annotations).cuts(markers);
  if (!cuts.empty()) return parts_from(file.text, std::move(cuts));
  Parts parts = one_part(file, Wrapping::Transaction);
  parts.unread.push_back(
      {{},
       0,
       fmt::format("There is no `{} Up` line, so the tool refuses this file; it is read whole.",
                   annotations.prefix),
       false});
  return parts;
}

}  // namespace migcheck::input
