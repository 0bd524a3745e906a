// SPDX-License-Identifier: MIT

// The format for other programs. Its shape is a promise: members are added, never changed or taken away.
// Lines and columns count from 1, columns in code points; bytes are offsets into the file.

#include "migcheck/version.hpp"
#include "report/formats.hpp"
#include "report/json_writer.hpp"
#include "report/selection.hpp"

namespace migcheck::report {
namespace {

std::string_view disposition_word(Disposition disposition) {
  switch (disposition) {
    case Disposition::Suppressed:
      return "suppressed";
    case Disposition::Baselined:
      return "baselined";
    case Disposition::Active:
      break;
  }
  return "active";
}

void write_place(JsonWriter& json, const LintReport& report, const Finding& finding) {
  const Region region = region_of(report, finding.place);
  const Place statement{finding.place.file, finding.statement};
  const Position first = finding.statement.empty() ? region.begin : position_of(report, statement);
  json.member("file", path_of(report, finding.place))
      .member("line", region.begin.line)
      .member("column", region.begin.column)
      .member("end_line", region.end.line)
      .member("end_column", region.end.column)
      .member("byte_start", finding.place.span.begin)
      .member("byte_end", finding.place.span.end)
      .member("statement_line", first.line);
}

void write_notes(JsonWriter& json, const LintReport& report, const std::vector<Note>& notes) {
  json.array("notes");
  for (const Note& note : notes) {
    json.begin_object().member("message", note.message);
    if (note.place.known()) {
      json.member("file", path_of(report, note.place));
      json.member("line", position_of(report, note.place).line);
    } else {
      json.key("file").null();
      json.key("line").null();
    }
    json.end_object();
  }
  json.end_array();
}

void write_fix(JsonWriter& json, const std::optional<Fix>& fix) {
  if (!fix) {
    json.key("fix").null();
    return;
  }
  json.object("fix")
      .member("title", fix->title)
      .member("applicability", fix->applicability == Applicability::Safe ? "safe" : "needs-review")
      .array("edits");
  for (const Edit& edit : fix->edits) {
    json.begin_object()
        .member("byte_start", edit.span.begin)
        .member("byte_end", edit.span.end)
        .member("text", edit.text)
        .end_object();
  }
  json.end_array().end_object();
}

void write_finding(JsonWriter& json, const LintReport& report, const Finding& finding) {
  json.begin_object()
      .member("check", finding.check)
      .member("category", finding.category)
      .member("severity", severity_word(finding.severity));
  write_place(json, report, finding);
  json.key("transaction");
  finding.transaction ? json.value(*finding.transaction) : json.null();
  json.member("message", finding.message).member("advice", finding.advice);
  write_notes(json, report, finding.notes);
  write_fix(json, finding.fix);
  json.member("fingerprint", fingerprint_word(finding))
      .member("disposition", disposition_word(finding.disposition));
  if (!finding.disposition_reason.empty()) json.member("disposition_reason", finding.disposition_reason);
  json.end_object();
}

void write_summary(JsonWriter& json, const Summary& summary) {
  json.object("summary")
      .member("files", summary.files)
      .member("history_files", summary.history_files)
      .member("statements", summary.statements)
      .member("errors", summary.errors)
      .member("warnings", summary.warnings)
      .member("infos", summary.infos)
      .member("suppressed", summary.suppressed)
      .member("baselined", summary.baselined)
      .member("unread", summary.unread)
      .member("unread_files", summary.unread_files)
      .end_object();
}

void write_head(JsonWriter& json, const LintReport& report) {
  json.member("version", 1)
      .object("tool")
      .member("name", "migcheck")
      .member("version", kVersion)
      .member("grammar", report.grammar)
      .end_object();
  json.object("settings").member("pg_version", report.pg_version).array("layouts");
  for (const LayoutUse& layout : report.layouts) {
    json.begin_object().member("path", layout.path).member("name", layout.name).end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string render_json(const LintReport& report, const ReportOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_head(json, report);
  json.array("findings");
  for (const Finding* finding : shown_findings(report, options)) write_finding(json, report, *finding);
  json.end_array().array("unread");
  for (const Unread& unread : report.unread) {
    json.begin_object().member("file", unread.path).key("line");
    unread.line == 0 ? json.null() : json.value(unread.line);
    json.member("reason", unread.reason).member("failed", unread.failed).end_object();
  }
  json.end_array().array("unread_groups");
  for (const UnreadGroup& group : unread_groups(report.unread)) {
    json.begin_object()
        .member("folder", group.folder)
        .member("reason", group.reason)
        .member("files", static_cast<std::uint32_t>(group.files))
        .member("parts", static_cast<std::uint32_t>(group.parts))
        .end_object();
  }
  json.end_array();
  write_summary(json, report.summary);
  json.end_object();
  return out;
}

}  // namespace migcheck::report
