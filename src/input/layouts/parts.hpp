// SPDX-License-Identifier: MIT
#pragma once

// What several layouts do alike: make sections, find marker lines, collect and sort file names.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/layouts/layout.hpp"

namespace migcheck::input {

// --- Sections ---

// The whole file as one section.
Parts one_part(const MigrationText& file, Wrapping wrapping, Direction direction = Direction::Up);

Section make_section(Span span, Direction direction, Wrapping wrapping, unsigned unit = 0,
                     std::string name = {});

// Where a part of a file begins, and how it runs. It ends where the next one begins.
struct Cut {
  std::uint32_t begin = 0;
  Direction direction = Direction::Up;
  Wrapping wrapping = Wrapping::Transaction;
  std::string name;
};

// One section per cut, each a unit of its own. What stands before the first cut is not run.
Parts parts_from(std::string_view text, std::vector<Cut> cuts);

// A line that steers a tool: `-- +goose Up`.
struct Marker {
  Span line;
  std::string words;  // what stands after the marker's prefix: lower case, one space between words
};

// The lines that begin with one of the prefixes; spaces are optional where the prefix has one.
std::vector<Marker> find_markers(std::string_view text, const std::vector<std::string_view>& prefixes);

// Is the first line of the text that is not blank this comment (compared without regard to case and spaces)?
bool first_line_is(std::string_view text, std::string_view comment);
// Does any line of the comments at the start of the text begin with this?
bool header_has(std::string_view text, std::string_view comment);

// --- Files ---

enum class Kind : unsigned char { No, Up, Down };
using KindOf = Kind (*)(std::string_view name);

// <number>_name.up.sql and <number>_name.down.sql.
Kind up_or_down(std::string_view name);

// The SQL files directly in a folder that are migrations, by the number that their names begin with; the way
// back (Down) stands behind the way forth of the same number.
Arrangement by_number(const Folder& folder, KindOf kind_of);
std::size_t count_files(const Folder& folder, KindOf kind_of);

// Folders that hold one migration each: `<name>/up.sql`. `is_migration` looks at the folder's name; `files`
// are the names inside, in order.
Arrangement by_folder(const Folder& folder, bool (*is_migration)(std::string_view name),
                      const std::vector<std::string_view>& files);
std::size_t count_folders(const Folder& folder, bool (*is_migration)(std::string_view name),
                          std::string_view file);

// Does a line of a file's beginning (its first 16 KiB) begin with one of the prefixes?
bool is_marked(const Beginning& beginning, const std::vector<std::string_view>& prefixes);
// How many of the folder's SQL files do.
std::size_t count_marked(const Folder& folder, const std::vector<std::string_view>& prefixes);

// The same, but nothing unless at least `share` percent of the SQL files have such a line: one stray file
// does not make a folder the tool's.
std::size_t count_mostly_marked(const Folder& folder, const std::vector<std::string_view>& prefixes,
                                std::size_t share);

// "3 files carry `-- +goose Up`"
std::string counted(std::size_t count, std::string_view noun, std::string_view what);

bool starts_with_number(std::string_view name);
bool ends_with_ignoring_case(std::string_view text, std::string_view ending);
// The name without ".sql" and its like.
std::string_view without_ending(std::string_view name);

// Statements that PostgreSQL refuses in a transaction block, as Flyway, Ebean and the Supabase CLI look for
// them.
bool is_index_concurrently(std::string_view words);
bool is_vacuum(std::string_view words);

}  // namespace migcheck::input
