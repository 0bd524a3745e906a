// SPDX-License-Identifier: MIT
#pragma once

// psql's own lines in a script: what they say, and what psql makes of the script by them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/sql_text.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/input.hpp"

namespace migcheck::input {

// A psql line, taken apart: `\set name 'a value'` is "set" with the arguments name and a value.
struct PsqlCommand {
  std::string_view name;
  std::vector<std::string> arguments;
};
PsqlCommand parse_psql_line(std::string_view line);

// Does `\set` (or `\unset`) change the variables by this line?
void follow_set(std::string_view line, PsqlVariables& variables);

// `\i` and `\ir` of a script.
struct Include {
  std::string path;               // as it is written
  bool relative_to_file = false;  // \ir
  std::uint32_t line = 0;
  Span span;  // of the psql line
};
std::vector<Include> find_includes(std::string_view text);

// The walk of psql through one script: it steps over the branches of `\if` that are not taken and over all
// that stands behind `\q`, and stops at each file that it includes.
//
// A condition whose value the script does not show is told in `unread`, and all its branches are walked.
class PsqlWalk {
 public:
  // The text must outlive the walk.
  PsqlWalk(std::string_view text, PsqlVariables variables);

  // Goes on to the next file that is included; nothing at the end of the script.
  std::optional<Include> next();

  PsqlVariables variables;  // as they are where the walk stands; what is included may change them
  [[nodiscard]] const std::vector<Span>& stepped_over() const { return stepped_over_; }
  [[nodiscard]] const std::vector<Unread>& unread() const { return unread_; }  // without a path

 private:
  // The branch of an `\if` that the walk is in.
  enum class Branch : std::uint8_t { Taken, Left, Maybe };
  struct Condition {
    Branch branch = Branch::Taken;
    bool decided = false;  // a branch was taken for certain: no later one is
  };

  void enter_if(const PsqlCommand& command, Span line);
  void enter_else(const PsqlCommand& command, Span line);
  void leave_if(Span line);
  void quit(Span line);
  Branch branch_of(const PsqlCommand& command, Span line, Condition& condition);
  [[nodiscard]] bool is_off() const { return off_depth_ > 0; }
  [[nodiscard]] bool is_certain() const;

  std::string_view text_;
  SqlScanner scanner_;
  std::vector<Condition> conditions_;
  std::size_t off_depth_ = 0;  // the number of the outermost condition whose branch is left out; 0: none
  std::uint32_t off_begin_ = 0;
  std::vector<Span> stepped_over_;
  std::vector<Unread> unread_;
  bool done_ = false;
};

}  // namespace migcheck::input
