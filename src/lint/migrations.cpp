// SPDX-License-Identifier: MIT

// The migrations of a history as a set: which files there are, and whether their ways back lead back.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "lint/engine.hpp"

namespace migcheck {
namespace {

bool has_section(const LintFile& file, Direction direction) {
  return std::any_of(file.sections.begin(), file.sections.end(),
                     [&](const Section& section) { return section.direction == direction; });
}

// The first statement of the way back; nullptr: it is empty.
const ast::Statement* first_down(const LintFile& file) {
  for (const ast::Statement* statement : file.parsed.statements) {
    for (const Section& section : file.sections) {
      if (section.direction == Direction::Down && section.span.contains(statement->span)) return statement;
    }
  }
  return nullptr;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view number_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name.substr(0, std::min(name.find_first_not_of("0123456789"), name.size()));
}

Span headline(const LintFile& file, const ast::Statement& statement) {
  const std::string_view text = file.parsed.source->text;
  const std::size_t line_end = std::min(text.find_first_of("\r\n", statement.span.begin), text.size());
  return {statement.span.begin, std::min(statement.span.end, static_cast<std::uint32_t>(line_end))};
}

}  // namespace

bool may_be_pair(std::string_view up, std::string_view down) {
  return folder_of(up) == folder_of(down) && number_of(up) == number_of(down);
}

void Linter::Engine::note_migration(const LintFile& file, std::uint32_t index, bool target) {
  // The other parts of a script are no migrations of their own.
  const auto is_part = [&](const HistoryFile& other) { return other.path == report.files[index].path; };
  if (file.continues && std::any_of(history_files_.begin(), history_files_.end(), is_part)) return;
  const bool up = has_section(file, Direction::Up) || file.sections.empty();
  const bool down = has_section(file, Direction::Down);
  const bool may_turn_back = down || file.may_be_turned_back;
  if (up) way_back_.begin(may_turn_back);
  watches_way_back_ = compares_way_back_ && may_turn_back;
  HistoryFile& noted = history_files_.emplace_back();
  noted.file = index;
  noted.path = report.files[index].path;
  noted.target = target;
  noted.has_up = up;
  noted.has_down = up && down;
  noted.change = file.change;
}

void Linter::Engine::compare_way_back(const LintFile& file, const ReplayFile& replayed) {
  const ast::Statement* first = first_down(file);
  if (first == nullptr || !replayed.target) return;
  const HistoryFile& self = history_files_.back();
  if (self.file != replayed.file) return;
  const bool own = self.has_up;
  if (!own) {
    // The way up is the file before it, and was watched if it is checked too.
    if (history_files_.size() < 2) return;
    const HistoryFile& up = history_files_[history_files_.size() - 2];
    if (!up.has_up || !up.target || up.has_down || !may_be_pair(up.path, self.path)) return;
  }
  way_back_.turn();
  std::vector<std::string> differences;
  const bool done = replay->rehearse_way_back(replayed, way_back_, [&](const catalog::Catalog& catalog) {
    if (way_back_.can_tell()) differences = way_back_.differences(catalog);
  });
  if (!done || differences.empty()) return;
  history_files_.back().down_differences = std::move(differences);
  history_files_.back().down = {self.file, headline(file, *first)};
}

// Everything there was made by an earlier change, as far as the way back is concerned.
void Linter::Engine::lint_way_back(const LintFile& file, const ReplayFile& replayed) {
  const ast::Statement* first = first_down(file);
  if (first == nullptr) return;
  ReplayFile back = replayed;
  back.change = ++change_;
  on_way_back_ = true;
  const bool done = replay->run_way_back(back, *this);
  on_way_back_ = false;
  if (done) return;
  const SourceFile& source = *file.parsed.source;
  const std::uint32_t line = lines_of(replayed.file, &source).line_of(source.to_original(first->span).begin);
  report.unread.push_back(
      {source.path, line,
       fmt::format("The way back is not checked here: {} runs all pending files in one transaction.",
                   model_.tool)});
}

}  // namespace migcheck
