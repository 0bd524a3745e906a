// SPDX-License-Identifier: MIT

#include "parse/splitter.hpp"

#include <algorithm>

#include "parse/splitter_scan.hpp"

namespace migcheck::parsing {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// One section, or a gap between sections of which only the comments are kept.
struct Region {
  Span span;
  bool gap = false;
  std::uint32_t section = 0;
};

std::vector<Region> regions_of(std::string_view text, const std::vector<Span>& sections) {
  const auto size = static_cast<std::uint32_t>(text.size());
  if (sections.empty()) return {{{0, size}, false, 0}};
  std::vector<Region> regions;
  std::uint32_t at = 0;
  for (std::uint32_t n = 0; n < sections.size(); ++n) {
    const Span section = {std::max(at, std::min(sections[n].begin, size)), std::min(sections[n].end, size)};
    if (section.begin > at) regions.push_back({{at, section.begin}, true, 0});
    if (section.end < section.begin) continue;
    regions.push_back({section, false, n});
    at = section.end;
  }
  if (at < size) regions.push_back({{at, size}, true, 0});
  return regions;
}

}  // namespace

Split split(std::string_view text, const std::vector<Span>& sections, const SplitLimits& limits) {
  Split result;
  for (Region region : regions_of(text, sections)) {
    if (region.span.begin == 0 && text.substr(0, region.span.end).substr(0, 3) == kByteOrderMark) {
      region.span.begin = static_cast<std::uint32_t>(kByteOrderMark.size());
    }
    if (!region.gap) {
      SectionSplitter(text, region.span, region.section, limits, result).run();
      continue;
    }
    Split outside;
    SectionSplitter(text, region.span, 0, limits, outside).run();
    result.comments.insert(result.comments.end(), outside.comments.begin(), outside.comments.end());
  }
  std::stable_sort(result.problems.begin(), result.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.span.begin < b.span.begin; });
  return result;
}

bool refuses(Problem::Kind kind) {
  return kind == Problem::Kind::NulByte || kind == Problem::Kind::OperatorRunTooLong ||
         kind == Problem::Kind::CommentNestedTooDeeply || kind == Problem::Kind::StatementTooLong;
}

std::string_view message_of(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::NulByte:
      return "The text holds a NUL byte, at which PostgreSQL stops reading. Remove it.";
    case Problem::Kind::OperatorRunTooLong:
      return "This run of operator characters is too long to be read in reasonable time.";
    case Problem::Kind::CommentNestedTooDeeply:
      return "Comments are nested too deeply here to be read in reasonable time.";
    case Problem::Kind::StatementTooLong:
      return "This statement is larger than 64 MiB and was not read. Load data with COPY, or split it.";
    case Problem::Kind::UnterminatedString:
      return "This string is never closed: everything after the quote belongs to it.";
    case Problem::Kind::UnterminatedIdentifier:
      return "This quoted identifier is never closed: everything after the quote belongs to it.";
    case Problem::Kind::UnterminatedDollarString:
      return "This dollar quote is never closed: everything after it belongs to the string.";
    case Problem::Kind::UnterminatedComment:
      return "This comment is never closed: nothing after it is read.";
    case Problem::Kind::UnterminatedAtomicBody:
      return "This BEGIN ATOMIC has no END: every statement after it belongs to the body.";
    case Problem::Kind::UnterminatedRuleActions:
      return "This parenthesis is never closed: every statement after it belongs to the rule.";
    case Problem::Kind::UnterminatedCopyData:
      return "The data of this COPY has no end: a line that holds only \\. is missing, so everything after "
             "it "
             "is data.";
    case Problem::Kind::InvisibleCharacter:
      return "An invisible character (a no-break space, a zero-width space or a byte order mark) stands "
             "here. "
             "PostgreSQL takes it for a part of a name. Replace it by a blank.";
    case Problem::Kind::BatchLine:
      return "GO ends a batch in SQL Server's tools. PostgreSQL has no such command: end statements with a "
             "semicolon.";
  }
  return {};
}

}  // namespace migcheck::parsing
