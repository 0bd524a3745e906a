// SPDX-License-Identifier: MIT

#include "input/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "input/folder.hpp"
#include "input/git.hpp"
#include "input/glob.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostGlobbed = 1'000'000;

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// The folder in front of the first part that has glob characters.
std::string fixed_part(std::string_view pattern) {
  std::string fixed;
  while (!pattern.empty()) {
    const std::size_t slash = pattern.find('/');
    if (slash == std::string_view::npos || has_glob_characters(pattern.substr(0, slash))) break;
    fixed += pattern.substr(0, slash + 1);
    pattern.remove_prefix(slash + 1);
  }
  return without_slash(fixed.empty() ? "/" : fixed);
}

// Files and folders whose path matches; a pattern that names the ending finds whatever has it, else only SQL
// is meant. What lies in a folder that matches comes with it.
bool expand(const std::string& pattern, Named& named) {
  std::vector<std::string> found;
  std::vector<std::string> folders;
  std::error_code error;
  fs::recursive_directory_iterator at(fixed_part(pattern), fs::directory_options::skip_permission_denied,
                                      error);
  for (std::size_t seen = 0; !error && at != fs::recursive_directory_iterator() && seen < kMostGlobbed;
       ++seen) {
    const std::string path = at->path().generic_string();
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      const bool foreign = name_of(path) == ".git" || name_of(path) == "node_modules";
      const bool matches = !foreign && !pattern.ends_with("**") && glob_matches(pattern, path);
      if (matches) folders.push_back(path);
      if (foreign || matches) at.disable_recursion_pending();
    } else if (at->is_regular_file(ignored) && glob_matches(pattern, path)) {
      found.push_back(path);
    }
    at.increment(error);
  }
  if (std::any_of(found.begin(), found.end(), is_sql_name) && pattern.ends_with('*')) {
    found.erase(std::remove_if(found.begin(), found.end(),
                               [](const std::string& path) { return !is_sql_name(path); }),
                found.end());
  }
  for (auto [paths, into] : {std::pair(&found, &named.files), std::pair(&folders, &named.folders)}) {
    sort_naturally(*paths);
    std::move(paths->begin(), paths->end(), std::back_inserter(*into));
  }
  return !found.empty() || !folders.empty();
}

Error not_there(const std::string& path) {
  const bool glob = has_glob_characters(path);
  return Error{glob ? "Nothing matches this pattern." : "There is no such file or folder.", path,
               glob ? "Quote patterns, so that the shell leaves them alone; `**` crosses folders."
                    : "Paths are relative to the working directory."};
}

}  // namespace

std::string working_folder() {
  std::error_code error;
  return fs::current_path(error).generic_string();
}

std::string absolute(std::string_view path, std::string_view base) {
  return without_slash((fs::path(base) / fs::path(path)).lexically_normal().generic_string());
}

Result<Named> resolve(const std::vector<std::string>& paths, std::string_view base) {
  Named named;
  for (const std::string& path : paths) {
    if (path == "-") {
      named.standard_input = true;
      continue;
    }
    const std::string location = absolute(path, base);
    std::error_code error;
    const fs::file_status status = fs::status(location, error);
    if (fs::is_directory(status)) {
      named.folders.push_back(location);
    } else if (fs::exists(status) && !fs::is_regular_file(status)) {
      named.streams.push_back(location);
    } else if (fs::exists(status)) {
      named.files.push_back(location);
    } else if (!has_glob_characters(path) || !expand(location, named)) {
      return not_there(path);
    }
  }
  return named;
}

std::string project_root(const InputRequest& request, const std::string& start) {
  if (!request.root.empty()) return absolute(request.root, working_folder());
  if (const auto git = Git::find(start)) return git->top();
  return working_folder();
}

}  // namespace migcheck::input
