// SPDX-License-Identifier: MIT

#include "report/sarif_rules.hpp"

#include <algorithm>

#include "migcheck/version.hpp"
#include "report/page_text.hpp"

namespace migcheck::report {
namespace {

// Code scanning's limit for descriptions.
constexpr std::size_t kLongestDescription = 1024;

// "index-not-concurrent" is "IndexNotConcurrent" to viewers that want an identifier.
std::string pascal_case(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char letter : name) {
    if (letter == '-') {
      upper = true;
      continue;
    }
    out += upper && letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    upper = false;
  }
  return out;
}

// The page in the repository, at the tag of this version.
std::string help_address(const RegisteredCheck& rule) {
  std::string file(rule.name);
  std::replace(file.begin(), file.end(), '-', '_');
  return fmt::format("{}/blob/v{}/checks/{}/{}.md", kUrl, kVersion, rule.category, file);
}

// Who may see whose rows is a question of security; code scanning ranks only rules that carry this number.
bool is_security(const RegisteredCheck& rule) {
  return rule.category == "tenancy" || rule.category == "access";
}

std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "8.0";
    case Severity::Warning:
      return "5.0";
    case Severity::Info:
      break;
  }
  return "2.0";
}

std::string_view problem_severity(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "recommendation";
}

}  // namespace

std::vector<const RegisteredCheck*> sorted_rules(const std::vector<RegisteredCheck>& checks) {
  std::vector<const RegisteredCheck*> rules;
  rules.reserve(checks.size());
  for (const RegisteredCheck& check : checks) rules.push_back(&check);
  std::sort(rules.begin(), rules.end(),
            [](const RegisteredCheck* a, const RegisteredCheck* b) { return a->name < b->name; });
  return rules;
}

std::string_view level_word(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "note";
}

void write_rule(JsonWriter& json, const RegisteredCheck& rule) {
  const Severity severity = rule.severity();
  const std::string first = first_paragraph(rule.page, kLongestDescription);
  json.begin_object().member("id", rule.name);
  // A name that only repeats the id is refused by validators.
  if (rule.name.find('-') != std::string_view::npos) json.member("name", pascal_case(rule.name));
  json.wrapped("shortDescription", "text", rule.check->summary);
  json.wrapped("fullDescription", "text", first.empty() ? std::string(rule.check->summary) : first);
  json.object("help").member("text", plain_text(rule.page)).member("markdown", rule.page).end_object();
  json.member("helpUri", help_address(rule));
  json.object("defaultConfiguration")
      .member("enabled", rule.preset() == Preset::Safety)
      .member("level", level_word(severity))
      .end_object();
  json.object("properties").array("tags").value("postgresql").value(rule.category);
  if (is_security(rule)) json.value("security");
  json.end_array().member("precision", "high");
  if (is_security(rule)) {
    json.member("security-severity", security_severity(severity));
  } else {
    json.member("problem.severity", problem_severity(severity));
  }
  json.end_object().end_object();
}

}  // namespace migcheck::report
