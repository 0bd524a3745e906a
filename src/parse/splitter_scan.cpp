// SPDX-License-Identifier: MIT

#include "parse/splitter_scan.hpp"

#include <algorithm>
#include <array>

#include "parse/characters.hpp"
#include "parse/lexer.hpp"
#include "parse/psql.hpp"

namespace migcheck::parsing {
namespace {

// How many characters of one statement PostgreSQL's scanner may read again, in runs of operator characters:
// about a third of a second.
constexpr std::uint64_t kScanCost = 50'000'000;

std::uint32_t narrow(std::size_t offset) {
  return static_cast<std::uint32_t>(offset);
}

// The words that can begin a statement after a T-SQL GO line. A table alias named go is never followed by
// one.
bool begins_statement(std::string_view text, const Token& token) {
  constexpr std::array<std::string_view, 18> kWords = {
      "CREATE",   "ALTER", "DROP",   "INSERT", "UPDATE", "DELETE",  "SELECT",  "WITH",  "SET",
      "TRUNCATE", "GRANT", "REVOKE", "IF",     "EXEC",   "EXECUTE", "DECLARE", "PRINT", "USE"};
  if (token.kind != TokenKind::Identifier) return false;
  const std::string_view word = text_of(text, token.span);
  return std::any_of(kWords.begin(), kWords.end(),
                     [word](std::string_view known) { return equals_ignoring_case(word, known); });
}

}  // namespace

SectionSplitter::SectionSplitter(std::string_view text, Span section, std::uint32_t number,
                                 const SplitLimits& limits, Split& out)
    : text_(text.substr(0, section.end)),
      begin_(section.begin),
      at_(section.begin),
      end_(section.end),
      section_(number),
      limits_(limits),
      out_(out) {
  has_nul_ = text_.find('\0', begin_) != std::string_view::npos;
}

void SectionSplitter::run() {
  while (at_ < end_) {
    switch (class_of(text_[at_])) {
      case CharacterClass::Space:
        ++at_;
        break;
      case CharacterClass::LineEnd:
        line_end();
        break;
      case CharacterClass::Letter:
        word();
        break;
      case CharacterClass::Digit:
        token(at_, at_ + 1);
        break;
      case CharacterClass::Operator:
        operators();
        break;
      case CharacterClass::Punctuation:
        punctuation();
        break;
      case CharacterClass::Quote:
      case CharacterClass::DoubleQuote:
        quote();
        break;
      case CharacterClass::Dollar:
        dollar();
        break;
      case CharacterClass::Other:
        if (text_[at_] == '\\') {
          backslash();
        } else if (text_[at_] == '\0') {
          ++at_;  // told of by nul_bytes() and finish()
        } else {
          token(at_, at_ + 1);
        }
        break;
    }
  }
  unfinished();
  nul_bytes();
}

void SectionSplitter::token(std::uint32_t begin, std::size_t end) {
  if (!now_.open) {
    now_.open = true;
    now_.span.begin = begin;
  }
  at_ = now_.span.end = narrow(std::min<std::size_t>(end, end_));
}

void SectionSplitter::finish(Ending ending) {
  if (now_.open) {
    const Span span = now_.span;
    if (span.size() > limits_.statement_bytes)
      refuse(Problem::Kind::StatementTooLong, {span.begin, span.begin + 1});
    if (has_nul_) {
      const std::size_t nul = text_.substr(0, span.end).find('\0', span.begin);
      if (nul != std::string_view::npos) refuse(Problem::Kind::NulByte, {narrow(nul), narrow(nul) + 1});
    }
    out_.statements.push_back({span, ending, now_.refused, section_});
    if (now_.reads_data) {
      data_for_ = span;
      ++waiting_;
    }
  }
  now_ = Statement();
}

void SectionSplitter::report(Problem::Kind kind, Span span) {
  out_.problems.push_back({kind, span, now_.open ? narrow(out_.statements.size()) : kNoStatement});
}

void SectionSplitter::refuse(Problem::Kind kind, Span span) {
  if (now_.refused) return;  // one reason is enough
  report(kind, span);
  now_.refused = now_.open;
}

void SectionSplitter::line_end() {
  ++at_;
  if (waiting_ == 0) return;
  if (text_[at_ - 1] == '\r' && at_ < end_ && text_[at_] == '\n') ++at_;
  for (; waiting_ > 0; --waiting_) copy_data();
}

void SectionSplitter::copy_data() {
  const CopyData data = read_copy_data(text_, at_);
  const Span span = {at_, narrow(data.end)};
  if (!data.terminated && text_.find_first_not_of(" \t\r\n", at_) != std::string_view::npos) {
    out_.problems.push_back({Problem::Kind::UnterminatedCopyData, data_for_, kNoStatement});
  }
  if (!span.empty()) out_.skipped.push_back({Skipped::What::CopyData, span});
  at_ = span.end;
}

void SectionSplitter::word() {
  const std::uint32_t begin = at_;
  std::size_t end = at_;
  unsigned bits = 0;
  do {
    bits |= static_cast<unsigned char>(text_[end]);
    ++end;
  } while (end < end_ && continues_word(text_[end]));
  const Span word = {begin, narrow(end)};
  if (word.size() == 1 && end < end_ && text_[end] == '\'' && to_lower(text_[begin]) == 'e') {
    return escape_string(word.end);
  }
  if (word.size() == 2 && to_lower(text_[begin]) == 'g' && batch_line(word)) return;
  if (now_.shape != Shape::Plain) shape_word(word);
  token(begin, end);
  if (bits >= 0x80) invisible_character(word);
}

void SectionSplitter::shape_word(Span word) {
  const std::string_view text = text_of(text_, word);
  switch (now_.shape) {
    case Shape::Unknown:
      now_.shape = equals_ignoring_case(text, "CREATE")   ? Shape::Create
                   : equals_ignoring_case(text, "COPY")   ? Shape::Copy
                   : equals_ignoring_case(text, "UPDATE") ? Shape::Update
                                                          : Shape::Plain;
      return;
    case Shape::Create:
      if (equals_ignoring_case(text, "OR") || equals_ignoring_case(text, "REPLACE")) return;
      now_.shape = equals_ignoring_case(text, "RULE") ? Shape::Rule
                   : equals_ignoring_case(text, "FUNCTION") || equals_ignoring_case(text, "PROCEDURE")
                       ? Shape::Routine
                       : Shape::Plain;
      return;
    case Shape::Routine:
      return routine_word(word);
    case Shape::Copy:
      return copy_word(word);
    case Shape::Rule:
    case Shape::Update:
    case Shape::Plain:
      return;
  }
}

// BEGIN ATOMIC … END: inside, CASE and END pair up too.
void SectionSplitter::routine_word(Span word) {
  const std::string_view text = text_of(text_, word);
  const bool adjacent = !now_.pending.empty() && now_.pending.end == now_.span.end;
  if (now_.atomic_depth == 0) {
    if (adjacent && equals_ignoring_case(text, "ATOMIC")) {
      now_.atomic_depth = 1;
      now_.atomic_begin = now_.pending.begin;
    }
    now_.pending = equals_ignoring_case(text, "BEGIN") ? word : Span{};
  } else if (equals_ignoring_case(text, "CASE")) {
    ++now_.atomic_depth;
  } else if (equals_ignoring_case(text, "END")) {
    --now_.atomic_depth;
  }
}

void SectionSplitter::copy_word(Span word) {
  const std::string_view text = text_of(text_, word);
  const bool adjacent = !now_.pending.empty() && now_.pending.end == now_.span.end;
  if (now_.depth != 0) return;
  if (adjacent && equals_ignoring_case(text, "STDIN")) now_.reads_data = true;
  now_.pending = equals_ignoring_case(text, "FROM") ? word : Span{};
}

bool SectionSplitter::batch_line(Span word) {
  if (to_lower(text_[word.begin + 1]) != 'o' || now_.depth != 0 || now_.atomic_depth != 0) return false;
  if (!begins_line(text_, word.begin, begin_) || !ends_line(text_, word.end)) return false;
  if (now_.open) {
    const Token next = Lexer(text_, {word.end, end_}).next();
    const bool another = is_keyword(text_, next, "GO") || begins_statement(text_, next);
    if (next.kind != TokenKind::End && !another) return false;
    if (now_.shape == Shape::Update && is_keyword(text_, next, "SET")) return false;
  }
  finish(Ending::BatchLine);
  if (!batch_reported_) report(Problem::Kind::BatchLine, word);
  batch_reported_ = true;
  at_ = word.end;
  return true;
}

void SectionSplitter::invisible_character(Span word) {
  constexpr std::array<std::string_view, 3> kInvisible = {"\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
  if (now_.invisible_reported) return;
  for (const std::string_view character : kInvisible) {
    const std::size_t found = text_of(text_, word).find(character);
    if (found == std::string_view::npos) continue;
    const std::uint32_t at = word.begin + narrow(found);
    report(Problem::Kind::InvisibleCharacter, {at, at + narrow(character.size())});
    now_.invisible_reported = true;
    return;
  }
}

void SectionSplitter::quoted(std::size_t end, Problem::Kind unterminated, std::uint32_t opening) {
  const std::uint32_t begin = at_;
  token(begin, end);
  if (end == std::string_view::npos) report(unterminated, {opening, opening + 1});
}

void SectionSplitter::escape_string(std::uint32_t quote) {
  quoted(end_of_escape_string(text_, quote + 1), Problem::Kind::UnterminatedString, quote);
  escape_end_ = at_;
}

// E'…' goes on in a quote on the next line, with its backslashes.
bool SectionSplitter::continues_escape_string() const {
  return now_.open && now_.span.end == escape_end_ && escape_end_ != 0 &&
         text_.substr(escape_end_, at_ - escape_end_).find_first_of("\r\n") != std::string_view::npos;
}

void SectionSplitter::quote() {
  const char mark = text_[at_];
  if (mark == '\'' && continues_escape_string()) return escape_string(at_);
  const Problem::Kind unterminated =
      mark == '\'' ? Problem::Kind::UnterminatedString : Problem::Kind::UnterminatedIdentifier;
  quoted(end_of_quoted(text_, at_ + 1, mark), unterminated, at_);
}

void SectionSplitter::dollar() {
  const std::uint32_t begin = at_;
  const std::size_t length = dollar_delimiter_length(text_, begin);
  if (length == 0) return token(begin, begin + 1);
  const std::size_t close = text_.find(text_.substr(begin, length), begin + length);
  const bool open = close == std::string_view::npos;
  token(begin, open ? close : close + length);
  if (open) report(Problem::Kind::UnterminatedDollarString, {begin, begin + narrow(length)});
}

void SectionSplitter::operators() {
  const std::string_view pair = text_.substr(at_, 2);
  if (pair == "--") return line_comment();
  if (pair == "/*") return block_comment();
  const std::uint32_t begin = at_;
  std::uint32_t end = at_ + 1;
  while (end < end_ && class_of(text_[end]) == CharacterClass::Operator) {
    const std::string_view next = text_.substr(end, 2);
    if (next == "--" || next == "/*") break;
    ++end;
  }
  token(begin, end);
  const std::uint64_t length = end - begin;
  // PostgreSQL may make a token of each character and look at the rest of the run for each.
  add_scan_cost(length * length / 2, begin);
  if (length > limits_.operator_run) refuse(Problem::Kind::OperatorRunTooLong, {begin, begin + 1});
}

void SectionSplitter::add_scan_cost(std::uint64_t steps, std::uint32_t at) {
  if (!now_.open) return;
  now_.scan_cost += steps;
  if (now_.scan_cost > kScanCost) refuse(Problem::Kind::OperatorRunTooLong, {at, at + 1});
}

void SectionSplitter::line_comment() {
  const std::uint32_t begin = at_;
  // Either ends it. Looking for one alone could read the whole rest of the file, once for each comment.
  while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
  out_.comments.push_back({{begin, at_}, false});
}

void SectionSplitter::block_comment() {
  const std::uint32_t begin = at_;
  std::uint32_t depth = 1;
  std::size_t at = at_ + 2;
  comment_opened(begin, depth);
  while (depth > 0 && at != std::string_view::npos) {
    const CommentMark mark = next_comment_mark(text_, at);
    at = mark.end;
    depth = mark.opens ? depth + 1 : depth - 1;
    if (mark.opens) comment_opened(narrow(at - 2), depth);
  }
  if (at == std::string_view::npos) {
    at = end_;
    out_.problems.push_back({Problem::Kind::UnterminatedComment, {begin, begin + 2}, kNoStatement});
  }
  at_ = narrow(at);
  out_.comments.push_back({{begin, at_}, true});
}

// PostgreSQL's scanner reads the whole run of operator characters that a /* begins, for each /* in it.
void SectionSplitter::comment_opened(std::uint32_t at, std::uint32_t depth) {
  if (!now_.open) return;
  if (at >= run_end_) {
    run_end_ = at + 2;
    while (run_end_ < end_ && class_of(text_[run_end_]) == CharacterClass::Operator) ++run_end_;
  }
  add_scan_cost(run_end_ - at, at);
  if (depth > limits_.comment_depth) refuse(Problem::Kind::CommentNestedTooDeeply, {at, at + 2});
}

void SectionSplitter::punctuation() {
  const char c = text_[at_];
  if (c == ';' && now_.atomic_depth == 0 && (now_.shape != Shape::Rule || now_.depth == 0)) {
    finish(Ending::Semicolon);
    ++at_;
    return;
  }
  if (c == '(' && now_.depth++ == 0) now_.outer_paren = at_;
  if (c == ')' && now_.depth > 0) --now_.depth;
  token(at_, at_ + 1);
}

void SectionSplitter::backslash() {
  const std::uint32_t begin = at_;
  if (begin + 1 < end_ && text_[begin + 1] == ';') {
    finish(Ending::PsqlCommand);
    at_ += 2;
    return;
  }
  // In the middle of a statement's line only what sends the statement is a command; the parser will point at
  // anything else.
  const bool sends = sends_query(psql_command_name(text_, begin));
  if (now_.open && !sends && !begins_line(text_, begin, begin_)) return token(begin, begin + 1);
  const PsqlCommand command = read_psql_command(text_, begin);
  finish(Ending::PsqlCommand);
  at_ = narrow(command.end);
  out_.skipped.push_back({Skipped::What::PsqlCommand, {begin, at_}});
  if (command.reads_data) {
    data_for_ = {begin, at_};
    ++waiting_;
  }
}

void SectionSplitter::unfinished() {
  if (now_.atomic_depth > 0) {
    report(Problem::Kind::UnterminatedAtomicBody, {now_.atomic_begin, now_.atomic_begin + 5});
  } else if (now_.shape == Shape::Rule && now_.depth > 0) {
    report(Problem::Kind::UnterminatedRuleActions, {now_.outer_paren, now_.outer_paren + 1});
  }
  finish(Ending::EndOfSection);
}

// A NUL outside of statements hides what follows from PostgreSQL too: it is told of once.
void SectionSplitter::nul_bytes() {
  if (!has_nul_) return;
  const auto told = [this](const Problem& problem) {
    return problem.kind == Problem::Kind::NulByte && problem.span.begin >= begin_;
  };
  if (std::any_of(out_.problems.begin(), out_.problems.end(), told)) return;
  const std::uint32_t nul = narrow(text_.find('\0', begin_));
  out_.problems.push_back({Problem::Kind::NulByte, {nul, nul + 1}, kNoStatement});
}

}  // namespace migcheck::parsing
