// SPDX-License-Identifier: MIT

#include "report/page_terminal.hpp"

#include <algorithm>

#include "report/paint.hpp"

namespace migcheck::report {
namespace {

// Longer lines tire the eye, however wide the terminal is.
constexpr int kWidestProse = 100;
constexpr int kNarrowestProse = 40;

class PageWriter {
 public:
  PageWriter(int width, bool colour)
      : paint_(colour), colour_(colour), width_(std::clamp(width, kNarrowestProse, kWidestProse)) {}

  std::string write(std::string_view markdown) {
    for (const std::string_view line : lines_of(markdown)) take(line);
    end_paragraph();
    return std::move(out_);
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("```")) {
      end_paragraph();
      in_code_ = !in_code_;
    } else if (in_code_) {
      out_ += line.empty() ? "\n" : "    " + paint_(Ink::Info, line) + "\n";
    } else if (line.empty()) {
      end_paragraph();
      out_ += "\n";
    } else if (line.starts_with("#")) {
      end_paragraph();
      out_ += paint_(Ink::Strong, line.substr(std::min(line.find_first_not_of("# "), line.size()))) + "\n";
    } else if (line.starts_with("|")) {
      end_paragraph();
      out_ += with_marks(line) + "\n";
    } else {
      // A point of a list begins a paragraph of its own.
      if (line.starts_with("- ")) end_paragraph();
      if (!paragraph_.empty()) paragraph_ += ' ';
      paragraph_ += line.substr(paragraph_.empty() ? 0 : std::min(line.find_first_not_of(' '), line.size()));
    }
  }

  void end_paragraph() {
    if (paragraph_.empty()) return;
    const bool point = paragraph_.starts_with("- ");
    const int indent = point ? 2 : 0;
    const std::string_view text = std::string_view(paragraph_).substr(point ? 2 : 0);
    bool first = true;
    in_mark_ = false;
    for (const std::string& line : wrapped_lines(text, width_ - indent)) {
      out_ += point ? (first ? "- " : "  ") : "";
      out_ += with_marks(line) + "\n";
      first = false;
    }
    paragraph_.clear();
  }

  // `code` in colour instead of its marks; a span may go on in the next line.
  std::string with_marks(std::string_view line) {
    if (!colour_) return std::string(line);
    std::string out;
    while (true) {
      const std::size_t mark = line.find('`');
      const std::string_view piece = line.substr(0, mark);
      if (!piece.empty()) out += in_mark_ ? paint_(Ink::Info, piece) : std::string(piece);
      if (mark == std::string_view::npos) return out;
      in_mark_ = !in_mark_;
      line.remove_prefix(mark + 1);
    }
  }

  Paint paint_;
  bool colour_;
  int width_;
  bool in_code_ = false;
  bool in_mark_ = false;
  std::string paragraph_;
  std::string out_;
};

}  // namespace

std::string page_for_terminal(std::string_view markdown, int width, bool colour) {
  return PageWriter(width, colour).write(markdown);
}

}  // namespace migcheck::report
