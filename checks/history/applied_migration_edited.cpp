// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace applied_migration_edited_check {

// These keep a checksum of what they ran; a comment is enough to change it.
bool keeps_checksums(std::string_view tool) {
  constexpr std::array<std::string_view, 10> kTools = {"Atlas",
                                                       "Ebean",
                                                       "Flyway",
                                                       "graphile-migrate",
                                                       "Play Evolutions",
                                                       "Postgrator",
                                                       "postgres-migrations",
                                                       "Prisma",
                                                       "refinery",
                                                       "sqlx"};
  return std::find(kTools.begin(), kTools.end(), tool) != kTools.end();
}

// Sqitch's way to change a migration: the old text stays as change@tag.sql beside it.
bool is_reworked(const CheckContext& context, std::string_view path) {
  const std::string old = std::string(path.substr(0, path.rfind('.'))) + "@";
  return std::any_of(context.files().begin(), context.files().end(),
                     [&](const HistoryFile& file) { return file.path.rfind(old, 0) == 0; });
}

// What the tool runs once, and never again.
bool runs_once(const CheckContext& context, const HistoryFile& file) {
  if (!file.has_up) return false;  // a way back has not run
  if (context.transaction_model().tool == "sqitch") return !is_reworked(context, file.path);
  return !file_versions::version_of(file.path).empty();
}

void run(const CheckContext& context, FindingSink& out) {
  const std::string& tool = context.transaction_model().tool;
  const bool checksums = keeps_checksums(tool);
  for (const HistoryFile& file : context.files()) {
    const bool edited = file.change == FileChange::Edited;
    const bool reworded = file.change == FileChange::Reworded && checksums;
    if (!file.target || !(edited || reworded) || !runs_once(context, file)) continue;
    const std::string refuses = checksums ? fmt::format(" {} compares checksums and objects.", tool) : "";
    FindingBuilder finding = out.report(Place{file.file, {0, 0}});
    if (edited) {
      finding.message(
          "{} is merged already and reads otherwise here: databases that have run it keep what it made, only "
          "new ones get what it says now, and nobody notices that they differ.{}",
          file.path, refuses);
    } else {
      finding.severity(Severity::Warning)
          .message("{} is merged already, and its comments or white space are changed.{}", file.path,
                   refuses);
    }
    finding.advice("Put it back as it was, and write what should change as a new migration.");
  }
}

}  // namespace applied_migration_edited_check

extern constexpr Check applied_migration_edited{.since = "0.1.0",
                                                .summary = "A migration that has run already is edited.",
                                                .severity = Severity::Error,
                                                .on_history_end = applied_migration_edited_check::run};

}  // namespace migcheck::checks
