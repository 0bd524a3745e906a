// SPDX-License-Identifier: MIT

#include "input/listing.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "input/dialect_signs.hpp"
#include "input/glob.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"
#include "migcheck/threads.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// From so many files on a folder's heads are read by several threads, of which there are at most so many.
constexpr std::size_t kManyFiles = 64;
constexpr unsigned kMostReaders = 8;
// Deeper than any project lies; ends what a loop of mounts could make endless.
constexpr std::ptrdiff_t kDeepestFolder = 40;

constexpr std::array<std::string_view, 5> kSqlEndings = {".sql", ".psql", ".pgsql", ".ddl", ".pg"};
// Folders that hold other people's files, never a project's own migrations.
constexpr std::array<std::string_view, 5> kForeignFolders = {".git", "node_modules", ".hg", ".svn",
                                                             "__pycache__"};

// What the folder does not say of an entry is asked of the entry: DT_UNKNOWN is not among the answers.
unsigned char kind_of(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return DT_UNKNOWN;
  return static_cast<unsigned char>(IFTODT(status.st_mode));
}

bool is_foreign(std::string_view folder) {
  return std::find(kForeignFolders.begin(), kForeignFolders.end(), folder) != kForeignFolders.end();
}

}  // namespace

// An open folder, whose files are opened by their names alone.
class FolderReader::OpenFolder {
 public:
  explicit OpenFolder(const std::string& location)
      : folder_(::opendir(location.c_str()), ::closedir), failure_(folder_ == nullptr ? errno : 0) {}

  // The next entry; null at the end, and where reading fails.
  const dirent* next() {
    if (folder_ == nullptr) return nullptr;
    errno = 0;
    const dirent* entry = ::readdir(folder_.get());
    if (entry == nullptr) failure_ = errno;
    return entry;
  }
  [[nodiscard]] int failure() const { return failure_; }
  [[nodiscard]] int number() const { return folder_ == nullptr ? -1 : ::dirfd(folder_.get()); }

 private:
  std::unique_ptr<DIR, int (*)(DIR*)> folder_;
  int failure_;  // as errno has it
};

Beginning beginning_of(Head head) {
  std::vector<Span> comments = comment_lines(head.text);
  const bool other = may_be_other_dialect(head.text);
  return {std::move(head), std::move(comments), other};
}

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

bool lies_below(std::string_view location, std::string_view folder) {
  if (location == folder || folder == "/") return true;
  return location.size() > folder.size() && location.starts_with(folder) && location[folder.size()] == '/';
}

std::string FolderReader::relative(std::string_view location) const {
  if (location == root_) return ".";
  if (root_ == "/") return std::string(location.substr(1));
  if (location.size() > root_.size() && location.starts_with(root_) && location[root_.size()] == '/') {
    return std::string(location.substr(root_.size() + 1));
  }
  return fs::path(location).lexically_relative(root_).generic_string();
}

bool FolderReader::is_excluded(std::string_view location) const {
  return !exclude_.empty() && input::is_excluded(exclude_, relative(location));
}

bool FolderReader::left_out(const std::string& location) const {
  return (!ignored_.empty() && ignored_.contains(location)) || is_excluded(location);
}

// A link to a folder that holds the link itself would be walked for ever.
bool FolderReader::is_loop(const std::string& location, const std::string& folder) const {
  std::error_code error;
  const std::string target = fs::canonical(location, error).generic_string();
  const std::string real = fs::canonical(folder, error).generic_string();
  return error || real == target || real.starts_with(target + "/");
}

// A link may lead anywhere in the project, or below the folder that it lies in, which somebody named. What it
// says of files elsewhere on the machine would be read, and printed.
bool FolderReader::leads_outside(const std::string& location, const std::string& folder) const {
  std::error_code error;
  const auto within = [&](const std::string& of, const std::string& target) {
    const std::string real = fs::canonical(of, error).generic_string();
    return !error && (real == "/" || target == real || target.starts_with(real + "/"));
  };
  const std::string target = fs::canonical(location, error).generic_string();
  return !error && !within(root_, target) && !within(folder, target);
}

void FolderReader::add_link(const std::string& location, const std::string& name, Listing& listing) const {
  const std::string path = join_path(location, name);
  std::error_code error;
  const fs::file_type target = fs::status(path, error).type();
  const bool is_folder = target == fs::file_type::directory;
  if ((is_folder || is_sql_name(name)) && leads_outside(path, location)) {
    listing.unread.push_back(
        {relative(path), 0,
         "A symbolic link that leads out of the project: not followed. Name what it leads to if it is meant.",
         true});
  } else if (is_folder && is_loop(path, location)) {
    listing.unread.push_back(
        {relative(path), 0, "A symbolic link to a folder above itself: not followed.", false});
  } else if (is_folder) {
    add_entry(location, name, DT_DIR, listing);
  } else if (target == fs::file_type::regular) {
    add_entry(location, name, DT_REG, listing);
  } else if (is_sql_name(name)) {
    const bool there = target != fs::file_type::not_found && target != fs::file_type::none;
    listing.unread.push_back(
        {relative(path), 0, there ? "Not a regular file." : "A symbolic link that leads nowhere.", true});
  }
}

void FolderReader::add_entry(const std::string& location, std::string name, unsigned char kind,
                             Listing& listing) const {
  if (kind == DT_DIR) {
    if (!is_foreign(name)) listing.folders.push_back(std::move(name));
  } else if (kind == DT_REG) {
    (is_sql_name(name) ? listing.sql_files : listing.other_files).push_back(std::move(name));
  } else if (kind == DT_LNK) {
    add_link(location, name, listing);
  } else if (is_sql_name(name)) {
    listing.unread.push_back({relative(join_path(location, name)), 0, "Not a regular file.", true});
  }
}

void FolderReader::read_entries(const std::string& location, OpenFolder& folder, Listing& listing) const {
  const bool all = ignored_.empty() && exclude_.empty();
  while (const dirent* entry = folder.next()) {
    std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (!all && left_out(join_path(location, name))) {
      listing.left_out.push_back(std::move(name));
      continue;
    }
    const unsigned char kind =
        entry->d_type == DT_UNKNOWN ? kind_of(join_path(location, name)) : entry->d_type;
    add_entry(location, std::move(name), kind, listing);
  }
  if (folder.failure() == 0) return;
  const std::string why = std::error_code(folder.failure(), std::generic_category()).message();
  listing.unread.push_back({relative(location), 0, fmt::format("Cannot read the folder: {}.", why), true});
}

Listing FolderReader::list(const std::string& location, OpenFolder& folder) const {
  Listing listing;
  if (std::count(location.begin(), location.end(), '/') - std::count(root_.begin(), root_.end(), '/') >
      kDeepestFolder) {
    listing.unread.push_back({relative(location), 0, "Folders are nested too deeply here.", true});
    return listing;
  }
  read_entries(location, folder, listing);
  for (auto* names : {&listing.sql_files, &listing.other_files, &listing.folders}) sort_naturally(*names);
  return listing;
}

std::vector<Beginning> FolderReader::beginnings(const OpenFolder& folder,
                                                const std::vector<std::string>& names) {
  std::vector<Beginning> beginnings(names.size());
  static const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMostReaders);
  const std::size_t threads = names.size() < kManyFiles ? 1 : cores;
  const auto read_some = [&](std::size_t first) {
    for (std::size_t n = first; n < names.size(); n += threads)
      beginnings[n] = beginning_of(read_head_in(folder.number(), names[n], kHeadBytes));
  };
  HelperThreads readers;
  for (std::size_t first = 1; first < threads; ++first) {
    if (!readers.start([&read_some, first] { read_some(first); })) read_some(first);
  }
  read_some(0);
  readers.join();
  return beginnings;
}

Listing FolderReader::list(const std::string& location) const {
  OpenFolder folder(location);
  return list(location, folder);
}

std::vector<Beginning> FolderReader::beginnings(const std::string& location,
                                                const std::vector<std::string>& names) {
  return beginnings(OpenFolder(location), names);
}

Looked FolderReader::look_at(const std::string& location) const {
  OpenFolder folder(location);
  Looked looked{list(location, folder), {}};
  looked.beginnings = beginnings(folder, looked.listing.sql_files);
  return looked;
}

}  // namespace migcheck::input
