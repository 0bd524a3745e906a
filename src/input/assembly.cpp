// SPDX-License-Identifier: MIT

#include "input/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "input/dialect.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// How many folders two locations have in common.
std::ptrdiff_t shared_folders(std::string_view a, std::string_view b) {
  const auto [end_a, end_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const bool whole = end_a == a.end() && (end_b == b.end() || *end_b == '/');
  return std::count(a.begin(), end_a, '/') + (whole ? 1 : 0);
}

constexpr std::string_view kDumps = "dump";

}  // namespace

// Ties go to the first by path; a dump is nobody's neighbour while there is a history of migrations.
FoundHistory& Assembly::nearest(const std::string& location) {
  auto& histories = finder_.histories;
  if (histories.empty()) {
    const Layout* plain = find_layout("plain");
    histories.push_back({std::string(folder_of(location)), plain, "no migrations lie near", {}});
  }
  const auto closeness = [&](const FoundHistory& history) {
    const std::ptrdiff_t near = shared_folders(history.folder, location);
    return history.why.starts_with(kDumps) ? near - 1000 : near;
  };
  return *std::max_element(
      histories.begin(), histories.end(),
      [&](const FoundHistory& a, const FoundHistory& b) { return closeness(a) < closeness(b); });
}

std::optional<Error> Assembly::add_baselines(const std::vector<std::string>& locations) {
  for (const std::string& location : locations) {
    std::error_code error;
    if (!fs::exists(location, error)) {
      return Error{"There is no such baseline.", tree_.relative(location),
                   "Paths are relative to the configuration."};
    }
    for (FoundHistory& history : finder_.histories) {
      std::erase_if(history.files, [&](const FoundHistory::File& file) { return file.location == location; });
    }
    std::erase_if(finder_.histories, [](const FoundHistory& history) { return history.files.empty(); });
    std::erase_if(finder_.loose, [&](const LooseFile& file) { return file.location == location; });
    auto& files = nearest(location).files;
    const auto behind = std::find_if(files.begin(), files.end(), [](const FoundHistory::File& file) {
      return file.role != Role::Baseline;
    });
    files.insert(behind, {location, Role::Baseline, false});
  }
  return std::nullopt;
}

// Files that lie in a folder for MySQL, unless a person names them.
void Assembly::drop_other_databases(const Question& is_named) {
  const auto is_other = [&](const std::string& location) {
    if (is_named(location)) return false;
    std::string path = tree_.relative(location);
    std::string reason = other_dialect_by_name(path);
    if (reason.empty()) return false;
    set_.unread.push_back({std::move(path), 0, std::move(reason), false});
    return true;
  };
  for (FoundHistory& history : finder_.histories) {
    std::erase_if(history.files, [&](const FoundHistory::File& file) { return is_other(file.location); });
  }
  std::erase_if(finder_.histories, [](const FoundHistory& history) { return history.files.empty(); });
  std::erase_if(finder_.loose, [&](const LooseFile& file) { return is_other(file.location); });
}

// A dump says what the migrations lead to; replayed among them it would make everything twice. So it is a
// history of its own, replayed and not checked.
void Assembly::add_dumps() {
  for (const LooseFile& file : finder_.loose) {
    if (file.kind != LooseFile::Kind::Dump) continue;
    finder_.histories.push_back({std::string(folder_of(file.location)),
                                 find_layout("plain"),
                                 fmt::format("{} of a schema: name the file to have it checked", kDumps),
                                 {{file.location, Role::Baseline, false}}});
  }
}

void Assembly::attach_loose(LooseFile::Kind kind, Role role) {
  for (const LooseFile& file : finder_.loose) {
    if (file.kind == kind) nearest(file.location).files.push_back({file.location, role, false});
  }
}

void Assembly::assemble(const Question& is_target, const Question& is_named, const std::string& pretended) {
  drop_other_databases(is_named);
  std::stable_sort(
      finder_.histories.begin(), finder_.histories.end(),
      [](const FoundHistory& a, const FoundHistory& b) { return naturally_before(a.folder, b.folder); });
  add_dumps();
  attach_loose(LooseFile::Kind::Seed, Role::Seed);
  attach_loose(LooseFile::Kind::Query, Role::Query);
  for (const FoundHistory& history : finder_.histories) {
    const auto number = static_cast<std::uint32_t>(set_.histories.size());
    set_.histories.push_back({tree_.relative(history.folder), std::string(history.layout->name), history.why,
                              history.layout->transactions()});
    for (const FoundHistory::File& file : history.files) {
      const bool checked = file.role != Role::Baseline && is_target(file.location);
      const Role role = file.role == Role::Baseline || checked ? file.role : Role::History;
      if (role == Role::History && (file.role == Role::Query || file.role == Role::Seed)) continue;
      set_.files.push_back({tree_.relative(file.location),
                            file.location == pretended ? std::string() : file.location, role, number,
                            file.in_transaction});
    }
  }
  std::move(finder_.unread.begin(), finder_.unread.end(), std::back_inserter(set_.unread));
}

}  // namespace migcheck::input
