// SPDX-License-Identifier: MIT
#pragma once

// Globs as .gitignore, ESLint and ruff have them: `*` and `?` within a name, `**` across folders, `[a-z]`,
// `{a,b}`.

#include <string>
#include <string_view>
#include <vector>

namespace migcheck::input {

[[nodiscard]] bool has_glob_characters(std::string_view text);

// Does the whole path match the pattern? "/" separates names in both.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

// As `exclude` is meant: the pattern matches the path, or a folder above it. A pattern without "/" is about
// names at any depth.
[[nodiscard]] bool is_excluded(const std::vector<std::string>& patterns, std::string_view path);

}  // namespace migcheck::input
