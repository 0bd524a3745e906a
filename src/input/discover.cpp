// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "input/arguments.hpp"
#include "input/assembly.hpp"
#include "input/code_migrations.hpp"
#include "input/dialect.hpp"
#include "input/files_read.hpp"
#include "input/git.hpp"
#include "input/glob.hpp"
#include "input/histories.hpp"
#include "input/layouts/layout.hpp"
#include "input/layouts/parts.hpp"
#include "input/sql_text.hpp"
#include "migcheck/input.hpp"

namespace migcheck {
namespace fs = std::filesystem;
using namespace input;
namespace {

constexpr std::string_view kNoName = "<stdin>";

// Without any argument the whole project is searched, but not what tests and examples keep.
bool is_side_folder(std::string_view relative) {
  constexpr std::array<std::string_view, 13> kSide = {
      "test",    "tests",  "testdata",    "__tests__", "spec", "fixtures", "examples",
      "example", "vendor", "third_party", "e2e",       "docs", "archived"};
  while (!relative.empty()) {
    const std::size_t slash = std::min(relative.find('/'), relative.size());
    if (std::find(kSide.begin(), kSide.end(), relative.substr(0, slash)) != kSide.end()) return true;
    // What a build has copied of the migrations.
    if (relative.starts_with("target/classes/") || relative.starts_with("build/resources/")) return true;
    relative.remove_prefix(std::min(slash + 1, relative.size()));
  }
  return false;
}

// 0001.sql, 20240131_users.sql, v1.0/schema.sql: whoever numbers scripts means them to run in an order.
bool is_numbered(const FoundHistory& history) {
  constexpr std::size_t kFewest = 3;
  return history.of_versions ||
         (history.files.size() >= kFewest &&
          std::all_of(history.files.begin(), history.files.end(), [](const FoundHistory::File& file) {
            return starts_with_number(name_of(file.location));
          }));
}

// One run of discover(), step by step.
class Discovery {
 public:
  explicit Discovery(const InputRequest& request) : request_(request), base_(working_folder()) {}

  Result<InputSet> run() {
    if (const auto failure = read_layout()) return *failure;
    if (const auto failure = read_arguments()) return *failure;
    if (const auto failure = read_rules()) return *failure;
    Tree tree(set_.root);
    tree.exclude(request_.exclude);
    ignore_what_git_ignores(tree);
    if (!stdin_location_.empty()) tree.pretend(stdin_location_, request_.stdin_text);
    for (const auto& [path, text] : request_.edited_texts) tree.edit(absolute(path, set_.root), text);
    HistoryFinder finder(tree, said_, query_folders_, seed_paths_, scope());
    search(tree, finder);
    Assembly assembly(tree, finder, set_);
    if (const auto failure = read_changes()) return *failure;
    if (const auto failure = assembly.add_baselines(baselines_)) return *failure;
    if (baselines_.empty()) assembly.find_baselines();
    assembly.assemble([&](const std::string& location) { return is_target(location); },
                      [&](const std::string& location) { return is_named(location); }, stdin_location_);
    note_changes();
    note_nothing_changed();
    add_tree_unread(tree);
    hand_over(tree);
    add_streams();
    if (set_.files.empty() && set_.unread.empty() && !request_.allow_empty && !excluded_all_)
      return nothing_found();
    if (!changed_ && set_.unread.empty() && !request_.allow_empty && is_all_replayed()) return only_dumps();
    return std::move(set_);
  }

 private:
  // Nothing if the files decide.
  static Result<const Layout*> layout_named(const std::string& name) {
    if (name.empty() || name == "auto") return static_cast<const Layout*>(nullptr);
    if (const Layout* layout = find_layout(name)) return layout;
    return Error{fmt::format("There is no layout \"{}\".", name), "--layout",
                 fmt::format("Known are: auto, {}.", fmt::join(layout_names(), ", "))};
  }

  std::optional<Error> read_layout() {
    const Result<const Layout*> everywhere = layout_named(request_.layout);
    if (!everywhere) return everywhere.error();
    said_.everywhere = *everywhere;
    return std::nullopt;
  }

  // Paths of the configuration are relative to its own folder.
  std::optional<Error> read_rules() {
    for (const PathRule& rule : request_.rules) {
      const Result<const Layout*> layout = layout_named(rule.layout);
      if (!layout) return layout.error();
      Named named;
      if (has_glob_characters(rule.path)) {
        Result<Named> matching = resolve({rule.path}, set_.root);
        if (matching) named = std::move(*matching);
      } else {
        named.folders.push_back(absolute(rule.path, set_.root));
      }
      named.folders.insert(named.folders.end(), named.files.begin(), named.files.end());
      for (std::string& location : named.folders)
        said_.rules.push_back({std::move(location), *layout, rule.wraps});
    }
    return std::nullopt;
  }

  // What the arguments, or else the configuration, or else the project name.
  std::optional<Error> read_arguments() {
    std::vector<std::string> paths = request_.paths;
    if (!request_.stdin_filename.empty() && std::find(paths.begin(), paths.end(), "-") != paths.end()) {
      stdin_location_ = absolute(request_.stdin_filename, base_);
    }
    Result<Named> named = resolve(paths, base_);
    if (!named) return named.error();
    set_.root = project_root(request_, start_folder(*named));
    if (paths.empty() && !request_.default_paths.empty()) named = resolve(request_.default_paths, set_.root);
    if (!named) {
      Error error = named.error();
      error.hint = "The configuration names it under `migrations`, relative to its own folder.";
      return error;
    }
    named_ = std::move(*named);
    whole_project_ = paths.empty() && request_.default_paths.empty();
    for (const std::string& folder : request_.queries) query_folders_.push_back(absolute(folder, set_.root));
    for (const std::string& path : request_.seeds) seed_paths_.push_back(absolute(path, set_.root));
    for (const std::string& path : request_.baselines) baselines_.push_back(absolute(path, set_.root));
    if (paths.empty() && !whole_project_) {
      named_.folders.insert(named_.folders.end(), query_folders_.begin(), query_folders_.end());
      for (const std::string& path : seed_paths_) {
        std::error_code error;
        (fs::is_directory(path, error) ? named_.folders : named_.files).push_back(path);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string start_folder(const Named& named) const {
    if (!named.folders.empty()) return named.folders.front();
    if (!named.files.empty()) return std::string(folder_of(named.files.front()));
    return stdin_location_.empty() ? base_ : std::string(folder_of(stdin_location_));
  }

  // What a person asks for.
  [[nodiscard]] std::vector<std::string> scope() const {
    if (whole_project_) return {set_.root};
    std::vector<std::string> asked = named_.folders;
    asked.insert(asked.end(), named_.files.begin(), named_.files.end());
    if (!stdin_location_.empty()) asked.push_back(stdin_location_);
    return asked;
  }

  void ignore_what_git_ignores(Tree& tree) {
    const auto git = Git::find(set_.root);
    if (!git) return;
    const std::vector<std::string> asked = scope();
    // A program to start, and a repository to walk: not for files that lie elsewhere.
    const bool inside = std::any_of(asked.begin(), asked.end(), [&](const std::string& location) {
      return lies_below(location, git->top()) || lies_below(git->top(), location);
    });
    if (!inside) return;
    auto ignored = git->ignored(set_.root);
    if (!ignored) {
      set_.remarks.push_back(
          fmt::format("{} Files that .gitignore names are read as well.", ignored.error().to_string()));
      return;
    }
    // What a person names is meant, ignored or not.
    std::erase_if(*ignored, [&](const std::string& location) {
      const auto named = [&](const std::string& path) { return lies_below(path, location); };
      return std::any_of(named_.folders.begin(), named_.folders.end(), named) ||
             std::any_of(named_.files.begin(), named_.files.end(), named) ||
             (!stdin_location_.empty() && named(stdin_location_));
    });
    tree.ignore(std::move(*ignored));
  }

  void search(Tree& tree, HistoryFinder& finder) {
    named_files_.insert(named_.files.begin(), named_.files.end());
    for (const std::string& folder : named_.folders) finder.search(folder);
    for (const std::string& file : named_.files) {
      if (tree.is_excluded(file)) {
        excluded_all_ = true;
        set_.remarks.push_back(fmt::format("{} is excluded and was not read.", tree.relative(file)));
      } else if (std::string reason = why_not_sql(tree, file); !reason.empty()) {
        set_.unread.push_back({tree.relative(file), 0, std::move(reason), false});
      } else {
        finder.search_around_file(file);
      }
    }
    if (!stdin_location_.empty()) finder.search_around_file(stdin_location_);
    if (!whole_project_) return;
    finder.search(set_.root);
    keep_migrations(tree, finder.histories);
    std::erase_if(finder.loose,
                  [&](const LooseFile& file) { return is_side_folder(tree.relative(file.location)); });
    std::erase_if(finder.unread, [&](const Unread& one) { return is_side_folder(one.path); });
  }

  // Of a whole project: what a tool runs, and scripts in folders that are called migrations. Without either,
  // scripts that are numbered.
  void keep_migrations(Tree& tree, std::vector<FoundHistory>& histories) {
    std::erase_if(histories, [&](const FoundHistory& history) {
      const Layout& layout = *history.layout;
      if (layout.passes_over == nullptr || !layout.passes_over(Folder(tree, history.folder))) return false;
      set_.remarks.push_back(fmt::format(
          "{} is none of the folders that {}'s settings name and was not read. Name it to have it "
          "linted as a history of its own.",
          tree.relative(history.folder), layout.tool));
      return true;
    });
    const auto is_meant = [](const FoundHistory& history) {
      return history.layout->name != "plain" || is_usual_folder(history.folder);
    };
    std::erase_if(histories,
                  [&](const FoundHistory& history) { return is_side_folder(tree.relative(history.folder)); });
    std::vector<std::string> run_by_tools;
    for (const FoundHistory& history : histories) {
      if (history.layout->name != "plain") run_by_tools.push_back(history.folder);
    }
    std::erase_if(histories,
                  [&](const FoundHistory& history) { return is_archive_of(history, run_by_tools); });
    const bool any = std::any_of(histories.begin(), histories.end(), is_meant);
    std::vector<std::string> upgraded;
    for (const FoundHistory& history : histories) {
      if (name_of(history.folder) == "upgrade") upgraded.emplace_back(folder_of(history.folder));
    }
    // deploy/ and downgrade/ beside upgrade/: whole schemas of one version, and the ways back.
    const auto stands_aside = [&](const FoundHistory& history) {
      return name_of(history.folder) != "upgrade" &&
             std::find(upgraded.begin(), upgraded.end(), folder_of(history.folder)) != upgraded.end();
    };
    std::erase_if(histories, [&](const FoundHistory& history) {
      if (history.layout->name != "plain") return false;
      // What lies in the folder of a tool that does not run it is no history of its own.
      const bool left_over =
          std::any_of(run_by_tools.begin(), run_by_tools.end(),
                      [&](const std::string& folder) { return lies_below(history.folder, folder); });
      return left_over || (any ? !is_meant(history) : !is_numbered(history) || stands_aside(history));
    });
  }

  // What was put away in the folder of those that run, and ways back that nobody runs.
  static bool is_archive_of(const FoundHistory& history, const std::vector<std::string>& run_by_tools) {
    const std::string name = lowered(name_of(history.folder));
    if (name.find("archive") == std::string::npos && name != "rollback" && name != "rollbacks") return false;
    return std::find(run_by_tools.begin(), run_by_tools.end(), folder_of(history.folder)) !=
           run_by_tools.end();
  }

  static std::string why_not_sql(Tree& tree, const std::string& file) {
    if (is_sql_name(file)) return {};
    const std::string reason = code_migration(file, tree.head(file));
    return may_hold_migration(file) ? reason : std::string();
  }

  std::optional<Error> read_changes() {
    if (request_.changed_files) {
      changed_.emplace();
      for (const std::string& path : *request_.changed_files) {
        changed_->emplace(absolute(path, base_), FileChange::Unknown);
        changed_->emplace(absolute(path, set_.root), FileChange::Unknown);
      }
    } else if (request_.since) {
      const auto git = Git::find(set_.root);
      if (!git)
        return Error{"This is no git repository, so nothing is known of its changes.", "--since",
                     "Name the changed files with --changed-files instead."};
      auto changed = git->changed_since(*request_.since);
      if (!changed) return changed.error();
      changed_ = std::move(*changed);
      if (git->is_shallow()) {
        set_.remarks.emplace_back(
            "The clone is shallow: if the branch is older than what was fetched, --since sees too much as "
            "changed.");
      }
    }
    set_.one_change = changed_.has_value();
    return std::nullopt;
  }

  // Without a base, a list of changed files does not say which of them are new.
  void note_changes() {
    if (!request_.since || request_.changed_files) return;
    for (FileEntry& file : set_.files) {
      const auto found = changed_->find(file.location);
      file.change = found == changed_->end() ? FileChange::Same : found->second;
    }
  }

  // A list of other files, or a mistyped one, must not look like a clean bill.
  void note_nothing_changed() {
    if (!changed_) return;
    const bool any = std::any_of(set_.files.begin(), set_.files.end(), [](const FileEntry& file) {
      return file.role == Role::Target || file.role == Role::Query || file.role == Role::Seed;
    });
    if (any) return;
    set_.remarks.push_back(
        request_.changed_files
            ? "None of the changed files is a migration or a query here: nothing was checked."
            : fmt::format("No migration and no query here has changed since {}: nothing was checked.",
                          *request_.since));
  }

  [[nodiscard]] bool is_named_file(const std::string& location) const {
    return location == stdin_location_ || named_files_.contains(location);
  }

  // By itself or with a folder. A name below that folder may still say that a file is for another database.
  [[nodiscard]] bool is_named(const std::string& location) const {
    return is_named_file(location) ||
           std::any_of(named_.folders.begin(), named_.folders.end(), [&](const std::string& folder) {
             return lies_below(location, folder) &&
                    other_dialect_by_name(std::string_view(location).substr(folder.size())).empty();
           });
  }

  [[nodiscard]] bool is_target(const std::string& location) const {
    const bool named = whole_project_ || is_named_file(location) ||
                       std::any_of(named_.folders.begin(), named_.folders.end(),
                                   [&](const std::string& folder) { return lies_below(location, folder); });
    return named && (!changed_ || changed_->contains(location));
  }

  // What could not be listed, as far as anybody asked for it: discovery also looks at folders above.
  void add_tree_unread(const Tree& tree) {
    std::vector<std::string> scopes = whole_project_ ? std::vector<std::string>{set_.root} : named_.folders;
    for (const History& history : set_.histories) scopes.push_back(absolute(history.path, set_.root));
    for (const Unread& one : tree.unread()) {
      const std::string location = absolute(one.path, set_.root);
      const bool asked = std::any_of(scopes.begin(), scopes.end(),
                                     [&](const std::string& scope) { return lies_below(location, scope); });
      if (asked) set_.unread.push_back(one);
    }
  }

  void hand_over(Tree& tree) {
    set_.read = std::make_shared<FilesRead>(set_.root);
    for (FileEntry& entry : set_.files) {
      if (auto file = tree.take(entry.location)) entry.read = set_.read->keep(std::move(*file));
    }
  }

  // Standard input without a name, and other streams: a history of its own each.
  void add_streams() {
    if (named_.standard_input && stdin_location_.empty()) add_stream(std::string(kNoName), {});
    for (const std::string& location : named_.streams) add_stream(location, location);
  }

  void add_stream(std::string path, std::string location) {
    const Layout& layout = said_.everywhere == nullptr ? *find_layout("plain") : *said_.everywhere;
    const auto number = static_cast<std::uint32_t>(set_.histories.size());
    set_.histories.push_back(
        {".", std::string(layout.name), "a stream", layout.transactions(), {}, set_.root});
    FileEntry entry;
    entry.path = std::move(path);
    entry.location = std::move(location);
    entry.history = number;
    set_.files.push_back(std::move(entry));
  }

  // A dump says how a schema is, and changes none.
  [[nodiscard]] bool is_all_replayed() const {
    return !set_.files.empty() &&
           std::all_of(set_.files.begin(), set_.files.end(),
                       [](const FileEntry& file) { return file.role == Role::Baseline; });
  }
  [[nodiscard]] Error only_dumps() const {
    return Error{fmt::format("There are only dumps of a schema here ({}{}), and no migration to check.",
                             set_.files.front().path, set_.files.size() > 1 ? " and others" : ""),
                 {},
                 "Name a dump to have it checked as a migration is (--allow-empty accepts this)."};
  }

  [[nodiscard]] Error nothing_found() const {
    if (whole_project_) {
      return Error{"No migrations were found in this project.",
                   {},
                   fmt::format("Name files or folders, or set `migrations` in migcheck.yaml{} (--allow-empty "
                               "accepts this).",
                               request_.exclude.empty() ? "" : "; `exclude` leaves files out")};
    }
    return Error{"There are no SQL files here.", fmt::format("{}", fmt::join(request_.paths, ", ")),
                 "What `exclude` or .gitignore names is left out (--allow-empty accepts this)."};
  }

  const InputRequest& request_;
  std::string base_;
  Said said_;
  Named named_;
  bool whole_project_ = false;
  bool excluded_all_ = false;
  std::string stdin_location_;
  std::unordered_set<std::string> named_files_;  // those of named_
  std::vector<std::string> query_folders_;
  std::vector<std::string> seed_paths_;
  std::vector<std::string> baselines_;
  std::optional<Git::Changes> changed_;
  InputSet set_;
};

}  // namespace

Result<InputSet> discover(const InputRequest& request) {
  return Discovery(request).run();
}

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const Layout* layout : all_layouts()) names.emplace_back(layout->name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace migcheck
