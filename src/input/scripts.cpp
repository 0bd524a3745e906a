// SPDX-License-Identifier: MIT

#include "input/scripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kDeepestInclude = 64;
// Includes that one project may lead to: scripts that include scripts multiply.
constexpr int kMostIncludes = 10'000;

bool is_setting(std::string_view words) {
  for (const std::string_view word : {"set", "reset", "select pg_catalog.set_config", "select set_config"}) {
    if (starts_with_word(words, word)) return true;
  }
  return false;
}

bool has_statement(std::string_view text) {
  bool found = false;
  for_each_statement(text, [&](const StatementText&) { found = true; });
  return found;
}

// Holds only what every script needs again: SET, \set.
bool is_prelude(std::string_view text) {
  bool settings_only = true;
  for_each_statement(text, [&](const StatementText& statement) {
    settings_only = settings_only && is_setting(statement.words);
  });
  return settings_only;
}

class Runs {
 public:
  explicit Runs(const Folder& folder) : folder_(folder) {}

  Arrangement of(const std::vector<std::string>& scripts) {
    const std::set<std::string, std::less<>> included = included_by(scripts);
    for (const std::string& path : scripts) {
      if (!included.contains(path)) run_alone(path);
    }
    // What only scripts in a circle include, or a branch that is not taken.
    for (const std::string& path : scripts) {
      if (!seen_.contains(path)) run_alone(path);
    }
    return std::move(arrangement_);
  }

 private:
  // Read once, and kept only if psql may make more of it than its statements: data files are long.
  const std::string& text_of_script(const std::string& path) {
    const auto known = texts_.find(path);
    if (known != texts_.end()) return known->second;
    std::string text = folder_.head(path);
    if (text.size() >= kHeadBytes) text = folder_.text(path);
    const bool steers = text.find("\\i") != std::string::npos || text.find("\\q") != std::string::npos ||
                        text.find("\\set") != std::string::npos;
    if (!steers) text.clear();
    return texts_[path] = std::move(text);
  }

  std::set<std::string, std::less<>> included_by(const std::vector<std::string>& scripts) {
    std::set<std::string, std::less<>> included;
    std::vector<std::string> open = scripts;
    std::set<std::string, std::less<>> looked_at;
    while (!open.empty()) {
      const std::string path = std::move(open.back());
      open.pop_back();
      if (!looked_at.insert(path).second) continue;
      for (const Include& include : find_includes(text_of_script(path))) {
        std::string target = included_path(folder_, path, include);
        if (target.empty() || target == path) continue;
        open.push_back(target);
        included.insert(std::move(target));
      }
    }
    return included;
  }

  void run_alone(const std::string& path) {
    continues_ = false;
    PsqlVariables variables;
    run(path, variables);
  }

  void run(const std::string& path, PsqlVariables& variables) {
    seen_.insert(path);
    const std::string text = text_of_script(path);
    around_.push_back(path);
    PsqlWalk walk(text, variables);
    ScriptPart part;
    part.variables = variables;
    std::vector<std::size_t> mine;
    while (const auto include = walk.next()) {
      const std::string target = followed(path, *include, walk.variables);
      if (target.empty()) continue;
      part.span.end = include->span.begin;
      if (has_statement(text_of(text, part.span))) mine.push_back(add(path, part));
      run(target, walk.variables);
      part.span = {include->span.end, 0xFFFFFFFF};
      part.variables = walk.variables;
    }
    const std::string_view rest =
        std::string_view(text).substr(std::min<std::size_t>(part.span.begin, text.size()));
    if (mine.empty() || has_statement(rest)) mine.push_back(add(path, part));
    for (const std::size_t at : mine) arrangement_.files[at].part.stepped_over = walk.stepped_over();
    for (Unread one : walk.unread()) {
      one.path = path;
      arrangement_.unread.push_back(std::move(one));
    }
    variables = std::move(walk.variables);
    around_.pop_back();
  }

  std::size_t add(const std::string& path, ScriptPart part) {
    part.continues = continues_;
    continues_ = true;
    arrangement_.files.push_back({path, Role::Target, std::move(part)});
    return arrangement_.files.size() - 1;
  }

  // The file that is read here; empty if none is.
  std::string followed(const std::string& script, const Include& include, PsqlVariables& variables) {
    std::string target = included_path(folder_, script, include);
    const auto refuse = [&](std::string reason) {
      arrangement_.unread.push_back({script, include.line, std::move(reason), false});
      return std::string();
    };
    if (target.empty()) return refuse(fmt::format("`\\i {}` leads to no file of the project.", include.path));
    if (std::find(around_.begin(), around_.end(), target) != around_.end())
      return refuse(fmt::format("`\\i {}` leads back to a script that includes this one.", include.path));
    if (around_.size() >= kDeepestInclude || ++includes_ > kMostIncludes)
      return refuse(fmt::format("`\\i {}` is not followed: too many scripts include others.", include.path));
    if (!seen_.contains(target)) return target;
    const std::string& text = text_of_script(target);
    const std::string whole = text.empty() ? folder_.head(target) : text;
    if (is_prelude(whole)) return target;
    // Its variables hold from here on, though its statements have run.
    PsqlWalk again(text, std::move(variables));
    while (again.next()) continue;
    variables = std::move(again.variables);
    return {};
  }

  const Folder& folder_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::set<std::string, std::less<>> seen_;
  std::vector<std::string> around_;  // the scripts that include the one at hand
  Arrangement arrangement_;
  bool continues_ = false;
  int includes_ = 0;
};

}  // namespace

std::string included_path(const Folder& folder, const std::string& script, const Include& include) {
  const fs::path base = folder.location();
  fs::path at = (base / script).parent_path();
  for (std::size_t up = 0; up < kDeepestInclude; ++up) {
    const fs::path candidate = (at / include.path).lexically_normal();
    std::error_code error;
    // Where it really lies counts too: a link could lead out of the project.
    const bool outside = folder.is_outside(candidate.generic_string()) ||
                         folder.is_really_outside(fs::weakly_canonical(candidate, error).generic_string());
    if (fs::is_regular_file(candidate, error) && !outside) {
      return candidate.lexically_relative(base).generic_string();
    }
    if (include.relative_to_file || at == base.root_path() || folder.is_outside(at.generic_string())) break;
    at = at.parent_path();
  }
  return {};
}

Arrangement order_by_includes(const Folder& folder, const std::vector<std::string>& scripts) {
  return Runs(folder).of(scripts);
}

}  // namespace migcheck::input
