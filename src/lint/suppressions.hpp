// SPDX-License-Identifier: MIT
#pragma once

// Comments that accept a finding: read from a file's comments, applied to its findings.
//
//   -- migcheck:ignore check[, check] [until=2027-01-31] -- reason     the next statement, or the one it
//   stands in
//   -- migcheck:ignore-file check[, check] -- reason                   the whole file; `*` for all checks
//   -- squawk-ignore rule[, rule]                                       squawk's own, for checks that
//   correspond

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/finding.hpp"
#include "migcheck/parse.hpp"

namespace migcheck {

struct Suppression {
  Span comment;                     // the directive itself
  std::vector<std::string> checks;  // names, categories are not allowed; "*" only for whole files
  std::vector<Span> check_spans;    // where each name stands
  std::string reason;
  std::string until;       // "2027-01-31"
  bool has_until = false;  // false: for good
  bool whole_file = false;
  bool foreign = false;    // another tool's comment: never reported as unused or unknown
  Span statement;          // the statement it speaks of; empty where there is none
  std::vector<bool> used;  // by check
};

// All directives in a file, each with the statement that it speaks of.
std::vector<Suppression> read_suppressions(const ParsedFile& file);

// Marks the findings of one file (spans in SourceFile::text) that a directive accepts. `today` ends those
// with a date before it; empty: nothing ends.
void apply_suppressions(std::vector<Suppression>& suppressions, std::vector<Finding>& findings,
                        std::string_view today);

// The edit that takes the directive's n-th name out, or the whole comment where it is the only one: of a
// comment that has its line to itself, the line.
Edit removal_of(const Suppression& suppression, std::size_t name, std::string_view text);

// A day such as 2027-01-31.
bool is_date(std::string_view text);

// Has its day passed? What ends on something that is no day has ended already: it is said, and accepts
// nothing.
bool is_expired(const Suppression& suppression, std::string_view today);

}  // namespace migcheck
