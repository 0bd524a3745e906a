// SPDX-License-Identifier: MIT

#include "input/read_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace migcheck::input {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::size_t kReadStep = 64 * 1024;
constexpr std::uint32_t kReplacement = 0xFFFD;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(const std::string& location, int flags = 0, int folder = AT_FDCWD)
      : number_(::openat(folder, location.c_str(), O_RDONLY | O_CLOEXEC | flags)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

// Reads up to `limit` bytes, the first `step` of them at once; false on an error.
bool read_up_to(int descriptor, std::uint64_t limit, std::size_t step, std::string& bytes) {
  while (bytes.size() < limit) {
    const std::size_t have = bytes.size();
    const std::size_t want = std::min(step, static_cast<std::size_t>(limit) - have);
    step = std::max(have, kReadStep);
    bytes.resize(have + want);
    const ssize_t got = ::read(descriptor, bytes.data() + have, want);
    bytes.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
  }
  return true;
}

Error cannot_read(std::string_view what, const std::string& why) {
  return Error{fmt::format("The {} cannot be read: {}.", what, why), {}, {}};
}

enum class Wide : std::uint8_t { No, LittleEndian, BigEndian };

// Tells UTF-16 by its mark, or, without one, by every other byte being NUL: text of a Latin language.
Wide wide_form(std::string_view bytes, std::size_t& mark) {
  mark = 2;
  if (bytes.substr(0, 2) == "\xFF\xFE") return Wide::LittleEndian;
  if (bytes.substr(0, 2) == "\xFE\xFF") return Wide::BigEndian;
  mark = 0;
  const std::size_t looked_at = std::min<std::size_t>(bytes.size(), 512) & ~std::size_t{1};
  if (looked_at < 8) return Wide::No;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t at = 0; at < looked_at; at += 2) {
    even += bytes[at] == '\0' ? 1u : 0u;
    odd += bytes[at + 1] == '\0' ? 1u : 0u;
  }
  const std::size_t most = looked_at / 2 * 9 / 10;
  if (odd >= most && even == 0) return Wide::LittleEndian;
  if (even >= most && odd == 0) return Wide::BigEndian;
  return Wide::No;
}

void append_utf8(std::string& text, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::string utf8_of_utf16(std::string_view bytes, bool little_endian) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]));
    const auto second = static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1]));
    return little_endian ? first | (second << 8) : second | (first << 8);
  };
  std::string text;
  text.reserve(bytes.size() / 2 + bytes.size() / 8);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    append_utf8(text, c >= 0xD800 && c < 0xE000 ? kReplacement : c);
  }
  return text;
}

}  // namespace

Error too_big(std::string_view what, std::uint64_t limit) {
  return Error{fmt::format("The {} is larger than {} MiB and was not read.", what, limit / (1024 * 1024)),
               {},
               "Load bulk data outside of migrations, or name the file under `exclude`."};
}

Result<std::string> read_whole(const std::string& location, std::uint64_t limit, std::string_view what) {
  const Descriptor file(location);
  struct stat status {};
  if (!file.open() || ::fstat(file.number(), &status) != 0) return cannot_read(what, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return cannot_read(what, "it is a folder");
  const bool regular = S_ISREG(status.st_mode) && status.st_size > 0;  // files of the kernel's have no size
  const auto size = regular ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (size > limit) return too_big(what, limit);
  std::string bytes;
  const std::uint64_t most = regular ? size : limit + 1;
  const std::size_t step = regular ? static_cast<std::size_t>(size) : kReadStep;
  if (!read_up_to(file.number(), most, step, bytes)) return cannot_read(what, std::strerror(errno));
  if (bytes.size() > limit) return too_big(what, limit);
  return bytes;
}

Head read_head(const std::string& location, std::size_t bytes) {
  return read_head_in(AT_FDCWD, location, bytes);
}

Head read_head_in(int folder, const std::string& name, std::size_t bytes) {
  struct stat status {};
  // A pipe can be read only once, by load(): it is opened without waiting for its writer, and left alone.
  const Descriptor file(name, O_NONBLOCK, folder);
  if (!file.open() || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  std::string head;
  const bool sized = status.st_size > 0;
  const std::size_t most = sized ? std::min(bytes, static_cast<std::size_t>(status.st_size)) : bytes;
  read_up_to(file.number(), most, sized ? most : kReadStep, head);
  std::size_t mark = 0;
  const Wide wide = wide_form(head, mark);
  if (wide != Wide::No)
    return {utf8_of_utf16(std::string_view(head).substr(mark), wide == Wide::LittleEndian), false};
  if (head.starts_with(kUtf8Mark)) return {head.substr(kUtf8Mark.size()), false};
  const bool whole = sized && head.size() == static_cast<std::size_t>(status.st_size);
  return {std::move(head), whole};
}

SourceFile decode(std::string path, std::string bytes) {
  SourceFile source;
  source.path = std::move(path);
  std::size_t mark = 0;
  const Wide wide = wide_form(bytes, mark);
  if (wide != Wide::No) {
    source.text = utf8_of_utf16(std::string_view(bytes).substr(mark), wide == Wide::LittleEndian);
    return source;
  }
  if (!bytes.starts_with(kUtf8Mark)) {
    source.text = std::move(bytes);
    return source;
  }
  source.text = bytes.substr(kUtf8Mark.size());
  source.original = std::move(bytes);
  source.map.pieces = {{0, static_cast<std::uint32_t>(kUtf8Mark.size()), true}};
  return source;
}

}  // namespace migcheck::input
