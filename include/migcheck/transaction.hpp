// SPDX-License-Identifier: MIT
#pragma once

// In which transaction a migration tool runs what a file holds.
//
// Tools differ: some wrap each file in BEGIN … COMMIT, some send the whole file as one simple query (which
// PostgreSQL runs as one implicit transaction if it holds more than one statement), some send statement by
// statement, some run all pending files in one transaction. The input room reads the tool's rules and its
// opt-outs from the files and writes them down as values here; the replay room follows them; checks ask
// "in a transaction?" and, where they advise to leave it, name the tool's own switch.
//
// Rests on: implicit transactions measured on PostgreSQL 12 to 18 (docs/facts.md, "Transactions").

#include <string>
#include <vector>

#include "migcheck/source.hpp"

namespace migcheck {

// How a run of statements reaches the server.
enum class Wrapping : unsigned char {
  None,         // statement by statement: a transaction only where the SQL itself says BEGIN
  Transaction,  // the tool opens a transaction before and commits after
  SimpleQuery,  // one simple query: implicitly one transaction if it holds two or more statements
};

enum class Direction : unsigned char { Up, Down };

// A part of a file that the tool treats as one: a goose Up section, a Liquibase changeset, a StatementBegin
// block, the text between two Drizzle breakpoints. Sections of a file are in order and do not overlap;
// statements outside any section are not run by the tool (and are not checked).
struct Section {
  Span span;
  Direction direction = Direction::Up;
  Wrapping wrapping = Wrapping::None;
  // Sections of a file with the same number share one transaction when their wrapping is Transaction.
  unsigned unit = 0;
  std::string name;  // a changeset's id, a goose section's word; may be empty
};

// The tool's words and habits, the same for all files of a history.
struct TransactionModel {
  std::string tool;  // "goose"; "plain" where no tool was recognised
  // What a person writes to take a file out of the tool's transaction; empty if there is no such switch.
  //   "add `-- +goose NO TRANSACTION` as the first line"
  std::string opt_out;
  // All pending files run in one transaction (Drizzle): the files of a change share it.
  bool spans_files = false;
  // The tool keeps one connection for all files, so that SET without LOCAL lasts into the next file.
  bool keeps_session = true;
  // The schema that the tool puts into the search path, so that names without one mean it; empty: none.
  std::string schema = {};
};

}  // namespace migcheck
