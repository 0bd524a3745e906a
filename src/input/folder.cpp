// SPDX-License-Identifier: MIT

#include "input/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "input/look_ahead.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// More than any plan or journal holds.
constexpr std::size_t kSteeringFileBytes = 16 * 1024 * 1024;
}  // namespace

Tree::Tree(std::string root) : reader_(std::move(root)) {}
Tree::~Tree() = default;

void Tree::look_ahead(const std::string& folder) {
  ahead_ = std::make_unique<LookAhead>(reader_, folder);
  looks_below_ = folder;
}

const Listing& Tree::list(const std::string& location) {
  const auto known = listings_.find(location);
  if (known != listings_.end()) return known->second;
  Looked looked = ahead_ != nullptr && lies_below(location, looks_below_)
                      ? ahead_->take(location)
                      : Looked{reader_.list(location), {}};
  Listing& listing = listings_.emplace(location, std::move(looked.listing)).first->second;
  for (std::size_t n = 0; n < looked.heads.size(); ++n) {
    std::string path = join_path(location, listing.sql_files[n]);
    if (!edited_.contains(path)) heads_.try_emplace(std::move(path), std::move(looked.heads[n]));
  }
  std::move(listing.unread.begin(), listing.unread.end(), std::back_inserter(unread_));
  listing.unread.clear();
  if (!pretended_.empty() && folder_of(pretended_) == location) add_pretended(listing);
  return listing;
}

void Tree::add_pretended(Listing& listing) const {
  const std::string name(name_of(pretended_));
  const auto add = [&](std::vector<std::string>& names) {
    const auto place = std::lower_bound(names.begin(), names.end(), name, naturally_before);
    if (place == names.end() || *place != name) names.insert(place, name);
  };
  add(listing.files);
  if (is_sql_name(name)) add(listing.sql_files);
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
  const auto known = heads_.find(location);
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

// A folder that was listed says by itself what is not there. Others are asked by name: a folder above may be
// one that nobody may list.
const std::string& Tree::head_in(const std::string& folder, std::string_view name) {
  static const std::string kNothing;
  const std::string location = join_path(folder, name);
  const auto known = heads_.find(location);
  if (known != heads_.end()) return known->second.text;
  const bool is_path = name.find('/') != std::string_view::npos;
  const auto listed = is_path ? listings_.end() : listings_.find(folder);
  if (listed != listings_.end()) {
    // What is left out of the run may steer a tool all the same: a database.yml that git ignores.
    const auto lists = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (!lists(listed->second.files) && !lists(listed->second.left_out)) return kNothing;
  }
  return head(location);
}

std::string Tree::above(const std::string& folder) const {
  if (folder == root() || folder == "/") return {};
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
  return tree_->head_in(location_, name);
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
