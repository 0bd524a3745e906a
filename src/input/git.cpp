// SPDX-License-Identifier: MIT

#include "input/git.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "input/folder.hpp"
#include "input/read_file.hpp"
#include "input/same_sql.hpp"
#include "input/sql_text.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// Two ends of a pipe that close themselves.
struct Pipe {
  std::array<int, 2> ends = {-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

// Reads what is ready; false at the end.
bool drain(int descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR;
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

void read_both(Pipe& out, Pipe& err, ProgramOutput& output) {
  std::array<pollfd, 2> ready = {pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
  while (ready[0].fd >= 0 || ready[1].fd >= 0) {
    if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) return;
    if (ready[0].fd >= 0 && ready[0].revents != 0 && !drain(ready[0].fd, output.out)) ready[0].fd = -1;
    if (ready[1].fd >= 0 && ready[1].revents != 0 && !drain(ready[1].fd, output.err)) ready[1].fd = -1;
  }
}

// Starts the program with its output in the pipes; 0 if that fails.
pid_t start(const std::vector<std::string>& arguments, Pipe& out, Pipe& err) {
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
  pid_t child = 0;
  const int failure = ::posix_spawnp(&child, words.front(), &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return failure == 0 ? child : 0;
}

// Text between NULs, as -z prints it.
std::vector<std::string_view> split_at_nul(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Error git_failed(std::string_view what, const ProgramOutput& output) {
  const std::string_view said = trimmed(output.err);
  return Error{fmt::format("{}{}{}", what, said.empty() ? "." : ": git says: ", said), {}, {}};
}

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& arguments) {
  ProgramOutput output;
  Pipe out;
  Pipe err;
  if (out.ends[0] < 0 || err.ends[0] < 0) return output;
  const pid_t child = start(arguments, out, err);
  if (child == 0) return output;
  out.close_end(1);
  err.close_end(1);
  read_both(out, err, output);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return output;
  }
  if (WIFEXITED(status)) output.status = WEXITSTATUS(status);
  return output;
}

std::optional<Git> Git::find(const std::string& folder) {
  std::string at = folder;
  while (!at.empty()) {
    std::error_code error;
    if (fs::exists(join_path(at, ".git"), error)) return Git(at);
    if (at == "/") break;
    at = folder_of(at);
  }
  return std::nullopt;
}

// A repository's own configuration can name programs that git starts along the way, and it came with the
// files. Here git only looks: it starts none of them, fetches nothing, and leaves the index as it is.
ProgramOutput Git::run(std::vector<std::string> arguments) const {
  std::vector<std::string> command = {"git", "-C", top_, "--literal-pathspecs", "--no-optional-locks"};
  for (const std::string_view setting :
       {"core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"}) {
    command.emplace_back("-c");
    command.emplace_back(setting);
  }
  command.insert(command.end(), switched_off_.begin(), switched_off_.end());
  command.insert(command.end(), std::make_move_iterator(arguments.begin()),
                 std::make_move_iterator(arguments.end()));
  return run_program(command);
}

// A filter is a program that git runs on files before it compares them. One that this repository brings
// itself is not run; those of the machine and its user (git-lfs) are.
std::vector<std::string> Git::own_filters() const {
  const ProgramOutput listed =
      run({"config", "--show-scope", "-z", "--name-only", "--get-regexp", "^filter\\."});
  std::vector<std::string> settings;
  const std::vector<std::string_view> words = split_at_nul(listed.out);
  // A scope and a name, by turns.
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    if (words[at] == "system" || words[at] == "global") continue;
    settings.emplace_back("-c");
    settings.push_back(
        fmt::format("{}={}", words[at + 1], words[at + 1].ends_with(".required") ? "false" : ""));
  }
  return settings;
}

Result<std::set<std::string, std::less<>>> Git::ignored(const std::string& folder) const {
  const ProgramOutput output =
      run({"ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--", folder});
  if (output.status != 0) return git_failed("git could not be asked which files it ignores", output);
  std::set<std::string, std::less<>> locations;
  for (std::string_view path : split_at_nul(output.out)) {
    while (path.ends_with('/')) path.remove_suffix(1);
    locations.insert(join_path(top_, path));
  }
  return locations;
}

bool Git::is_shallow() const {
  return trimmed(run({"rev-parse", "--is-shallow-repository"}).out) == "true";
}

Result<std::string> Git::merge_base(const std::string& reference) const {
  // A reference that begins with a dash would be read as an option.
  const ProgramOutput commit =
      run({"rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"});
  const bool shallow = is_shallow();
  constexpr std::string_view kDeepen =
      "This clone is shallow: fetch the whole history (`git fetch --unshallow`, or `fetch-depth: 0` in the "
      "workflow).";
  if (commit.status != 0) {
    return Error{fmt::format("git knows no commit \"{}\".", reference), "--since",
                 shallow ? std::string(kDeepen)
                         : fmt::format("Fetch it first, or name another one, such as origin/main.")};
  }
  const ProgramOutput base = run({"merge-base", std::string(trimmed(commit.out)), "HEAD"});
  if (base.status == 0) return std::string(trimmed(base.out));
  if (shallow) {
    return Error{fmt::format("git cannot tell where this branch left {}.", reference), "--since",
                 std::string(kDeepen)};
  }
  return git_failed(fmt::format("This branch and {} have no commit in common", reference), base);
}

// What was done to a file that both have. Only SQL is worth the look.
FileChange Git::change_since(const std::string& commit, std::string_view path) const {
  if (!path.ends_with(".sql")) return FileChange::Edited;
  const ProgramOutput before = run({"show", "--no-textconv", commit + ":" + std::string(path)});
  const Result<std::string> after = read_whole(join_path(top_, path));
  if (before.status != 0 || !after) return FileChange::Edited;
  return change_between(before.out, *after);
}

Result<Git::Changes> Git::changed_since(const std::string& reference) const {
  Git careful = *this;
  careful.switched_off_ = own_filters();
  return careful.changes(reference);
}

Result<Git::Changes> Git::changes(const std::string& reference) const {
  const Result<std::string> base = merge_base(reference);
  if (!base) return base.error();
  const ProgramOutput changed =
      run({"diff", "--name-status", "-z", "--no-renames", "--diff-filter=d", "--no-ext-diff", *base, "--"});
  if (changed.status != 0) return git_failed("git could not compare the files", changed);
  const ProgramOutput fresh = run({"ls-files", "-z", "--others", "--exclude-standard"});
  if (fresh.status != 0) return git_failed("git could not list the new files", fresh);
  Changes changes;
  // A letter and a path, by turns.
  const std::vector<std::string_view> words = split_at_nul(changed.out);
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    changes[join_path(top_, words[at + 1])] =
        words[at] == "A" ? FileChange::Added : change_since(*base, words[at + 1]);
  }
  for (const std::string_view path : split_at_nul(fresh.out))
    changes[join_path(top_, path)] = FileChange::Added;
  return changes;
}

}  // namespace migcheck::input
