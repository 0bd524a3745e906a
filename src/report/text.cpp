// SPDX-License-Identifier: MIT

// The format for people at a terminal and in a CI log.
//
//   error[index-not-concurrent] migrations/0002_email.sql:3:8
//     |
//   3 | CREATE INDEX members_email ON members (email);
//     |        ^^^^^
//     | Building members_email blocks every write to members until it finishes.
//     |
//     = instead: CREATE INDEX CONCURRENTLY members_email ON members (email);
//     = note: members was made here: migrations/0001_init.sql:4:14

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "migcheck/unicode.hpp"
#include "report/code_lines.hpp"
#include "report/formats.hpp"
#include "report/frame.hpp"
#include "report/paint.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

// With more findings than this they come worst first, and repeats of one check become a count.
constexpr std::size_t kMany = 60;

// How many of a check are shown before the rest is counted.
std::size_t shown_of_each(Severity severity) {
  return severity == Severity::Error ? 3 : severity == Severity::Warning ? 2 : 1;
}
constexpr int kNarrowestText = 40;

class TextReport {
 public:
  TextReport(const LintReport& report, const ReportOptions& options)
      : report_(report),
        options_(options),
        paint_(options.colour),
        width_(std::max(kNarrowestText, options.width)) {}

  std::string render() {
    auto shown = shown_findings(report_, options_);
    const bool fold = options_.fold && shown.size() > kMany;
    if (fold) {
      std::stable_sort(shown.begin(), shown.end(),
                       [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    }
    for (const Finding* finding : shown) {
      const auto key = std::pair(finding->check, finding->severity);
      if (fold && ++seen_[key] > shown_of_each(finding->severity)) continue;
      write_finding(*finding);
      out_ += "\n";
    }
    if (fold) write_folded();
    return std::move(out_);
  }

 private:
  void write_finding(const Finding& finding) {
    write_header(finding);
    numbers_ = 1;
    if (finding.place.file < report_.files.size()) {
      const Excerpt& excerpt = report_.files[finding.place.file].excerpt;
      const Frame frame{excerpt, excerpt.trimmed(finding.place.span), finding.statement,
                        ink_of(finding.severity)};
      numbers_ = gutter_width(frame);
      append_frame(out_, frame, paint_, width_);
    }
    for (const auto& line : wrapped_lines(finding.message, room())) row('|', line);
    const bool more = !finding.advice.empty() || !finding.notes.empty() || finding.fix;
    if (more) row('|', "");
    write_advice(finding.advice);
    for (const Note& note : finding.notes) write_note(note);
    if (finding.fix) write_labelled(Ink::Advice, "fix", fix_sentence(*finding.fix));
  }

  void write_header(const Finding& finding) {
    out_ += paint_(ink_of(finding.severity), severity_word(finding.severity));
    out_ += paint_(Ink::Strong, fmt::format("[{}]", finding.check));
    if (finding.place.known()) {
      const Position at = position_of(report_, finding.place);
      out_ += fmt::format(" {}:{}:{}", printable(path_of(report_, finding.place)), at.line, at.column);
    }
    if (finding.disposition == Disposition::Suppressed) {
      out_ += " (suppressed";
      if (!finding.disposition_reason.empty()) out_ += ": " + printable(finding.disposition_reason);
      out_ += ")";
    } else if (finding.disposition == Disposition::Baselined) {
      out_ += " (in the baseline)";
    }
    out_ += "\n";
  }

  // SQL is broken where it stays the same SQL, so that it can be copied; prose is wrapped.
  void write_advice(const std::string& advice) {
    if (advice.empty()) return;
    const bool one_line = advice.find('\n') == std::string::npos;
    if (one_line && (is_prose(advice) || display_width(advice) + 10 <= room())) {
      write_labelled(Ink::Advice, "instead", advice);
      return;
    }
    row('=', paint_(Ink::Advice, "instead:"));
    for (const std::string_view line : lines_of(advice)) write_advice_line(line);
  }

  void write_advice_line(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string margin(4 + indent, ' ');
    if (is_prose(line)) {
      for (const auto& part : wrapped_lines(line, room() - static_cast<int>(margin.size()))) {
        row('|', margin + part);
      }
      return;
    }
    const std::string code = printable(line.substr(indent));
    for (const std::string& part : code_lines(code, room() - static_cast<int>(margin.size()))) {
      row('|', part.empty() ? "" : margin + part);
    }
  }

  static bool is_prose(std::string_view line) {
    return !line.empty() && (line.back() == '.' || line.back() == ':');
  }

  void write_note(const Note& note) {
    std::string text = note.message;
    if (note.place.known()) {
      const Position at = position_of(report_, note.place);
      text += fmt::format(" ({}:{}:{})", printable(path_of(report_, note.place)), at.line, at.column);
    }
    write_labelled(Ink::Note, "note", text);
  }

  static std::string fix_sentence(const Fix& fix) {
    return fix.title + (fix.applicability == Applicability::Safe ? " (safe)" : " (needs a person's review)");
  }

  void write_labelled(Ink ink, std::string_view label, const std::string& text) {
    const auto lines = wrapped_lines(text, room() - static_cast<int>(label.size()) - 2);
    for (std::size_t n = 0; n < lines.size(); ++n) {
      if (n == 0) {
        row('=', paint_(ink, fmt::format("{}:", label)) + " " + lines[n]);
      } else {
        row('|', std::string(label.size() + 2, ' ') + lines[n]);
      }
    }
  }

  // What was left out: worst first, then what there is most of.
  void write_folded() {
    struct Repeat {
      std::string_view check;
      Severity severity = Severity::Info;
      std::size_t more = 0;
    };
    std::vector<Repeat> repeats;
    std::size_t hidden = 0;
    for (const auto& [key, count] : seen_) {
      const std::size_t shown = shown_of_each(key.second);
      if (count <= shown) continue;
      repeats.push_back({key.first, key.second, count - shown});
      hidden += count - shown;
    }
    if (hidden == 0) return;
    std::stable_sort(repeats.begin(), repeats.end(), [](const Repeat& a, const Repeat& b) {
      return std::pair(a.severity, a.more) > std::pair(b.severity, b.more);
    });
    out_ += fmt::format("{} findings repeat what is shown above:\n", hidden);
    for (const Repeat& repeat : repeats) {
      out_ += fmt::format("  {:>5} more {}[{}]\n", repeat.more, severity_word(repeat.severity), repeat.check);
    }
    out_ +=
        "-v shows them all. For migrations that are applied already: --since REF reports only what is new on "
        "a "
        "branch, and `migcheck baseline` accepts what stands.\n\n";
  }

  void row(char mark, std::string_view text) {
    out_ += paint_(Ink::Gutter, gutter(numbers_, mark));
    if (!text.empty()) out_.append(" ").append(text);
    out_ += "\n";
  }

  [[nodiscard]] int room() const { return width_ - numbers_ - 3; }

  const LintReport& report_;
  const ReportOptions& options_;
  Paint paint_;
  int width_;
  int numbers_ = 1;
  std::map<std::pair<std::string_view, Severity>, std::size_t> seen_;
  std::string out_;
};

}  // namespace

std::string render_text(const LintReport& report, const ReportOptions& options) {
  return TextReport(report, options).render();
}

}  // namespace migcheck::report
