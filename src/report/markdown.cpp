// SPDX-License-Identifier: MIT

// Markdown for a comment on a pull request and for a step's summary: a table, worst first, and what to do
// about each below, folded. A comment holds 65,536 characters; what does not fit is counted.

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/unicode.hpp"
#include "report/formats.hpp"
#include "report/paint.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

constexpr std::size_t kRoom = 60'000;
constexpr std::size_t kRoomOfTable = 30'000;
constexpr std::size_t kRoomOfUnread = 4'000;

// Inside a tag's line Markdown is not read; only tags and mentions of people must not arise.
std::string html(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '<') {
      out += "&lt;";
    } else if (byte == '&') {
      out += "&amp;";
    } else if (byte == '@') {
      out += "@<!-- -->";
    } else {
      out += byte;
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : html(text)) {
    if (std::string_view("\\`*_[]|#~").find(byte) != std::string_view::npos) out += '\\';
    out += byte;
  }
  return out;
}

// The next tick that stands alone. A run of several is no mark: a project's own name may hold one, and what
// Markdown would pair with it is hard to foresee.
std::size_t lone_tick(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('`', from); at != std::string_view::npos; at = text.find('`', at)) {
    std::size_t end = at;
    while (end < text.size() && text[end] == '`') ++end;
    if (end - at == 1) return at;
    at = end;
  }
  return std::string_view::npos;
}

// Prose: what stands between two ticks stays code, nothing else becomes a mark, a tag or a mention.
std::string prose(std::string_view text) {
  const std::string line = printable(text);
  std::string out;
  // No command of GitHub's runner where this begins a line of a log; blanks before it do not count there.
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin != std::string::npos && line.compare(begin, 2, "::") == 0) out = '\\';
  std::string_view rest = line;
  if (!out.empty()) rest.remove_prefix(begin);
  while (!rest.empty()) {
    const std::size_t open = lone_tick(rest, 0);
    const std::size_t close = open == std::string_view::npos ? open : lone_tick(rest, open + 1);
    if (close == std::string_view::npos) return out + escaped(rest);
    out += escaped(rest.substr(0, open));
    for (const char byte : rest.substr(open, close + 1 - open)) {
      if (byte == '|') out += '\\';  // a cell ends at it even inside code
      out += byte;
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

// A line of code. In a log of GitHub Actions one such as ::error::… would be a command.
std::string shown_code(std::string_view line) {
  std::string shown = printable(line);
  if (shown.starts_with("::") && shown.find("::", 2) != std::string::npos) shown.replace(0, 1, "\\x3a");
  return shown;
}

// A block of code, its fence longer than any run of ticks inside.
std::string code_block(std::string_view code) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char byte : code) {
    run = byte == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  std::string out = fence + "sql\n";
  for (const std::string_view line : lines_of(code)) {
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    out += std::string(line.substr(0, indent)) + shown_code(line.substr(indent)) + "\n";
  }
  return out + fence + "\n";
}

// The lines that the clause stands on; the first few of a long one.
std::string lines_around(const LintReport& report, const Finding& finding) {
  constexpr std::uint32_t kMostLines = 8;
  constexpr std::size_t kLongest = 400;
  const Excerpt& excerpt = report.files[finding.place.file].excerpt;
  const Region region = trimmed_region_of(report, finding.place);
  std::string out;
  for (std::uint32_t line = region.begin.line; line <= region.end.line; ++line) {
    if (line == region.begin.line + kMostLines) return out + "...\n";
    const std::string_view text = excerpt.line(line).text;
    out += text.substr(0, kLongest);
    out += text.size() > kLongest ? "...\n" : "\n";
  }
  return out;
}

std::string place_text(const LintReport& report, const Finding& finding) {
  if (!finding.place.known()) return "";
  const auto line = position_of(report, finding.place).line;
  return printable(fmt::format("{}:{}", path_of(report, finding.place), line));
}

std::string row_of(const LintReport& report, const Finding& finding) {
  return fmt::format("| {} | {} | {} | {} |\n", severity_word(finding.severity),
                     escaped(place_text(report, finding)), finding.check, prose(finding.message));
}

std::string details_of(const LintReport& report, const Finding& finding) {
  std::string out = fmt::format("<details><summary>{} at {}</summary>\n\n{}\n\n", finding.check,
                                html(place_text(report, finding)), prose(finding.message));
  if (finding.place.file < report.files.size()) out += code_block(lines_around(report, finding)) + "\n";
  if (!finding.advice.empty()) {
    const bool sentence = finding.advice.back() == '.' && finding.advice.find('\n') == std::string::npos;
    out += sentence ? fmt::format("Instead: {}\n\n", prose(finding.advice))
                    : fmt::format("Instead:\n\n{}\n", code_block(finding.advice));
  }
  for (const Note& note : finding.notes) {
    out += fmt::format("Note: {}", prose(note.message));
    if (note.place.known()) {
      out +=
          prose(fmt::format(" ({}:{})", path_of(report, note.place), position_of(report, note.place).line));
    }
    out += "\n\n";
  }
  return out + "</details>\n";
}

// What was not read: what failed by name, the rest by reason and folder.
std::string unread_of(const LintReport& report) {
  std::string rows;
  std::size_t left_out = 0;
  const auto add = [&](const std::string& sentence) {
    if (rows.size() < kRoomOfUnread) {
      rows += fmt::format("- {}\n", prose(sentence));
    } else {
      ++left_out;
    }
  };
  for (const Unread& unread : report.unread) {
    if (unread.failed) add(fmt::format("{}: {}", unread.path, unread.reason));
  }
  for (const UnreadGroup& group : unread_groups(report.unread)) add(sentence_of(group));
  if (left_out > 0) rows += fmt::format("- and {} more of these lines\n", left_out);
  return rows.empty() ? rows : fmt::format("\nNot read:\n\n{}", rows);
}

}  // namespace

std::string render_markdown(const LintReport& report, const ReportOptions& options) {
  auto shown = shown_findings(report, options);
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string out = fmt::format("### migcheck\n\n{}.\n", summary_line(report)) + unread_of(report);
  if (shown.empty()) return out;
  out += "\n| | where | check | what happens |\n|---|---|---|---|\n";
  std::size_t rows = 0;
  while (rows < shown.size() && out.size() < kRoomOfTable) out += row_of(report, *shown[rows++]);
  out += "\n";
  std::size_t explained = 0;
  while (explained < rows) {
    const std::string details = details_of(report, *shown[explained]);
    if (out.size() + details.size() > kRoom) break;
    out += details;
    ++explained;
  }
  if (rows < shown.size())
    out += fmt::format("\n{} more findings are not shown here.\n", shown.size() - rows);
  if (explained < rows) out += fmt::format("\nDetails of {} findings are left out.\n", rows - explained);
  return out;
}

}  // namespace migcheck::report
