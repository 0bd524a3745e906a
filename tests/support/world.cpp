// SPDX-License-Identifier: MIT

#include "support/world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "migcheck/input.hpp"
#include "migcheck/parse.hpp"

namespace migcheck::testing_support {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split_list(const std::string& list) {
  std::vector<std::string> items;
  std::istringstream in(list);
  for (std::string item; std::getline(in, item, ',');) items.push_back(item);
  return items;
}

bool has_word(std::string_view text, const std::string& word) {
  std::istringstream in(header_of(text));
  for (std::string found; in >> found;) {
    if (found == word) return true;
  }
  return false;
}

FileChange change_of(std::string_view text) {
  if (has_word(text, "change=same")) return FileChange::Same;
  if (has_word(text, "change=added")) return FileChange::Added;
  if (has_word(text, "change=edited")) return FileChange::Edited;
  if (has_word(text, "change=reworded")) return FileChange::Reworded;
  return FileChange::Unknown;
}

void add_file(Linter& linter, LoadedFile loaded, LintFile::Purpose purpose) {
  LintFile file;
  file.purpose = purpose;
  file.change = change_of(loaded.source.text);
  file.sections = std::move(loaded.sections);
  file.parsed = parse(std::move(loaded.source), file.sections);
  for (Unread& unread : loaded.unread) linter.add_unread(std::move(unread));
  linter.add(std::move(file));
}

LintFile::Purpose purpose_of(const FileText& file) {
  if (file.history || has_word(file.text, "history")) return LintFile::Purpose::History;
  if (has_word(file.text, "queries")) return LintFile::Purpose::Query;
  if (has_word(file.text, "seed")) return LintFile::Purpose::Seed;
  return LintFile::Purpose::Target;
}

// Without a tool: the files as they are, statement by statement, or wrapped.
void lint_plain(Linter& linter, const std::vector<FileText>& files, const World& world) {
  TransactionModel model;
  model.tool = "plain";
  linter.begin_history({"", "plain"}, model);
  for (const FileText& file : files) {
    LoadedFile loaded;
    loaded.source.path = file.name;
    loaded.source.text = file.text;
    if (world.wrapped) {
      loaded.sections = {
          {.span = {0, static_cast<std::uint32_t>(file.text.size())}, .wrapping = Wrapping::Transaction}};
    }
    add_file(linter, std::move(loaded), purpose_of(file));
  }
}

// A folder of its own for one fixture, gone when the test is done.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (fs::temp_directory_path() / "migcheck-fixture-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// With a tool: written to a folder and read back through the input room, so that its rules hold.
void lint_with_layout(Linter& linter, const std::vector<FileText>& files, const World& world) {
  const ScratchFolder folder;
  std::map<std::string, LintFile::Purpose> purposes;
  for (const FileText& file : files) {
    fs::create_directories((folder.path() / file.name).parent_path());
    std::ofstream(folder.path() / file.name, std::ios::binary) << file.text;
    purposes[file.name] = purpose_of(file);
  }
  InputRequest request;
  request.paths = {folder.path().string()};
  request.root = folder.path().string();
  request.layout = world.layout;
  const Result<InputSet> found = discover(request);
  ASSERT_TRUE(found) << found.error().to_string();
  for (std::uint32_t index = 0; index < found->histories.size(); ++index) {
    const History& history = found->histories[index];
    linter.begin_history({history.path, history.layout}, history.transactions);
    for (std::size_t n = 0; n < found->files.size(); ++n) {
      if (found->files[n].history != index) continue;
      Result<LoadedFile> loaded = load(*found, n, request);
      ASSERT_TRUE(loaded) << loaded.error().to_string();
      const auto purpose = purposes.find(loaded->source.path);
      ASSERT_NE(purpose, purposes.end()) << loaded->source.path;
      add_file(linter, std::move(*loaded), purpose->second);
    }
  }
}

}  // namespace

std::string header_of(std::string_view text) {
  constexpr std::string_view kMark = "-- fixture:";
  std::string_view first = text.substr(0, text.find('\n'));
  // A tool's own first line (-- +goose Up) may have to come first.
  if (first.substr(0, kMark.size()) != kMark) {
    const std::size_t at = text.find("\n-- fixture:");
    if (at == std::string_view::npos) return {};
    first = text.substr(at + 1);
    first = first.substr(0, first.find('\n'));
  }
  return std::string(first.substr(kMark.size()));
}

void read_header(std::string_view words, World& world) {
  std::istringstream in{std::string(words)};
  for (std::string word; in >> word;) {
    const std::string key = word.substr(0, word.find('='));
    const std::string value = key.size() < word.size() ? word.substr(key.size() + 1) : "";
    if (key == "pg") {
      world.settings.pg_version = std::atoi(value.c_str());
    } else if (key == "layout") {
      world.layout = value;
    } else if (key == "wrapped") {
      world.wrapped = true;
    } else if (key == "checks" && value == "all") {
      world.settings.preset = "strict";
      world.settings.only.clear();
    } else if (key == "preset") {
      world.settings.preset = value;
      world.settings.only.clear();
    } else if (key == "tenant") {
      world.settings.tenancy.columns = split_list(value);
    } else if (key == "root") {
      world.settings.tenancy.root = value;
    } else if (key == "global") {
      for (const std::string& table : split_list(value)) world.settings.tenancy.global_tables.insert(table);
    } else if (key == "small") {
      for (const std::string& table : split_list(value)) world.settings.tables[table] = TableSize::Small;
    } else if (key == "lock_timeout") {
      world.settings.timeouts.lock_timeout_set_by_runner = true;
    } else if (key == "one-change") {
      world.one_change = true;
    } else if (key == "today") {
      world.settings.today = value;
    } else if (key == "require-reason") {
      world.settings.require_reason = true;
    } else if (key != "history" && key != "queries" && key != "seed" && key != "change" && key != "since") {
      ADD_FAILURE() << "unknown word in a fixture's header: " << word;
    }
  }
}

LintReport lint_files(const std::vector<FileText>& files, const World& world) {
  Linter linter(world.settings, world.one_change);
  if (world.layout == "plain") {
    lint_plain(linter, files, world);
  } else {
    lint_with_layout(linter, files, world);
  }
  return linter.finish();
}

}  // namespace migcheck::testing_support
