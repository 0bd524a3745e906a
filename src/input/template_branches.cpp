// SPDX-License-Identifier: MIT

#include "input/template_branches.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "input/sql_text.hpp"
#include "input/text_edits.hpp"

namespace migcheck::input {
namespace {

enum class Choice : std::uint8_t { Unknown, Taken, LeftOut };

bool is_postgres(std::string_view word) {
  constexpr std::array<std::string_view, 4> kWords = {"postgres", "postgresql", "psql", "pg"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_other_database(std::string_view word) {
  constexpr std::array<std::string_view, 12> kWords = {"mysql",       "mariadb",   "sqlite", "sqlite3",
                                                       "mssql",       "sqlserver", "oracle", "cockroach",
                                                       "cockroachdb", "crdb",      "tidb",   "spanner"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What the condition is where PostgreSQL is the database.
Choice choice_for(std::string_view condition) {
  bool postgres = false, other = false, negated = condition.find("!=") != std::string_view::npos,
       either = false;
  const std::string words = lowered(condition);
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = at;
    while (end < words.size() && is_identifier_char(words[end])) ++end;
    const std::string_view word = std::string_view(words).substr(at, end - at);
    postgres = postgres || is_postgres(word);
    other = other || is_other_database(word);
    negated = negated || word == "not" || word == "ne";
    either = either || word == "or";
    at = std::max(end, at + 1);
  }
  if (postgres && other) return either && !negated ? Choice::Taken : Choice::Unknown;
  if (!postgres && !other) return Choice::Unknown;
  return postgres != negated ? Choice::Taken : Choice::LeftOut;
}

// {{if}} … {{else if}} … {{else}} … {{end}}, or another block that ends so.
struct Block {
  std::size_t begin = 0;
  bool is_if = false;
  bool decided = false;    // a branch before is the one for PostgreSQL
  bool left_out = false;   // the branch that is open
  std::size_t branch = 0;  // where it begins
};

class BranchFinder {
 public:
  explicit BranchFinder(std::string_view text) : text_(text) {}

  std::vector<TextEdit> run() {
    std::size_t at = 0;
    while ((at = text_.find("{{", at)) != std::string_view::npos) {
      const std::size_t close = text_.substr(0, at + kLongestTag).find("}}", at);
      if (close == std::string_view::npos) break;
      tag(at, close + 2, trimmed_tag(text_.substr(at + 2, close - at - 2)));
      at = close + 2;
    }
    if (!blocks_.empty()) {
      const std::size_t begin = blocks_.front().begin;
      edits_.erase(std::remove_if(edits_.begin(), edits_.end(),
                                  [&](const TextEdit& edit) { return edit.span.begin >= begin; }),
                   edits_.end());
    }
    return std::move(edits_);
  }

 private:
  static constexpr std::size_t kLongestTag = 4096;

  static std::string_view trimmed_tag(std::string_view content) {
    if (content.starts_with('-')) content.remove_prefix(1);
    if (content.ends_with('-')) content.remove_suffix(1);
    return trimmed(content);
  }

  void tag(std::size_t begin, std::size_t end, std::string_view content) {
    if (starts_with_word(content, "if")) {
      open_block({begin, true, false, false, end});
      branch(end, content.substr(2));
    } else if (starts_with_word(content, "else") && !blocks_.empty() && blocks_.back().is_if) {
      close_branch(begin);
      const std::string_view rest = trimmed(content.substr(4));
      branch(end, starts_with_word(rest, "if") ? rest.substr(2) : std::string_view{});
    } else if (starts_with_word(content, "end") && !blocks_.empty()) {
      close_branch(begin);
      blocks_.pop_back();
      if (!blocks_.empty() && blocks_.back().left_out) --left_out_around_;
    } else if (opens_block(content)) {
      open_block({begin, false, false, false, end});
    }
  }

  void open_block(const Block& block) {
    if (!blocks_.empty() && blocks_.back().left_out) ++left_out_around_;
    blocks_.push_back(block);
  }

  static bool opens_block(std::string_view content) {
    constexpr std::array<std::string_view, 4> kWords = {"range", "with", "define", "block"};
    return std::any_of(kWords.begin(), kWords.end(),
                       [&](std::string_view word) { return starts_with_word(content, word); });
  }

  void branch(std::size_t begin, std::string_view condition) {
    Block& block = blocks_.back();
    const Choice choice = choice_for(condition);
    block.left_out = block.decided || choice == Choice::LeftOut;
    block.decided = block.decided || choice == Choice::Taken;
    block.branch = begin;
  }

  void close_branch(std::size_t end) {
    const Block& block = blocks_.back();
    if (block.left_out && left_out_around_ == 0 && end > block.branch)
      edits_.push_back(blank(text_, span_of(block.branch, end)));
  }

  std::string_view text_;
  std::vector<Block> blocks_;
  std::size_t left_out_around_ = 0;  // blocks around the innermost one whose open branch is left out
  std::vector<TextEdit> edits_;
};

}  // namespace

void leave_out_other_databases(SourceFile& source) {
  if (source.text.find("{{") == std::string::npos) return;
  apply_edits(source, BranchFinder(source.text).run());
}

}  // namespace migcheck::input
