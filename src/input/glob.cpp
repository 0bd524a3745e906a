// SPDX-License-Identifier: MIT

#include "input/glob.hpp"

#include <algorithm>
#include <cstddef>

namespace migcheck::input {
namespace {

// A pattern with more alternatives than this is taken literally from there on.
constexpr std::size_t kMostAlternatives = 256;

// Does `c` belong to the class that opens at `at`? `at` moves behind the class; an unclosed one is a plain
// "[".
bool class_holds(std::string_view pattern, std::size_t& at, char c) {
  std::size_t close = at + 1;
  const bool negated = close < pattern.size() && (pattern[close] == '!' || pattern[close] == '^');
  if (negated) ++close;
  const std::size_t first = close;
  while (close < pattern.size() && (pattern[close] != ']' || close == first)) ++close;
  if (close >= pattern.size()) {
    ++at;
    return c == '[';
  }
  bool held = false;
  for (std::size_t n = first; n < close; ++n) {
    if (n + 2 < close && pattern[n + 1] == '-') {
      held = held || (pattern[n] <= c && c <= pattern[n + 2]);
      n += 2;
    } else {
      held = held || pattern[n] == c;
    }
  }
  at = close + 1;
  return held != negated && c != '/';
}

// Matches one name against one pattern part, without "/" in either; linear back-tracking on the last star.
bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  std::size_t n = 0;
  while (n < name.size()) {
    std::size_t after = at;
    bool same = false;
    if (at < pattern.size()) {
      if (pattern[at] == '*') {
        star = ++at;
        star_at = n;
        continue;
      }
      if (pattern[at] == '[') {
        same = class_holds(pattern, after, name[n]);
      } else {
        const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
        if (escaped) ++after;
        same = (!escaped && pattern[at] == '?') || pattern[after] == name[n];
        ++after;
      }
    }
    if (same) {
      at = after;
      ++n;
    } else if (star != std::string_view::npos) {
      at = star;
      n = ++star_at;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0 && path.substr(0, end) != ".") parts.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

// The same back-tracking, one level up: parts instead of characters, `**` instead of `*`.
bool parts_match(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  std::size_t n = 0;
  while (n < path.size()) {
    if (at < pattern.size() && pattern[at] == "**") {
      star = ++at;
      star_at = n;
    } else if (at < pattern.size() && name_matches(pattern[at], path[n])) {
      ++at;
      ++n;
    } else if (star != std::string_view::npos) {
      at = star;
      n = ++star_at;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == "**") ++at;
  return at == pattern.size();
}

// Writes out {a,b}: the patterns without braces that it stands for.
std::vector<std::string> without_braces(std::string_view pattern) {
  std::vector<std::string> open = {std::string(pattern)};
  std::vector<std::string> done;
  while (!open.empty()) {
    const std::string current = std::move(open.back());
    open.pop_back();
    const std::size_t begin = current.rfind('{');
    const std::size_t end = begin == std::string::npos ? begin : current.find('}', begin);
    if (end == std::string::npos || open.size() + done.size() > kMostAlternatives) {
      done.push_back(current);
      continue;
    }
    std::size_t at = begin + 1;
    while (at <= end) {
      const std::size_t comma = std::min(current.find(',', at), end);
      open.push_back(current.substr(0, begin) + current.substr(at, comma - at) + current.substr(end + 1));
      at = comma + 1;
    }
  }
  return done;
}

}  // namespace

bool has_glob_characters(std::string_view text) {
  return text.find_first_of("*?[{") != std::string_view::npos;
}

bool glob_matches(std::string_view pattern, std::string_view path) {
  const std::vector<std::string_view> parts = parts_of(path);
  const std::vector<std::string> plain = without_braces(pattern);
  return std::any_of(plain.begin(), plain.end(),
                     [&](const std::string& one) { return parts_match(parts_of(one), parts); });
}

bool is_excluded(const std::vector<std::string>& patterns, std::string_view path) {
  for (const std::string& pattern : patterns) {
    const bool name_only =
        std::string_view(pattern).substr(0, pattern.size() - (pattern.ends_with('/') ? 1u : 0u)).find('/') ==
        std::string_view::npos;
    const std::string full = name_only ? "**/" + pattern : pattern;
    for (std::size_t end = path.size(); end != std::string_view::npos && end > 0;
         end = path.rfind('/', end - 1)) {
      if (glob_matches(full, path.substr(0, end))) return true;
    }
  }
  return false;
}

}  // namespace migcheck::input
