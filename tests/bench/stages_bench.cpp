// SPDX-License-Identifier: MIT

// Each stage by itself, over the .sql files of one folder: the fixtures' projects, or what the environment
// variable MIGCHECK_BENCH_CORPUS names. One iteration is one pass over all files; bytes per second are of
// SQL. What a stage needs of the stages before it is made outside of the measured time.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "migcheck/lint.hpp"
#include "migcheck/parse.hpp"
#include "migcheck/plan.hpp"
#include "migcheck/replay.hpp"
#include "migcheck/report.hpp"
#include "parse/lowering.hpp"
#include "parse/splitter.hpp"

namespace migcheck {
namespace {

namespace fs = std::filesystem;

struct Corpus {
  std::vector<SourceFile> files;
  std::size_t bytes = 0;
};

Corpus read_corpus() {
  const char* named = std::getenv("MIGCHECK_BENCH_CORPUS");
  const fs::path root =
      named != nullptr ? fs::path(named) : fs::path(MIGCHECK_SOURCE_DIR) / "fixtures/projects";
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().extension() == ".sql") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  Corpus corpus;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    SourceFile source;
    source.path = fs::relative(path, root).generic_string();
    source.text.assign(std::istreambuf_iterator<char>(file), {});
    corpus.bytes += source.text.size();
    corpus.files.push_back(std::move(source));
  }
  return corpus;
}

const Corpus& corpus() {
  static const Corpus read = read_corpus();
  return read;
}

std::vector<ParsedFile> parse_all() {
  std::vector<ParsedFile> parsed;
  for (const SourceFile& file : corpus().files) parsed.push_back(parse(file));
  return parsed;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(corpus().bytes));
}

void split(benchmark::State& state) {
  for (auto _ : state) {
    for (const SourceFile& file : corpus().files) benchmark::DoNotOptimize(parsing::split(file.text));
  }
  count_bytes(state);
}

// PostgreSQL's parser and the lowering behind it, statement by statement, without bodies.
void lower(benchmark::State& state) {
  const std::vector<std::string> no_names;
  std::vector<parsing::Split> splits;
  for (const SourceFile& file : corpus().files) splits.push_back(parsing::split(file.text));
  for (auto _ : state) {
    for (std::size_t n = 0; n < splits.size(); ++n) {
      ast::Arena arena;
      parsing::Lowering lowering(arena, no_names);
      std::vector<parsing::PendingBody> bodies;
      for (const parsing::StatementPiece& piece : splits[n].statements) {
        if (!piece.refused)
          benchmark::DoNotOptimize(lowering.lower(corpus().files[n].text, piece.span, bodies));
      }
    }
  }
  count_bytes(state);
}

// All of it: splitting, parsing, lowering, bodies.
void parse_files(benchmark::State& state) {
  for (auto _ : state) {
    for (const SourceFile& file : corpus().files) benchmark::DoNotOptimize(parse(file));
  }
  count_bytes(state);
}

class Nobody final : public ReplayObserver {
 public:
  void on_statement(const Moment&) override {}
  void on_transaction_end(const TransactionRecord&, const catalog::Catalog&) override {}
};

void run_all(Replay& replay, const std::vector<ParsedFile>& parsed) {
  Nobody nobody;
  for (std::uint32_t n = 0; n < parsed.size(); ++n) {
    ReplayFile file;
    file.file = n;
    file.change = n + 1;
    file.statements = &parsed[n].statements;
    replay.run(file, nobody);
  }
}

// All files as one history, with nobody looking.
void replay_history(benchmark::State& state) {
  const std::vector<ParsedFile> parsed = parse_all();
  const Settings settings;
  for (auto _ : state) {
    Replay replay(settings, TransactionModel{}, read_called_body);
    run_all(replay, parsed);
  }
  count_bytes(state);
}

// Each statement against the schema that all of them leave.
void plan(benchmark::State& state) {
  const std::vector<ParsedFile> parsed = parse_all();
  const Settings settings;
  Replay replay(settings, TransactionModel{}, read_called_body);
  run_all(replay, parsed);
  for (auto _ : state) {
    for (const ParsedFile& file : parsed) {
      for (const ast::Statement* statement : file.statements) {
        benchmark::DoNotOptimize(plan_of(*statement, replay.catalog(), {settings, replay.session(), {}}));
      }
    }
  }
  count_bytes(state);
}

LintReport lint_all(std::vector<ParsedFile> parsed, const Settings& settings) {
  Linter linter(settings);
  linter.begin_history({"", "plain"}, TransactionModel{});
  for (ParsedFile& file : parsed) {
    LintFile target;
    target.parsed = std::move(file);
    linter.add(std::move(target));
  }
  return linter.finish();
}

// Replay, plan and all checks of the preset, up to the sorted report.
void checks(benchmark::State& state) {
  const Settings settings;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<ParsedFile> parsed = parse_all();
    state.ResumeTiming();
    benchmark::DoNotOptimize(lint_all(std::move(parsed), settings));
  }
  count_bytes(state);
}

void render(benchmark::State& state, const Reporter& reporter) {
  const LintReport report = lint_all(parse_all(), Settings{});
  for (auto _ : state) benchmark::DoNotOptimize(reporter.render(report, {}));
  count_bytes(state);
}

BENCHMARK(split)->Unit(benchmark::kMillisecond);
BENCHMARK(lower)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_files)->Unit(benchmark::kMillisecond);
BENCHMARK(replay_history)->Unit(benchmark::kMillisecond);
BENCHMARK(plan)->Unit(benchmark::kMillisecond);
BENCHMARK(checks)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace migcheck

int main(int count, char** arguments) {
  for (const migcheck::Reporter& reporter : migcheck::all_reporters()) {
    const std::string name = "report/" + std::string(reporter.name);
    benchmark::RegisterBenchmark(name.c_str(), [&reporter](benchmark::State& state) {
      migcheck::render(state, reporter);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
