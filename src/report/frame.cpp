// SPDX-License-Identifier: MIT

#include "report/frame.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/unicode.hpp"

namespace migcheck::report {
namespace {

constexpr int kTabWidth = 4;
constexpr int kNarrowest = 40;
constexpr std::uint32_t kLinesAtOnce = 6;  // of a clause; the middle of a longer one is left out
constexpr std::string_view kCut = "...";

// One character as it is drawn.
struct Cell {
  std::string text;
  std::uint32_t at = 0;  // its byte
  int width = 0;
  bool marked = false;
};

Cell cell_of(const Character& character, std::string_view before, int column) {
  Cell cell;
  if (character.code == '\t') {
    cell.width = kTabWidth - column % kTabWidth;
    cell.text.assign(static_cast<std::size_t>(cell.width), ' ');
  } else if (is_unsafe(character.code)) {
    cell.text = visible_escape(character.code);
    cell.width = static_cast<int>(cell.text.size());
  } else if (character.code == '[' && ends_like_a_runner_command(before)) {
    cell.text = " [";
    cell.width = 2;
  } else {
    append_utf8(cell.text, character.code);
    cell.width = display_width(character.code);
  }
  return cell;
}

// A line's characters. Of an enormous line only the neighbourhood of the clause is looked at.
struct Line {
  std::vector<Cell> cells;
  bool cut_before = false;
  bool cut_after = false;
};

// A place between two characters: the caret stands under the one that follows.
void mark_between(std::vector<Cell>& cells, std::uint32_t place) {
  const auto next =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.at >= place; });
  if (next != cells.end()) {
    next->marked = true;
  } else {
    cells.push_back({" ", place, 1, true});
  }
}

// The characters of a line around the clause, whose place is counted from the line's beginning.
Line line_cells(std::string_view text, Span clause, std::uint32_t reach) {
  Line result;
  const auto size = static_cast<std::uint32_t>(text.size());
  std::uint32_t at = 0;
  const std::uint32_t wanted = std::min(clause.begin, size);
  if (wanted > reach) {
    at = wanted - reach;
    for (int n = 0; n < 3 && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; ++n) --at;
    result.cut_before = true;
  }
  const std::uint32_t end = std::min(size, wanted + 2 * reach);
  result.cut_after = end < size;
  int column = 0;
  const std::uint32_t first = at;
  while (at < end) {
    const Character character = character_at(text, at);
    Cell cell = cell_of(character, text.substr(first, at - first), column);
    cell.at = at;
    cell.marked = clause.begin <= at && at < clause.end;
    column += cell.width;
    result.cells.push_back(std::move(cell));
    at += character.length;
  }
  return result;
}

int width_of(const std::vector<Cell>& cells) {
  int width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

// Takes cells from the left and right until the line fits; the first marked cell stays in sight.
void cut_to_width(Line& line, int available) {
  auto& cells = line.cells;
  if (!line.cut_before && !line.cut_after && width_of(cells) <= available) return;
  const auto mark = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; });
  const auto last_mark =
      std::find_if(cells.rbegin(), cells.rend(), [](const Cell& cell) { return cell.marked; }).base();
  const int room = available - 2 * static_cast<int>(kCut.size());
  auto first = cells.begin();
  if (width_of({cells.begin(), last_mark}) > room || line.cut_before) {
    // Not all up to the clause's end fits: begin a third of the room before the clause.
    first = mark == cells.end() ? cells.begin() : mark;
    int before = 0;
    while (first != cells.begin() && before + (first - 1)->width <= room / 3) before += (--first)->width;
  }
  auto last = first;
  int used = 0;
  while (last != cells.end() && used + last->width <= room) used += (last++)->width;
  line.cut_before = line.cut_before || first != cells.begin();
  line.cut_after = line.cut_after || last != cells.end();
  cells = std::vector<Cell>(first, last);
}

std::string without_trailing_spaces(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

class FrameWriter {
 public:
  FrameWriter(std::string& out, const Frame& frame, const Paint& paint, int width)
      : out_(out), frame_(frame), paint_(paint), numbers_(gutter_width(frame)) {
    available_ = std::max(kNarrowest, width - numbers_ - 3);
  }

  void write() {
    const Excerpt& excerpt = frame_.excerpt;
    const Span clause = frame_.clause;
    const Span statement = frame_.statement;
    const std::uint32_t first = excerpt.position(clause.begin).line;
    const std::uint32_t last =
        std::max(first, excerpt.position(clause.empty() ? clause.end : clause.end - 1).line);
    bare('|');
    if (!statement.empty()) {
      const std::uint32_t head = excerpt.position(statement.begin).line;
      if (head < first) numbered(head, false);
      if (head + 1 < first) bare(':');
    }
    for (std::uint32_t line = first; line <= last; ++line) {
      if (last - first >= kLinesAtOnce && line == first + kLinesAtOnce / 2) {
        bare(':');
        line = last - 1;
      }
      numbered(line, true);
    }
  }

 private:
  void bare(char mark) { out_ += paint_(Ink::Gutter, gutter(numbers_, mark)) + "\n"; }

  void numbered(std::uint32_t number, bool mark) {
    const ExcerptLine shown = frame_.excerpt.line(number);
    const auto inside = [&](std::uint32_t place) { return place - std::min(place, shown.begin); };
    const Span clause = mark ? Span{inside(frame_.clause.begin), inside(frame_.clause.end)} : Span{};
    Line line = line_cells(shown.text, clause, static_cast<std::uint32_t>(available_) * 4);
    if (mark && frame_.clause.empty()) mark_between(line.cells, clause.begin);
    cut_to_width(line, available_);
    std::string text(line.cut_before ? kCut : "");
    std::string carets(text.size(), ' ');
    bool begun = false;  // carets leave the indentation of a clause's later lines alone
    for (const Cell& cell : line.cells) {
      text += cell.text;
      begun =
          begun || (cell.marked && (cell.text.find_first_not_of(' ') != std::string::npos || clause.empty()));
      carets.append(static_cast<std::size_t>(cell.width), cell.marked && begun ? '^' : ' ');
    }
    if (line.cut_after) text += kCut;
    out_ += paint_(Ink::Gutter, fmt::format("{:>{}} |", number, numbers_));
    text = without_trailing_spaces(std::move(text));
    if (!text.empty()) out_ += " " + text;
    out_ += "\n";
    carets = without_trailing_spaces(std::move(carets));
    if (!mark || carets.empty()) return;
    out_ += paint_(Ink::Gutter, gutter(numbers_, '|')) + " " + inked(carets) + "\n";
  }

  [[nodiscard]] std::string inked(const std::string& carets) const {
    const std::size_t begin = carets.find('^');
    return carets.substr(0, begin) + paint_(frame_.ink, carets.substr(begin));
  }

  std::string& out_;
  const Frame& frame_;
  const Paint& paint_;
  int numbers_;
  int available_ = kNarrowest;
};

}  // namespace

std::string gutter(int number_width, char mark) {
  return std::string(static_cast<std::size_t>(number_width) + 1, ' ') + mark;
}

int gutter_width(const Frame& frame) {
  const std::uint32_t last = frame.excerpt.position(frame.clause.end).line;
  return static_cast<int>(fmt::formatted_size("{}", last));
}

void append_frame(std::string& out, const Frame& frame, const Paint& paint, int width) {
  FrameWriter(out, frame, paint, width).write();
}

}  // namespace migcheck::report
