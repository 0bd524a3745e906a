// SPDX-License-Identifier: MIT
#pragma once

// Finds the migration folders below (or around) what was named, and sorts out what belongs to none of them.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "input/folder.hpp"
#include "input/layouts/layout.hpp"
#include "migcheck/finding.hpp"
#include "migcheck/input.hpp"

namespace migcheck::input {

// A migration folder, with its files by location.
struct FoundHistory {
  std::string folder;
  const Layout* layout = nullptr;
  std::string why;
  Wraps wraps = Wraps::AsTheToolDoes;
  struct File {
    std::string location;
    Role role = Role::Target;
    ScriptPart part = {};
  };
  std::vector<File> files;
  bool of_versions = false;  // scripts in folders that are versions
  std::string schema = {};   // see TransactionModel
};

// migrations, migration, migrate: what a folder of migrations is called where no tool says it.
[[nodiscard]] bool is_usual_folder(std::string_view folder);

// An SQL file that no tool's folder holds.
struct LooseFile {
  // Beside: a dump in a folder that nobody named, which matters only if it stands before the migrations.
  enum class Kind : unsigned char { Script, Dump, Beside, Query, Seed };
  std::string location;
  Kind kind = Kind::Script;
  std::string why;  // of a dump: why it stands before no history
};

// What was said of the layout: of the whole run (--layout, the configuration), and of single folders.
// Nullptr lets the files decide.
struct Said {
  const Layout* everywhere = nullptr;
  struct Rule {
    std::string location;
    const Layout* layout = nullptr;
    Wraps wraps = Wraps::AsTheToolDoes;
  };
  std::vector<Rule> rules;

  [[nodiscard]] const Rule* rule_for(std::string_view location) const;
  [[nodiscard]] const Layout* layout_for(std::string_view location) const;
};

class HistoryFinder {
 public:
  // `queries` are folders of query files, `seeds` folders and files of seeds, `scope` what a person asks for:
  // all by location.
  HistoryFinder(Tree& tree, Said said, std::vector<std::string> queries, std::vector<std::string> seeds,
                std::vector<std::string> scope)
      : tree_(tree),
        said_(std::move(said)),
        queries_(std::move(queries)),
        seeds_(std::move(seeds)),
        scope_(std::move(scope)) {}

  // All histories below a folder, and those around it that run files below it.
  void search(const std::string& folder);
  // The history that runs this file.
  void search_around_file(const std::string& location);

  // Is the file one of a history, or taken otherwise?
  [[nodiscard]] bool holds(const std::string& location) const { return claimed_.contains(location); }

  // The schema that a query file is read against, as its tool's configuration says; empty: nobody says it.
  [[nodiscard]] std::vector<std::string> schemas_of(std::string_view query) const;

  std::vector<FoundHistory> histories;
  std::vector<LooseFile> loose;
  std::vector<Unread> unread;

 private:
  bool offer(const Folder& folder, std::string_view wanted);
  bool try_layout(const Folder& folder, const Layout& layout, std::string_view wanted);
  void search_above(const std::string& folder, std::string_view wanted);
  void note_code(const Folder& folder);
  // project_settings.cpp
  void note_settings_above(const Folder& folder);
  void note_settings(const Folder& folder);
  void note_sqlc(const Folder& folder);
  void note_supabase(const Folder& folder);
  void refuse_below(const std::string& location, const std::string& reason);
  void note_loose(const std::string& location, bool named);
  void group_scripts(const std::string& top, std::size_t first_loose, bool any_tool);
  FoundHistory& add_scripts(const std::string& folder, const std::vector<std::string>& locations);
  [[nodiscard]] LooseFile::Kind kind_of(const std::string& location) const;
  [[nodiscard]] Wraps wraps_for(std::string_view location) const;
  [[nodiscard]] bool is_query_folder(std::string_view location) const;
  [[nodiscard]] bool is_seeds_path(std::string_view location) const;

  Tree& tree_;
  Said said_;
  std::vector<std::string> queries_;
  std::vector<std::string> seeds_;
  std::vector<std::string> scope_;
  std::unordered_set<std::string> claimed_;
  std::unordered_set<std::string> scripts_;  // while they are grouped: those that no history has yet
  std::unordered_set<std::string> seen_code_;
  std::unordered_set<std::string> seen_settings_;  // folders
  struct QueriesOfSchema {
    std::string queries;
    std::vector<std::string> schema;
  };
  std::vector<QueriesOfSchema> sqlc_;
};

}  // namespace migcheck::input
