// SPDX-License-Identifier: MIT

// SARIF 2.1.0, in the shape that GitHub's code scanning takes: all checks are rules in every run, so that
// rules don't differ between runs; all four fields of a region are there; what was suppressed or baselined is
// left out unless asked for, because code scanning would open it as an alert; no absolute path, no time.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "migcheck/version.hpp"
#include "report/formats.hpp"
#include "report/json_writer.hpp"
#include "report/sarif_rules.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

// Code scanning keeps the first 5,000 results of a run.
constexpr std::size_t kMostResults = 5000;

std::string percent_encoded(std::string_view path) {
  std::string out;
  for (const char byte : path) {
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') ||
                       std::string_view("-._~/").find(byte) != std::string_view::npos;
    if (plain) {
      out += byte;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return out;
}

class SarifRun {
 public:
  SarifRun(JsonWriter& json, const std::vector<RegisteredCheck>& checks, const LintReport& report,
           const ReportOptions& options)
      : json_(json), rules_(sorted_rules(checks)), report_(report), options_(options) {
    for (std::size_t n = 0; n < rules_.size(); ++n) rule_index_[rules_[n]->name] = n;
  }

  void write() {
    const auto results = worst_results();
    json_.begin_object();
    json_.object("tool").object("driver").member("name", "migcheck");
    json_.member("version", kVersion).member("semanticVersion", kVersion).member("informationUri", kUrl);
    json_.array("rules");
    for (const RegisteredCheck* rule : rules_) write_rule(json_, *rule);
    json_.end_array().end_object().end_object();
    json_.wrapped("automationDetails", "id", "migcheck/");
    write_invocation();
    json_.object("originalUriBaseIds").object("%SRCROOT%");
    json_.wrapped("description", "text", "The root of the project.").end_object().end_object();
    json_.member("columnKind", "utf16CodeUnits");
    json_.array("results");
    for (const Finding* finding : results) write_result(*finding);
    json_.end_array().end_object();
  }

 private:
  // In the report's order; above the limit the worst stay.
  std::vector<const Finding*> worst_results() {
    auto shown = shown_findings(report_, options_);
    if (shown.size() <= kMostResults) return shown;
    left_out_ = shown.size() - kMostResults;
    const auto in_order = shown;
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    shown.resize(kMostResults);
    std::sort(shown.begin(), shown.end());  // they lie in one vector: by address is the report's order
    return shown;
  }

  void write_invocation() {
    const bool failed = std::any_of(report_.unread.begin(), report_.unread.end(),
                                    [](const Unread& unread) { return unread.failed; });
    json_.array("invocations").begin_object().member("executionSuccessful", !failed);
    if (!report_.unread.empty() || left_out_ > 0) {
      json_.array("toolExecutionNotifications");
      for (const Unread& unread : report_.unread) write_unread(unread);
      if (left_out_ > 0) write_left_out();
      json_.end_array();
    }
    json_.end_object().end_array();
  }

  void write_unread(const Unread& unread) {
    json_.begin_object().member("level", unread.failed ? "error" : "warning");
    json_.wrapped("message", "text", unread.reason);
    json_.array("locations").begin_object().object("physicalLocation");
    write_artifact(unread.path);
    if (unread.line > 0) json_.object("region").member("startLine", unread.line).end_object();
    json_.end_object().end_object().end_array().end_object();
  }

  void write_left_out() {
    json_.begin_object().member("level", "warning");
    json_.wrapped("message", "text",
                  fmt::format("{} more findings were left out: code scanning keeps {} results of a run, and "
                              "the worst are here.",
                              left_out_, kMostResults));
    json_.end_object();
  }

  void write_artifact(std::string_view path) {
    json_.object("artifactLocation")
        .member("uri", percent_encoded(path.empty() ? "." : path))
        .member("uriBaseId", "%SRCROOT%")
        .end_object();
  }

  void write_region(std::string_view name, const Region& region) {
    json_.object(name)
        .member("startLine", region.begin.line)
        .member("startColumn", region.begin.column_utf16)
        .member("endLine", region.end.line)
        .member("endColumn", region.end.column_utf16)
        .end_object();
  }

  void write_physical(const Place& place) {
    json_.object("physicalLocation");
    write_artifact(path_of(report_, place));
    write_region("region", trimmed_region_of(report_, place));
    json_.end_object();
  }

  // The message, what to do instead, and the notes, linked to the related locations.
  [[nodiscard]] std::string message_of(const Finding& finding) const {
    std::string text = finding.message;
    if (!finding.advice.empty()) text += "\n\nInstead: " + finding.advice;
    std::size_t id = 0;
    for (const Note& note : finding.notes) {
      text += "\n\nNote: " + note.message;
      if (note.place.known()) {
        const auto line = position_of(report_, note.place).line;
        text += fmt::format(" [{}:{}]({})", path_of(report_, note.place), line, ++id);
      }
    }
    return text;
  }

  void write_related(const Finding& finding) {
    const bool any = std::any_of(finding.notes.begin(), finding.notes.end(),
                                 [](const Note& note) { return note.place.known(); });
    if (!any) return;
    json_.array("relatedLocations");
    std::size_t id = 0;
    for (const Note& note : finding.notes) {
      if (!note.place.known()) continue;
      json_.begin_object().member("id", ++id);
      write_physical(note.place);
      json_.wrapped("message", "text", note.message).end_object();
    }
    json_.end_array();
  }

  void write_fix(const Finding& finding) {
    if (!finding.fix || finding.fix->edits.empty()) return;
    json_.array("fixes").begin_object().wrapped("description", "text", finding.fix->title);
    json_.array("artifactChanges").begin_object();
    write_artifact(path_of(report_, finding.place));
    json_.array("replacements");
    for (const Edit& edit : finding.fix->edits) {
      json_.begin_object();
      write_region("deletedRegion", region_of(report_, {finding.place.file, edit.span}));
      json_.wrapped("insertedContent", "text", edit.text).end_object();
    }
    json_.end_array().end_object().end_array().end_object().end_array();
  }

  // Either all results of a run say whether they are suppressed, or none does.
  void write_suppressions(const Finding& finding) {
    if (!options_.show_suppressed) return;
    json_.array("suppressions");
    if (finding.disposition != Disposition::Active) {
      const bool inside = finding.disposition == Disposition::Suppressed;
      json_.begin_object().member("kind", inside ? "inSource" : "external").member("status", "accepted");
      if (!finding.disposition_reason.empty()) json_.member("justification", finding.disposition_reason);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_result(const Finding& finding) {
    json_.begin_object().member("ruleId", finding.check);
    if (const auto index = rule_index_.find(finding.check); index != rule_index_.end()) {
      json_.member("ruleIndex", index->second);
    }
    json_.member("level", level_word(finding.severity));
    json_.wrapped("message", "text", message_of(finding));
    json_.array("locations").begin_object();
    write_physical(finding.place);
    json_.end_object().end_array();
    write_related(finding);
    if (finding.fingerprint != 0) {
      json_.wrapped("partialFingerprints", "migcheck/v1", fingerprint_word(finding));
    }
    write_suppressions(finding);
    write_fix(finding);
    json_.end_object();
  }

  JsonWriter& json_;
  std::vector<const RegisteredCheck*> rules_;
  std::map<std::string_view, std::size_t> rule_index_;
  const LintReport& report_;
  const ReportOptions& options_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string render_sarif_with(const std::vector<RegisteredCheck>& checks, const LintReport& report,
                              const ReportOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .member("version", "2.1.0")
      .array("runs");
  SarifRun(json, checks, report, options).write();
  json.end_array().end_object();
  return out;
}

std::string render_sarif(const LintReport& report, const ReportOptions& options) {
  return render_sarif_with(all_checks(), report, options);
}

}  // namespace migcheck::report
