// SPDX-License-Identifier: MIT
#pragma once

// A small world to lint in: texts as files of one history, with the settings that a fixture's header line
// asks for. Shared by the fixture runner, the pages' examples and the rooms' own tests.
//
//   -- fixture: pg=12 layout=goose checks=all tenant=team_id
//
// pg=N           the server version
// layout=NAME    the migration tool's rules for sections and transactions (plain if not given)
// wrapped        every file runs in one transaction of the tool
// checks=all     all checks of the preset `strict`; otherwise only the check that the fixture belongs to
// preset=NAME    all checks of that preset
// tenant=a[,b]   the tenant columns;  root=TABLE  the tenant's own table;  global=a,b  tables of no tenant
// small=a,b      tables that are small
// lock_timeout   the runner sets lock_timeout by itself
// history        this file is history: replayed, not checked
// queries        this file holds queries of the application
// one-change     all files that are checked are one change
// since=N        on a page: servers before N do not take the example
// today=DATE     for suppressions that end;  require-reason

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/lint.hpp"

namespace migcheck::testing_support {

struct World {
  Settings settings;
  std::string layout = "plain";
  bool wrapped = false;
  bool one_change = false;
};

struct FileText {
  std::string name;  // "0001_users.sql"
  std::string text;
  bool history = false;
};

// Reads the header words of a text ("pg=12 layout=goose …") into the world. Unknown words fail the test.
void read_header(std::string_view words, World& world);
// The words after "-- fixture:" in the text's first line; empty if there is no such line.
std::string header_of(std::string_view text);

// Lints the files as one history, in the given order.
LintReport lint_files(const std::vector<FileText>& files, const World& world);

}  // namespace migcheck::testing_support
