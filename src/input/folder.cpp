// SPDX-License-Identifier: MIT

#include "input/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "input/glob.hpp"
#include "input/natural_order.hpp"
#include "input/read_file.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// More than any plan or journal holds.
constexpr std::size_t kSteeringFileBytes = 16 * 1024 * 1024;
// From so many files on a folder's heads are read by several threads, of which there are at most so many.
constexpr std::size_t kManyFiles = 64;
constexpr unsigned kMostReaders = 8;
// Deeper than any project lies; ends what a loop of mounts could make endless.
constexpr std::ptrdiff_t kDeepestFolder = 40;

constexpr std::array<std::string_view, 5> kSqlEndings = {".sql", ".psql", ".pgsql", ".ddl", ".pg"};
// Folders that hold other people's files, never a project's own migrations.
constexpr std::array<std::string_view, 5> kForeignFolders = {".git", "node_modules", ".hg", ".svn",
                                                             "__pycache__"};

}  // namespace

bool is_sql_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  if (name.starts_with("Dockerfile")) return false;  // Dockerfile.pg
  const std::string ending = lowered(name.substr(dot));
  return std::find(kSqlEndings.begin(), kSqlEndings.end(), ending) != kSqlEndings.end();
}

std::string join_path(std::string_view folder, std::string_view name) {
  std::string path;
  if (!folder.empty() && folder != ".") {
    path.reserve(folder.size() + 1 + name.size());
    path += folder;
    if (path.back() != '/') path += '/';
  }
  path += name;
  return path;
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return path.substr(0, slash == 0 ? 1 : slash);
}

std::string Tree::relative(std::string_view location) const {
  if (location == root_) return ".";
  if (root_ == "/") return std::string(location.substr(1));
  if (location.size() > root_.size() && location.starts_with(root_) && location[root_.size()] == '/') {
    return std::string(location.substr(root_.size() + 1));
  }
  return fs::path(location).lexically_relative(root_).generic_string();
}

bool Tree::is_excluded(std::string_view location) const {
  return !exclude_.empty() && input::is_excluded(exclude_, relative(location));
}

bool Tree::left_out(const std::string& location) const {
  return ignored_.contains(location) || is_excluded(location);
}

// A link to a folder that holds the link itself would be walked for ever.
bool Tree::is_loop(const std::string& location, const std::string& folder) const {
  std::error_code error;
  const std::string target = fs::canonical(location, error).generic_string();
  const std::string real = fs::canonical(folder, error).generic_string();
  return error || real == target || real.starts_with(target + "/");
}

// A link may lead anywhere in the project, or below the folder that it lies in, which somebody named. What it
// says of files elsewhere on the machine would be read, and printed.
bool Tree::leads_outside(const std::string& location, const std::string& folder) const {
  std::error_code error;
  const auto within = [&](const std::string& of, const std::string& target) {
    const std::string real = fs::canonical(of, error).generic_string();
    return !error && (real == "/" || target == real || target.starts_with(real + "/"));
  };
  const std::string target = fs::canonical(location, error).generic_string();
  return !error && !within(root_, target) && !within(folder, target);
}

// What the folder says of an entry's kind is enough but for links.
void Tree::add_entry(const std::string& location, const fs::directory_entry& entry, Listing& listing) {
  const std::string name = entry.path().filename().generic_string();
  const std::string path = join_path(location, name);
  if (left_out(path)) {
    listing.left_out.push_back(name);
    return;
  }
  std::error_code error;
  const bool is_link = entry.is_symlink(error);
  const bool is_folder = entry.is_directory(error);
  if (is_link && (is_folder || is_sql_name(name)) && leads_outside(path, location)) {
    unread_.push_back(
        {relative(path), 0,
         "A symbolic link that leads out of the project: not followed. Name what it leads to if it is meant.",
         true});
    return;
  }
  if (is_folder) {
    if (std::find(kForeignFolders.begin(), kForeignFolders.end(), name) != kForeignFolders.end()) return;
    if (is_link && is_loop(path, location)) {
      unread_.push_back(
          {relative(path), 0, "A symbolic link to a folder above itself: not followed.", false});
      return;
    }
    listing.folders.push_back(name);
  } else if (entry.is_regular_file(error)) {
    listing.files.push_back(name);
  } else if (is_sql_name(name)) {
    unread_.push_back({relative(path), 0,
                       entry.exists(error) ? "Not a regular file." : "A symbolic link that leads nowhere.",
                       true});
  }
}

void Tree::read_entries(const std::string& location, Listing& listing) {
  std::error_code error;
  fs::directory_iterator entries(location, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    add_entry(location, *entries, listing);
  }
  if (error) {
    unread_.push_back(
        {relative(location), 0, fmt::format("Cannot read the folder: {}.", error.message()), true});
  }
}

const Listing& Tree::list(const std::string& location) {
  const auto known = listings_.find(location);
  if (known != listings_.end()) return known->second;
  Listing& listing = listings_[location];
  if (std::count(location.begin(), location.end(), '/') - std::count(root_.begin(), root_.end(), '/') >
      kDeepestFolder) {
    unread_.push_back({relative(location), 0, "Folders are nested too deeply here.", true});
    return listing;
  }
  read_entries(location, listing);
  if (!pretended_.empty() && folder_of(pretended_) == location) {
    const std::string name(name_of(pretended_));
    if (std::find(listing.files.begin(), listing.files.end(), name) == listing.files.end())
      listing.files.push_back(name);
  }
  std::sort(listing.files.begin(), listing.files.end(), naturally_before);
  std::sort(listing.folders.begin(), listing.folders.end(), naturally_before);
  std::copy_if(listing.files.begin(), listing.files.end(), std::back_inserter(listing.sql_files),
               is_sql_name);
  return listing;
}

void Tree::pretend(const std::string& location, const std::string& text) {
  pretended_ = location;
  heads_[location] = {text.substr(0, kHeadBytes), false};
}

std::string Tree::text(const std::string& location) const {
  const auto edited = edited_.find(location);
  if (edited != edited_.end()) return edited->second;
  return read_head(location, kSteeringFileBytes).text;
}

const std::string& Tree::head(const std::string& location) {
  auto known = heads_.find(location);
  if (known != heads_.end()) return known->second.text;
  read_heads_beside(location);
  known = heads_.find(location);
  if (known != heads_.end()) return known->second.text;
  const bool edited = edited_.contains(location);
  Head read = edited ? Head{text(location).substr(0, kHeadBytes), false} : read_head(location, kHeadBytes);
  return heads_.emplace(location, std::move(read)).first->second.text;
}

std::optional<std::string> Tree::take_bytes(const std::string& location) {
  const auto known = heads_.find(location);
  if (known == heads_.end() || !known->second.whole) return std::nullopt;
  known->second.whole = false;
  return std::move(known->second.text);
}

// Who asks for one head of a folder asks for those of all its SQL files: many are read by several threads.
void Tree::read_heads_beside(const std::string& location) {
  const auto listed = listings_.find(folder_of(location));
  if (listed == listings_.end() || listed->second.heads_read) return;
  Listing& listing = listed->second;
  listing.heads_read = true;
  const std::vector<std::string>& names = listing.sql_files;
  if (names.size() < kManyFiles) return;
  std::vector<Head> heads(names.size());
  const std::size_t threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostReaders);
  std::vector<std::thread> readers;
  for (std::size_t first = 0; first < threads; ++first) {
    readers.emplace_back([&, first] {
      for (std::size_t n = first; n < names.size(); n += threads) {
        heads[n] = read_head(join_path(listed->first, names[n]), kHeadBytes);
      }
    });
  }
  for (std::thread& reader : readers) reader.join();
  for (std::size_t n = 0; n < names.size(); ++n) {
    heads_.try_emplace(join_path(listed->first, names[n]), std::move(heads[n]));
  }
}

// A folder that was listed says by itself what is not there. Others are asked by name: a folder above may be
// one that nobody may list.
const std::string& Tree::head_in(const std::string& folder, std::string_view name) {
  static const std::string kNothing;
  const auto listed = listings_.find(folder);
  if (listed != listings_.end()) {
    // What is left out of the run may steer a tool all the same: a database.yml that git ignores.
    const auto& [files, folders, sql_files, left_out, heads_read] = listed->second;
    const bool there = std::find(files.begin(), files.end(), name) != files.end() ||
                       std::find(left_out.begin(), left_out.end(), name) != left_out.end();
    if (!there) return kNothing;
  }
  return head(join_path(folder, name));
}

std::string Tree::above(const std::string& folder) const {
  if (folder == root_ || folder == "/") return {};
  return std::string(folder_of(folder));
}

const NearestFile& Tree::nearest(const std::string& folder, std::string_view name) {
  const std::string place = join_path(folder, name);
  const auto known = nearest_.find(place);
  if (known != nearest_.end()) return known->second;
  NearestFile found;
  if (const std::string& own = head_in(folder, name); !own.empty()) {
    found = {".", own};
  } else if (const std::string outer = above(folder); !outer.empty()) {
    found = nearest(outer, name);
    if (!found.text.empty()) found.folder = found.folder == "." ? ".." : "../" + found.folder;
  }
  return nearest_.emplace(place, std::move(found)).first->second;
}

bool Tree::mentioned_above(const std::string& folder, std::string_view name, std::string_view word) {
  std::string question = join_path(folder, name);
  question.push_back('\0');
  question += word;
  const auto known = mentioned_.find(question);
  if (known != mentioned_.end()) return known->second;
  bool found = contains_ignoring_case(head_in(folder, name), word);
  if (const std::string outer = above(folder); !found && !outer.empty())
    found = mentioned_above(outer, name, word);
  mentioned_.emplace(std::move(question), found);
  return found;
}

std::string_view Folder::name() const {
  return name_of(location_);
}

Folder Folder::folder(std::string_view name) const {
  return {*tree_, join_path(location_, name)};
}

Folder Folder::parent() const {
  const std::string_view above = folder_of(location_);
  return {*tree_, above.empty() ? location_ : std::string(above)};
}

bool Folder::is_really_outside(const std::string& real) const {
  std::error_code error;
  const std::string root = fs::canonical(tree_->root(), error).generic_string();
  return !error && root != "/" && !real.starts_with(root + "/");
}

bool Folder::has_file(std::string_view name) const {
  const auto& names = files();
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Folder::has_folder(std::string_view name) const {
  const auto& names = folders();
  return std::find(names.begin(), names.end(), name) != names.end();
}

const std::string& Folder::head(std::string_view name) const {
  return tree_->head(join_path(location_, name));
}

std::string Folder::text(std::string_view name) const {
  return tree_->text(join_path(location_, name));
}

std::vector<std::string> Folder::sql_files_below() const {
  std::vector<std::string> paths = sql_files();
  std::vector<std::string> open(folders().rbegin(), folders().rend());
  while (!open.empty()) {
    const std::string below = std::move(open.back());
    open.pop_back();
    const Folder inner = folder(below);
    for (const std::string& name : inner.sql_files()) paths.push_back(join_path(below, name));
    for (const std::string& name : inner.folders()) open.push_back(join_path(below, name));
  }
  std::sort(paths.begin(), paths.end(), naturally_before);
  return paths;
}

bool Folder::is_everybodys() const {
  return is_outside(location_) && std::count(location_.begin(), location_.end(), '/') < 2;
}

bool Folder::leads_to(std::string_view path, const Folder& other) const {
  std::string location = (fs::path(location_) / path).lexically_normal().generic_string();
  while (location.size() > 1 && location.ends_with('/')) location.pop_back();
  return location == other.location();
}

}  // namespace migcheck::input
