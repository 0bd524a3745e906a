// SPDX-License-Identifier: MIT

#include "lint/suppressions.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

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
  const auto& statements = file.statements;
  const auto next = std::partition_point(
      statements.begin(), statements.end(),
      [&](const ast::Statement* statement) { return statement->span.end <= comment.span.begin; });
  if (next != statements.begin()) {
    const Span before = (*(next - 1))->span;
    const std::string_view gap =
        std::string_view(file.source->text).substr(before.end, comment.span.begin - before.end);
    if (gap.find_first_of("\r\n") == std::string_view::npos) return before;
  }
  return next == statements.end() ? Span{} : (*next)->span;
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

bool is_expired(const Suppression& suppression, std::string_view today) {
  return !suppression.until.empty() && !today.empty() && std::string_view(suppression.until) < today;
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

std::vector<std::string_view> from_squawk(std::string_view rule) {
  // squawk's rule and the checks that speak of the same hazard (docs/moving-from-squawk.md).
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 38> kTable = {{
      {"adding-field-with-default", "column-rewrite-on-add"},
      {"adding-foreign-key-constraint", "foreign-key-not-valid-missing"},
      {"adding-not-nullable-field", "set-not-null-scan"},
      {"adding-not-nullable-field", "column-not-null-without-default"},
      {"adding-required-field", "column-not-null-without-default"},
      {"adding-serial-primary-key-field", "primary-key-without-index"},
      {"ban-alter-domain-with-add-constraint", "domain-constraint-scan"},
      {"ban-char-field", "char-column"},
      {"ban-concurrent-index-creation-in-transaction", "concurrently-in-transaction"},
      {"ban-create-domain-with-constraint", "domain-constraint-scan"},
      {"ban-drop-column", "column-dropped"},
      {"ban-drop-database", "database-dropped"},
      {"ban-drop-not-null", "not-null-dropped"},
      {"ban-drop-table", "table-dropped"},
      {"ban-truncate-cascade", "truncate-cascade"},
      {"changing-column-type", "column-type-rewrite"},
      {"changing-column-type", "column-type-narrowed"},
      {"constraint-missing-not-valid", "check-not-valid-missing"},
      {"constraint-missing-not-valid", "foreign-key-not-valid-missing"},
      {"disallowed-unique-constraint", "unique-without-index"},
      {"prefer-big-int", "integer-primary-key"},
      {"prefer-bigint-over-int", "integer-primary-key"},
      {"prefer-bigint-over-smallint", "integer-primary-key"},
      {"prefer-identity", "serial-column"},
      {"prefer-text-field", "varchar-length"},
      {"prefer-timestamptz", "timestamp-without-time-zone"},
      {"prefer-timestamp-tz", "timestamp-without-time-zone"},
      {"renaming-column", "column-renamed"},
      {"renaming-table", "table-renamed"},
      {"require-concurrent-index-creation", "index-not-concurrent"},
      {"require-concurrent-index-deletion", "index-drop-not-concurrent"},
      {"require-concurrent-partition-detach", "partition-detach-not-concurrent"},
      {"require-concurrent-reindex", "reindex-not-concurrent"},
      {"require-table-schema", "not-schema-qualified"},
      {"require-timeout-settings", "lock-timeout-missing"},
      {"transaction-nesting", "nested-transaction"},
      {"identifier-too-long", "identifier-too-long"},
      {"syntax-error", "syntax-error"},
  }};
  std::vector<std::string_view> ours;
  for (const auto& [theirs, name] : kTable) {
    if (theirs == rule) ours.push_back(name);
  }
  return ours;
}

}  // namespace migcheck
