// SPDX-License-Identifier: MIT

#include "input/psql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "input/read_file.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepestInclude = 64;

// An argument up to the next space outside of quotes; '…' knows '' and backslashes as psql does.
std::string take_argument(std::string_view& rest) {
  std::string argument;
  while (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') {
    if (rest.front() != '\'' && rest.front() != '"') {
      argument.push_back(rest.front());
      rest.remove_prefix(1);
      continue;
    }
    const char quote = rest.front();
    rest.remove_prefix(1);
    while (!rest.empty()) {
      const char c = rest.front();
      rest.remove_prefix(1);
      if (c == quote && !rest.starts_with(quote)) break;
      if ((c == quote || (c == '\\' && quote == '\'')) && !rest.empty()) {
        argument.push_back(rest.front());
        rest.remove_prefix(1);
      } else {
        argument.push_back(c);
      }
    }
  }
  return argument;
}

// What a script includes, and on which sides of it its own statements stand.
struct Script {
  std::vector<Include> includes;
  bool statements_before = false;
  bool statements_behind = false;
};

bool is_setting(std::string_view words) {
  for (const std::string_view word :
       {"begin", "commit", "start transaction", "end", "set", "reset", "select pg_catalog.set_config"}) {
    if (starts_with_word(words, word)) return true;
  }
  return false;
}

std::uint32_t line_of(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(1 + std::count(text.begin(), text.begin() + offset, '\n'));
}

Script read_script(std::string_view text) {
  Script script;
  script.includes = find_includes(text);
  std::vector<Include>& includes = script.includes;
  if (includes.empty()) return script;
  bool open = false;
  std::size_t next = 0;
  for_each_statement(text, [&](const StatementText& statement) {
    while (next < includes.size() && includes[next].offset < statement.span.begin) {
      includes[next++].in_transaction = open;
    }
    if (!is_setting(statement.words)) {
      (next == 0 ? script.statements_before : script.statements_behind) = true;
    }
    if (starts_with_word(statement.words, "begin") || starts_with_word(statement.words, "start transaction"))
      open = true;
    if (starts_with_word(statement.words, "commit") || starts_with_word(statement.words, "end")) open = false;
  });
  return script;
}

// Puts the files of one folder in order.
class IncludeWalk {
 public:
  IncludeWalk(const Folder& folder, const std::vector<std::string>& paths) : folder_(folder), paths_(paths) {}

  IncludeOrder order() {
    for (const std::string& path : paths_) read(path);
    std::set<std::string, std::less<>> included;
    for (const auto& [path, targets] : targets_) {
      for (const auto& [target, in_transaction] : targets) {
        if (target != path) included.insert(target);
      }
    }
    for (const std::string& path : paths_) {
      if (!included.contains(path)) emit(path, false, 0);
    }
    for (const std::string& path : paths_) emit(path, false, 0);  // what only includes itself in a circle
    return std::move(order_);
  }

 private:
  void read(const std::string& path) {
    if (!scripts_.emplace(path, Script{}).second) return;
    std::string text = folder_.head(path);
    if (text.size() >= kHeadBytes) text = folder_.text(path);
    if (text.find("\\i") == std::string::npos) return;
    Script script = read_script(text);
    auto& targets = targets_[path];
    for (const Include& include : script.includes) {
      const std::string target = resolve(path, include);
      if (target.empty()) {
        order_.unread.push_back({path, include.line,
                                 fmt::format("`\\i {}` leads to no file of the project.", include.path),
                                 false});
      } else {
        targets.emplace_back(target, include.in_transaction);
      }
    }
    if (script.statements_before && script.statements_behind && !targets.empty()) {
      order_.unread.push_back(
          {path, script.includes.front().line,
           "Statements stand on both sides of `\\i`: the included files are read behind this one.", false});
    }
    scripts_[path] = std::move(script);
    // What it includes may lie outside of the folder, and include more.
    const std::vector<std::pair<std::string, bool>> found = targets;
    for (const auto& [target, in_transaction] : found) {
      if (++reads_ < 10000) read(target);
    }
  }

  // Relative to the script (`\ir`), or to where psql was started, which nobody knows: the script's folder,
  // then those above it, up to the project root.
  std::string resolve(const std::string& script, const Include& include) const {
    const fs::path folder = folder_.location();
    fs::path at = (folder / script).parent_path();
    const fs::path root = fs::path(folder_.location()).root_path();
    for (int up = 0; up < kDeepestInclude; ++up) {
      const fs::path candidate = (at / include.path).lexically_normal();
      std::error_code error;
      if (fs::is_regular_file(candidate, error) && !folder_.is_outside(candidate.generic_string())) {
        return candidate.lexically_relative(folder).generic_string();
      }
      if (include.relative_to_file || at == root || folder_.is_outside(at.generic_string())) break;
      at = at.parent_path();
    }
    return {};
  }

  void emit(const std::string& path, bool in_transaction, int depth) {
    if (depth > kDeepestInclude || !emitted_.insert(path).second) return;
    const Script& script = scripts_[path];
    if (script.statements_before) order_.files.push_back({path, Role::Target, in_transaction});
    for (const auto& [target, opened] : targets_[path]) emit(target, in_transaction || opened, depth + 1);
    if (!script.statements_before) order_.files.push_back({path, Role::Target, in_transaction});
  }

  const Folder& folder_;
  const std::vector<std::string>& paths_;
  std::map<std::string, Script, std::less<>> scripts_;
  std::map<std::string, std::vector<std::pair<std::string, bool>>, std::less<>> targets_;
  std::set<std::string, std::less<>> emitted_;
  IncludeOrder order_;
  int reads_ = 0;
};

}  // namespace

PsqlCommand parse_psql_line(std::string_view line) {
  PsqlCommand command;
  line = trimmed(line);
  if (!line.starts_with('\\')) return command;
  line.remove_prefix(1);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  command.name = line.substr(0, end);
  line.remove_prefix(end);
  while (!(line = trimmed(line)).empty()) command.arguments.push_back(take_argument(line));
  return command;
}

std::vector<Include> find_includes(std::string_view text) {
  std::vector<Include> includes;
  if (text.find("\\i") == std::string_view::npos) return includes;
  SqlScanner scanner(text);
  TextPiece piece;
  while (scanner.next(piece)) {
    if (piece.region != Region::PsqlLine) continue;
    PsqlCommand command = parse_psql_line(text_of(text, piece.span));
    const bool here = command.name == "ir" || command.name == "include_relative";
    if (!here && command.name != "i" && command.name != "include") continue;
    if (command.arguments.empty()) continue;
    includes.push_back({std::move(command.arguments.front()), here, false, line_of(text, piece.span.begin),
                        piece.span.begin});
  }
  return includes;
}

IncludeOrder order_by_includes(const Folder& folder, const std::vector<std::string>& paths) {
  return IncludeWalk(folder, paths).order();
}

}  // namespace migcheck::input
