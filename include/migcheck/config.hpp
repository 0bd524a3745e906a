// SPDX-License-Identifier: MIT
#pragma once

// migcheck.yaml: what a project says about itself, once, for every run.
//
// The file is found upwards from the first path to the root of the repository; the first one wins, nothing is
// merged. It is read strictly: an unknown or repeated key and a value of the wrong type are errors with line,
// column and what was probably meant.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/baseline.hpp"
#include "migcheck/result.hpp"
#include "migcheck/settings.hpp"

namespace migcheck {

// Where migrations lie, and what is known of them that the files do not say.
struct MigrationPath {
  std::string path;         // a folder or a file
  std::string layout;       // a tool's name; empty: as `layout` says
  std::string transaction;  // auto, none, file, query or all; empty: as the tool does it
};

struct Configuration {
  std::string path;  // as it was found, for messages; empty: there is none
  std::string root;  // its folder: what the paths in it are relative to
  Settings settings;
  std::string layout = "auto";
  std::vector<MigrationPath> migrations;
  std::vector<std::string> queries;       // folders of query files
  std::vector<std::string> seeds;         // folders or files of seeds
  std::vector<std::string> schema_dumps;  // stand before the first migration
  std::vector<std::string> exclude;       // globs
  std::string baseline;  // the file of accepted findings; empty: the usual one, if it is there
  // Where a value was given: "postgres" → "migcheck.yaml:2:1"; a key that is not here has its default.
  std::map<std::string, std::string, std::less<>> origins;
};

// The text of a configuration; `path` is only for messages. `layouts` are the names that `layout` may have.
Result<Configuration> parse_configuration(std::string_view text, const std::string& path,
                                          const std::vector<std::string>& layouts);

Result<Configuration> read_configuration(const std::string& path, const std::vector<std::string>& layouts);

// migcheck.yaml, migcheck.yml, .migcheck.yaml or .migcheck.yml in the folder of `start` (a file or a folder)
// or above it, up to the one that holds .git.
std::optional<std::string> find_configuration(const std::string& start);

// A baseline's text; `path` is only for messages.
Result<Baseline> parse_baseline(std::string_view text, const std::string& path);
Result<Baseline> read_baseline(const std::string& path);
// As it is written: YAML, sorted, so that two branches' baselines merge line by line.
std::string baseline_text(const Baseline& baseline);

// One line per value: the key, the value in force, where it came from.
std::string describe_configuration(const Configuration& configuration);

}  // namespace migcheck
