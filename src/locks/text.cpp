// SPDX-License-Identifier: MIT

// The report for people: one transaction after another, a lock to a line.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/lock_report.hpp"
#include "migcheck/unicode.hpp"

namespace migcheck {
namespace {

// Who else wants something of the table, by the weakest lock that each needs.
std::string who_waits(LockMode held) {
  std::vector<std::string_view> waiting;
  const auto add = [&](LockMode wanted, std::string_view who) {
    if (conflicts(held, wanted)) waiting.push_back(who);
  };
  add(LockMode::AccessShare, "reads");
  add(LockMode::RowExclusive, "writes");
  add(LockMode::AccessExclusive, "DDL");
  add(LockMode::ShareUpdateExclusive, "VACUUM");
  if (waiting.size() == 1) return fmt::format("{} waits", waiting.front());  // every lock stops DDL
  const std::string_view last = waiting.back();
  waiting.pop_back();
  return fmt::format("{} and {} wait", fmt::join(waiting, ", "), last);
}

std::string work_of(const LockEffect& effect) {
  std::string work;
  const auto add = [&](std::string_view words) {
    work += work.empty() ? "" : ", ";
    work += words;
  };
  if (effect.rewrite) add("writes all rows anew");
  if (effect.scan) add("reads all rows");
  if (!effect.builds.empty()) add(fmt::format("builds {}", fmt::join(effect.builds, ", ")));
  return work;
}

std::string_view name_of(TransactionKind kind) {
  switch (kind) {
    case TransactionKind::Explicit:
      return "BEGIN";
    case TransactionKind::Tool:
      return "opened by the migration tool";
    case TransactionKind::Implicit:
      return "implicit: one query of several statements";
    case TransactionKind::Autocommit:
      break;
  }
  return "autocommit";
}

constexpr std::size_t kColumns = 80;

// What does not fit is left out: the statement stands in its file.
std::string cut(std::string line) {
  if (line.size() <= kColumns) return line;
  std::size_t end = kColumns - 1;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + "…";
}

// At word ends, what follows further in.
std::string wrapped(std::string_view text, std::string_view first, std::string_view further) {
  std::string out(first);
  std::size_t column = first.size();
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' ', 1), text.size()));
    if (column + word.size() > kColumns && column > further.size()) {
      const std::string_view letters = word.substr(std::min(word.find_first_not_of(' '), word.size()));
      out.append("\n").append(further).append(letters);
      column = further.size() + letters.size();
    } else {
      out.append(word);
      column += word.size();
    }
    text.remove_prefix(word.size());
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const LockReport& report) : report_(report) {}

  std::string write() {
    out_ = fmt::format("Locks on PostgreSQL {}\n", report_.pg_version);
    for (std::size_t n = 0; n < report_.statements.size(); ++n) {
      if (begins_group(n)) out_ += fmt::format("\n{}\n", heading(report_.statements[n]));
      if (begins_group(n) || report_.statements[n].file != report_.statements[n - 1].file) {
        out_ += fmt::format("  {}\n", printable(report_.statements[n].file));
      }
      statement(n);
    }
    if (report_.statements.empty()) out_ += "\nNo statement is run.\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool begins_group(std::size_t n) const {
    return n == 0 || report_.statements[n].transaction != report_.statements[n - 1].transaction;
  }

  [[nodiscard]] std::string heading(const LockStatement& first) const {
    if (!first.transaction) return "Autocommit: each statement is a transaction of its own";
    const LockTransaction& transaction = report_.transactions[*first.transaction - 1];
    return fmt::format("Transaction {} ({}{})", *first.transaction, name_of(transaction.kind),
                       transaction.committed ? "" : ", rolled back");
  }

  void statement(std::size_t n) {
    const LockStatement& at = report_.statements[n];
    out_ += cut(fmt::format("  {:>5}  {}", at.line, printable(at.text))) + "\n";
    if (at.maybe) line("runs only under a condition");
    if (at.error) line(fmt::format("fails: {} ({})", printable(at.error->message), at.error->code));
    for (const LockEffect& effect : at.effects) this->effect(effect, n);
  }

  void effect(const LockEffect& effect, std::size_t n) {
    // Nobody can wait for what nobody else can see yet.
    if (effect.is_new) return line(fmt::format("{} (new)  nobody waits", printable(effect.relation)));
    std::string text = printable(effect.relation);
    if (effect.lock != LockMode::None) text += "  " + lock(effect, n);
    if (const std::string work = work_of(effect); !work.empty()) text += fmt::format("; {}", printable(work));
    line(text + held(effect, n));
  }

  void line(std::string_view text) { out_ += wrapped(text, "         ", "             ") + "\n"; }

  // Where the transaction holds more than the statement asks for, others wait for that.
  [[nodiscard]] std::string lock(const LockEffect& effect, std::size_t n) const {
    std::string words(to_string(effect.lock));
    if (effect.taken != kNoStatement && effect.taken != n) {
      const std::string since = place(effect.taken, n);
      words += effect.held == effect.lock ? fmt::format(" (held since {})", since)
                                          : fmt::format(" ({} held since {})", to_string(effect.held), since);
    }
    return fmt::format("{}: {}", words, who_waits(effect.held));
  }

  // Nothing for a lock that goes with the statement that took it.
  [[nodiscard]] std::string held(const LockEffect& effect, std::size_t n) const {
    if (effect.until == kNoStatement || effect.until == n) return {};
    return "; held until " + place(effect.until, n);
  }

  // "line 4", or with the file where it is another one.
  [[nodiscard]] std::string place(std::size_t statement, std::size_t seen_from) const {
    const LockStatement& at = report_.statements[statement];
    if (at.file == report_.statements[seen_from].file) return fmt::format("line {}", at.line);
    return fmt::format("{}:{}", printable(at.file), at.line);
  }

  const LockReport& report_;
  std::string out_;
};

}  // namespace

std::string lock_report_text(const LockReport& report) {
  return Writer(report).write();
}

}  // namespace migcheck
