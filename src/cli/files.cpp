// SPDX-License-Identifier: MIT

#include "cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include "input/read_file.hpp"

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;

Error failure(const std::string& path, std::string_view doing) {
  return {fmt::format("The file cannot be {}: {}.", doing, std::strerror(errno)), path, {}};
}

// Closes what it holds; close() after a successful fsync() has nothing left to fail.
struct Descriptor {
  int number = -1;
  Descriptor(const char* path, int flags) : number(::open(path, flags | O_CLOEXEC, 0666)) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// All of the text, safely on the disk, in a file with the mode of the one that it will replace.
bool fill(const Descriptor& file, std::string_view text, std::optional<mode_t> mode) {
  const bool same_mode = !mode || ::fchmod(file.number, *mode & 07777) == 0;
  return same_mode && write_all(file.number, text) && ::fsync(file.number) == 0;
}

bool give_name(const Descriptor& file, const std::string& name) {
  const std::string open_file = fmt::format("/proc/self/fd/{}", file.number);
  return ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

// The text in a file beside `path`. It gets its name when it is whole, so that a run that is killed leaves
// nothing behind, but for file systems that know no files without a name.
Result<std::string> write_draft(const std::string& path, std::string_view text, std::optional<mode_t> mode) {
  const std::string draft = fmt::format("{}.{}.tmp", path, ::getpid());
  // What lies there was left behind by a run that was killed; a link that somebody laid is removed, not
  // followed.
  ::unlink(draft.c_str());
  if (const Descriptor nameless(folder_of(path).c_str(), O_WRONLY | O_TMPFILE); nameless.number >= 0) {
    if (!fill(nameless, text, mode)) return failure(path, "written");
    if (give_name(nameless, draft)) return draft;
  }
  const Descriptor file(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (file.number < 0) return failure(path, "created");
  if (fill(file, text, mode)) return draft;
  const Error error = failure(path, "written");
  ::unlink(draft.c_str());
  return error;
}

// The repository that holds the folder, or else the folder.
fs::path project_around(const fs::path& folder) {
  std::error_code error;
  for (fs::path at = folder;; at = at.parent_path()) {
    if (fs::exists(at / ".git", error)) return at;
    if (at == at.parent_path()) return folder;
  }
}

// What a link leads to, whether that is there or not; empty for a circle.
fs::path behind(const fs::path& link) {
  std::error_code error;
  fs::path real = fs::canonical(link, error);
  if (!error) return real;
  const fs::path target = link.parent_path() / fs::read_symlink(link, error);
  real = fs::canonical(target.parent_path(), error) / target.filename();
  return error || fs::is_symlink(real, error) ? fs::path() : real;
}

// Where to write for a name that is a link. Whoever wrote the project does not choose which file elsewhere on
// the machine is overwritten.
Result<std::string> through_link(const std::string& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path folder = fs::canonical(folder_of(path), error);
  const fs::path real = behind(folder / fs::path(path).filename());
  const fs::path from_project = real.lexically_relative(project_around(folder));
  if (!real.empty() && !from_project.empty() && *from_project.begin() != "..") return real.string();
  return Error{"A symbolic link that leads out of the project: nothing is written.", path,
               "Name what it leads to if it is meant."};
}

// /dev/stdout and /dev/fd/3 are links too, to whatever was opened; they are for writing to, never to replace.
bool is_stream(const std::string& path, const struct stat& status) {
  return !S_ISREG(status.st_mode) || path.starts_with("/dev/") || path.starts_with("/proc/");
}

Result<Done> write_stream(const std::string& path, std::string_view text) {
  const Descriptor file(path.c_str(), O_WRONLY | O_APPEND);
  if (file.number < 0) return failure(path, "opened");
  if (!write_all(file.number, text)) return failure(path, "written");
  return Done{};
}

// The new name is on the disk when the folder is. A folder that cannot be asked for that has the file all the
// same.
void sync_folder_of(const std::string& path) {
  const Descriptor opened(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY);
  if (opened.number >= 0) ::fsync(opened.number);
}

}  // namespace

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<Done> write_file(const std::string& path, std::string_view text) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && is_stream(path, status)) return write_stream(path, text);
  const Result<std::string> place = through_link(path);
  if (!place) return place.error();
  const bool there = ::stat(place->c_str(), &status) == 0;
  const auto draft = write_draft(*place, text, there ? std::optional(status.st_mode) : std::nullopt);
  if (!draft) return draft.error();
  if (std::rename(draft->c_str(), place->c_str()) == 0) {
    sync_folder_of(*place);
    return Done{};
  }
  const Error error = failure(path, "put in its place");
  ::unlink(draft->c_str());
  return error;
}

Result<Done> write_new_file(const std::string& path, std::string_view text) {
  const auto draft = write_draft(path, text, std::nullopt);
  if (!draft) return draft.error();
  // A link is refused where the name is taken; a rename would replace.
  const bool linked = ::link(draft->c_str(), path.c_str()) == 0;
  const Error error = failure(path, "created");
  ::unlink(draft->c_str());
  if (!linked) return error;
  sync_folder_of(path);
  return Done{};
}

Result<std::string> read_text_file(const std::string& path) {
  auto text = input::read_whole(path);
  if (text) return text;
  return Error{text.error().what, path, {}};
}

}  // namespace migcheck::cli
