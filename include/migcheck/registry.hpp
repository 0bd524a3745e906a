// SPDX-License-Identifier: MIT
#pragma once

// The table of all checks, made by CMake from the files in checks/, and what follows from a check's category.

#include <string_view>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck {

struct RegisteredCheck {
  std::string_view name;      // "index-not-concurrent"
  std::string_view category;  // "blocking"
  const Check* check = nullptr;
  std::string_view page;  // Markdown: what `migcheck explain` prints

  [[nodiscard]] Severity severity() const;
  [[nodiscard]] Preset preset() const;
};

// What a category means, to whom it matters, and its defaults.
struct Category {
  std::string_view name;
  std::string_view summary;
  Severity severity = Severity::Warning;
  Preset preset = Preset::Safety;
};

// Sorted by category folder, then name.
const std::vector<RegisteredCheck>& all_checks();
// nullptr if there is none of that name.
const RegisteredCheck* find_check(std::string_view name);
// In the order in which lists show them: what hurts most comes first.
const std::vector<Category>& all_categories();
const Category* find_category(std::string_view name);

// Does the check run under these settings? --only decides first, then the check's own setting, then its
// category's, then the preset; and the server version must be one that the check is about.
bool is_enabled(const RegisteredCheck& check, const Settings& settings);
// The severity under these settings.
Severity severity_under(const RegisteredCheck& check, const Settings& settings);

}  // namespace migcheck
