// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "config/yaml_text.hpp"
#include "migcheck/config.hpp"

namespace migcheck {

std::string baseline_text(const Baseline& baseline) {
  std::string text =
      "# Findings that migcheck accepts because they were here before it. Written by `migcheck baseline`;\n"
      "# `migcheck baseline --prune` takes out what is gone.\n"
      "version: 1\n";
  text += baseline.files.empty() ? "files: {}\n" : "files:\n";
  for (const auto& [file, checks] : baseline.files) {
    text += fmt::format("  {}:\n", config::yaml_text(file));
    for (const auto& [check, fingerprints] : checks) {
      text += fmt::format("    {}:\n", config::yaml_text(check));
      for (const std::string& fingerprint : fingerprints)
        text += fmt::format("      - \"{}\"\n", fingerprint);
    }
  }
  return text;
}

}  // namespace migcheck
