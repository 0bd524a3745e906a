// SPDX-License-Identifier: MIT

#include "support/binary_run.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace migcheck::testing {
namespace {

namespace fs = std::filesystem;

// A test that takes more by itself hides what its child takes.
constexpr long kOwnMib = 64;

// A file for one stream of one run.
class StreamFile {
 public:
  StreamFile() {
    std::string name = (fs::temp_directory_path() / "migcheck-stream-XXXXXX").string();
    descriptor_ = ::mkstemp(name.data());
    path_ = name;
  }
  ~StreamFile() {
    ::close(descriptor_);
    ::unlink(path_.c_str());
  }
  StreamFile(const StreamFile&) = delete;
  StreamFile& operator=(const StreamFile&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::string text() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  int descriptor_ = -1;
  std::string path_;
};

int output_for(const RunOptions& options, const StreamFile& file) {
  if (!options.out.empty()) return ::open(options.out.c_str(), O_WRONLY | O_CREAT, 0666);
  if (!options.out_is_closed_pipe) return ::dup(file.descriptor());
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return -1;
  ::close(ends[0]);
  return ends[1];
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const RunOptions& options, int out,
                         int err) {
  std::vector<char*> words;
  for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  for (const auto& [name, value] : options.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  if (options.most_memory_mib > 0) {
    const rlimit limit{options.most_memory_mib << 20, options.most_memory_mib << 20};
    ::setrlimit(RLIMIT_AS, &limit);
  }
  if (options.most_file_bytes > 0) {
    const rlimit limit{options.most_file_bytes, options.most_file_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (options.has_no_threads) {
    const rlimit limit{1, 1};
    ::setrlimit(RLIMIT_NPROC, &limit);
  }
  constexpr uid_t kNobody = 65534;
  if (options.as_nobody && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(126);
  ::dup2(::open(options.in.c_str(), O_RDONLY), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  for (const int stream : options.closed_streams) ::close(stream);
  ::execv(words[0], words.data());
  ::_exit(127);
}

}  // namespace

BinaryRun run_binary(const std::vector<std::string>& arguments, const RunOptions& options) {
  std::vector<std::string> command = {MIGCHECK_BINARY};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const StreamFile out_file;
  const StreamFile err_file;
  const int out = output_for(options, out_file);
  EXPECT_GE(out, 0);
  const pid_t child = ::fork();
  if (child == 0) become(command, options, out, err_file.descriptor());
  ::close(out);
  EXPECT_GT(child, 0);
  if (options.kill_after_microseconds) {
    ::usleep(*options.kill_after_microseconds);
    ::kill(child, SIGKILL);
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  BinaryRun run;
  if (WIFEXITED(status)) run.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  run.out = out_file.text();
  run.err = err_file.text();
  run.cpu_seconds =
      static_cast<double>(used.ru_utime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec) / 1e6;
  // A child's peak begins with its parent's. Alone, as ctest runs each test, a test takes little; beside
  // larger ones in one process nothing can be told.
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  const bool told = used.ru_maxrss > own.ru_maxrss || own.ru_maxrss / 1024 < kOwnMib;
  run.peak_mib = told ? used.ru_maxrss / 1024 : 0;
  return run;
}

}  // namespace migcheck::testing
