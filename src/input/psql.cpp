// SPDX-License-Identifier: MIT

#include "input/psql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace migcheck::input {
namespace {

// An argument up to the next space outside of quotes; '…' knows '' and backslashes as psql does.
std::string take_argument(std::string_view& rest) {
  std::string argument;
  while (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') {
    if (rest.front() != '\'' && rest.front() != '"') {
      argument.push_back(rest.front());
      rest.remove_prefix(1);
      continue;
    }
    const char quote = rest.front();
    rest.remove_prefix(1);
    while (!rest.empty()) {
      const char c = rest.front();
      rest.remove_prefix(1);
      if (c == quote && !rest.starts_with(quote)) break;
      if ((c == quote || (c == '\\' && quote == '\'')) && !rest.empty()) {
        argument.push_back(rest.front());
        rest.remove_prefix(1);
      } else {
        argument.push_back(c);
      }
    }
  }
  return argument;
}

std::uint32_t line_of(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(1 + std::count(text.begin(), text.begin() + offset, '\n'));
}

std::optional<Include> include_of(std::string_view text, Span line, const PsqlCommand& command) {
  const bool here = command.name == "ir" || command.name == "include_relative";
  if (!here && command.name != "i" && command.name != "include") return std::nullopt;
  if (command.arguments.empty()) return std::nullopt;
  std::string path = command.arguments.front();
  while (path.ends_with(';')) path.pop_back();  // psql takes them off
  return Include{std::move(path), here, line_of(text, line.begin), line};
}

std::optional<bool> truth_of(std::string_view word) {
  constexpr std::array<std::string_view, 4> kTrue = {"true", "on", "yes", "1"};
  constexpr std::array<std::string_view, 4> kFalse = {"false", "off", "no", "0"};
  const std::string lower = lowered(word);
  if (std::find(kTrue.begin(), kTrue.end(), lower) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), lower) != kFalse.end()) return false;
  return std::nullopt;
}

// true, :{?name}, :name. A name that the script does not set counts as not set: psql is run without -v.
std::optional<bool> value_of(const PsqlCommand& command, const PsqlVariables& variables) {
  if (command.arguments.size() != 1) return std::nullopt;
  const std::string_view word = command.arguments.front();
  if (word.starts_with(":{?") && word.ends_with('}')) {
    return variables.contains(word.substr(3, word.size() - 4));
  }
  if (!word.starts_with(':')) return truth_of(word);
  const auto known = variables.find(word.substr(1));
  return known == variables.end() ? std::nullopt : truth_of(known->second);
}

}  // namespace

PsqlCommand parse_psql_line(std::string_view line) {
  PsqlCommand command;
  line = trimmed(line);
  if (!line.starts_with('\\')) return command;
  line.remove_prefix(1);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  command.name = line.substr(0, end);
  line.remove_prefix(end);
  while (!(line = trimmed(line)).empty()) command.arguments.push_back(take_argument(line));
  return command;
}

void follow_set(std::string_view line, PsqlVariables& variables) {
  const PsqlCommand command = parse_psql_line(line);
  if (command.arguments.empty()) return;
  if (command.name == "unset") variables.erase(command.arguments.front());
  if (command.name != "set") return;
  if (line.find('`') != std::string_view::npos) {
    variables.erase(command.arguments.front());  // what a program prints is not known here
    return;
  }
  std::string value;
  for (std::size_t n = 1; n < command.arguments.size(); ++n) value += command.arguments[n];
  variables[command.arguments.front()] = std::move(value);
}

std::vector<Include> find_includes(std::string_view text) {
  std::vector<Include> includes;
  if (text.find("\\i") == std::string_view::npos) return includes;
  SqlScanner scanner(text);
  TextPiece piece;
  while (scanner.next(piece)) {
    if (piece.region != Region::PsqlLine) continue;
    const PsqlCommand command = parse_psql_line(text_of(text, piece.span));
    if (auto include = include_of(text, piece.span, command)) includes.push_back(std::move(*include));
  }
  return includes;
}

PsqlWalk::PsqlWalk(std::string_view text, PsqlVariables set_before)
    : variables(std::move(set_before)), text_(text), scanner_(text) {}

std::optional<Include> PsqlWalk::next() {
  TextPiece piece;
  while (!done_ && scanner_.next(piece)) {
    if (piece.region != Region::PsqlLine) continue;
    const PsqlCommand command = parse_psql_line(text_of(text_, piece.span));
    if (command.name == "if") {
      enter_if(command, piece.span);
    } else if (command.name == "elif" || command.name == "else") {
      enter_else(command, piece.span);
    } else if (command.name == "endif") {
      leave_if(piece.span);
    } else if (is_off()) {
      continue;
    } else if (command.name == "q" || command.name == "quit") {
      quit(piece.span);
    } else if (auto include = include_of(text_, piece.span, command)) {
      return include;
    } else if (is_certain()) {
      follow_set(text_of(text_, piece.span), variables);
    } else if (command.name == "set" && !command.arguments.empty()) {
      variables.erase(command.arguments.front());  // it may have this value, or the one before
    }
  }
  if (!done_ && is_off()) stepped_over_.push_back(span_of(off_begin_, text_.size()));
  done_ = true;
  return std::nullopt;
}

bool PsqlWalk::is_certain() const {
  return std::none_of(conditions_.begin(), conditions_.end(),
                      [](const Condition& condition) { return condition.branch == Branch::Maybe; });
}

PsqlWalk::Branch PsqlWalk::branch_of(const PsqlCommand& command, Span line, Condition& condition) {
  if (condition.decided) return Branch::Left;
  const bool maybe_before = condition.branch == Branch::Maybe;
  const std::optional<bool> value = command.name == "else" ? true : value_of(command, variables);
  if (!value) {
    std::string words(trimmed(text_of(text_, line)));
    unread_.push_back({{},
                       line_of(text_, line.begin),
                       fmt::format("`{}` is decided when the script runs: all its branches are read.", words),
                       false});
    return Branch::Maybe;
  }
  condition.decided = *value;
  if (!*value) return Branch::Left;
  return maybe_before ? Branch::Maybe : Branch::Taken;
}

void PsqlWalk::enter_if(const PsqlCommand& command, Span line) {
  Condition condition;
  if (!is_off()) condition.branch = branch_of(command, line, condition);
  conditions_.push_back(condition);
  if (is_off() || condition.branch != Branch::Left) return;
  off_depth_ = conditions_.size();
  off_begin_ = line.end;
}

void PsqlWalk::enter_else(const PsqlCommand& command, Span line) {
  if (conditions_.empty() || (is_off() && off_depth_ < conditions_.size())) return;
  if (is_off()) stepped_over_.push_back({off_begin_, line.begin});
  off_depth_ = 0;
  Condition& condition = conditions_.back();
  const bool maybe_before = condition.branch == Branch::Maybe;
  const Branch branch = branch_of(command, line, condition);
  // Behind a branch that may have been taken, the others are no more than possible.
  condition.branch = branch == Branch::Left && maybe_before && !condition.decided ? Branch::Maybe : branch;
  if (branch != Branch::Left) return;
  off_depth_ = conditions_.size();
  off_begin_ = line.end;
}

void PsqlWalk::leave_if(Span line) {
  if (conditions_.empty()) return;
  if (off_depth_ == conditions_.size()) {
    stepped_over_.push_back({off_begin_, line.begin});
    off_depth_ = 0;
  }
  conditions_.pop_back();
}

// Only this script ends, not the one that includes it. Where it may not be reached the rest is read.
void PsqlWalk::quit(Span line) {
  if (!is_certain()) return;
  stepped_over_.push_back(span_of(line.begin, text_.size()));
  done_ = true;
}

}  // namespace migcheck::input
