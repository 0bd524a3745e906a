// SPDX-License-Identifier: MIT
#pragma once

// The folders that discovery looks at: listed once each, in natural order, without what is excluded or
// ignored.
//
// Layouts ask a Folder what it holds, what lies above it and how its files begin; none of them touches the
// file system itself.

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "input/listing.hpp"
#include "migcheck/finding.hpp"

namespace migcheck::input {

// A file of a certain name in the nearest folder from some folder upwards.
struct NearestFile {
  std::string folder = {};  // relative to where the search began: "." or ".."
  std::string text = {};
};

// Strings that are found by views of them.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename Value>
using ByLocation = std::unordered_map<std::string, Value, ViewHash, std::equal_to<>>;

class LookAhead;

// What has been listed and read so far. Locations are absolute, with "/" and without a "/" at the end.
class Tree {
 public:
  explicit Tree(std::string root);
  ~Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  // What is left out. Say it before anything is asked.
  void exclude(std::vector<std::string> globs) { reader_.exclude(std::move(globs)); }
  void ignore(std::set<std::string, std::less<>> locations) { reader_.ignore(std::move(locations)); }

  // All below this folder will be asked for.
  void look_ahead(const std::string& folder);

  // A file that is not on disk, or not as it is there: standard input under its name.
  void pretend(const std::string& location, const std::string& text);

  // A file that counts as edited: this is its text.
  void edit(const std::string& location, const std::string& text) { edited_[location] = text; }

  const Listing& list(const std::string& location);
  const std::string& head(const std::string& location);
  // The same of a file that may not be there.
  const std::string& head_in(const std::string& folder, std::string_view name);
  // The nearest file of this name from a folder up to the root; without a text if there is none.
  const NearestFile& nearest(const std::string& folder, std::string_view name);
  // Does any file of this name, from the folder up to the root, hold the word ("sqlx" in Cargo.toml)?
  bool mentioned_above(const std::string& folder, std::string_view name, std::string_view word);
  // The text of a file up to a size that any script, plan or journal stays below.
  [[nodiscard]] std::string text(const std::string& location) const;
  [[nodiscard]] const std::string& root() const { return reader_.root(); }
  // See FolderReader.
  [[nodiscard]] std::string relative(std::string_view location) const { return reader_.relative(location); }
  [[nodiscard]] bool is_excluded(std::string_view location) const { return reader_.is_excluded(location); }
  // Hands over the bytes of a file that was read whole; nothing if load() must read it.
  std::optional<std::string> take_bytes(const std::string& location);
  // Folders that could not be read, and symbolic links that lead nowhere.
  [[nodiscard]] const std::vector<Unread>& unread() const { return unread_; }

 private:
  void add_pretended(Listing& listing) const;
  // The folder above; empty where a search ends.
  [[nodiscard]] std::string above(const std::string& folder) const;

  FolderReader reader_;
  std::unique_ptr<LookAhead> ahead_;  // null: nobody looks ahead
  std::string looks_below_;           // where it does
  ByLocation<Listing> listings_;
  ByLocation<Head> heads_;
  ByLocation<NearestFile> nearest_;  // by folder and name
  ByLocation<bool> mentioned_;       // by folder, name and word
  std::vector<Unread> unread_;
  std::string pretended_;
  std::map<std::string, std::string, std::less<>> edited_;
};

// A folder to look at. Cheap to copy.
class Folder {
 public:
  Folder(Tree& tree, std::string location) : tree_(&tree), location_(std::move(location)) {}

  [[nodiscard]] const std::string& location() const { return location_; }
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] std::string relative() const { return tree_->relative(location_); }
  [[nodiscard]] const std::vector<std::string>& files() const { return tree_->list(location_).files; }
  [[nodiscard]] const std::vector<std::string>& folders() const { return tree_->list(location_).folders; }
  [[nodiscard]] Folder folder(std::string_view name) const;
  [[nodiscard]] Folder parent() const;
  [[nodiscard]] bool is_root() const { return location_ == tree_->root(); }
  // Does this location lie outside of the project?
  [[nodiscard]] bool is_outside(std::string_view location) const {
    return tree_->relative(location).starts_with("..");
  }
  // The same of a location without symbolic links in it.
  [[nodiscard]] bool is_really_outside(const std::string& real) const;
  [[nodiscard]] bool has_file(std::string_view name) const;
  [[nodiscard]] bool has_folder(std::string_view name) const;
  // How a file begins (the first 16 KiB), decoded.
  [[nodiscard]] const std::string& head(std::string_view name) const;
  // The whole text of a small file (a plan, a journal); empty if there is none.
  [[nodiscard]] std::string text(std::string_view name) const;
  // Names of the SQL files that lie directly here.
  [[nodiscard]] const std::vector<std::string>& sql_files() const { return tree_->list(location_).sql_files; }
  // The same, with those of the folders below: "sub/name.sql".
  [[nodiscard]] std::vector<std::string> sql_files_below() const;
  // The nearest file of this name from here up to the project root; without a text if there is none.
  [[nodiscard]] const NearestFile& nearest(std::string_view name) const {
    return tree_->nearest(location_, name);
  }
  [[nodiscard]] const std::string& find_above(std::string_view name) const { return nearest(name).text; }
  [[nodiscard]] bool mentioned_above(std::string_view name, std::string_view word) const {
    return tree_->mentioned_above(location_, name, word);
  }
  // Nobody's project: the root of all files, and a folder directly below it, while the project lies
  // elsewhere.
  [[nodiscard]] bool is_everybodys() const;
  // Is `path`, relative to this folder, that one?
  [[nodiscard]] bool leads_to(std::string_view path, const Folder& other) const;

 private:
  Tree* tree_;
  std::string location_;
};

}  // namespace migcheck::input
