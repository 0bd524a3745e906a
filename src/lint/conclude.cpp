// SPDX-License-Identifier: MIT

#include "lint/conclude.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/count.hpp"
#include "migcheck/lint.hpp"

namespace migcheck {
namespace {

std::string first_of(const std::vector<std::string_view>& paths) {
  constexpr std::size_t kNamed = 3;
  std::string names;
  for (std::size_t n = 0; n < std::min(paths.size(), kNamed); ++n)
    names += fmt::format("{}{}", n == 0 ? "" : ", ", paths[n]);
  if (paths.size() > kNamed) names += fmt::format(" and {} more", paths.size() - kNamed);
  return names;
}

// Files that were read and of which nothing was checked.
void note_what_is_not_run(LintReport& report, const Settings& settings) {
  std::map<std::string_view, std::pair<std::uint32_t, std::uint32_t>> statements;
  for (const ReportFile& file : report.files) {
    if (!file.checked) continue;
    auto& [forward, back] = statements[file.path];
    forward += file.forward;
    back += file.back;
  }
  std::vector<std::string_view> empty;
  std::vector<std::string_view> back_only;
  for (const auto& [path, count] : statements) {
    if (count.first > 0) continue;
    (count.second > 0 ? back_only : empty).push_back(path);
  }
  if (!empty.empty()) {
    report.remarks.push_back(fmt::format("No statement stands in {}.", first_of(empty)));
  }
  // Beside the way up the way back is expected.
  const bool only = !back_only.empty() && back_only.size() + empty.size() == statements.size();
  if (only && !settings.way_back) {
    report.remarks.push_back(fmt::format("{} lead{} back only, which is not checked: --down checks it.",
                                         first_of(back_only), back_only.size() == 1 ? "s" : ""));
  }
}

template <typename T>
void move_behind(std::vector<T>& whole, std::vector<T>& part) {
  whole.insert(whole.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  part = {};
}

// The part's files stand behind those of the whole.
void renumber(std::vector<Finding>& findings, std::uint32_t files_before) {
  const auto move = [&](Place& place) {
    if (place.known()) place.file += files_before;
  };
  for (Finding& finding : findings) {
    move(finding.place);
    for (Note& note : finding.notes) move(note.place);
  }
}

}  // namespace

void conclude(LintReport& report, const Settings& settings) {
  note_what_is_not_run(report, settings);
  count_findings(report);
}

LintReport join(std::vector<LintReport> parts, const Settings& settings) {
  LintReport whole;
  whole.pg_version = settings.pg_version;
  std::size_t findings = 0;
  for (const LintReport& part : parts) findings += part.findings.size();
  whole.findings.reserve(findings);
  for (LintReport& part : parts) {
    renumber(part.findings, static_cast<std::uint32_t>(whole.files.size()));
    move_behind(whole.files, part.files);
    move_behind(whole.findings, part.findings);
    move_behind(whole.unread, part.unread);
    move_behind(whole.remarks, part.remarks);
    move_behind(whole.layouts, part.layouts);
    whole.summary.statements += part.summary.statements;
  }
  conclude(whole, settings);
  return whole;
}

}  // namespace migcheck
