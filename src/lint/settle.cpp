// SPDX-License-Identifier: MIT

// The end of a run: findings are sorted, matched with suppressions, given fingerprints and counted.

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "lint/engine.hpp"
#include "lint/fingerprints.hpp"

namespace migcheck {
namespace {

bool in_source_order(const Finding& a, const Finding& b) {
  return std::tuple(a.place.file, a.place.span.begin, a.check, a.place.span.end,
                    std::string_view(a.message)) <
         std::tuple(b.place.file, b.place.span.begin, b.check, b.place.span.end, std::string_view(b.message));
}

// Of so few files each is named.
constexpr std::size_t kFewFiles = 10;

bool is_once_per_history(const Finding& finding) {
  if (finding.disposition != Disposition::Active) return false;
  const RegisteredCheck* registered = find_check(finding.check);
  return registered != nullptr && registered->check->once_per_history;
}

bool same_finding(const Finding& a, const Finding& b) {
  return a.check == b.check && a.place == b.place && a.message == b.message;
}

// Said once, with all places that show why: each query that a dropped column breaks.
void merge_notes(std::vector<Finding>& findings) {
  for (std::size_t at = 0, first = 0; at < findings.size(); ++at) {
    if (at == first || !same_finding(findings[first], findings[at])) {
      first = at;
      continue;
    }
    std::vector<Note>& notes = findings[first].notes;
    for (Note& note : findings[at].notes) {
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(std::move(note));
    }
  }
}

// Of two findings about one clause the one that says more is enough. What a comment accepts stays accepted by
// its own name, and one that speaks for several statements is not said by a finding about one of them.
void leave_out_what_is_said(std::vector<Finding>& findings) {
  std::map<std::pair<std::string_view, std::uint32_t>, std::vector<Span>> said;
  for (const Finding& finding : findings) {
    if (finding.disposition == Disposition::Active)
      said[{finding.check, finding.statement.begin}].push_back(finding.place.span);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    if (finding.disposition != Disposition::Active || finding.about_several) return false;
    const RegisteredCheck* registered = find_check(finding.check);
    if (registered == nullptr || registered->check->yields_to.empty()) return false;
    const auto more = said.find({registered->check->yields_to, finding.statement.begin});
    return more != said.end() && std::any_of(more->second.begin(), more->second.end(),
                                             [&](Span span) { return span.contains(finding.place.span); });
  });
}

// The numbers of the findings about files, file by file, each file's in the order in which they were made.
std::vector<std::uint32_t> file_by_file(const std::vector<Finding>& findings) {
  std::vector<std::uint32_t> order(findings.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return findings[a].place.file < findings[b].place.file;
  });
  return order;
}

// All that a report says of a finding's places.
void add_places(const Finding& finding, std::vector<Place>& places) {
  const std::uint32_t file = finding.place.file;
  places.push_back(finding.place);
  places.push_back({file, {finding.statement.begin, finding.statement.begin}});
  for (const Note& note : finding.notes) {
    if (note.place.known()) places.push_back(note.place);
  }
  if (!finding.fix) return;
  for (const Edit& edit : finding.fix->edits) places.push_back({file, edit.span});
}

}  // namespace

// Findings of one file at a time: in source order, without repeats (a loop in a DO block says things twice).
// What a check says about a file that is history is not this run's business: see FindingSink::report(Place).
LintReport Linter::Engine::finish() {
  end_history();
  std::vector<Finding> made = std::exchange(report.findings, {});
  const std::vector<std::uint32_t> order = file_by_file(made);
  std::vector<Finding> settled;
  settled.reserve(made.size());
  std::vector<Finding> of_file;
  auto next = order.begin();
  for (std::uint32_t index = 0; index < files_.size(); ++index) {
    for (; next != order.end() && made[*next].place.file == index; ++next) {
      if (files_[index].target) of_file.push_back(std::move(made[*next]));
    }
    settle_file(index, of_file);
    std::move(of_file.begin(), of_file.end(), std::back_inserter(settled));
    of_file.clear();
  }
  if (!one_change_) fold_histories(settled);
  report.findings = std::move(settled);
  keep_excerpts();
  return std::move(report);
}

// A change is told of each of its files; a whole history, which mostly has been applied long ago, of the
// last.
void Linter::Engine::fold_histories(std::vector<Finding>& findings) const {
  struct Repeats {
    std::uint32_t last = 0;  // file
    std::size_t files = 0;
  };
  std::map<std::pair<std::size_t, std::string_view>, Repeats> repeats;
  for (const Finding& finding : findings) {
    if (!is_once_per_history(finding)) continue;
    const std::uint32_t file = finding.place.file;
    Repeats& found = repeats[{files_[file].history, finding.check}];
    found.files += found.files == 0 || found.last != file ? 1 : 0;
    found.last = file;
  }
  std::erase_if(findings, [&](Finding& finding) {
    if (!is_once_per_history(finding)) return false;
    const Repeats& found = repeats[{files_[finding.place.file].history, finding.check}];
    if (found.files <= kFewFiles) return false;
    if (found.last != finding.place.file) return true;
    finding.message += fmt::format(" The same holds for {} earlier files of this history.", found.files - 1);
    return false;
  });
}

// Of each file the lines that the report points into.
void Linter::Engine::keep_excerpts() {
  std::vector<Place> places;
  for (const Finding& finding : report.findings) add_places(finding, places);
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.file < b.file; });
  std::vector<Span> spans;
  for (auto place = places.begin(); place != places.end();) {
    const std::uint32_t file = place->file;
    for (spans.clear(); place != places.end() && place->file == file; ++place) spans.push_back(place->span);
    const SourceFile* source = files_[file].source.get();
    Excerpt& excerpt = report.files[file].excerpt;
    if (source == nullptr) {
      excerpt = Excerpt(lines_.at(file), spans);
    } else if (keeps_texts) {
      excerpt = Excerpt(std::string(source->original_text()));
    } else {
      excerpt = Excerpt(source->original_text(), spans);
    }
  }
}

// What it breaks or loses, its own ROLLBACK brings back. (Its locks were held all the same.)
bool Linter::Engine::is_taken_back(const Finding& finding) const {
  if (finding.taken_back) return true;
  const bool counts = finding.category == "breaking" || finding.category == "data";
  return counts && !finding.about_several && finding.transaction &&
         rolled_back_.contains(*finding.transaction);
}

void Linter::Engine::settle_file(std::uint32_t index, std::vector<Finding>& findings) {
  FileState& file = files_[index];
  if (!file.target) return;
  for (Finding& finding : findings) {
    if (!finding.statement.empty()) continue;
    // A finding made at the end of the history: the statement that holds its place.
    const auto after =
        std::partition_point(file.statements.begin(), file.statements.end(),
                             [&](Span statement) { return statement.begin <= finding.place.span.begin; });
    if (after != file.statements.begin() && (after - 1)->contains(finding.place.span))
      finding.statement = *(after - 1);
  }
  std::erase_if(findings, [&](const Finding& finding) { return is_taken_back(finding); });
  if (settings_.use_suppressions) apply_suppressions(file.suppressions, findings, settings_.today);
  report_directives(index, findings);
  leave_out_what_is_said(findings);
  std::sort(findings.begin(), findings.end(), in_source_order);
  merge_notes(findings);
  findings.erase(std::unique(findings.begin(), findings.end(), same_finding), findings.end());
  fingerprint(findings, file.source->path, file.source->text);
  for (Finding& finding : findings) to_original(finding);
}

// Directives that accept nothing, name what does not exist, or have had their day.
void Linter::Engine::report_directives(std::uint32_t index, std::vector<Finding>& findings) {
  if (!settings_.use_suppressions) return;
  const std::size_t before = report.findings.size();
  for (const Suppression& directive : files_[index].suppressions) {
    if (directive.foreign) continue;
    if (is_expired(directive, settings_.today)) {
      if (Finding* finding = own_finding("suppression-expired", {index, directive.comment}, {})) {
        const bool dated = is_date(directive.until);
        finding->message =
            dated ? fmt::format("This suppression ended on {}: its findings are reported again.",
                                directive.until)
                  : fmt::format("\"until={}\" is no day: this suppression accepts nothing.", directive.until);
        finding->advice = dated ? "Mend what it accepted, or give it a later date and a reason."
                                : "Write the last day as until=2027-01-31, with year, month and day.";
      }
      continue;
    }
    if (settings_.require_reason && directive.reason.empty()) {
      if (Finding* finding = own_finding("suppression-without-reason", {index, directive.comment}, {})) {
        finding->message = "This suppression gives no reason.";
        finding->advice = "Write why after two dashes: -- migcheck:ignore check -- reason";
      }
    }
    for (std::size_t n = 0; n < directive.checks.size(); ++n) {
      const std::string& name = directive.checks[n];
      const RegisteredCheck* check = find_check(name);
      if (check == nullptr && name != "*") {
        if (Finding* finding = own_finding("unknown-suppression", {index, directive.check_spans[n]}, {})) {
          finding->message =
              fmt::format("There is no check named {}: this suppression accepts nothing.", name);
          finding->advice = "`migcheck checks` lists the names.";
        }
      } else if (check != nullptr && !directive.used[n] && is_enabled(*check, settings_)) {
        if (Finding* finding = own_finding("unused-suppression", {index, directive.check_spans[n]}, {})) {
          finding->message =
              fmt::format("Nothing here is found by {}: this suppression is not needed.", name);
          finding->advice = "Remove it, so that it cannot hide a later finding.";
          finding->fix =
              Fix{"Remove it", {removal_of(directive, n, files_[index].source->text)}, Applicability::Safe};
        }
      }
    }
  }
  std::move(report.findings.begin() + static_cast<std::ptrdiff_t>(before), report.findings.end(),
            std::back_inserter(findings));
  report.findings.resize(before);
}

std::uint32_t Linter::Engine::line_of(const Place& place) {
  return lines_of(place.file, files_[place.file].source.get()).line_of(original(place).span.begin);
}

Place Linter::Engine::original(const Place& place) const {
  if (place.file >= files_.size() || files_[place.file].source == nullptr) return place;
  return {place.file, files_[place.file].source->to_original(place.span)};
}

void Linter::Engine::to_original(Finding& finding) const {
  const auto convert = [&](Place& place) { place = original(place); };
  Place statement{finding.place.file, finding.statement};
  convert(statement);
  finding.statement = statement.span;
  if (finding.fix) {
    for (Edit& edit : finding.fix->edits) {
      Place place{finding.place.file, edit.span};
      convert(place);
      edit.span = place.span;
    }
  }
  convert(finding.place);
  for (Note& note : finding.notes) convert(note.place);
}

}  // namespace migcheck
