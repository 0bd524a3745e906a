// SPDX-License-Identifier: MIT

#include "cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/help.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/unicode.hpp"
#include "report/paint.hpp"

namespace migcheck::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Arguments parsed(const std::vector<std::string>& words) {
  auto arguments = parse_arguments(words);
  EXPECT_TRUE(arguments) << arguments.error().to_string();
  return arguments ? *arguments : Arguments{};
}

std::string refused(const std::vector<std::string>& words) {
  const auto arguments = parse_arguments(words);
  EXPECT_FALSE(arguments);
  return arguments ? "" : arguments.error().to_string();
}

TEST(Arguments, ValuesAreJoinedOrFollow) {
  const std::vector<std::vector<std::string>> spellings = {
      {"lint", "--format", "json"}, {"lint", "--format=json"}, {"lint", "-f", "json"}, {"lint", "-fjson"}};
  for (const auto& words : spellings) EXPECT_EQ(parsed(words).value(OptionId::Format), "json") << words[1];
}

TEST(Arguments, LettersMayStandTogether) {
  const Arguments arguments = parsed({"lint", "-qfjson", "a.sql"});
  EXPECT_TRUE(arguments.has(OptionId::Quiet));
  EXPECT_EQ(arguments.value(OptionId::Format), "json");
  EXPECT_THAT(arguments.operands, ElementsAre("a.sql"));
}

TEST(Arguments, ListsAreRepeatedAndSeparatedByCommas) {
  const Arguments arguments = parsed({"lint", "--only", "a, b", "--only=c,"});
  EXPECT_THAT(arguments.names(OptionId::Only), ElementsAre("a", "b", "c"));
}

TEST(Arguments, TheLastWordWins) {
  EXPECT_EQ(parsed({"lint", "-f", "json", "-f", "sarif"}).value(OptionId::Format), "sarif");
}

TEST(Arguments, ADashIsAnOperandAndTwoEndTheOptions) {
  EXPECT_THAT(parsed({"lint", "-", "--", "--since"}).operands, ElementsAre("-", "--since"));
}

TEST(Arguments, HelpAndVersionMayBeOptions) {
  EXPECT_EQ(parsed({"--help"}).command, CommandId::Help);
  EXPECT_EQ(parsed({"-V"}).command, CommandId::Version);
  EXPECT_TRUE(parsed({"explain", "-h"}).has(OptionId::Help));
}

TEST(Arguments, MistakesAreNamedWithWhatIsNear) {
  EXPECT_EQ(refused({"lint", "--sinse", "main"}),
            "There is no option --sinse for `migcheck lint`. Did you mean \"--since\"?");
  EXPECT_EQ(refused({"lint", "-x"}),
            "There is no option -x for `migcheck lint`. `migcheck lint --help` lists them.");
  EXPECT_EQ(refused({"lint", "--since"}), "The option --since needs a value: --since REF.");
  EXPECT_EQ(refused({"lint", "--quiet=yes"}), "The option --quiet takes no value.");
  EXPECT_EQ(refused({"explain", "--since", "x"}),
            "`migcheck explain` does not take --since. It belongs to `migcheck lint`, `migcheck locks`.");
  EXPECT_EQ(refused({"lnit"}), "There is no command \"lnit\". Did you mean \"lint\"?");
  EXPECT_EQ(refused({"db/migrations"}),
            "There is no command \"db/migrations\". To lint it: `migcheck lint db/migrations`.");
  EXPECT_THAT(refused({"--since", "x"}), HasSubstr("The first word is a command"));
}

TEST(Options, NamesAndLettersAreUnique) {
  const auto& options = all_options();
  for (std::size_t a = 0; a < options.size(); ++a) {
    EXPECT_NE(options[a].commands, 0u) << options[a].name;
    for (std::size_t b = a + 1; b < options.size(); ++b) {
      EXPECT_NE(options[a].name, options[b].name);
      EXPECT_NE(options[a].id, options[b].id) << options[a].name;
      if (options[a].letter == 0) continue;
      EXPECT_NE(options[a].letter, options[b].letter) << options[a].name;
    }
  }
}

TEST(Help, OfEveryCommandFitsAScreenOf80Columns) {
  std::vector<std::string> screens = {help_overview()};
  for (const CommandRow& command : all_commands()) screens.push_back(help_of(command.id));
  for (const std::string& screen : screens) {
    const auto lines = report::lines_of(screen);
    EXPECT_LE(lines.size(), 50u);
    for (const auto line : lines) EXPECT_LE(display_width(line), 80) << line;
  }
}

TEST(Help, NamesEveryOptionOfTheCommand) {
  for (const OptionRow& option : all_options()) {
    if (!takes(CommandId::Lint, option)) continue;
    EXPECT_THAT(help_of(CommandId::Lint), HasSubstr("--" + std::string(option.name)));
  }
}

TEST(NearestName, KnowsTyposSwapsAndHalfNames) {
  const std::vector<std::string_view> names = {"index-not-concurrent", "table-dropped",
                                               "lock-timeout-missing"};
  EXPECT_EQ(nearest_name("index-not-concurent", names), "index-not-concurrent");
  EXPECT_EQ(nearest_name("index_not_concurrent", names), "index-not-concurrent");
  EXPECT_EQ(nearest_name("tabel-dropped", names), "table-dropped");
  EXPECT_EQ(nearest_name("timeout", names), "lock-timeout-missing");
  EXPECT_EQ(nearest_name("something-else", names), "");
  EXPECT_EQ(nearest_name(std::string(10'000, 'x'), names), "");
}

}  // namespace
}  // namespace migcheck::cli
