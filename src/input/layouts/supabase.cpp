// SPDX-License-Identifier: MIT

#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

Kind kind_of(std::string_view name) {
  return starts_with_number(name) ? Kind::Up : Kind::No;
}

std::string detect(const Folder& folder) {
  if (folder.name() != "migrations" || folder.is_root()) return {};
  const Folder project = folder.parent();
  // Another folder is one of Supabase's if its config.toml is: other programs have files of that name too.
  const bool configured = project.has_file("config.toml") &&
                          (project.head("config.toml").find("project_id") != std::string::npos ||
                           project.head("config.toml").find("[db.") != std::string::npos);
  if (project.name() != "supabase" && !configured) return {};
  const std::size_t count = count_files(folder, kind_of);
  return count == 0 ? std::string() : counted(count, "file", "in supabase/migrations");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

// The CLI sends a file as one batch, which is one implicit transaction; index builds CONCURRENTLY and VACUUM
// it takes out and runs alone (since 2.109).
Parts parts(const MigrationText& file) {
  std::vector<Cut> cuts = {{0, Direction::Up, Wrapping::SimpleQuery, {}}};
  for_each_statement(file.text, [&](const StatementText& statement) {
    if (!is_index_concurrently(statement.words) && !is_vacuum(statement.words)) return;
    if (cuts.back().begin >= statement.span.begin) cuts.pop_back();
    cuts.push_back({statement.span.begin, Direction::Up, Wrapping::None, {}});
    cuts.push_back({statement.span.end, Direction::Up, Wrapping::SimpleQuery, {}});
  });
  if (cuts.size() > 1 && trimmed(file.text.substr(cuts.back().begin)).empty()) cuts.pop_back();
  return parts_from(file.text, std::move(cuts));
}

}  // namespace

const Layout layouts::supabase{
    .name = "supabase",
    .tool = "Supabase CLI",
    .opt_out =
        "put the statement alone in its file (CLI 2.109 and later runs index builds "
        "CONCURRENTLY and VACUUM alone by itself)",
    .keeps_session = false,  // RESET ALL before each file
    .wrapping = Wrapping::SimpleQuery,
    .detect = detect,
    .arrange = arrange,
    .parts = parts};

}  // namespace migcheck::input
