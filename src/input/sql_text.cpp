// SPDX-License-Identifier: MIT

#include "input/sql_text.hpp"

#include <algorithm>

#include "input/byte_set.hpp"

namespace migcheck::input {
namespace {

// The bytes at which something else than code may begin, and the semicolon.
constexpr ByteSet kCodeEnds("'\"-/\\$;");

// How much of a statement is looked at to say what it is.
constexpr std::size_t kWordsLength = 240;

// Two searches for one byte each are much faster than one for either. They look some way ahead only: a file
// without one of the two would be read to its end for each line.
std::size_t end_of_line(std::string_view text, std::size_t begin) {
  constexpr std::size_t kAhead = 256;
  while (begin < text.size()) {
    const std::string_view ahead = text.substr(begin, kAhead);
    const std::size_t feed = std::min(ahead.find('\n'), ahead.size());
    const std::size_t end = std::min(ahead.substr(0, feed).find('\r'), feed);
    if (end < ahead.size()) return begin + end;
    begin += ahead.size();
  }
  return text.size();
}

// PostgreSQL's block comments nest.
std::size_t end_of_block_comment(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at + 1 < text.size(); ++at) {
    if (text[at] == '/' && text[at + 1] == '*') {
      ++depth;
      ++at;
    } else if (text[at] == '*' && text[at + 1] == '/') {
      ++at;
      if (--depth == 0) return at + 1;
    }
  }
  return text.size();
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin, char quote, bool backslashes) {
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    if (backslashes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return text.size();
}

// E'…' knows backslashes; the E must not be the end of a longer word.
bool has_escape_prefix(std::string_view text, std::size_t quote) {
  if (quote == 0 || lower(text[quote - 1]) != 'e') return false;
  return quote == 1 || !is_identifier_char(text[quote - 2]);
}

// The data of a COPY ends with a line that holds `\.` alone.
std::size_t end_of_copy_data(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at < text.size()) {
    const std::size_t end = end_of_line(text, at);
    const bool last = text.substr(at, end - at) == "\\.";
    at = end;
    if (at < text.size()) at += text.compare(at, 2, "\r\n") == 0 ? 2u : 1u;
    if (last) return at;
  }
  return text.size();
}

// Appends the words of a piece of code to what is known of a statement.
void append_words(std::string& words, std::string_view code) {
  for (const char c : code) {
    if (words.size() >= kWordsLength) return;
    if (!is_space(c)) {
      words.push_back(lower(c));
    } else if (!words.empty() && words.back() != ' ') {
      words.push_back(' ');
    }
  }
}

// Collects pieces into statements.
class StatementCollector {
 public:
  StatementCollector(std::string_view text, const std::function<void(const StatementText&)>& visit)
      : text_(text), visit_(visit) {}

  void add(const TextPiece& piece) {
    switch (piece.region) {
      case Region::Code:
        return add_code(piece.span);
      case Region::LineComment:
      case Region::BlockComment:
        if (!current_.words.empty() && current_.words.back() != ' ') current_.words.push_back(' ');
        return;
      case Region::PsqlLine:
      case Region::CopyData:
        return;
      case Region::String:
      case Region::Identifier:
      case Region::Dollar:
        begin_at(piece.span.begin);
        append_words(current_.words, text_of(text_, piece.span).substr(0, kWordsLength));
        current_.span.end = piece.span.end;
    }
  }

  void close() {
    while (!current_.words.empty() && current_.words.back() == ' ') current_.words.pop_back();
    if (open_) visit_(current_);
    current_ = {};
    open_ = false;
    depth_ = 0;
  }

 private:
  void begin_at(std::uint32_t at) {
    if (open_) return;
    open_ = true;
    current_.span.begin = at;
  }

  void add_code(Span code) {
    std::uint32_t word_begin = code.begin;
    for (std::uint32_t at = code.begin; at < code.end; ++at) {
      const char c = text_[at];
      if (is_space(c)) continue;
      if (c == ';' && depth_ <= 0) {
        append_words(current_.words, text_of(text_, {word_begin, at}));
        if (open_) current_.span.end = at + 1;
        close();
        word_begin = at + 1;
        continue;
      }
      begin_at(at);
      if (c == '(') ++depth_;
      if (c == ')') --depth_;
      current_.span.end = at + 1;
    }
    append_words(current_.words, text_of(text_, {word_begin, code.end}));
  }

  std::string_view text_;
  const std::function<void(const StatementText&)>& visit_;
  StatementText current_;
  bool open_ = false;
  int depth_ = 0;
};

}  // namespace

std::size_t end_of_dollar_quote(std::string_view text, std::size_t begin) {
  std::size_t tag_end = begin + 1;
  if (tag_end < text.size() && is_digit(text[tag_end])) return std::string_view::npos;
  while (tag_end < text.size() && is_identifier_char(text[tag_end])) ++tag_end;
  if (tag_end >= text.size() || text[tag_end] != '$') return std::string_view::npos;
  const std::string_view tag = text.substr(begin, tag_end + 1 - begin);
  const std::size_t close = text.find(tag, tag_end + 1);
  return close == std::string_view::npos ? text.size() : close + tag.size();
}

std::size_t end_of_string(std::string_view text, std::size_t begin) {
  return end_of_quoted(text, begin, '\'', has_escape_prefix(text, begin));
}

bool SqlScanner::starts_region(std::size_t at, Region& region) const {
  const auto following = [&](char c) { return at + 1 < text_.size() && text_[at + 1] == c; };
  switch (text_[at]) {
    case '\'':
      region = Region::String;
      return true;
    case '"':
      region = Region::Identifier;
      return true;
    case '-':
      region = Region::LineComment;
      return following('-');
    case '/':
      region = Region::BlockComment;
      return following('*');
    case '\\':
      region = Region::PsqlLine;
      return !following(';');
    case '$':
      region = Region::Dollar;
      return (at == 0 || !is_identifier_char(text_[at - 1])) &&
             end_of_dollar_quote(text_, at) != std::string_view::npos;
    default:
      return false;
  }
}

std::size_t SqlScanner::end_of(Region region, std::size_t begin) const {
  switch (region) {
    case Region::String:
      return end_of_string(text_, begin);
    case Region::Identifier:
      return end_of_quoted(text_, begin, '"', false);
    case Region::BlockComment:
      return end_of_block_comment(text_, begin);
    case Region::Dollar:
      return end_of_dollar_quote(text_, begin);
    case Region::CopyData:
      return end_of_copy_data(text_, begin);
    case Region::LineComment:
    case Region::PsqlLine:
    case Region::Code:
      break;
  }
  return end_of_line(text_, begin);
}

bool SqlScanner::statement_is_copy_from_stdin(std::size_t end) const {
  std::string_view statement = trimmed(text_.substr(statement_begin_, end - statement_begin_));
  while (starts_with_ignoring_case(statement, "--")) {
    statement.remove_prefix(end_of_line(statement, 0));
    statement = trimmed(statement);
  }
  if (!starts_with_ignoring_case(statement, "copy") || statement.size() > 65536) return false;
  std::string words;
  append_words(words, statement.substr(0, kWordsLength));
  if (words.find("from stdin") != std::string::npos) return true;
  return statement.size() > kWordsLength && contains_ignoring_case(statement, "from stdin");
}

std::size_t SqlScanner::end_of_code(std::size_t begin, Region& following) {
  std::size_t at = begin;
  while ((at = kCodeEnds.find_in(text_, at)) < text_.size()) {
    if (text_[at] == ';') {
      const bool copy = statement_is_copy_from_stdin(at);
      statement_begin_ = ++at;
      if (!copy) continue;
      // The data starts on the next line.
      at = end_of_line(text_, at);
      if (at < text_.size()) at += text_.compare(at, 2, "\r\n") == 0 ? 2u : 1u;
      copy_data_next_ = true;
      statement_begin_ = at;
      return at;
    }
    if (starts_region(at, following)) return at;
    ++at;
  }
  return text_.size();
}

bool SqlScanner::next(TextPiece& piece) {
  if (at_ >= text_.size()) return false;
  Region region = Region::Code;
  std::size_t end = 0;
  if (copy_data_next_) {
    copy_data_next_ = false;
    region = Region::CopyData;
    end = end_of(region, at_);
    statement_begin_ = end;
  } else if (starts_region(at_, region)) {
    end = end_of(region, at_);
    if (region == Region::PsqlLine) statement_begin_ = end;
  } else {
    Region following = Region::Code;
    region = Region::Code;
    end = end_of_code(at_, following);
  }
  piece = {region, span_of(at_, end)};
  at_ = end;
  return true;
}

void for_each_statement(std::string_view text, const std::function<void(const StatementText&)>& visit) {
  SqlScanner scanner(text);
  StatementCollector collector(text, visit);
  TextPiece piece;
  while (scanner.next(piece)) collector.add(piece);
  collector.close();
}

bool LineWalker::next(Span& line) {
  if (done_) return false;
  const std::size_t end = end_of_line(text_, at_);
  line = span_of(at_, end);
  if (end >= text_.size()) {
    done_ = true;
    return line.size() > 0 || text_.empty() || at_ == 0;
  }
  at_ = end + (text_.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  return true;
}

std::vector<Span> comment_lines(std::string_view text) {
  std::vector<Span> lines;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; };
  std::size_t end = 0;
  for (std::size_t dashes = text.find("--"); dashes != std::string_view::npos;
       dashes = text.find("--", end)) {
    end = end_of_line(text, dashes);
    std::size_t begin = dashes;
    while (begin > 0 && is_blank(text[begin - 1])) --begin;
    if (begin == 0 || text[begin - 1] == '\n' || text[begin - 1] == '\r')
      lines.push_back(span_of(begin, end));
  }
  return lines;
}

bool starts_with_word(std::string_view words, std::string_view prefix) {
  if (words.substr(0, prefix.size()) != prefix) return false;
  return words.size() == prefix.size() || !is_identifier_char(words[prefix.size()]);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char a, char b) { return lower(a) == lower(b); });
}

bool contains_ignoring_case(std::string_view text, std::string_view needle) {
  const auto found = std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                                 [](char a, char b) { return lower(a) == lower(b); });
  return found != text.end() || needle.empty();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

}  // namespace migcheck::input
