// SPDX-License-Identifier: MIT

#include "input/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "input/dialect_signs.hpp"
#include "input/look_ahead.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Where a name stands among others in natural order.
std::optional<std::size_t> position_of(const std::vector<std::string>& names, std::string_view name) {
  constexpr std::size_t kFew = 16;  // a look at each is quicker than their order
  const auto place = names.size() <= kFew
                         ? std::find(names.begin(), names.end(), name)
                         : std::lower_bound(names.begin(), names.end(), name, naturally_before);
  if (place == names.end() || *place != name) return std::nullopt;
  return static_cast<std::size_t>(place - names.begin());
}

}  // namespace

Tree::Tree(std::string root) : reader_(std::move(root)) {}
Tree::~Tree() = default;

void Tree::look_ahead(const std::string& folder) {
  ahead_ = std::make_unique<LookAhead>(reader_, folder);
  looks_below_ = folder;
}

TreeFolder& Tree::folder(std::string_view location) {
  const auto known = folders_.find(location);
  if (known != folders_.end()) return known->second;
  TreeFolder& folder = folders_[std::string(location)];
  folder.location = location;
  return folder;
}

TreeFolder& Tree::folder_in(TreeFolder& folder, std::size_t number) {
  const std::vector<std::string>& names = list(folder).folders;
  folder.inner.resize(names.size());
  TreeFolder*& inner = folder.inner[number];
  if (inner == nullptr) {
    inner = &this->folder(join_path(folder.location, names[number]));
    if (inner->above == nullptr) inner->above = &folder;
  }
  return *inner;
}

TreeFolder& Tree::folder_in(TreeFolder& folder, std::string_view name) {
  return this->folder(join_path(folder.location, name));
}

TreeFolder* Tree::above(TreeFolder& folder) {
  if (folder.location == root() || folder.location == "/" || folder.location.empty()) return nullptr;
  if (folder.above == nullptr) folder.above = &this->folder(folder_of(folder.location));
  return folder.above;
}

const Listing& Tree::list(TreeFolder& folder) {
  if (folder.listed) return folder.listing;
  folder.listed = true;
  if (ahead_ != nullptr && lies_below(folder.location, looks_below_)) {
    Looked looked = ahead_->take(folder.location);
    folder.listing = std::move(looked.listing);
    folder.beginnings = std::move(looked.beginnings);
    folder.begun = true;
  } else {
    folder.listing = reader_.list(folder.location);
  }
  Listing& listing = folder.listing;
  std::move(listing.unread.begin(), listing.unread.end(), std::back_inserter(unread_));
  listing.unread.clear();
  if (!pretended_.empty() && folder_of(pretended_) == folder.location) add_pretended(folder);
  if (folder.begun) put_edited(folder);
  return listing;
}

const std::vector<Beginning>& Tree::beginnings(TreeFolder& folder) {
  const Listing& listing = list(folder);
  if (!folder.begun) {
    folder.begun = true;
    folder.beginnings = FolderReader::beginnings(folder.location, listing.sql_files);
    put_edited(folder);
  }
  return folder.beginnings;
}

void Tree::add_pretended(TreeFolder& folder) const {
  const std::string name(name_of(pretended_));
  const bool is_sql = is_sql_name(name);
  std::vector<std::string>& names = is_sql ? folder.listing.sql_files : folder.listing.other_files;
  const auto place = std::lower_bound(names.begin(), names.end(), name, naturally_before);
  if (place != names.end() && *place == name) return;
  if (is_sql && folder.begun) folder.beginnings.emplace(folder.beginnings.begin() + (place - names.begin()));
  names.insert(place, name);
}

// What counts as edited is not as it is on disk.
void Tree::put_edited(TreeFolder& folder) const {
  const std::vector<std::string>& names = folder.listing.sql_files;
  for (std::size_t n = 0; n < names.size() && !edited_.empty(); ++n) {
    const auto edited = edited_.find(join_path(folder.location, names[n]));
    if (edited == edited_.end()) continue;
    folder.beginnings[n] = beginning_of({edited->second.substr(0, kHeadBytes), false});
  }
}

void Tree::pretend(const std::string& location, const std::string& text) {
  pretended_ = location;
  edited_[location] = text;
}

std::string Tree::text(const std::string& location, std::size_t limit) {
  const auto edited = edited_.find(location);
  if (edited != edited_.end()) return edited->second;
  if (const Beginning* known = read_beginning(location); known != nullptr && known->head.whole)
    return known->head.text;
  return read_head(location, limit).text;
}

Beginning* Tree::listed_beginning(TreeFolder& folder, std::string_view name) {
  if (!folder.listed) return nullptr;
  const std::optional<std::size_t> number = position_of(folder.listing.sql_files, name);
  if (!number) return nullptr;
  beginnings(folder);
  return &folder.beginnings[*number];
}

Beginning* Tree::read_beginning(std::string_view location) {
  const auto folder = folders_.find(folder_of(location));
  const bool known = folder != folders_.end() && folder->second.begun;
  return known ? listed_beginning(folder->second, name_of(location)) : nullptr;
}

const std::string& Tree::head(std::string_view location) {
  const auto folder = folders_.find(folder_of(location));
  if (folder != folders_.end()) {
    if (const Beginning* known = listed_beginning(folder->second, name_of(location))) return known->head.text;
  }
  const auto known = heads_.find(location);
  if (known != heads_.end()) return known->second;
  const auto edited = edited_.find(location);
  std::string place(location);
  std::string head =
      edited == edited_.end() ? read_head(place, kHeadBytes).text : edited->second.substr(0, kHeadBytes);
  return heads_.emplace(std::move(place), std::move(head)).first->second;
}

bool Tree::may_be_other_dialect(std::string_view location) {
  const std::string& text = head(location);
  const Beginning* known = read_beginning(location);
  return known == nullptr ? input::may_be_other_dialect(text) : known->may_be_other_dialect;
}

std::optional<FileRead> Tree::take(std::string_view location) {
  Beginning* known = read_beginning(location);
  if (known == nullptr || !known->head.whole) return std::nullopt;
  known->head.whole = false;
  return FileRead{std::move(known->head.text), known->may_be_other_dialect};
}

// A folder that was listed says by itself what is not there. Others are asked by name: a folder above may be
// one that nobody may list.
const std::string& Tree::head_in(TreeFolder& folder, std::string_view name) {
  static const std::string kNothing;
  const bool is_path = name.find('/') != std::string_view::npos;
  if (folder.listed && !is_path) {
    if (const Beginning* known = listed_beginning(folder, name)) return known->head.text;
    // What is left out of the run may steer a tool all the same: a database.yml that git ignores.
    const Listing& listing = folder.listing;
    if (!position_of(listing.other_files, name) && !contains(listing.left_out, name)) return kNothing;
  }
  return head(join_path(folder.location, name));
}

NearestFile Tree::nearest(TreeFolder& folder, std::string_view name) {
  if (const std::string& own = head_in(folder, name); !own.empty()) return {0, own};
  TreeFolder* const outer = above(folder);
  if (outer == nullptr) return {};
  const auto known = std::find_if(outer->nearest.begin(), outer->nearest.end(),
                                  [&](const TreeFolder::Nearest& one) { return one.name == name; });
  if (known != outer->nearest.end()) return known->file;
  NearestFile found = nearest(*outer, name);
  if (!found.text.empty()) ++found.up;
  outer->nearest.push_back({std::string(name), found});
  return found;
}

bool Tree::mentioned_above(TreeFolder& folder, std::string_view name, std::string_view word) {
  if (contains_ignoring_case(head_in(folder, name), word)) return true;
  TreeFolder* const outer = above(folder);
  if (outer == nullptr) return false;
  const auto known =
      std::find_if(outer->mentions.begin(), outer->mentions.end(),
                   [&](const TreeFolder::Mention& one) { return one.name == name && one.word == word; });
  if (known != outer->mentions.end()) return known->found;
  const bool found = mentioned_above(*outer, name, word);
  outer->mentions.push_back({std::string(name), std::string(word), found});
  return found;
}

std::string NearestFile::folder() const {
  std::string way = up == 0 ? "." : "..";
  for (std::size_t n = 1; n < up; ++n) way += "/..";
  return way;
}

std::string_view Folder::name() const {
  return name_of(location());
}

Folder Folder::parent() const {
  const std::string_view above = folder_of(location());
  return {*tree_, above.empty() ? std::string_view(location()) : above};
}

bool Folder::is_really_outside(const std::string& real) const {
  std::error_code error;
  const std::string root = fs::canonical(tree_->root(), error).generic_string();
  return !error && root != "/" && !real.starts_with(root + "/");
}

bool Folder::has_file(std::string_view name) const {
  return position_of(sql_files(), name) || position_of(other_files(), name);
}

bool Folder::has_folder(std::string_view name) const {
  return position_of(folders(), name).has_value();
}

const std::string& Folder::head(std::string_view name) const {
  return tree_->head_in(*place_, name);
}

std::string Folder::text(std::string_view name) const {
  return tree_->text(join_path(location(), name), kSteeringFileBytes);
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
  sort_naturally(paths);
  return paths;
}

bool Folder::is_everybodys() const {
  return is_outside(location()) && std::count(location().begin(), location().end(), '/') < 2;
}

bool Folder::leads_to(std::string_view path, const Folder& other) const {
  std::string goal = (fs::path(location()) / path).lexically_normal().generic_string();
  while (goal.size() > 1 && goal.ends_with('/')) goal.pop_back();
  return goal == other.location();
}

}  // namespace migcheck::input
