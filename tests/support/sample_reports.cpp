// SPDX-License-Identifier: MIT

#include "support/sample_reports.hpp"

#include <set>

namespace migcheck::testing {
namespace {

constexpr Check kIndex{.since = "0.1.0", .summary = "CREATE INDEX without CONCURRENTLY blocks writes."};
constexpr Check kNotNull{.since = "0.1.0", .summary = "A new NOT NULL column without a default fails."};
constexpr Check kTenant{.since = "0.1.0", .summary = "A query reads rows of all tenants."};
constexpr Check kComment{.since = "0.1.0", .summary = "A table has no comment.", .severity = Severity::Info};

constexpr std::string_view kIndexPage = R"(# index-not-concurrent

A plain `CREATE INDEX` holds SHARE on the table until it is **built**,
so every writer waits.

## Unsafe

```sql bad
CREATE INDEX members_email ON members (email);
```
)";

}  // namespace

const std::vector<RegisteredCheck>& sample_checks() {
  static const std::vector<RegisteredCheck> checks = {
      {"index-not-concurrent", "blocking", &kIndex, kIndexPage},
      {"column-not-null-without-default", "failing", &kNotNull,
       "# column-not-null-without-default\n\nIt fails.\n"},
      {"tenant-filter-missing", "tenancy", &kTenant, "# tenant-filter-missing\n\nRows leak.\n"},
      {"comment-missing", "schema", &kComment, "# comment-missing\n\nSay what it is for.\n"},
  };
  return checks;
}

ReportBuilder::ReportBuilder() {
  report_.pg_version = 15;
  report_.grammar = "PostgreSQL 17.4";
  report_.layouts = {{"migrations", "golang-migrate"}};
}

std::uint32_t ReportBuilder::file(std::string path, std::string text) {
  report_.files.push_back({std::move(path), Excerpt(std::move(text))});
  return static_cast<std::uint32_t>(report_.files.size() - 1);
}

Place ReportBuilder::place(std::uint32_t file, std::string_view text) const {
  const auto begin = static_cast<std::uint32_t>(report_.files[file].excerpt.text().find(text));
  return {file, {begin, begin + static_cast<std::uint32_t>(text.size())}};
}

Finding& ReportBuilder::finding(std::string_view check, std::uint32_t file, std::string_view clause) {
  const std::string& text = report_.files[file].excerpt.text();
  Finding finding;
  finding.check = check;
  for (const RegisteredCheck& known : sample_checks()) {
    if (known.name != check) continue;
    finding.category = known.category;
    finding.severity = known.severity();
  }
  finding.place = place(file, clause);
  const std::size_t before = text.rfind(';', finding.place.span.begin);
  std::size_t begin = before == std::string::npos ? 0 : before + 1;
  begin = text.find_first_not_of(" \t\r\n", begin);
  if (text.compare(begin, 2, "--") == 0) begin = text.find('\n', begin) + 1;
  const std::size_t end = text.find(';', finding.place.span.begin);
  finding.statement = {static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(end == std::string::npos ? text.size() : end)};
  finding.fingerprint = report_.findings.size() + 1;
  report_.findings.push_back(std::move(finding));
  return report_.findings.back();
}

LintReport ReportBuilder::finish() {
  Summary& summary = report_.summary;
  summary.files = static_cast<std::uint32_t>(report_.files.size());
  summary.statements = 7;
  summary.unread = static_cast<std::uint32_t>(report_.unread.size());
  summary.unread_files = summary.unread;
  std::set<std::uint32_t> files;
  for (const Finding& finding : report_.findings) {
    switch (finding.disposition) {
      case Disposition::Suppressed:
        ++summary.suppressed;
        continue;
      case Disposition::Baselined:
        ++summary.baselined;
        continue;
      case Disposition::Active:
        break;
    }
    files.insert(finding.place.file);
    if (finding.severity == Severity::Error) ++summary.errors;
    if (finding.severity == Severity::Warning) ++summary.warnings;
    if (finding.severity == Severity::Info) ++summary.infos;
  }
  summary.files_with_findings = static_cast<std::uint32_t>(files.size());
  return std::move(report_);
}

LintReport sample_report() {
  ReportBuilder build;
  const auto init =
      build.file("migrations/0001_init.sql",
                 "CREATE TABLE members (\n  id bigint PRIMARY KEY,\n  team_id bigint NOT NULL\n);\n");
  const auto add = build.file("migrations/0002_add email.sql",
                              "-- who is who\nALTER TABLE members\n  ADD COLUMN role text,\n"
                              "  ADD COLUMN email text NOT NULL;\n\n"
                              "CREATE INDEX members_email ON members (email);\n");
  const auto query = build.file("queries/members.sql", "SELECT * FROM members WHERE id = $1;\n");

  Finding& comment = build.finding("comment-missing", init, "members");
  comment.message = "The table members has no comment that says what it is for.";

  Finding& column = build.finding("column-not-null-without-default", add, "ADD COLUMN email text NOT NULL");
  column.transaction = 2;
  column.message =
      "Adding email as NOT NULL without a default fails as soon as members has one row, and every writer "
      "that does not know the column yet fails after it.";
  column.advice =
      "ALTER TABLE members ADD COLUMN email text;\n-- backfill in batches, then\n"
      "ALTER TABLE members ALTER COLUMN email SET NOT NULL;";
  column.notes = {{"members was made here", build.place(init, "members")}, {"The history is complete.", {}}};

  Finding& index = build.finding("index-not-concurrent", add, "INDEX");
  index.transaction = 2;
  index.message = "Building members_email blocks every write to members until it finishes.";
  index.advice = "CREATE INDEX CONCURRENTLY members_email ON members (email);";
  const Span at = build.place(add, "INDEX").span;
  index.fix = Fix{"Add CONCURRENTLY", {{{at.end, at.end}, " CONCURRENTLY"}}, Applicability::NeedsReview};

  Finding& tenant = build.finding("tenant-filter-missing", query, "members");
  tenant.message = "The query reads members of all tenants: nothing binds team_id.";
  tenant.advice = "Add `AND team_id = $2`.";
  tenant.severity = Severity::Warning;

  Finding& accepted = build.finding("tenant-filter-missing", query, "SELECT *");
  accepted.message = "The query reads all columns of all tenants.";
  accepted.disposition = Disposition::Suppressed;
  accepted.disposition_reason = "an internal report";
  Finding& old = build.finding("index-not-concurrent", add, "CREATE INDEX");
  old.message = "Building it blocks writes.";
  old.disposition = Disposition::Baselined;

  build.report().unread = {{"migrations/0003_code.go", 0, "SQL inside Go code is not read yet.", false}};
  return build.finish();
}

LintReport awkward_report() {
  ReportBuilder build;
  const auto wide =
      build.file("migrations/\xE8\xA1\xA8 100%.sql",
                 "\tALTER TABLE \"\xE8\xA1\xA8\xF0\x9F\x98\x80\"\tDROP COLUMN \"e\xCC\x81\" ;\n");
  Finding& drop = build.finding("index-not-concurrent", wide, "DROP COLUMN \"e\xCC\x81\"");
  drop.message = "Wide characters and tabs: the carets stand under the clause.";

  const auto hostile = build.file("evil\n::error::x\x1b[31m.sql",
                                  "::add-mask::x\x1b]0;title\x07 SELECT '\xE2\x80\xAE' ##[error]\xFF\xFE;\n");
  Finding& escape = build.finding("index-not-concurrent", hostile, "SELECT '\xE2\x80\xAE'");
  escape.message = "::error::not a command\x1b[2J\nsecond line \xFF ##[error]";
  escape.advice = "::warning::no \"quotes\" <tags> & ]]> %0A, a:b";
  escape.notes = {{"::notice::", build.place(hostile, "SELECT")}};

  const auto lines = build.file("migrations/0003_long.sql",
                                "CREATE TABLE t (\r\n  a int,\r\n  b int,\r\n  c int,\r\n  d int,\r\n"
                                "  e int,\r\n  f int,\r\n  g int\r\n);\r\nSELECT 1");
  Finding& table =
      build.finding("comment-missing", lines,
                    "a int,\r\n  b int,\r\n  c int,\r\n  d int,\r\n  e int,\r\n  f int,\r\n  g int\r\n");
  table.message = "A clause of many lines keeps its first and last.";
  Finding& end = build.finding("comment-missing", lines, "SELECT 1");
  end.place.span.begin = end.place.span.end;
  end.message = "A place behind the last character.";

  const auto row = build.file("migrations/0004_row.sql", "INSERT INTO t VALUES (" + std::string(300, '1') +
                                                             ", clause_in_the_middle, '" +
                                                             std::string(300, 'x') + "');\n");
  Finding& middle = build.finding("comment-missing", row, "clause_in_the_middle");
  middle.message = "A long line is cut around the clause.";
  return build.finish();
}

}  // namespace migcheck::testing
