// SPDX-License-Identifier: MIT
#pragma once

// What a check hands its findings to.

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "migcheck/finding.hpp"
#include "migcheck/plan.hpp"

namespace migcheck {

class CheckContext;

// What a file does to one subject, statement after statement: one finding speaks of all of it.
struct Gathering {
  std::size_t finding = 0;  // which one, among the run's
  std::vector<std::string> items = {};
  std::set<std::string, std::less<>> known = {};  // the items: a loop says the same again
};
// By check, subject and severity: the way up and the way back weigh differently, and are two decisions.
using Gatherings = std::map<std::tuple<std::string_view, std::string, Severity>, Gathering>;

// A finding that has nothing to say if the file drops something of this name further down: a helper, or what
// is to be replaced. The engine asks when it has seen the whole file: a large one is still being read while
// its first statements are checked.
struct UnlessDropped {
  std::size_t finding = 0;  // which one, among the run's
  std::string name;
};

// A finding in the making.
class FindingBuilder {
 public:
  explicit FindingBuilder(Finding& finding, bool configured = false, const Gathering* gathering = nullptr)
      : finding_(&finding), configured_(configured), gathering_(gathering) {}

  template <typename... Args>
  FindingBuilder& message(fmt::format_string<Args...> format, Args&&... args) {
    finding_->message = fmt::format(format, std::forward<Args>(args)...);
    return *this;
  }
  // What to write instead: a statement with the real names in it, or a sentence.
  template <typename... Args>
  FindingBuilder& advice(fmt::format_string<Args...> format, Args&&... args) {
    finding_->advice = fmt::format(format, std::forward<Args>(args)...);
    return *this;
  }
  // What the case at hand deserves. What the project says of the check wins.
  FindingBuilder& severity(Severity severity) {
    if (!configured_) finding_->severity = severity;
    return *this;
  }
  // The finding is about this relation: if it is small, it is only worth an info.
  FindingBuilder& about(const CheckContext& context, const RelationRef& relation);
  FindingBuilder& note(std::string text, Place place) {
    finding_->notes.push_back({std::move(text), place});
    return *this;
  }
  // What FindingSink::gather() collected: "a", "b"; this statement's own item is the last.
  [[nodiscard]] const std::vector<std::string>& gathered() const { return gathering_->items; }
  FindingBuilder& fix(std::string title, std::vector<Edit> edits, Applicability applicability) {
    finding_->fix = Fix{std::move(title), std::move(edits), applicability};
    return *this;
  }

 private:
  Finding* finding_;
  bool configured_;
  const Gathering* gathering_;
};

// Who speaks: what all findings of one check have in common.
struct FindingAuthor {
  std::string_view check;
  std::string_view category;
  Severity severity = Severity::Warning;
  bool configured = false;  // the project gave the check a severity of its own
};

// Where findings go. One sink per moment, handed from check to check.
class FindingSink {
 public:
  // A finding at a clause of the statement at hand (or, at the end of a history, at a place made earlier).
  FindingBuilder report(Span clause);
  FindingBuilder report(Place place);
  FindingBuilder report_unless_dropped(Span clause, std::string_view name);
  // What the file does to one subject (a table), statement after statement, is one hazard: the first finding
  // speaks for the others. Gives that finding with `item` gathered into it; its message is to be written
  // anew.
  FindingBuilder gather(Span clause, std::string_view subject, std::string item);

 private:
  friend class SinkAccess;  // the engine
  std::vector<Finding>* findings_ = nullptr;
  Gatherings* gatherings_ = nullptr;                      // of the file at hand
  std::vector<UnlessDropped>* unless_dropped_ = nullptr;  // likewise
  const FindingAuthor* author_ = nullptr;
  std::uint32_t file_ = kNoFile;
  Span statement_;
  std::uint32_t transaction_ = 0;  // 0: none
  bool accepted_ = false;  // a comment accepts what the check finds in this statement: it speaks for no other
};

}  // namespace migcheck
