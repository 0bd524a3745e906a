// SPDX-License-Identifier: MIT

#include "support/input_description.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace migcheck::testing {
namespace {

std::string_view word_of(Role role) {
  switch (role) {
    case Role::Target:
      return "target";
    case Role::History:
      return "history";
    case Role::Baseline:
      return "baseline";
    case Role::Query:
      return "query";
    case Role::OtherQuery:
      return "other-query";
    case Role::OtherSeed:
      return "other-seed";
    case Role::Seed:
      break;
  }
  return "seed";
}

std::string_view word_of(Wrapping wrapping) {
  if (wrapping == Wrapping::Transaction) return "transaction";
  return wrapping == Wrapping::SimpleQuery ? "simple-query" : "none";
}

std::string described(const Section& section, const SourceFile& source, const LineIndex& lines) {
  const Span span = source.to_original(section.span);
  const std::uint32_t last = span.empty() ? span.begin : span.end - 1;
  return fmt::format("    {} {} unit {} lines {}-{}{}\n", section.direction == Direction::Up ? "up" : "down",
                     word_of(section.wrapping), section.unit,
                     lines.position(source.original_text(), span.begin).line,
                     lines.position(source.original_text(), last).line,
                     section.name.empty() ? "" : fmt::format(" \"{}\"", section.name));
}

std::string described(const Unread& unread) {
  return fmt::format("unread {}{}{}: {}\n", unread.path,
                     unread.line == 0 ? "" : fmt::format(":{}", unread.line),
                     unread.failed ? " (failed)" : "", unread.reason);
}

}  // namespace

std::string describe(const InputSet& set, const InputRequest& request) {
  std::string text;
  std::string unread;
  std::uint32_t history = 0xFFFFFFFF;
  for (std::size_t n = 0; n < set.files.size(); ++n) {
    const FileEntry& entry = set.files[n];
    if (entry.history != history) {
      history = entry.history;
      text += fmt::format("history {} {}: {}\n", set.histories[history].path, set.histories[history].layout,
                          set.histories[history].why);
    }
    text += fmt::format("  {} {}\n", word_of(entry.role), entry.path);
    const Result<LoadedFile> loaded = load(set, n, request);
    if (!loaded) {
      text += fmt::format("    error {}\n", loaded.error().to_string());
      continue;
    }
    const LineIndex lines(loaded->source.original_text());
    for (const Section& section : loaded->sections) text += described(section, loaded->source, lines);
    for (const Unread& one : loaded->unread) unread += described(one);
  }
  for (const Unread& one : set.unread) unread += described(one);
  for (const std::string& remark : set.remarks) text += fmt::format("remark {}\n", remark);
  return text + unread;
}

}  // namespace migcheck::testing
