// SPDX-License-Identifier: MIT

#include "cli/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <numeric>
#include <system_error>
#include <thread>

#include "cli/history_script.hpp"
#include "cli/large_pages.hpp"
#include "cli/read_ahead.hpp"
#include "cli/survey.hpp"
#include "migcheck/lint.hpp"
#include "migcheck/parse.hpp"
#include "migcheck/threads.hpp"

namespace migcheck::cli {
namespace {

// Parsed files that may wait for the engine, measured by their text and trees.
constexpr std::size_t kWindow = 2u << 20;
constexpr unsigned kMostThreads = 16;

// A file that is read and parsed, or why it is not.
struct Prepared {
  std::optional<LintFile> file;
  std::vector<Unread> unread;
};

LintFile::Purpose purpose_of(Role role) {
  switch (role) {
    case Role::Target:
      return LintFile::Purpose::Target;
    case Role::History:
    case Role::Baseline:
    case Role::OtherSeed:
      return LintFile::Purpose::History;
    case Role::OtherQuery:
      return LintFile::Purpose::OtherQuery;
    case Role::Query:
      return LintFile::Purpose::Query;
    case Role::Seed:
      return LintFile::Purpose::Seed;
  }
  return LintFile::Purpose::Target;
}

// A schema takes about so many bytes of trees, objects and findings for a byte of its text.
constexpr std::size_t kMemoryOfText = 24;
constexpr std::size_t kLargeText = 256 * 1024;

std::pair<Prepared, std::size_t> prepare(const InputSet& set, std::size_t number, const InputRequest& request,
                                         unsigned threads) {
  Prepared prepared;
  const FileEntry& entry = set.files[number];
  Result<LoadedFile> loaded = load(set, number, request);
  if (!loaded) {
    prepared.unread.push_back({entry.path, 0, loaded.error().what, true});
    return {std::move(prepared), 0};
  }
  prepared.unread = std::move(loaded->unread);
  if (loaded->refused) return {std::move(prepared), 0};
  if (loaded->source.text.size() >= kLargeText) expect_memory(loaded->source.text.size() * kMemoryOfText);
  LintFile file;
  file.purpose = purpose_of(entry.role);
  file.parsed =
      parse(std::move(loaded->source), loaded->sections, {std::move(loaded->parameter_names), threads});
  file.sections = std::move(loaded->sections);
  file.change = entry.change;
  file.continues = entry.part.continues;
  file.goes_on = number + 1 < set.files.size() && set.files[number + 1].part.continues;
  // Between a migration and its way back may lie what psql reads with it.
  file.may_be_turned_back =
      number + 1 < set.files.size() && (file.goes_on || may_be_pair(entry.path, set.files[number + 1].path));
  const std::size_t weight = file.parsed.weight;
  prepared.file = std::move(file);
  return {std::move(prepared), weight};
}

unsigned thread_count(unsigned asked) {
  const unsigned wanted = asked == 0 ? std::thread::hardware_concurrency() : asked;
  return std::clamp(wanted, 1u, kMostThreads);
}

// Who does not say which server runs the files may have written it down for a container.
Settings with_version(const LintRequest& request, const InputSet& set, const Talk& talk) {
  Settings settings = request.settings;
  std::string origin = request.version_origin;
  if (origin.empty()) {
    if (const auto hint = server_of(set)) {
      settings.pg_version = hint->major;
      origin = hint->where;
    }
  }
  settings.pg_version_assumed = origin.empty();
  talk.detail(origin.empty() ? fmt::format("PostgreSQL {}: nothing names another.", settings.pg_version)
                             : fmt::format("PostgreSQL {}, as {} says.", settings.pg_version, origin));
  return settings;
}

// Facts are measured up to some version; a later server is taken for the newest of these.
Settings measured_settings(const Settings& settings, std::vector<std::string>& remarks) {
  Settings measured = settings;
  if (settings.pg_version > kNewestMeasured) {
    remarks.push_back(fmt::format("PostgreSQL {} is treated as {}, the newest that migcheck knows.",
                                  settings.pg_version, kNewestMeasured));
    measured.pg_version = kNewestMeasured;
  } else if (settings.pg_version < kOldestMeasured) {
    remarks.push_back(
        fmt::format("What migcheck knows was measured on PostgreSQL {} to {}; for {} it may differ.",
                    kOldestMeasured, kNewestMeasured, settings.pg_version));
  }
  return measured;
}

// Some neighbours among the files of a set.
struct FileRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

// How much may be done ahead, and by how many.
struct Ahead {
  unsigned threads = 1;
  std::size_t window = kWindow;
};

// Each file is shown to `watch`, if there is one, before it runs.
void feed(Linter& linter, const InputSet& set, const InputRequest& request, FileRange range, Ahead ahead,
          LockWatch* watch = nullptr) {
  ReadAhead<Prepared> files(range.size(), ahead.threads, ahead.window, [&](std::size_t n) {
    return prepare(set, range.begin + n, request, ahead.threads);
  });
  std::optional<std::uint32_t> history;
  for (std::size_t n = range.begin; n < range.end; ++n) {
    const FileEntry& entry = set.files[n];
    if (history != entry.history) {
      history = entry.history;
      const History& begun = set.histories[entry.history];
      linter.begin_history({begun.path, begun.layout}, begun.transactions);
    }
    Prepared prepared = files.next();
    for (Unread& unread : prepared.unread) linter.add_unread(std::move(unread));
    if (!prepared.file) continue;
    const std::unique_ptr<const SourceFile>& source = prepared.file->parsed.source;
    if (watch != nullptr) watch->begin_file(*source);
    linter.add(std::move(*prepared.file));
  }
}

void feed_all(Linter& linter, const InputSet& set, const LintRequest& request, LockWatch* watch = nullptr) {
  feed(linter, set, request.input, {0, set.files.size()}, {thread_count(request.jobs), kWindow}, watch);
}

// The files of each history that has any; the set holds them history by history.
std::vector<FileRange> ranges_of_histories(const InputSet& set) {
  std::vector<FileRange> ranges;
  for (std::size_t n = 0; n < set.files.size(); ++n) {
    if (n == 0 || set.files[n].history != set.files[n - 1].history) ranges.push_back({n, n});
    ranges.back().end = n + 1;
  }
  return ranges;
}

// Histories have nothing to do with one another: each has a linter of its own, and several run at once. The
// largest begin first, so that none is left to run alone at the end; the report has them in their own order.
std::vector<LintReport> lint_histories(const InputSet& set, const LintRequest& request,
                                       const Settings& settings) {
  const std::vector<FileRange> ranges = ranges_of_histories(set);
  std::vector<std::size_t> order(ranges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ranges[a].size() > ranges[b].size(); });
  const unsigned jobs = thread_count(request.jobs);
  const std::size_t at_once = std::min<std::size_t>(jobs, ranges.size());
  std::vector<LintReport> parts(ranges.size());
  std::atomic<std::size_t> next = 0;
  const auto lint_some = [&] {
    for (std::size_t n = next++; n < order.size(); n = next++) {
      Linter linter(settings, set.one_change);
      if (request.whole_texts) linter.keep_texts();
      feed(linter, set, request.input, ranges[order[n]], {jobs, kWindow / at_once});
      const bool last = next >= order.size();
      parts[order[n]] = last ? linter.finish_last_part() : linter.finish_part();
    }
  };
  HelperThreads others;
  for (std::size_t n = 1; n < at_once && others.start(lint_some); ++n) continue;
  lint_some();
  others.join();
  return parts;
}

void say_histories(const InputSet& set, const Talk& talk) {
  for (const History& history : set.histories) {
    talk.detail(fmt::format("{}: {} ({})", history.path, history.layout, history.why));
  }
}

InputSet without_queries(InputSet set) {
  const auto is_query = [](const FileEntry& entry) {
    return entry.role == Role::Query || entry.role == Role::OtherQuery;
  };
  set.files.erase(std::remove_if(set.files.begin(), set.files.end(), is_query), set.files.end());
  return set;
}

// The files that make the schema, all of them as history.
InputSet as_history(InputSet set) {
  const auto makes_no_schema = [](const FileEntry& entry) {
    return entry.role == Role::Query || entry.role == Role::Seed || entry.role == Role::OtherQuery ||
           entry.role == Role::OtherSeed;
  };
  set.files.erase(std::remove_if(set.files.begin(), set.files.end(), makes_no_schema), set.files.end());
  for (FileEntry& entry : set.files) {
    if (entry.role == Role::Target) entry.role = Role::History;
  }
  return set;
}

std::filesystem::path location_of(const InputSet& set, const std::string& path) {
  return (std::filesystem::path(set.root) / path).lexically_normal();
}

// A path that is the very folder of one history means that one, and not the others that lie in it too.
void keep_named(InputSet& set, const std::string& path) {
  std::error_code failed;
  const auto is_named = [&](const History& history) {
    return std::filesystem::equivalent(path, location_of(set, history.path), failed);
  };
  const auto named = std::find_if(set.histories.begin(), set.histories.end(), is_named);
  if (named == set.histories.end()) return;
  const auto index = static_cast<std::uint32_t>(named - set.histories.begin());
  std::erase_if(set.files, [&](const FileEntry& entry) { return entry.history != index; });
  for (FileEntry& entry : set.files) entry.history = 0;
  set.histories = {History(*named)};
}

// What a person can name to have each history alone, from where they stand: its folder, or its first file
// where another history has the same folder.
std::string names_of_histories(const InputSet& set) {
  std::map<std::string, int> folders;
  for (const History& history : set.histories) ++folders[history.path];
  std::error_code failed;
  const std::filesystem::path here = std::filesystem::current_path(failed);
  std::string names;
  for (std::uint32_t number = 0; number < set.histories.size(); ++number) {
    const std::string& folder = set.histories[number].path;
    const auto file = std::find_if(set.files.begin(), set.files.end(),
                                   [&](const FileEntry& entry) { return entry.history == number; });
    const bool shared = folders[folder] > 1 && file != set.files.end();
    const std::string name =
        location_of(set, shared ? file->path : folder).lexically_relative(here).generic_string();
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  return names;
}

// What commands show that know one history only.
Result<InputSet> one_history(const LintRequest& request, const Talk& talk) {
  Result<InputSet> found = discover(request.input);
  if (!found) return found.error();
  InputSet set = as_history(std::move(*found));
  say_histories(set, talk);
  if (set.histories.size() > 1 && request.input.paths.size() == 1) keep_named(set, request.input.paths[0]);
  if (set.histories.size() == 1) return set;
  if (set.histories.empty()) {
    return Error{fmt::format("No migration for PostgreSQL was read here; files that were not read: {}.",
                             set.unread.size()),
                 {},
                 "`migcheck lint` says why; name the folder of the migrations if they are elsewhere."};
  }
  return Error{
      fmt::format("There are {} histories here, and each has a catalog of its own.", set.histories.size()),
      {},
      "Name one of them: " + names_of_histories(set) + "."};
}

}  // namespace

Result<LintReport> run_pipeline(const LintRequest& request, const Talk& talk) {
  Result<InputSet> set = discover(request.input);
  if (!set) return set.error();
  say_histories(*set, talk);
  std::vector<std::string> remarks = std::move(set->remarks);
  const Settings settings = measured_settings(with_version(request, *set, talk), remarks);
  std::vector<LintReport> parts = lint_histories(*set, request, settings);
  LintReport& discovered = *parts.emplace(parts.begin());
  discovered.remarks = std::move(remarks);
  discovered.unread = std::move(set->unread);
  LintReport report = join(std::move(parts), settings);
  report.root = set->root;
  report.grammar = fmt::format("PostgreSQL {}", grammar().version);
  return report;
}

Result<Replayed> run_replay(const LintRequest& request, const Talk& talk, const Describe& describe) {
  const Result<InputSet> set = one_history(request, talk);
  if (!set) return set.error();
  std::vector<std::string> remarks;
  const Settings settings = measured_settings(with_version(request, *set, talk), remarks);
  Linter linter(settings);
  for (const Unread& unread : set->unread) linter.add_unread(unread);
  feed_all(linter, *set, request);
  LintReport report = linter.finish();
  const PlaceText place_text = [&](const Place& place) {
    const ReportFile& file = report.files[place.file];
    return fmt::format("{}:{}", file.path, linter.line_of(place));
  };
  return Replayed{describe(linter.catalog(), place_text), std::move(report.unread)};
}

Result<Replayed> run_script(const LintRequest& request, const Talk& talk) {
  const Result<InputSet> set = one_history(request, talk);
  if (!set) return set.error();
  Replayed written;
  written.unread = set->unread;
  HistoryScript script(set->histories.front().transactions);
  for (std::size_t number = 0; number < set->files.size(); ++number) {
    Prepared prepared = prepare(*set, number, request.input, 1).first;
    for (Unread& unread : prepared.unread) written.unread.push_back(std::move(unread));
    if (prepared.file) script.add(*prepared.file);
  }
  written.text = script.text();
  return written;
}

Result<Watched> run_locks(const LintRequest& request, const Talk& talk) {
  Result<InputSet> found = discover(request.input);
  if (!found) return found.error();
  const InputSet set = without_queries(std::move(*found));
  say_histories(set, talk);
  std::vector<std::string> remarks = set.remarks;
  Settings settings = measured_settings(with_version(request, set, talk), remarks);
  settings.only = {"syntax-error"};  // no checks: the watch looks
  LockWatch watch(settings.pg_version);
  Linter linter(settings, set.one_change);
  linter.watch(watch);
  for (const Unread& unread : set.unread) linter.add_unread(unread);
  feed_all(linter, set, request, &watch);
  LintReport report = linter.finish();
  return Watched{watch.report(), std::move(remarks), std::move(report.unread)};
}

}  // namespace migcheck::cli
