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

// More than any script, plan or journal holds.
inline constexpr std::size_t kSteeringFileBytes = 16 * 1024 * 1024;

// A file of a certain name in the nearest folder from some folder upwards.
struct NearestFile {
  std::size_t up = 0;  // how many folders above the one where the search began
  std::string_view text = {};
  // Relative to where the search began: "." or "../..".
  [[nodiscard]] std::string folder() const;
};

// Strings that are found by views of them.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename Value>
using ByLocation = std::unordered_map<std::string, Value, ViewHash, std::equal_to<>>;

// A file that was read whole.
struct FileRead {
  std::string bytes;
  bool may_be_other_dialect = true;
};

class LookAhead;

// What a tree knows of a folder, each piece once it has been asked for.
struct TreeFolder {
  std::string location;
  bool listed = false;
  Listing listing;
  bool begun = false;
  std::vector<Beginning> beginnings;  // of its SQL files, in their order
  TreeFolder* above = nullptr;
  std::vector<TreeFolder*> inner;  // its folders, in their order
  // Answers to folders below, which ask the same one after another.
  struct Nearest {
    std::string name;
    NearestFile file;
  };
  std::vector<Nearest> nearest;
  struct Mention {
    std::string name;
    std::string word;
    bool found = false;
  };
  std::vector<Mention> mentions;
};

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

  // The folder there, whether or not there is one. It stays where it is.
  TreeFolder& folder(std::string_view location);
  // The folder that lies in it under this name, or under its number among those listed.
  TreeFolder& folder_in(TreeFolder& folder, std::string_view name);
  TreeFolder& folder_in(TreeFolder& folder, std::size_t number);
  // The folder above; null where a search ends.
  TreeFolder* above(TreeFolder& folder);

  const Listing& list(TreeFolder& folder);
  const std::vector<Beginning>& beginnings(TreeFolder& folder);
  // How a file begins (the first 16 KiB), decoded; empty if it is not there.
  const std::string& head(std::string_view location);
  const std::string& head_in(TreeFolder& folder, std::string_view name);
  // See dialect_signs.hpp.
  bool may_be_other_dialect(std::string_view location);
  // The nearest file of this name from a folder up to the root; without a text if there is none.
  NearestFile nearest(TreeFolder& folder, std::string_view name);
  // Does any file of this name, from the folder up to the root, hold the word ("sqlx" in Cargo.toml)?
  bool mentioned_above(TreeFolder& folder, std::string_view name, std::string_view word);
  // The text of a file up to a size.
  [[nodiscard]] std::string text(const std::string& location, std::size_t limit);
  [[nodiscard]] const std::string& root() const { return reader_.root(); }
  // See FolderReader.
  [[nodiscard]] std::string relative(std::string_view location) const { return reader_.relative(location); }
  [[nodiscard]] bool is_excluded(std::string_view location) const { return reader_.is_excluded(location); }
  // Hands over a file that was read whole; nothing if load() must read it.
  std::optional<FileRead> take(std::string_view location);
  // Folders that could not be read, and symbolic links that lead nowhere.
  [[nodiscard]] const std::vector<Unread>& unread() const { return unread_; }

 private:
  void add_pretended(TreeFolder& folder) const;
  void put_edited(TreeFolder& folder) const;
  // How one of the SQL files begins that were listed; null if it is none.
  Beginning* listed_beginning(TreeFolder& folder, std::string_view name);
  // The same, as far as it has been read.
  Beginning* read_beginning(std::string_view location);

  FolderReader reader_;
  std::unique_ptr<LookAhead> ahead_;  // null: nobody looks ahead
  std::string looks_below_;           // where it does
  ByLocation<TreeFolder> folders_;
  ByLocation<std::string> heads_;  // of files that no listing names
  std::vector<Unread> unread_;
  std::string pretended_;
  std::map<std::string, std::string, std::less<>> edited_;
};

// A folder to look at. Cheap to copy.
class Folder {
 public:
  Folder(Tree& tree, std::string_view location) : Folder(tree, tree.folder(location)) {}

  [[nodiscard]] const std::string& location() const { return place_->location; }
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] std::string relative() const { return tree_->relative(location()); }
  // Names of the SQL files that lie directly here, and how they begin.
  [[nodiscard]] const std::vector<std::string>& sql_files() const { return tree_->list(*place_).sql_files; }
  [[nodiscard]] const std::vector<Beginning>& beginnings() const { return tree_->beginnings(*place_); }
  [[nodiscard]] const std::vector<std::string>& other_files() const {
    return tree_->list(*place_).other_files;
  }
  [[nodiscard]] const std::vector<std::string>& folders() const { return tree_->list(*place_).folders; }
  [[nodiscard]] Folder folder(std::string_view name) const {
    return {*tree_, tree_->folder_in(*place_, name)};
  }
  // By its number among folders().
  [[nodiscard]] Folder folder(std::size_t number) const {
    return {*tree_, tree_->folder_in(*place_, number)};
  }
  [[nodiscard]] Folder parent() const;
  [[nodiscard]] bool is_root() const { return location() == tree_->root(); }
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
  // The SQL files that lie here and in the folders below: "sub/name.sql".
  [[nodiscard]] std::vector<std::string> sql_files_below() const;
  // The nearest file of this name from here up to the project root; without a text if there is none.
  [[nodiscard]] NearestFile nearest(std::string_view name) const { return tree_->nearest(*place_, name); }
  [[nodiscard]] std::string_view find_above(std::string_view name) const { return nearest(name).text; }
  [[nodiscard]] bool mentioned_above(std::string_view name, std::string_view word) const {
    return tree_->mentioned_above(*place_, name, word);
  }
  // Nobody's project: the root of all files, and a folder directly below it, while the project lies
  // elsewhere.
  [[nodiscard]] bool is_everybodys() const;
  // Is `path`, relative to this folder, that one?
  [[nodiscard]] bool leads_to(std::string_view path, const Folder& other) const;

 private:
  Folder(Tree& tree, TreeFolder& place) : tree_(&tree), place_(&place) {}

  Tree* tree_;
  TreeFolder* place_;
};

}  // namespace migcheck::input
