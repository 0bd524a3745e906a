// SPDX-License-Identifier: MIT
#pragma once

// What a folder holds, without what is excluded or ignored, and how its SQL files begin.

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "input/read_file.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/source.hpp"

namespace migcheck::input {

// How much of a file is read to tell what it is.
inline constexpr std::size_t kHeadBytes = 16 * 1024;

struct Listing {
  std::vector<std::string> sql_files;    // names, in natural order
  std::vector<std::string> other_files;  // likewise
  std::vector<std::string> folders;      // likewise
  std::vector<std::string> left_out;     // names of what is excluded or ignored
  std::vector<Unread> unread;            // links that lead nowhere, what could not be read
};

// How an SQL file begins.
struct Beginning {
  Head head;
  std::vector<Span> comments;  // its lines that begin with a comment: what steers a tool stands there
  bool may_be_other_dialect = true;
};
Beginning beginning_of(Head head);

// A folder with the beginnings of its SQL files, in their order.
struct Looked {
  Listing listing;
  std::vector<Beginning> beginnings;
};

// Lists folders and reads heads. Once set up it may be asked from several threads at once.
class FolderReader {
 public:
  explicit FolderReader(std::string root) : root_(std::move(root)) {}

  // Paths relative to the root that are left out: `exclude` globs.
  void exclude(std::vector<std::string> globs) { exclude_ = std::move(globs); }
  // Locations that git ignores: files, and folders with all they hold.
  void ignore(std::set<std::string, std::less<>> locations) { ignored_ = std::move(locations); }

  [[nodiscard]] const std::string& root() const { return root_; }
  // The path of a location relative to the root; "." is the root itself.
  [[nodiscard]] std::string relative(std::string_view location) const;
  [[nodiscard]] bool is_excluded(std::string_view location) const;

  [[nodiscard]] Listing list(const std::string& location) const;
  // How these files of a folder begin, in their order: many are read by several threads.
  [[nodiscard]] static std::vector<Beginning> beginnings(const std::string& location,
                                                         const std::vector<std::string>& names);
  // Both in one go.
  [[nodiscard]] Looked look_at(const std::string& location) const;

 private:
  class OpenFolder;
  [[nodiscard]] Listing list(const std::string& location, OpenFolder& folder) const;
  [[nodiscard]] static std::vector<Beginning> beginnings(const OpenFolder& folder,
                                                         const std::vector<std::string>& names);
  [[nodiscard]] bool left_out(const std::string& location) const;
  [[nodiscard]] bool is_loop(const std::string& location, const std::string& folder) const;
  [[nodiscard]] bool leads_outside(const std::string& location, const std::string& folder) const;
  void add_link(const std::string& location, const std::string& name, Listing& listing) const;
  void add_entry(const std::string& location, std::string name, unsigned char kind, Listing& listing) const;
  void read_entries(const std::string& location, OpenFolder& folder, Listing& listing) const;

  std::string root_;
  std::vector<std::string> exclude_;
  std::set<std::string, std::less<>> ignored_;
};

[[nodiscard]] bool is_sql_name(std::string_view name);
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);
[[nodiscard]] std::string_view name_of(std::string_view path);
[[nodiscard]] std::string_view folder_of(std::string_view path);

// Does the location lie in the folder, or is it the folder?
[[nodiscard]] bool lies_below(std::string_view location, std::string_view folder);

}  // namespace migcheck::input
