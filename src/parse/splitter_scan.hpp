// SPDX-License-Identifier: MIT
#pragma once

// The pass of the splitter over one section. It does not make tokens: it looks at each byte once, and only as
// closely as the pieces need. What it knows of a statement is its shape, read off its first words.

#include <cstdint>
#include <string_view>

#include "parse/splitter.hpp"

namespace migcheck::parsing {

class SectionSplitter {
 public:
  SectionSplitter(std::string_view text, Span section, std::uint32_t number, const SplitLimits& limits,
                  Split& out);
  void run();

 private:
  // What kind of statement the first words say it is, as far as that decides where it ends.
  enum class Shape : std::uint8_t {
    Unknown,  // no word yet
    Plain,    // ends at the next semicolon
    Create,   // CREATE [OR REPLACE] so far
    Routine,  // CREATE FUNCTION or PROCEDURE: may hold BEGIN ATOMIC … END
    Rule,     // CREATE RULE: actions in parentheses, with semicolons between
    Copy,     // may end in FROM STDIN
    Update,   // as Plain; but SET goes on with it
  };
  struct Statement {
    Span span;  // so far
    bool open = false;
    bool refused = false;
    bool invisible_reported = false;
    bool reads_data = false;  // COPY … FROM STDIN
    Shape shape = Shape::Unknown;
    std::uint32_t depth = 0;         // of parentheses
    std::uint32_t outer_paren = 0;   // where the outermost open one stands
    std::uint32_t atomic_depth = 0;  // BEGIN ATOMIC and CASE that wait for their END
    std::uint32_t atomic_begin = 0;  // where BEGIN ATOMIC stands
    Span pending;                    // the word BEGIN or FROM that may begin a pair
    std::uint64_t scan_cost = 0;     // of operator runs, see kScanCost
  };

  void token(std::uint32_t begin, std::size_t end);  // the statement reaches to here
  void finish(Ending ending);
  void report(Problem::Kind kind, Span span);
  void refuse(Problem::Kind kind, Span span);

  void word();
  void shape_word(Span word);
  void routine_word(Span word);
  void copy_word(Span word);
  bool batch_line(Span word);
  void invisible_character(Span word);
  void quoted(std::size_t end, Problem::Kind unterminated, std::uint32_t opening);
  void escape_string(std::uint32_t quote);
  [[nodiscard]] bool continues_escape_string() const;
  void quote();
  void dollar();
  void operators();
  void add_scan_cost(std::uint64_t steps, std::uint32_t at);
  void line_comment();
  void block_comment();
  void comment_opened(std::uint32_t at, std::uint32_t depth);
  void punctuation();
  void line_end();
  void copy_data();
  void backslash();
  void nul_bytes();
  void unfinished();

  std::string_view text_;  // up to the end of the section
  std::uint32_t begin_;
  std::uint32_t at_;
  std::uint32_t end_;
  std::uint32_t section_;
  const SplitLimits& limits_;
  Split& out_;
  Statement now_;
  Span data_for_;                 // the COPY whose data begins on the next line
  std::uint32_t waiting_ = 0;     // how many of them
  std::uint32_t run_end_ = 0;     // of the operator run with a /* in it that was measured last
  std::uint32_t escape_end_ = 0;  // of the last E'…' string
  bool has_nul_ = false;
  bool batch_reported_ = false;
};

}  // namespace migcheck::parsing
