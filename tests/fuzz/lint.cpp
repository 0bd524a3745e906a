// SPDX-License-Identifier: MIT

// The whole way of a small history: parse, replay, all checks, all reporters.
//
// A line `-- file:` and a word (target, history, query, seed) begins a file; what stands before the first is
// a target. The first byte chooses the server's version, the wrapping and the tenancy.

#include <map>

#include "migcheck/config.hpp"
#include "migcheck/lint.hpp"
#include "migcheck/registry.hpp"
#include "migcheck/report.hpp"
#include "unit.hpp"

namespace migcheck {
namespace {

constexpr std::string_view kMark = "-- file:";

constexpr unsigned kSettingsBits = 0x6F;

Settings settings_of(unsigned choice) {
  Settings settings;
  settings.pg_version = kOldestMeasured + static_cast<int>((choice & 0x0Fu) % 7);
  settings.preset = "strict";
  settings.today = "2027-01-31";
  if (choice & 0x20u) settings.tenancy.columns = {"team_id"};
  if (choice & 0x40u) settings.tenancy.root = "teams";
  for (const RegisteredCheck& check : all_checks()) settings.checks[std::string(check.name)].enabled = true;
  return settings;
}

LintFile::Purpose purpose_of(std::string_view word) {
  if (word.starts_with("history")) return LintFile::Purpose::History;
  if (word.starts_with("query")) return LintFile::Purpose::Query;
  if (word.starts_with("seed")) return LintFile::Purpose::Seed;
  return LintFile::Purpose::Target;
}

void add_file(Linter& linter, std::string_view text, LintFile::Purpose purpose, bool wrapped, int number) {
  LintFile file;
  file.purpose = purpose;
  const auto size = static_cast<std::uint32_t>(text.size());
  if (wrapped) file.sections.push_back({.span = {0, size}, .wrapping = Wrapping::Transaction});
  SourceFile source;
  source.path = "migrations/" + std::to_string(number) + ".sql";
  source.text = text;
  file.parsed = parse(std::move(source), file.sections);
  linter.add(std::move(file));
}

void add_files(Linter& linter, std::string_view text, bool wrapped) {
  LintFile::Purpose purpose = LintFile::Purpose::Target;
  for (int number = 1; number < 100; ++number) {
    const std::size_t mark = text.find(kMark);
    add_file(linter, text.substr(0, mark), purpose, wrapped, number);
    if (mark == std::string_view::npos) return;
    text.remove_prefix(mark + kMark.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    purpose = purpose_of(text);
  }
}

// No terminal and no parser chokes on what a reporter prints: no control characters but the ends of lines and
// tabs. What else a format asks for, its own tests know.
void look_at(std::string_view printed) {
  for (const char byte : printed) {
    const auto value = static_cast<unsigned char>(byte);
    fuzz::expect(value >= 0x20 || value == '\n' || value == '\t', "a report holds no control characters");
  }
}

// The reporters take turns, by the unit's size: all of them for each unit would be most of the work. SARIF
// prints whole pages about the checks that spoke, which are always the same: its turn comes rarely.
const Reporter& reporter_for(std::size_t turn) {
  constexpr std::size_t kTurnsPerSarif = 16;
  const std::vector<Reporter>& reporters = all_reporters();
  const Reporter& next = reporters[turn % reporters.size()];
  const bool passes = next.name == "sarif" && turn / reporters.size() % kTurnsPerSarif != 0;
  return passes ? reporters[(turn + 1) % reporters.size()] : next;
}

void render(const LintReport& report, const Reporter& reporter) {
  ReportOptions options;
  options.show_suppressed = true;
  look_at(reporter.render(report, options));
  if (!reporter.for_people) return;
  options.fold = false;
  options.width = 20;
  look_at(reporter.render(report, options));
}

}  // namespace
}  // namespace migcheck

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  if (size == 0) return 0;
  const fuzz::TimeBound bound(size);
  static std::map<unsigned, Settings> known;
  const auto [found, is_new] = known.try_emplace(data[0] & kSettingsBits);
  if (is_new) found->second = settings_of(found->first);
  const Settings& settings = found->second;
  Linter linter(settings, (data[0] & 0x80u) != 0);
  linter.begin_history({"migrations", "plain"}, {.tool = "plain", .opt_out = "write it down"});
  add_files(linter, fuzz::text_of_unit(data + 1, size - 1), (data[0] & 0x10u) != 0);
  render(linter.finish(), reporter_for(size));
  return 0;
}
