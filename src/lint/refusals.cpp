// SPDX-License-Identifier: MIT

// What PostgreSQL's parser refuses, and what is too deep to be read: the findings of syntax-error.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "lint/engine.hpp"

#include "migcheck/letters.hpp"

namespace migcheck {
namespace {

using Broken = std::vector<const ast::Unparsable*>;

// The parser's words need somebody who says them; our own sentences stand by themselves.
std::string refusal(std::string_view by_whom, std::string_view message) {
  if (message.ends_with('.')) return std::string(message);
  return fmt::format("{}: {}.", by_whom, message);
}

// Whether the text begins as a statement does. What does not, behind one that is refused, is what a quote too
// many or too few has cut off from it.
bool begins_as_statement(std::string_view text) {
  constexpr auto kCommands = std::to_array<std::string_view>(
      {"abort",   "alter",   "analyse",  "analyze",   "begin",    "call",       "checkpoint", "close",
       "cluster", "comment", "commit",   "copy",      "create",   "deallocate", "declare",    "delete",
       "discard", "do",      "drop",     "end",       "execute",  "explain",    "fetch",      "go",
       "grant",   "if",      "import",   "insert",    "listen",   "load",       "lock",       "merge",
       "move",    "notify",  "prepare",  "reassign",  "refresh",  "reindex",    "release",    "rename",
       "reset",   "revoke",  "rollback", "savepoint", "security", "select",     "set",        "show",
       "start",   "table",   "truncate", "update",    "use",      "vacuum",     "values",     "with"});
  std::string word;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter) break;
    word.push_back(lower_letter(c));
  }
  return text.starts_with('(') || text.starts_with('\\') ||
         std::find(kCommands.begin(), kCommands.end(), word) != kCommands.end();
}

bool leads_back(const LintFile& file, const ast::Statement& statement) {
  return std::any_of(file.sections.begin(), file.sections.end(), [&](const Section& section) {
    return section.direction == Direction::Down && section.span.contains(statement.span);
  });
}

const ast::Body* body_of(const ast::Statement& statement) {
  if (const auto* function = ast::as<ast::CreateFunction>(&statement)) return function->body;
  if (const auto* block = ast::as<ast::DoBlock>(&statement)) return block->body;
  return nullptr;
}

// PostgreSQL reads a body when the function is made, or the block is run, but for what EXECUTE runs. The
// parser bounds how deep bodies lie in one another.
void collect_in_bodies(const ast::Statement& statement, Broken& broken) {
  const ast::Body* body = body_of(statement);
  if (body == nullptr) return;
  for (const ast::BodyStatement& inner : body->statements) {
    if (inner.dynamic) continue;
    if (const auto* refused = ast::as<ast::Unparsable>(inner.statement)) broken.push_back(refused);
    collect_in_bodies(*inner.statement, broken);
  }
}

}  // namespace

// What is nested beyond the limit was not read: nobody can say what it does.
void Linter::Engine::report_too_deep(const ast::Statement& statement, std::uint32_t index) {
  Finding* finding = own_finding("syntax-error", {index, statement.span}, statement.span);
  if (finding == nullptr) return;
  finding->message = "This statement is nested too deeply to be read: a part of it was not checked.";
  finding->advice = "Split it into several statements.";
}

// What is not checked (history, the way back) is told all the same.
void Linter::Engine::report_unparsable(const LintFile& file, std::uint32_t index, bool target) {
  const ParsedFile& parsed = file.parsed;
  std::map<std::string, Refused> refused;  // by PostgreSQL's words
  Broken broken;
  Cause cause;
  for (const ast::Statement* statement : parsed.statements) {
    if (statement->too_deep && target) report_too_deep(*statement, index);
    broken.clear();
    const auto* whole = ast::as<ast::Unparsable>(statement);
    if (whole != nullptr && cause.finding != kNoFinding &&
        !begins_as_statement(
            std::string_view(parsed.source->text).substr(whole->span.begin, whole->span.size()))) {
      report_remains(*whole, index, parsed, cause);
      continue;
    }
    cause = {};
    if (whole != nullptr) broken.push_back(whole);
    if (target) collect_in_bodies(*statement, broken);
    if (broken.empty()) continue;
    const bool back = leads_back(file, *statement);
    for (const ast::Unparsable* each : broken) {
      if (target && (!back || settings_.way_back)) {
        Refused& alike = refused[std::string(each->message)];
        report_refused(*each, statement->span, back, index, alike);
        if (whole != nullptr && alike.statements > 0) cause = {alike.last_finding, each->message};
        continue;
      }
      const Span origin = parsed.source->to_original(each->span);
      const std::uint32_t line = lines_of(index, parsed.source.get()).line_of(origin.begin);
      const std::string_view part = target ? "way back" : "history";
      report.unread.push_back(
          {parsed.source->path, line,
           refusal(fmt::format("PostgreSQL refuses this statement of the {}", part), each->message)});
    }
  }
}

// Said of the statement that it was cut off from: the one place to mend.
void Linter::Engine::report_remains(const ast::Unparsable& piece, std::uint32_t index,
                                    const ParsedFile& parsed, const Cause& cause) {
  const Span origin = parsed.source->to_original(piece.span);
  const std::uint32_t line = lines_of(index, parsed.source.get()).line_of(origin.end);
  report.findings[cause.finding].message = fmt::format(
      "{} The text behind it, up to line {}, is not read as it is meant: a quote before it is one too "
      "many, or one is missing.",
      refusal("PostgreSQL's parser refuses this statement", cause.message), line);
}

// One mistake that a file of data repeats in hundreds of statements is told of the first ones each; the last
// of these speaks for the others, and names their places.
void Linter::Engine::report_refused(const ast::Unparsable& broken, Span statement, bool back,
                                    std::uint32_t index, Refused& alike) {
  constexpr std::size_t kToldEach = 10;
  const Place place{index, broken.at.empty() ? broken.span : broken.at};
  if (++alike.statements > kToldEach) {
    Finding& last = report.findings[alike.last_finding];
    last.notes.push_back({"refused likewise", place});
    last.message = refusal(
        fmt::format("PostgreSQL's parser refuses this statement and {} more", alike.statements - kToldEach),
        broken.message);
    return;
  }
  Finding* finding = own_finding("syntax-error", place, statement);
  if (finding == nullptr) {
    alike = {};  // the check is off
    return;
  }
  alike.last_finding = report.findings.size() - 1;
  if (back) finding->severity = one_lower(finding->severity);
  finding->message = refusal("PostgreSQL's parser refuses this statement", broken.message);
  finding->advice = broken.hint;
}

}  // namespace migcheck
