// SPDX-License-Identifier: MIT

#include "lint/fixes.hpp"

#include <algorithm>

namespace migcheck {
namespace {

// Two insertions at one place touch each other too: their order would be chance.
bool touch(const Span& a, const Span& b) {
  return a.begin <= b.end && b.begin <= a.end;
}

bool fits(const Fix& fix, const FileEdits& into) {
  return std::none_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
    return std::any_of(into.edits.begin(), into.edits.end(),
                       [&](const Edit& taken) { return touch(edit.span, taken.span); });
  });
}

}  // namespace

std::vector<FileEdits> safe_edits(const LintReport& report) {
  std::vector<FileEdits> files;
  for (const Finding& finding : report.findings) {
    if (!finding.fix || finding.fix->applicability != Applicability::Safe) continue;
    if (finding.disposition != Disposition::Active || finding.place.file >= report.files.size()) continue;
    if (files.empty() || files.back().file != finding.place.file)
      files.push_back({finding.place.file, {}, 0});
    FileEdits& into = files.back();
    if (!fits(*finding.fix, into)) continue;
    into.edits.insert(into.edits.end(), finding.fix->edits.begin(), finding.fix->edits.end());
    ++into.fixes;
  }
  for (FileEdits& file : files) {
    std::sort(file.edits.begin(), file.edits.end(),
              [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  }
  return files;
}

std::string edited(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.span.begin < at || edit.span.end > text.size()) continue;
    out += text.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out.append(text.substr(at));
}

}  // namespace migcheck
