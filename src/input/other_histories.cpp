// SPDX-License-Identifier: MIT

// Histories of another database of which most files do not tell it: `CREATE INDEX` reads the same in many. A
// tool runs all of a history on one database, so that one file which tells it tells it of the others.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "input/assembly.hpp"
#include "input/dialect.hpp"
#include "input/read_file.hpp"
#include "input/template_branches.hpp"

namespace migcheck::input {
namespace {

struct Verdict {
  std::string_view database;
  const FoundHistory::File* file = nullptr;  // that tells it
};

// How the file begins where PostgreSQL is the database: without a template's branches for others.
std::string beginning_of(const FoundHistory::File& file, Tree& tree) {
  SourceFile source = decode(file.location, tree.text(file.location, kDialectBytes));
  leave_out_other_databases(source);
  return std::move(source.text);
}

// The database of the first file that is plainly for another one than PostgreSQL.
Verdict first_verdict(const FoundHistory& history, Tree& tree) {
  for (const FoundHistory::File& file : history.files) {
    if (!tree.may_be_other_dialect(file.location)) continue;
    const std::string_view database = other_database(beginning_of(file, tree));
    if (!database.empty()) return {database, &file};
  }
  return {};
}

}  // namespace

// In doubt a history is PostgreSQL's: a single word that speaks for it in any of the other files is enough.
void Assembly::drop_other_histories() {
  for (FoundHistory& history : finder_.histories) {
    if (!history.layout->one_database) continue;
    const Verdict verdict = first_verdict(history, tree_);
    const auto is_postgres = [&](const FoundHistory::File& file) {
      const std::string text = beginning_of(file, tree_);
      return other_database(text).empty() && speaks_for_postgres(text);
    };
    if (verdict.file == nullptr || std::any_of(history.files.begin(), history.files.end(), is_postgres))
      continue;
    const std::string because =
        fmt::format(", as {} of the same history does", tree_.relative(verdict.file->location));
    for (const FoundHistory::File& file : history.files) {
      const bool tells = &file == verdict.file;
      set_.unread.push_back({tree_.relative(file.location), 0,
                             says_other_database(verdict.database, tells ? std::string_view() : because),
                             false});
    }
    history.files.clear();
  }
  std::erase_if(finder_.histories, [](const FoundHistory& history) { return history.files.empty(); });
}

}  // namespace migcheck::input
