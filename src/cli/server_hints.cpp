// SPDX-License-Identifier: MIT

// Where projects write down which PostgreSQL they run: images of containers, in compose files and CI, and a
// few tools' own settings.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "cli/files.hpp"
#include "cli/survey.hpp"
#include "migcheck/settings.hpp"

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;

// Versions before PostgreSQL 9 are versions of something else.
constexpr int kOldestBelieved = 9;
constexpr int kNewestBelieved = 30;
constexpr std::uintmax_t kLargestFile = 1 << 20;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

int number_at(std::string_view text) {
  int number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 3 && is_digit(text[digits]))
    number = number * 10 + (text[digits++] - '0');
  return digits == 0 || digits > 2 ? 0 : number;
}

// Images whose tag begins with PostgreSQL's version; others say it after "pg".
struct Image {
  std::string_view name;
  bool own_version;
};
constexpr std::array kImages = {
    Image{"postgres:", true},  Image{"postgresql:", true},   Image{"postgis:", true},
    Image{"pgvector:", false}, Image{"timescaledb:", false}, Image{"timescaledb-ha:", false},
    Image{"citus:", false},
};

int version_in_tag(std::string_view tag, bool own_version) {
  tag = tag.substr(0, tag.find_first_of(" \t\"',}#"));
  if (const auto pg = tag.find("pg"); pg != std::string_view::npos) {
    if (const int named = number_at(tag.substr(pg + 2)); named != 0) return named;
  }
  return own_version ? number_at(tag) : 0;
}

int version_in_line(std::string_view line) {
  for (const Image& image : kImages) {
    const auto found = line.find(image.name);
    if (found == std::string_view::npos) continue;
    return version_in_tag(line.substr(found + image.name.size()), image.own_version);
  }
  // supabase/config.toml; .tool-versions
  for (const std::string_view key : {"major_version = ", "postgres ", "postgresql "}) {
    if (line.substr(0, key.size()) == key) return number_at(line.substr(key.size()));
  }
  return 0;
}

bool names_servers(std::string_view name, std::string_view folder) {
  const bool yaml = name.ends_with(".yml") || name.ends_with(".yaml");
  const bool compose = yaml && name.find("compose") != std::string_view::npos;
  return compose || name.starts_with("Dockerfile") || name == ".tool-versions" || name == "config.toml" ||
         name == ".gitlab-ci.yml" || (yaml && (folder == "workflows" || folder == ".circleci"));
}

// Adds the files of one folder that may name a server; `each` is shown the names of all entries.
template <typename Each>
void add_files(const fs::path& folder, std::vector<fs::path>& files, const Each& each) {
  const std::string folder_name = folder.filename().string();
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const std::string_view path = entry.path().native();
    const std::string_view name = path.substr(path.rfind('/') + 1);
    each(name);
    if (names_servers(name, folder_name) && entry.is_regular_file(failed) &&
        entry.file_size(failed) < kLargestFile) {
      files.push_back(entry.path());
    }
  }
}

// Not a walk through the whole tree: these folders only, where they are.
std::vector<fs::path> usual_files(const fs::path& root) {
  constexpr std::array<std::string_view, 6> kFolders = {
      ".github/workflows", ".circleci", ".devcontainer", "docker", "deploy", "supabase"};
  std::vector<fs::path> files;
  std::vector<std::string_view> inside;
  add_files(root, files, [&](std::string_view name) {
    for (const std::string_view folder : kFolders) {
      if (folder.substr(0, folder.find('/')) == name) inside.push_back(folder);
    }
  });
  for (const std::string_view folder : inside) add_files(root / folder, files, [](std::string_view) {});
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<ServerHint> server_hints(std::string_view text, const std::string& path) {
  std::vector<ServerHint> hints;
  std::size_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const int version = version_in_line(text.substr(begin, end - begin));
    if (version >= kOldestBelieved && version <= kNewestBelieved) {
      hints.push_back({version, fmt::format("{}:{}", path, number)});
    }
    begin = end + 1;
  }
  return hints;
}

std::optional<ServerHint> oldest_server(const std::string& root) {
  std::optional<ServerHint> oldest;
  for (const fs::path& file : usual_files(root)) {
    const auto text = read_text_file(file.string());
    if (!text) continue;
    for (const ServerHint& hint : server_hints(*text, file.lexically_relative(root).generic_string())) {
      if (!oldest || hint.major < oldest->major) oldest = hint;
    }
  }
  return oldest;
}

namespace {

// Histories lie in the same folders: each is asked once.
class HintsByFolder {
 public:
  const std::optional<ServerHint>& in(const std::string& folder) {
    const auto [known, first] = hints_.try_emplace(folder);
    if (first) known->second = oldest_server(folder);
    return known->second;
  }

 private:
  std::map<std::string, std::optional<ServerHint>> hints_;
};

std::optional<ServerHint> server_near(const std::string& root, const std::string& folder,
                                      HintsByFolder& hints) {
  for (fs::path near = fs::path(folder).lexically_normal(); !near.empty(); near = near.parent_path()) {
    if (near == "." || near.is_absolute() || *near.begin() == "..") break;
    if (auto hint = hints.in((fs::path(root) / near).string())) {
      hint->where = fmt::format("{}/{}", near.generic_string(), hint->where);
      return hint;
    }
  }
  return hints.in(root);
}

}  // namespace

std::optional<ServerHint> server_of(const InputSet& set) {
  std::optional<ServerHint> oldest;
  HintsByFolder hints;
  for (const History& history : set.histories) {
    const auto hint = server_near(set.root, history.path, hints);
    if (hint && (!oldest || hint->major < oldest->major)) oldest = hint;
  }
  return oldest;
}

}  // namespace migcheck::cli
