// SPDX-License-Identifier: MIT
#pragma once

// What a migration tool's layout is: how its folder is recognised, in which order its files run, and which
// parts a file has. One tool per file in this folder; registry.cpp names them all, in the order in which they
// are asked.

#include <string>
#include <string_view>
#include <vector>

#include "input/files_read.hpp"
#include "input/folder.hpp"
#include "input/text_edits.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/input.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck::input {

// The files that a tool runs from a folder. What it does not run stays for other layouts.
struct Arrangement {
  struct File {
    std::string path;  // relative to the folder
    Role role = Role::Target;
    ScriptPart part = {};
  };
  std::vector<File> files;     // in the order in which the tool runs them
  std::vector<Unread> unread;  // with paths relative to the folder
  std::string schema = {};     // see TransactionModel
};

// A file of a history, decoded, as a layout sees it.
class MigrationText {
 public:
  MigrationText(const History& history, const std::string& location, std::string_view text, FilesRead& read);

  std::string path;  // relative to the history's folder: "20240102_users/up.sql"
  std::string_view text;
  std::string_view folder;     // the name of the history's folder
  const std::string& history;  // and where it lies
  // The text of another file, named relative to this one's folder; empty where there is none.
  [[nodiscard]] std::string beside(std::string_view name) const;
  // The nearest file of this name, from the history's folder up to the project root; without a text where
  // there is none.
  [[nodiscard]] NearestFile nearest(std::string_view name) const { return read_.nearest(history, name); }
  [[nodiscard]] std::string_view above(std::string_view name) const { return nearest(name).text; }

 private:
  std::string_view own_folder_;
  FilesRead& read_;
};

// The parts of a file, and what must be replaced in it so that it reads as SQL.
struct Parts {
  std::vector<Section> sections;
  std::vector<TextEdit> edits;
  std::vector<Unread> unread;  // `path` is filled by the caller
};

struct Layout {
  std::string_view name;     // as --layout takes it
  std::string_view tool;     // as people write it
  std::string_view opt_out;  // see TransactionModel
  bool spans_files = false;
  bool keeps_session = true;
  bool runs_psql = false;                     // psql reads the files: its own lines count
  bool one_database = true;                   // all files of a history run on one
  Wrapping wrapping = Wrapping::Transaction;  // of a file that says nothing else
  // Why this folder is one of this tool's; empty if it is not.
  std::string (*detect)(const Folder& folder) = nullptr;
  Arrangement (*arrange)(const Folder& folder) = nullptr;
  Parts (*parts)(const MigrationText& file) = nullptr;

  // Whether the tool's settings name other folders beside this one, and not this one. Nullptr: they never do.
  bool (*passes_over)(const Folder& folder) = nullptr;

  // The model, where something else is known of what the tool wraps.
  [[nodiscard]] TransactionModel transactions(Wraps wraps = Wraps::AsTheToolDoes) const;
  // Puts the sections of a file right for it. Those that leave the tool's habit by themselves stay.
  void rewrap(Wraps wraps, std::vector<Section>& sections) const;
};

// All layouts in the order in which a folder is offered to them; "plain" is the last and takes everything.
const std::vector<const Layout*>& all_layouts();
// Nullptr for an unknown name.
const Layout* find_layout(std::string_view name);

namespace layouts {
extern const Layout atlas;
extern const Layout bun;
extern const Layout dbmate;
extern const Layout diesel;
extern const Layout drizzle;
extern const Layout ebean;
extern const Layout evolutions;
extern const Layout flyway;
extern const Layout golang_migrate;
extern const Layout goose;
extern const Layout graphile_migrate;
extern const Layout hasura;
extern const Layout liquibase;
extern const Layout node_pg_migrate;
extern const Layout plain;
extern const Layout pop;
extern const Layout postgrator;
extern const Layout postgres_migrations;
extern const Layout prisma;
extern const Layout refinery;
extern const Layout sql_migrate;
extern const Layout sql_output;
extern const Layout sqitch;
extern const Layout sqlx;
extern const Layout supabase;
extern const Layout tern;
extern const Layout yoyo;
}  // namespace layouts

}  // namespace migcheck::input
