// SPDX-License-Identifier: MIT

// What the registry knows, for people, programs and the documentation.

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/registry.hpp"
#include "report/json_writer.hpp"
#include "report/selection.hpp"

namespace migcheck::cli {
namespace {

std::string_view preset_word(Preset preset) {
  switch (preset) {
    case Preset::Safety:
      return "safety";
    case Preset::Saas:
      return "saas";
    case Preset::Strict:
      return "strict";
    case Preset::OptIn:
      break;
  }
  return "opt-in";
}

// The checks of one category, in the order of lists.
template <typename Visit>
void for_each_category(Visit visit) {
  for (const Category& category : all_categories()) {
    std::vector<const RegisteredCheck*> checks;
    for (const RegisteredCheck& check : all_checks()) {
      if (check.category == category.name) checks.push_back(&check);
    }
    if (!checks.empty()) visit(category, checks);
  }
}

std::string as_text() {
  std::size_t widest = 0;
  for (const RegisteredCheck& check : all_checks()) widest = std::max(widest, check.name.size());
  std::string out;
  for_each_category([&](const Category& category, const std::vector<const RegisteredCheck*>& checks) {
    out += fmt::format("{}{}: {}\n", out.empty() ? "" : "\n", category.name, category.summary);
    for (const RegisteredCheck* check : checks) {
      out += fmt::format("  {:<{}}  {:<7}  {:<6}  {}\n", check->name, widest,
                         report::severity_word(check->severity()), preset_word(check->preset()),
                         check->check->summary);
    }
  });
  return out;
}

std::string as_markdown() {
  std::string out;
  for_each_category([&](const Category& category, const std::vector<const RegisteredCheck*>& checks) {
    out += fmt::format("{}## {}\n\n{}\n\n| check | severity | preset | flags |\n|---|---|---|---|\n",
                       out.empty() ? "" : "\n", category.name, category.summary);
    for (const RegisteredCheck* check : checks) {
      out += fmt::format("| {} | {} | {} | {} |\n", check->name, report::severity_word(check->severity()),
                         preset_word(check->preset()), check->check->summary);
    }
  });
  return out;
}

void write_version_limit(report::JsonWriter& json, std::string_view name, int version) {
  json.key(name);
  version == 0 ? json.null() : json.value(version);
}

std::string as_json() {
  std::string out;
  report::JsonWriter json(out);
  json.begin_object().member("version", 1).array("checks");
  for (const RegisteredCheck& check : all_checks()) {
    json.begin_object()
        .member("name", check.name)
        .member("category", check.category)
        .member("severity", report::severity_word(check.severity()))
        .member("preset", preset_word(check.preset()))
        .member("since", check.check->since)
        .member("summary", check.check->summary)
        .member("fixable", check.check->fixable);
    write_version_limit(json, "min_pg", check.check->min_pg);
    write_version_limit(json, "max_pg", check.check->max_pg);
    json.array("options");
    for (const OptionSpec& option : check.check->options) {
      json.begin_object()
          .member("name", option.name)
          .member("summary", option.summary)
          .member("default", option.default_value)
          .end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return out;
}

}  // namespace

Result<int> checks_command(const Arguments& arguments, const Console& console) {
  if (!arguments.operands.empty()) {
    return Error{
        "`migcheck checks` takes no operand.", {}, "`migcheck explain CHECK` shows one check's page."};
  }
  const std::string format = arguments.value(OptionId::Format).value_or("text");
  if (format == "text") {
    console.out(as_text());
  } else if (format == "json") {
    console.out(as_json());
  } else if (format == "markdown") {
    console.out(as_markdown());
  } else {
    std::string hint = did_you_mean(format, {"text", "json", "markdown"});
    if (hint.empty()) hint = "There are: text, json, markdown.";
    return Error{fmt::format("--format: there is no format \"{}\" for a list of checks.", format), {}, hint};
  }
  return 0;
}

}  // namespace migcheck::cli
