// SPDX-License-Identifier: MIT

// Who may include whom. A room is a folder of src/, or a door (a header of include/migcheck/) by its name.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

// The table. A room may include its own headers, its own door, and what stands here. fmt and the standard
// library are allowed everywhere; a third-party library only where it is named.
const std::map<std::string, Names>& allowed() {
  static const Names core = {"result", "source", "settings", "transaction", "ast", "finding", "file_change"};
  static const auto with = [](const Names& base, const Names& more) {
    Names all = base;
    all.insert(more.begin(), more.end());
    return all;
  };
  static const Names engine =
      with(core, {"parse", "catalog", "plan", "reads", "timeline", "replay", "tenancy", "check", "registry",
                  "excerpt", "lint_report", "lint", "baseline", "version", "nearest", "english", "letters"});
  static const std::map<std::string, Names> table = {
      {"result", {}},
      {"file_change", {}},
      {"source", {"result", "excerpt"}},
      {"excerpt", {"source"}},
      {"settings", {"result"}},
      {"transaction", {"result", "source"}},
      {"ast", {"source", "threads"}},  // a large file's statements come from one
      {"parse", {"ast", "source", "result", "transaction", "pg_query"}},
      {"finding", {"source", "settings"}},
      {"catalog", {"ast", "source", "finding"}},
      {"plan", {"ast", "catalog", "settings", "source", "finding", "reads", "letters"}},
      {"reads", {"ast", "catalog", "source"}},
      {"timeline", {"plan", "transaction", "catalog", "ast", "finding"}},
      {"replay",
       {"timeline", "plan", "catalog", "ast", "settings", "transaction", "finding", "source", "letters"}},
      {"tenancy", {"ast", "catalog", "settings", "source", "finding", "unicode"}},
      {"check",
       {"finding", "timeline", "plan", "catalog", "ast", "reads", "tenancy", "settings", "transaction",
        "replay", "file_change", "english"}},
      {"checks", {"check"}},
      {"registry", {"check", "settings"}},
      {"config",
       {"settings", "finding", "registry", "result", "input", "nearest", "version", "baseline", "unicode",
        "yaml-cpp"}},
      {"baseline", {"lint_report", "settings"}},
      {"lint_report", {"excerpt", "finding", "settings"}},
      {"lint", engine},
      {"report",
       {"finding", "source", "settings", "excerpt", "registry", "lint_report", "version", "unicode"}},
      {"catalog_json", {"catalog", "ast", "report"}},  // the writer of JSON is report's
      {"lock_report", {"replay", "timeline", "plan", "source"}},
      {"locks",
       {"lock_report", "ast", "catalog", "plan", "timeline", "replay", "source", "report", "unicode"}},
      {"input", {"source", "transaction", "result", "finding", "file_change", "threads"}},
      {"version", {}},
      {"nearest", {"letters"}},
      {"english", {"letters"}},
      {"threads", {}},
      {"unicode", {}},
      {"letters", {}},
      {"cli", with(engine, {"catalog_json", "lock_report", "report", "input", "config", "threads", "unicode",
                            "spdlog"})},
      {"allocator", {}},
      {"main", {"cli"}},
  };
  return table;
}

// The room of a file of this repository, from its path.
std::string room_of(const fs::path& relative) {
  auto part = relative.begin();
  const std::string top = (part++)->string();
  if (top == "checks") return "checks";
  if (top == "src") return relative.parent_path() == "src" ? relative.stem().string() : part->string();
  std::advance(part, 1);                   // include/migcheck/
  return fs::path(*part).stem().string();  // ast.hpp and ast/node.hpp are one room
}

// The room that an #include names; empty for the standard library and fmt.
std::string included_room(const std::string& header, bool quoted) {
  static const Names third_party = {"spdlog", "yaml-cpp"};
  const std::string first = header.substr(0, header.find('/'));
  if (quoted && first == header) return "";  // beside the file: the same room
  if (first == "migcheck") {
    const std::string rest = header.substr(header.find('/') + 1);
    return fs::path(rest.substr(0, rest.find('/'))).stem().string();
  }
  if (third_party.count(first) > 0) return first;
  if (first == "pg_query" || header == "pg_query.h" || header == "postgres.h" || first == "nodes")
    return "pg_query";
  return quoted ? first : "";
}

struct Include {
  std::string header;
  bool quoted = false;
};

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> includes;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view kWord = "#include ";
    if (line.compare(0, kWord.size(), kWord) != 0) continue;
    const bool quoted = line[kWord.size()] == '"';
    const auto end = line.find(quoted ? '"' : '>', kWord.size() + 1);
    includes.push_back({line.substr(kWord.size() + 1, end - kWord.size() - 1), quoted});
  }
  return includes;
}

std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  const fs::path root = MIGCHECK_SOURCE_DIR;
  for (const char* top : {"include", "src", "checks"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension == ".cpp" || extension == ".hpp") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Layers, EveryRoomIncludesOnlyWhatTheTableAllows) {
  const fs::path root = MIGCHECK_SOURCE_DIR;
  std::size_t seen = 0;
  for (const fs::path& file : sources()) {
    const fs::path relative = fs::relative(file, root);
    const std::string room = room_of(relative);
    const auto row = allowed().find(room);
    ASSERT_NE(row, allowed().end()) << relative << ": the room \"" << room << "\" is not in the table";
    for (const Include& include : includes_of(file)) {
      const std::string wanted = included_room(include.header, include.quoted);
      if (wanted.empty() || wanted == room) continue;
      ++seen;
      EXPECT_TRUE(row->second.count(wanted) > 0)
          << relative << " includes " << include.header << ": " << room << " may not know " << wanted;
    }
  }
  EXPECT_GT(seen, 50u);  // the scan really found the includes
}

TEST(Layers, ChecksIncludeOneHeader) {
  const fs::path root = MIGCHECK_SOURCE_DIR;
  for (const fs::path& file : sources()) {
    if (*fs::relative(file, root).begin() != "checks") continue;
    for (const Include& include : includes_of(file)) {
      const bool ours = include.header.rfind("migcheck/", 0) == 0;
      EXPECT_TRUE(!ours || include.header == "migcheck/check.hpp") << file << " includes " << include.header;
    }
  }
}

}  // namespace
