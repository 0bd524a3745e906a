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
#include <fstream>
#include <iterator>
#include <optional>

namespace migcheck::cli {
namespace {

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

// The text in a file beside `path`, safely on the disk, with the mode of the file that it will replace.
Result<std::string> write_draft(const std::string& path, std::string_view text, std::optional<mode_t> mode) {
  const std::string draft = fmt::format("{}.{}.tmp", path, ::getpid());
  // What lies there was left behind by a run that was killed; a link that somebody laid is removed, not
  // followed.
  ::unlink(draft.c_str());
  const Descriptor file(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (file.number < 0) return failure(path, "created");
  const bool same_mode = !mode || ::fchmod(file.number, *mode & 07777) == 0;
  if (same_mode && write_all(file.number, text) && ::fsync(file.number) == 0) return draft;
  const Error error = failure(path, "written");
  ::unlink(draft.c_str());
  return error;
}

// The new name is on the disk when the folder is. A folder that cannot be asked for that has the file all the
// same.
void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor opened(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
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
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (there && !S_ISREG(status.st_mode)) {
    const Descriptor file(path.c_str(), O_WRONLY);
    if (file.number < 0) return failure(path, "opened");
    if (!write_all(file.number, text)) return failure(path, "written");
    return Done{};
  }
  const auto draft = write_draft(path, text, there ? std::optional(status.st_mode) : std::nullopt);
  if (!draft) return draft.error();
  if (std::rename(draft->c_str(), path.c_str()) == 0) {
    sync_folder_of(path);
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
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.is_open() && !in.bad() && errno == 0) return text;
  return Error{fmt::format("The file cannot be read: {}.", std::strerror(errno)), path, {}};
}

}  // namespace migcheck::cli
