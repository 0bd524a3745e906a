// SPDX-License-Identifier: MIT
#pragma once

// What psql does to a script before the server sees it: `\i` reads other files, `\set` gives variables
// values.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "input/folder.hpp"
#include "input/layouts/layout.hpp"
#include "migcheck/finding.hpp"

namespace migcheck::input {

// A psql line, taken apart: `\set name 'a value'` is "set" with the arguments name and a value.
struct PsqlCommand {
  std::string_view name;
  std::vector<std::string> arguments;
};
PsqlCommand parse_psql_line(std::string_view line);

// `\i` and `\ir` of a script.
struct Include {
  std::string path;               // as it is written
  bool relative_to_file = false;  // \ir
  bool in_transaction = false;    // between BEGIN and COMMIT
  std::uint32_t line = 0;
  std::uint32_t offset = 0;
};
std::vector<Include> find_includes(std::string_view text);

// The order in which psql would read the files, with the included ones where they are included.
//
// Files stay whole: a file that includes others runs before them if statements of its own stand above the
// first
// `\i`, else behind them. BEGIN and SET do not count; a file that is included between BEGIN and COMMIT runs
// in a transaction. Where statements stand on both sides this is not psql's order, and `unread` says so.
struct IncludeOrder {
  std::vector<Arrangement::File> files;
  std::vector<Unread> unread;
};
IncludeOrder order_by_includes(const Folder& folder, const std::vector<std::string>& paths);

}  // namespace migcheck::input
