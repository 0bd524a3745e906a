// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "config/yaml_text.hpp"
#include "migcheck/config.hpp"

namespace migcheck {
namespace {

// YAML lets a key stand before its colon up to 1024 characters; a longer one is marked as a key.
std::string key_line(std::string_view indent, std::string_view key) {
  constexpr std::size_t kLongestBeforeColon = 1000;
  const std::string text = config::yaml_text(key);
  if (text.size() <= kLongestBeforeColon) return fmt::format("{}{}:\n", indent, text);
  return fmt::format("{0}? {1}\n{0}:\n", indent, text);
}

}  // namespace

std::string baseline_text(const Baseline& baseline) {
  std::string text =
      "# Findings that migcheck accepts because they were here before it. Written by `migcheck baseline`;\n"
      "# `migcheck baseline --prune` takes out what is gone.\n"
      "version: 1\n";
  text += baseline.files.empty() ? "files: {}\n" : "files:\n";
  for (const auto& [file, checks] : baseline.files) {
    text += key_line("  ", file);
    for (const auto& [check, fingerprints] : checks) {
      text += key_line("    ", check);
      for (const std::uint64_t fingerprint : fingerprints)
        text += fmt::format("      - \"{:016x}\"\n", fingerprint);
    }
  }
  return text;
}

}  // namespace migcheck
