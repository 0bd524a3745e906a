// SPDX-License-Identifier: MIT

// Comments that accept findings: read, applied, and taken out again as --fix does.

#include "lint/suppressions.hpp"
#include "migcheck/parse.hpp"
#include "migcheck/registry.hpp"
#include "unit.hpp"

namespace migcheck {
namespace {

std::vector<Finding> one_finding_each(const ParsedFile& file) {
  std::vector<Finding> findings;
  for (const ast::Statement* statement : file.statements) {
    Finding finding;
    finding.check = all_checks()[findings.size() % all_checks().size()].name;
    finding.place = {0, statement->span};
    finding.statement = statement->span;
    findings.push_back(finding);
  }
  return findings;
}

void take_out(const Suppression& suppression, const std::string& text) {
  for (std::size_t name = 0; name < suppression.checks.size(); ++name) {
    const Edit edit = removal_of(suppression, name, text);
    fuzz::expect(edit.span.begin <= edit.span.end && edit.span.end <= text.size(),
                 "an edit lies in the file");
    fuzz::expect(edit.text.empty() && !edit.span.empty(), "what is taken out is gone");
  }
}

}  // namespace
}  // namespace migcheck

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  const fuzz::TimeBound bound(size);
  SourceFile source;
  source.path = "unit.sql";
  source.text = fuzz::text_of_unit(data, size);
  const ParsedFile file = parse(std::move(source));
  std::vector<Suppression> suppressions = read_suppressions(file);
  std::vector<Finding> findings = one_finding_each(file);
  apply_suppressions(suppressions, findings, "2027-01-31");
  for (const Suppression& suppression : suppressions) {
    fuzz::expect(suppression.checks.size() == suppression.used.size(), "each name is used or is not");
    fuzz::expect(suppression.checks.size() == suppression.check_spans.size(), "each name has a place");
    if (!suppression.foreign) take_out(suppression, file.source->text);
  }
  return 0;
}
