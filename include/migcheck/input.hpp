// SPDX-License-Identifier: MIT
#pragma once

// From arguments to files: which files there are, what each is for, in which order and in which transactions
// the migration tool runs them, and their text, read so that positions stay true.
//
// This room treats SQL as text: it knows names of files, comments that steer a tool, placeholders, psql
// lines; it does not parse statements. What it cannot read it says (Unread); nothing is skipped without a
// word.
//
// Discovery is one step (discover), reading another (load), so that a history of any length is read in a
// bounded window: load() may be called from several threads at once.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "migcheck/file_change.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/result.hpp"
#include "migcheck/source.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

// What a file is for.
enum class Role : unsigned char {
  Target,    // checked
  History,   // replayed, not checked
  Baseline,  // a schema dump that stands before the first migration: replayed, not checked
  Query,     // queries of the application: checked by the checks that read queries, changes nothing
  Seed,      // data that is loaded after the migrations: checked, idempotence expected
  // The same outside of what is asked for: replayed; read for what the change breaks in them.
  OtherQuery,
  OtherSeed,
};

// The variables of psql, as \set gives them.
using PsqlVariables = std::map<std::string, std::string, std::less<>>;

// A psql script that includes others (`\i`) is read in parts, with the included files between them, all in
// one session of psql. Everything else is one part.
struct ScriptPart {
  Span span = {0, 0xFFFFFFFF};  // of the decoded text
  PsqlVariables variables;      // set before it
  // What psql steps over: branches that are not taken, all behind \q. Nothing: nobody has walked it yet.
  std::optional<std::vector<Span>> stepped_over;
  bool continues = false;  // in the session of the file before it, which is part of the same run of psql
};

// One file of a run, before it is read.
struct FileEntry {
  std::string path;      // as findings name it: relative to the project root, "/" between the parts
  std::string location;  // where it lies; empty for standard input
  Role role = Role::Target;
  std::uint32_t history = 0;  // index into InputSet::histories
  ScriptPart part;
  FileChange change = FileChange::Unknown;
  std::optional<std::uint32_t> read = std::nullopt;  // number of its bytes in InputSet::read
};

// How the tool of a history wraps what it runs, where the configuration knows it better than the files.
enum class Wraps : unsigned char {
  AsTheToolDoes,
  Nothing,
  EachFile,
  EachFileAsOneQuery,
  AllFiles,
};

// A migration folder: one tool, one order, one catalog.
struct History {
  std::string path;    // relative to the project root
  std::string layout;  // "goose", "prisma" …, "plain"
  std::string why;     // how it was detected, for -v: "goose: 12 files carry `-- +goose Up`"
  TransactionModel transactions;
  Wraps wraps = Wraps::AsTheToolDoes;
  std::string location = {};  // where it lies
};

namespace input {
class FilesRead;
}

// Everything a run reads, in the order in which the tools would run it: history by history, and within one
// history the baseline first, then the migrations, then seeds, then queries.
struct InputSet {
  std::string root;  // the project root, as an absolute location; never printed in machine formats
  std::vector<History> histories;
  std::vector<FileEntry> files;
  std::vector<Unread> unread;
  std::vector<std::string> remarks;  // sentences for people, on stderr
  bool one_change = false;           // --since, --changed-files: all targets together are one change
  // What discover() has read of the files, each of which load() uses up.
  std::shared_ptr<input::FilesRead> read = nullptr;
};

// A file, read: its text, and the parts that the tool runs. There is always a section.
struct LoadedFile {
  SourceFile source;
  std::vector<Section> sections;
  std::vector<Unread> unread;                // parts that could not be read: a MySQL file, a lost include
  std::vector<std::string> parameter_names;  // of a query file, by number from 1: see ParseOptions
  bool refused = false;  // it is for another database: nothing of it is read, as unread says
};

// What is known of the migrations below one path. The longest path that holds a folder counts.
struct PathRule {
  std::string path;  // relative to the root
  std::string layout = "auto";
  Wraps wraps = Wraps::AsTheToolDoes;
};

// What discover() is asked.
struct InputRequest {
  std::vector<std::string> paths;  // files, folders, globs; "-" for standard input; empty: the usual places
  std::string stdin_filename;      // --stdin-filename
  std::string stdin_text;          // what was read from it
  // Texts to read instead of files, by FileEntry::path: what a file would be after an edit.
  std::map<std::string, std::string, std::less<>> edited_texts;
  std::string layout = "auto";                            // --layout
  std::optional<std::string> since;                       // --since REF
  std::optional<std::vector<std::string>> changed_files;  // --changed-files
  std::vector<std::string> exclude;                       // globs
  std::vector<std::string> queries;                       // folders that hold query files
  std::vector<std::string> seeds;          // folders or files of seeds, besides those that are called so
  std::vector<std::string> baselines;      // schema dumps that stand before the first migration
  std::vector<std::string> default_paths;  // the configuration's `migrations`
  std::vector<PathRule> rules;             // and what it says of single ones
  std::string root;  // the configuration's folder; empty: the repository or the working directory
  bool allow_empty = false;
};

// Finds the files. Refuses (Error) what makes the whole run pointless: a path that does not exist, nothing
// matched (unless allow_empty), an unknown layout, a --since that git cannot resolve. Whatever concerns
// single files or folders becomes Unread with failed = true, and the rest goes on.
Result<InputSet> discover(const InputRequest& request);

// Reads one file of the set: decodes it (UTF-8 with or without BOM, UTF-16 as the UTF-8 that an editor shows,
// otherwise bytes as they are), finds its sections, replaces placeholders by text of the same length, cuts
// what is not SQL. Thread-safe. An Error is an unreadable file.
Result<LoadedFile> load(const InputSet& set, std::size_t file, const InputRequest& request);

// The names that --layout takes.
std::vector<std::string> layout_names();

}  // namespace migcheck
