// SPDX-License-Identifier: MIT

// What the program could do at all: the functions of the system that it is linked to.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "input/git.hpp"
#include "support/binary_run.hpp"

namespace migcheck {
namespace {

// The names of undefined dynamic symbols, without their versions.
std::set<std::string> imported() {
  const input::ProgramOutput listed = input::run_program({"nm", "-D", "--undefined-only", MIGCHECK_BINARY});
  std::set<std::string> names;
  std::istringstream words(listed.out);
  for (std::string word; words >> word;) {
    if (word != "U" && word != "w") names.insert(word.substr(0, word.find('@')));
  }
  return names;
}

TEST(Binary, HasNoNetworkAndNoShell) {
  if constexpr (testing::kSanitized) GTEST_SKIP() << "a sanitizer's runtime brings functions of its own";
  const std::set<std::string> names = imported();
  if (names.empty()) GTEST_SKIP() << "nm is not installed";
  ASSERT_TRUE(names.contains("posix_spawnp")) << "git is started with it: the list is the right one";
  for (const char* forbidden :
       {"socket",        "connect",         "bind",      "listen",         "accept",   "accept4",
        "send",          "sendto",          "sendmsg",   "recv",           "recvfrom", "getaddrinfo",
        "gethostbyname", "gethostbyname_r", "res_query", "curl_easy_init", "SSL_new",  "system",
        "popen",         "execl",           "execlp",    "execle",         "execv",    "execve",
        "execvp",        "execvpe",         "fork",      "vfork",          "dlopen",   "wordexp",
        "mktemp",        "tmpnam",          "gets",      "strcpy",         "sprintf"}) {
    EXPECT_FALSE(names.contains(forbidden)) << forbidden;
  }
}

}  // namespace
}  // namespace migcheck
