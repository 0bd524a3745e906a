// SPDX-License-Identifier: MIT

// The completions as the shells themselves understand them, and the manual page as man's own tools do. A
// shell that is not installed is skipped aloud.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cli/completions.hpp"
#include "cli/known_words.hpp"
#include "cli/manual.hpp"
#include "cli/options.hpp"

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Ran {
  int code = 0;
  std::string output;
};

Ran shell(const std::string& command) {
  Ran ran;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "popen failed"};
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    ran.output.append(buffer.data(), count);
  }
  ran.code = ::pclose(pipe);
  return ran;
}

bool installed(const std::string& program) {
  return shell("command -v " + program).code == 0;
}

// A file of the test's own, gone with it.
class Scratch {
 public:
  explicit Scratch(std::string_view text) {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    path_ = fs::path(::testing::TempDir()) / ("migcheck_completions_" + name);
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~Scratch() { fs::remove(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// What bash would offer after these words, the last of which is being typed.
std::string bash_offers(const std::vector<std::string>& words) {
  std::string program = bash_completions() + "COMP_WORDS=(";
  for (const std::string& word : words) program += "'" + word + "' ";
  program += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) + "\n_migcheck\n";
  program += "printf '[%s]' \"${COMPREPLY[@]}\"\n";
  const Scratch file(program);
  const Ran ran = shell("bash " + file.path());
  EXPECT_EQ(ran.code, 0) << ran.output;
  return ran.output;
}

TEST(Completions, OfBashOfferWhatFits) {
  EXPECT_EQ(bash_offers({"migcheck", "exp"}), "[explain]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--min"}), "[--min-severity]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--format", "sar"}), "[sarif]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--format", "=", "sar"}), "[sarif]");
  EXPECT_EQ(bash_offers({"migcheck", "checks", "-f", ""}), "[text][json][markdown]");
  EXPECT_EQ(bash_offers({"migcheck", "explain", "index-not"}), "[index-not-concurrent]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--only", "tenancy,index-not"}),
            "[tenancy,index-not-concurrent]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--rule", "table-dropped", "=", "w"}), "[warning]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "--rule", "=", "table-dropped", "=", ""}),
            "[off][info][warning][error]");
  EXPECT_EQ(bash_offers({"migcheck", "completions", ""}), "[bash][zsh][fish]");
  EXPECT_EQ(bash_offers({"migcheck", "lint", "db/mig"}), "[]") << "files are readline's to offer";
}

TEST(Completions, OfBashNeverRunWhatABranchIsCalled) {
  std::string program = "git() { echo 'a$(echo,oops)'; echo main; }\n" + bash_completions();
  program +=
      "COMP_WORDS=(migcheck lint --since '')\nCOMP_CWORD=3\n_migcheck\nprintf '[%s]' \"${COMPREPLY[@]}\"\n";
  const Scratch file(program);
  EXPECT_EQ(shell("bash " + file.path()).output, "[a\\$\\(echo\\,oops\\)][main]");
}

TEST(Completions, OfBashAndZshAreCorrectShell) {
  const Scratch bash(bash_completions());
  EXPECT_EQ(shell("bash -n " + bash.path()).output, "");
  if (!installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  const Scratch zsh(zsh_completions());
  EXPECT_EQ(shell("zsh -n " + zsh.path()).output, "");
}

// A zsh at a pseudo terminal, where the tab key is pressed.
TEST(Completions, OfZshOfferWhatFits) {
  if (!installed("zsh")) GTEST_SKIP() << "zsh is not installed";
  const Scratch completions(zsh_completions());
  const Ran ran = shell("zsh -f " + std::string(MIGCHECK_SOURCE_DIR) + "/tests/support/press_tab.zsh " +
                        completions.path() +
                        " 'migcheck expl' 'migcheck lint --min' 'migcheck lint --format=sar'"
                        " 'migcheck lint --only tenancy,index-not-c' 'migcheck lint --rule table-dropped=w'"
                        " 'migcheck explain index-not-c'");
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_EQ(ran.output,
            "migcheck explain \n"
            "migcheck lint --min-severity=\n"
            "migcheck lint --format=sarif \n"
            "migcheck lint --only tenancy,index-not-concurrent,\n"  // a blank takes the comma away again
            "migcheck lint --rule table-dropped=warning \n"
            "migcheck explain index-not-concurrent \n");
}

TEST(Completions, OfFishOfferWhatFits) {
  if (!installed("fish")) GTEST_SKIP() << "fish is not installed";
  const Scratch completions(fish_completions());
  const auto offers = [&](const std::string& typed) {
    const Ran ran =
        shell("fish --no-config -c 'source " + completions.path() + "; complete -C \"" + typed + "\"'");
    EXPECT_EQ(ran.code, 0) << ran.output;
    return ran.output;
  };
  EXPECT_THAT(offers("migcheck expl"), HasSubstr("explain\tshow the page of one check"));
  EXPECT_THAT(offers("migcheck lint --min"), HasSubstr("--min-severity\t"));
  EXPECT_THAT(offers("migcheck lint --format=sar"), StartsWith("--format=sarif\t"));
  EXPECT_THAT(offers("migcheck lint --only tenancy,index-not-c"),
              StartsWith("tenancy,index-not-concurrent\t"));
  EXPECT_THAT(offers("migcheck lint --rule table-dropped=w"), StartsWith("table-dropped=warning\t"));
  EXPECT_EQ(offers("migcheck explain index-not-c"), "index-not-concurrent\n");
}

TEST(Completions, NameEveryOptionOfEveryCommand) {
  const std::string bash = bash_completions();
  const std::string zsh = zsh_completions();
  const std::string fish = fish_completions();
  for (const OptionRow& option : all_options()) {
    const std::string spelled(option.name);
    EXPECT_THAT(bash, HasSubstr("--" + spelled));
    EXPECT_THAT(zsh, HasSubstr("--" + spelled));
    EXPECT_THAT(fish, HasSubstr("-l " + spelled));
  }
}

TEST(KnownWords, AreThereForEveryValueThatIsAList) {
  for (const CommandRow& command : all_commands()) {
    for (const OptionRow& option : all_options()) {
      if (!takes(command.id, option) || option.value.empty()) continue;
      const bool open = option.expects == Expects::Text || option.expects == Expects::Path ||
                        option.expects == Expects::Commit;
      EXPECT_EQ(known_words(command.id, option.expects).empty(), open)
          << command.name << " --" << option.name;
    }
  }
}

TEST(Manual, NamesEveryCommandOptionAndVariable) {
  const std::string page = manual_page();
  const auto roff = [](std::string_view word) {
    std::string text;
    for (const char letter : word) text += letter == '-' ? std::string("\\-") : std::string(1, letter);
    return text;
  };
  for (const CommandRow& command : all_commands()) {
    EXPECT_THAT(page, HasSubstr(".TP\n\\fB" + roff(command.name) + "\\fR"));
  }
  for (const OptionRow& option : all_options()) {
    EXPECT_THAT(page, HasSubstr("\\fB\\-\\-" + roff(option.name) + "\\fR"));
  }
  for (const EnvironmentRow& row : all_environment()) EXPECT_THAT(page, HasSubstr(std::string(row.name)));
}

TEST(Manual, IsFreeOfWarnings) {
  const Scratch page(manual_page());
  const bool man = installed("man");
  const bool mandoc = installed("mandoc");
  if (!man && !mandoc) GTEST_SKIP() << "neither man nor mandoc is installed";
  if (man) {
    EXPECT_EQ(shell("LC_ALL=C.UTF-8 man --warnings -l " + page.path() + " >/dev/null").output, "");
  }
  if (mandoc) {
    // The page has no date on purpose.
    EXPECT_EQ(shell("mandoc -Tlint -Wwarning " + page.path() + " | grep -v 'missing date'").output, "");
  }
}

}  // namespace
}  // namespace migcheck::cli
