// SPDX-License-Identifier: MIT
#pragma once

// A file's bytes in pieces: statements, comments, psql lines, COPY data, in one linear pass.
//
// The pieces are where PostgreSQL and psql together see them: a semicolon inside a string, a dollar quote, a
// BEGIN ATOMIC body or the action list of CREATE RULE ends nothing; `\c db` is no SQL; what follows COPY …
// FROM stdin is data up to `\.`. Two statements without a semicolon between them are one piece, which
// PostgreSQL refuses too.
//
// Some input must never reach PostgreSQL's parser: it stops silently at a NUL byte, and needs quadratic time
// for long runs of operator characters and deeply nested comments. Such statements are pieces like all
// others, marked `refused`, with a problem that says why. Everything else in the file is still read.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/source.hpp"

namespace migcheck::parsing {

inline constexpr std::uint32_t kNoStatement = 0xFFFF'FFFF;

// What ended a statement.
enum class Ending : std::uint8_t {
  Semicolon,     // ;
  PsqlCommand,   // \g, \gexec, \; or a psql line that begins before a semicolon was seen
  BatchLine,     // T-SQL's GO
  EndOfSection,  // the end of the file, or of its section
};

struct StatementPiece {
  Span span;  // first token to last token, without the semicolon and without comments around
  Ending ending = Ending::Semicolon;
  bool refused = false;       // do not parse: a problem of this statement says why
  std::uint32_t section = 0;  // index into the sections given; 0 for the whole file
};

// Something about the text that a person should hear. Refusing ones are errors. The others explain what
// PostgreSQL says of the same statement; without a statement they stand alone.
struct Problem {
  enum class Kind : std::uint8_t {
    NulByte,                   // refuses
    OperatorRunTooLong,        // refuses
    CommentNestedTooDeeply,    // refuses
    StatementTooLong,          // refuses
    UnterminatedString,        // span: the opening quote, for all Unterminated ones; PostgreSQL refuses these
    UnterminatedIdentifier,    //
    UnterminatedDollarString,  // span: the opening delimiter
    UnterminatedComment,       //
    UnterminatedAtomicBody,    // span: BEGIN ATOMIC; no END came
    UnterminatedRuleActions,   // span: the open parenthesis
    UnterminatedCopyData,      // span: the COPY statement; no \. came, the rest of the file is its data
    InvisibleCharacter,        // a no-break space, zero-width space or byte order mark outside of quotes
    BatchLine,                 // a line that is only GO; told once per section
  };
  Kind kind = Kind::NulByte;
  Span span;
  std::uint32_t statement = kNoStatement;  // index of the piece that it is in
};

struct Split {
  std::vector<StatementPiece> statements;
  std::vector<Comment> comments;  // everywhere in the file, inside statements and outside sections too
  std::vector<Skipped> skipped;   // psql lines and COPY data
  std::vector<Problem> problems;
};

struct SplitLimits {
  std::uint32_t operator_run = 2'000;
  std::uint32_t comment_depth = 1'000;
  std::uint32_t statement_bytes = 64U * 1024 * 1024;
};

// Splits `text`. Statements, skipped text and problems come only from inside `sections` (sorted, not
// overlapping; none means the whole text): each is read by itself, nothing opened in one reaches the next.
[[nodiscard]] Split split(std::string_view text, const std::vector<Span>& sections = {},
                          const SplitLimits& limits = {});

// The problem as a sentence for people: what it is and what to do.
[[nodiscard]] std::string_view message_of(Problem::Kind kind);
// Must the statement not be given to PostgreSQL's parser?
[[nodiscard]] bool refuses(Problem::Kind kind);

}  // namespace migcheck::parsing
