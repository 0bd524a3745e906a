// SPDX-License-Identifier: MIT
#pragma once

// What migcheck has to say: a finding.
//
// Checks make findings, filters mark them (suppressed, baselined), reporters choose which to show. Nothing is
// deleted on the way. A finding's file is an index into the run's list of files (LintReport::files); its
// spans are offsets into that file's own bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/settings.hpp"
#include "migcheck/source.hpp"

namespace migcheck {

inline constexpr std::uint32_t kNoFile = 0xFFFFFFFF;

// A place in the project: which file, which bytes.
struct Place {
  std::uint32_t file = kNoFile;
  Span span;
  [[nodiscard]] bool known() const { return file != kNoFile; }
  friend bool operator==(const Place&, const Place&) = default;
};

// A second place that helps to understand the first: where the lock was taken, where the column was made.
struct Note {
  std::string message;
  Place place;
  friend bool operator==(const Note&, const Note&) = default;
};

// May a machine apply the fix without a person reading it?
enum class Applicability : unsigned char {
  Safe,         // the same effect in the end, and nothing else changes
  NeedsReview,  // right in most projects; a person must look
};

struct Edit {
  Span span;         // the bytes that go; empty to insert
  std::string text;  // the bytes that come
  friend bool operator==(const Edit&, const Edit&) = default;
};

struct Fix {
  std::string title;  // "Add CONCURRENTLY"
  std::vector<Edit> edits;
  Applicability applicability = Applicability::NeedsReview;
  friend bool operator==(const Fix&, const Fix&) = default;
};

enum class Disposition : unsigned char { Active, Suppressed, Baselined };

struct Finding {
  std::string_view check;     // the check's name: a constant that lives as long as the program
  std::string_view category;  // likewise
  Severity severity = Severity::Warning;
  Disposition disposition = Disposition::Active;
  bool about_several = false;                // it speaks for what other statements of the file do as well
  bool taken_back = false;                   // what comes later in the file leaves nothing to say
  Place place;                               // the clause, not the whole statement
  Span statement;                            // the statement that holds it; empty where there is none
  std::optional<std::uint32_t> transaction;  // the number of the transaction in the timeline
  std::uint64_t fingerprint = 0;             // stable under edits elsewhere; filled by the lint room
  std::string message;                       // what happens, to whom, for how long: full sentences
  std::string advice;                        // what to write instead
  std::vector<Note> notes;
  std::optional<Fix> fix;
  std::string disposition_reason;  // why it was suppressed, in the project's words
};

// Something that could not be read or understood. Never silent: it is printed and counted.
struct Unread {
  std::string path;
  std::uint32_t line = 0;  // 0: the file as a whole
  std::string reason;      // "SQL inside Python code is not read yet."
  bool failed = false;     // true: the job could not be done (exit code 2); false: recognised but unsupported
};

}  // namespace migcheck
