// SPDX-License-Identifier: MIT

#include "cli/known_words.hpp"

#include "migcheck/input.hpp"
#include "migcheck/registry.hpp"
#include "migcheck/report.hpp"

namespace migcheck::cli {
namespace {

using Words = std::vector<std::string>;

Words checks() {
  Words words;
  for (const RegisteredCheck& check : all_checks()) words.emplace_back(check.name);
  return words;
}

Words checks_and_categories() {
  Words words;
  for (const Category& category : all_categories()) words.emplace_back(category.name);
  const Words names = checks();
  words.insert(words.end(), names.begin(), names.end());
  return words;
}

Words layouts() {
  Words words = layout_names();
  words.insert(words.begin(), "auto");
  return words;
}

Words commands() {
  Words words;
  for (const CommandRow& command : all_commands()) words.emplace_back(command.name);
  return words;
}

template <typename Names>
Words copied(const Names& names) {
  return Words(names.begin(), names.end());
}

}  // namespace

std::vector<std::string_view> formats_of(CommandId command) {
  switch (command) {
    case CommandId::Lint: {
      std::vector<std::string_view> names;
      for (const Reporter& reporter : all_reporters()) names.push_back(reporter.name);
      return names;
    }
    case CommandId::Checks:
      return {"text", "json", "markdown"};
    case CommandId::Catalog:
      return {"json"};
    case CommandId::Locks:
    case CommandId::Tenancy:
      return {"text", "json"};
    default:
      return {};
  }
}

const std::vector<std::string_view>& known_shells() {
  static const std::vector<std::string_view> shells = {"bash", "zsh", "fish"};
  return shells;
}

std::vector<std::string> known_words(CommandId command, Expects expects) {
  switch (expects) {
    case Expects::Text:
    case Expects::Path:
    case Expects::Commit:
      return {};
    case Expects::Format:
    case Expects::Report:
      return copied(formats_of(command));
    case Expects::Layout:
      return layouts();
    case Expects::Names:
    case Expects::Rule:
      return checks_and_categories();
    case Expects::Preset:
      return {"safety", "saas", "strict"};
    case Expects::Severity:
      return {"info", "warning", "error"};
    case Expects::FailOn:
      return {"info", "warning", "error", "never"};
    case Expects::Color:
      return {"auto", "always", "never"};
    case Expects::Check:
      return checks();
    case Expects::Command:
      return commands();
    case Expects::Shell:
      return copied(known_shells());
  }
  return {};
}

}  // namespace migcheck::cli
