// SPDX-License-Identifier: MIT

#include "cli/unread.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migcheck/report.hpp"

namespace migcheck::cli {
namespace {

// More than this is told by reason and folder.
constexpr std::size_t kNamed = 3;
constexpr std::size_t kGroupsTold = 20;

std::string place_of(const Unread& unread) {
  return unread.line == 0 ? unread.path : fmt::format("{}:{}", unread.path, unread.line);
}

void say_groups(const std::vector<Unread>& unread, Loudness loudness, const Talk& talk) {
  const std::vector<UnreadGroup> groups = unread_groups(unread);
  std::size_t left = 0;
  for (std::size_t n = 0; n < groups.size(); ++n) {
    if (n < kGroupsTold) {
      talk.warning(sentence_of(groups[n]));
    } else {
      left += groups[n].count();
    }
  }
  if (left > 0) talk.warning(fmt::format("{} more were not read for other reasons.", left));
  if (loudness != Loudness::Quiet) talk.remark("-v names each file that was not read.");
}

}  // namespace

int say_unread(const std::vector<Unread>& unread, Loudness loudness, const Talk& talk) {
  const auto failed = [](const Unread& one) { return one.failed; };
  const auto failures = static_cast<std::size_t>(std::count_if(unread.begin(), unread.end(), failed));
  const std::size_t passed_over = unread.size() - failures;
  const bool grouped = loudness != Loudness::Verbose && passed_over > kNamed;
  for (const Unread& one : unread) {
    const std::string sentence = fmt::format("{}: {}", place_of(one), one.reason);
    if (one.failed) {
      talk.error(sentence);
    } else if (!grouped) {
      talk.warning(sentence);
    }
  }
  if (grouped) say_groups(unread, loudness, talk);
  return failures > 0 ? 2 : 0;
}

}  // namespace migcheck::cli
