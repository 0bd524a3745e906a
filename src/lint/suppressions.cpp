// SPDX-License-Identifier: MIT

#include "lint/suppressions.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "lint/squawk_rules.hpp"

namespace migcheck {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// The comment's text without its marks.
std::string_view inside(std::string_view text, const Comment& comment) {
  std::string_view body = text.substr(comment.span.begin, comment.span.size());
  body.remove_prefix(2);
  if (comment.block && body.size() >= 2 && body.substr(body.size() - 2) == "*/") body.remove_suffix(2);
  return trim(body);
}

bool take_word(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  if (text.size() > word.size() && !is_space(text[word.size()])) return false;
  text = trim(text.substr(word.size()));
  return true;
}

// "a, b until=… -- reason": fills names, date and reason. `file_text` gives the names their offsets.
void read_list(std::string_view list, std::string_view file_text, Suppression& into) {
  if (const auto dashes = list.find("--"); dashes != std::string_view::npos) {
    into.reason = trim(list.substr(dashes + 2));
    list = list.substr(0, dashes);
  }
  std::size_t at = 0;
  while (at < list.size()) {
    if (is_space(list[at]) || list[at] == ',') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < list.size() && !is_space(list[end]) && list[end] != ',') ++end;
    const std::string_view word = list.substr(at, end - at);
    constexpr std::string_view kUntil = "until=";
    if (word.substr(0, kUntil.size()) == kUntil) {
      into.until = word.substr(kUntil.size());
      into.has_until = true;
    } else {
      const auto begin = static_cast<std::uint32_t>(word.data() - file_text.data());
      into.checks.emplace_back(word);
      into.check_spans.push_back({begin, begin + static_cast<std::uint32_t>(word.size())});
    }
    at = end;
  }
  into.used.assign(into.checks.size(), false);
}

// squawk's names become ours; what has no counterpart goes.
void translate_squawk(Suppression& suppression) {
  Suppression translated = suppression;
  translated.checks.clear();
  translated.check_spans.clear();
  for (std::size_t n = 0; n < suppression.checks.size(); ++n) {
    for (const std::string_view ours : from_squawk(suppression.checks[n])) {
      translated.checks.emplace_back(ours);
      translated.check_spans.push_back(suppression.check_spans[n]);
    }
  }
  translated.used.assign(translated.checks.size(), false);
  suppression = std::move(translated);
}

bool read_directive(std::string_view body, std::string_view file_text, Suppression& into) {
  if (take_word(body, "migcheck:ignore-file")) {
    into.whole_file = true;
  } else if (take_word(body, "squawk-ignore-file")) {
    into.whole_file = true;
    into.foreign = true;
  } else if (take_word(body, "squawk-ignore")) {
    into.foreign = true;
  } else if (!take_word(body, "migcheck:ignore")) {
    return false;
  }
  read_list(body, file_text, into);
  if (into.foreign) translate_squawk(into);
  if (into.foreign && into.whole_file && into.checks.empty())
    into.checks = {"*"}, into.check_spans = {into.comment}, into.used = {false};
  return true;
}

// The statement that a comment speaks of: the one it stands in, or on whose last line it trails; otherwise
// the next one.
Span statement_of(const Comment& comment, const ParsedFile& file) {
  const std::size_t next = file.statements.first_ending_behind(comment.span.begin);
  if (next > 0) {
    const Span before = file.statements[next - 1]->span;
    const std::string_view gap =
        std::string_view(file.source->text).substr(before.end, comment.span.begin - before.end);
    if (gap.find_first_of("\r\n") == std::string_view::npos) return before;
  }
  return file.statements.has(next) ? file.statements[next]->span : Span{};
}

// Marks the finding where the directive names its check.
void apply(Suppression& suppression, Finding& finding) {
  for (std::size_t n = 0; n < suppression.checks.size(); ++n) {
    const bool any = suppression.whole_file && suppression.checks[n] == "*";
    if (suppression.checks[n] != finding.check && !any) continue;
    suppression.used[n] = true;
    finding.disposition = Disposition::Suppressed;
    finding.disposition_reason = suppression.reason;
  }
}

}  // namespace

std::vector<Suppression> read_suppressions(const ParsedFile& file) {
  std::vector<Suppression> found;
  const std::string_view text = file.source->text;
  for (const Comment& comment : file.comments) {
    Suppression suppression;
    suppression.comment = comment.span;
    if (!read_directive(inside(text, comment), text, suppression)) continue;
    if (!suppression.whole_file) suppression.statement = statement_of(comment, file);
    found.push_back(std::move(suppression));
  }
  return found;
}

Edit removal_of(const Suppression& suppression, std::size_t name, std::string_view text) {
  const std::vector<Span>& names = suppression.check_spans;
  if (names.size() > 1) {
    if (name == 0) return {{names[0].begin, names[1].begin}, ""};
    return {{names[name - 1].end, names[name].end}, ""};
  }
  Span span = suppression.comment;
  const auto is_blank = [&](std::uint32_t at) { return text[at] == ' ' || text[at] == '\t'; };
  while (span.begin > 0 && is_blank(span.begin - 1)) --span.begin;
  const bool line_begins = span.begin == 0 || text[span.begin - 1] == '\n';
  std::uint32_t end = span.end;
  while (end < text.size() && (is_blank(end) || text[end] == '\r')) ++end;
  const bool line_ends = end == text.size() || text[end] == '\n';
  if (line_begins && line_ends) {
    span.end = end < text.size() ? end + 1 : end;
  } else if (line_begins) {
    span.begin = suppression.comment.begin;  // what follows keeps its indentation
  }
  return {span, ""};
}

bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return false;
  for (std::size_t n = 0; n < kForm.size(); ++n) {
    const bool digit = text[n] >= '0' && text[n] <= '9';
    if (kForm[n] == 'd' ? !digit : text[n] != kForm[n]) return false;
  }
  return text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" && text.substr(8) >= "01" &&
         text.substr(8) <= "31";
}

bool is_expired(const Suppression& suppression, std::string_view today) {
  if (!suppression.has_until) return false;
  if (!is_date(suppression.until)) return true;
  return !today.empty() && std::string_view(suppression.until) < today;
}

void apply_suppressions(std::vector<Suppression>& suppressions, std::vector<Finding>& findings,
                        std::string_view today) {
  // By the statement that they speak of, so that many directives and many findings stay linear.
  std::unordered_map<std::uint32_t, std::vector<Suppression*>> by_statement;
  std::vector<Suppression*> of_file;
  for (Suppression& suppression : suppressions) {
    if (is_expired(suppression, today)) continue;
    if (suppression.whole_file) {
      of_file.push_back(&suppression);
    } else if (!suppression.statement.empty()) {
      by_statement[suppression.statement.begin].push_back(&suppression);
    }
  }
  for (Finding& finding : findings) {
    for (Suppression* suppression : of_file) apply(*suppression, finding);
    if (finding.statement.empty()) continue;
    const auto found = by_statement.find(finding.statement.begin);
    if (found == by_statement.end()) continue;
    for (Suppression* suppression : found->second) apply(*suppression, finding);
  }
}

}  // namespace migcheck
