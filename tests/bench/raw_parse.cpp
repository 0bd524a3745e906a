// SPDX-License-Identifier: MIT

// What PostgreSQL's parser alone needs for a folder's SQL: the floor under everything that migcheck does.
//
//   raw_parse FOLDER [RUNS]
//
// All .sql files are read and split beforehand; then the statements, the same that migcheck parses, are given
// to libpg_query one at a time on one thread. Its trees are thrown away. The median CPU time of the runs is
// printed as JSON.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "parse/splitter.hpp"

extern "C" {
#include <pg_query.h>
// clang-format off
#include <pg_query/postgres/postgres.h>
#include <pg_query/pg_query_internal.h>
// clang-format on
}

namespace {

struct Corpus {
  std::vector<std::string> statements;
  std::size_t files = 0;
  std::size_t bytes = 0;
};

void add_statements(const std::string& text, Corpus& corpus) {
  corpus.files += 1;
  corpus.bytes += text.size();
  for (const migcheck::parsing::StatementPiece& piece : migcheck::parsing::split(text).statements) {
    if (!piece.refused) corpus.statements.push_back(text.substr(piece.span.begin, piece.span.size()));
  }
}

Corpus read_folder(const char* folder) {
  Corpus corpus;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".sql") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    add_statements({std::istreambuf_iterator<char>(file), {}}, corpus);
  }
  return corpus;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double parse_all(const Corpus& corpus, std::size_t& refused) {
  refused = 0;
  const double begin = cpu_seconds();
  for (const std::string& statement : corpus.statements) {
    const ::MemoryContext context = pg_query_enter_memory_context();
    const PgQueryInternalParsetreeAndError parsed =
        pg_query_raw_parse(statement.c_str(), PG_QUERY_PARSE_DEFAULT);
    std::free(parsed.stderr_buffer);
    if (parsed.error != nullptr) {
      ++refused;
      pg_query_free_error(parsed.error);
    }
    pg_query_exit_memory_context(context);
  }
  return cpu_seconds() - begin;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: raw_parse FOLDER [RUNS]\n", stderr);
    return 2;
  }
  const Corpus corpus = read_folder(arguments[1]);
  const int runs = count > 2 ? std::max(1, std::atoi(arguments[2])) : 5;
  std::vector<double> seconds;
  std::size_t refused = 0;
  for (int run = 0; run < runs; ++run) seconds.push_back(parse_all(corpus, refused));
  std::sort(seconds.begin(), seconds.end());
  const std::string line =
      fmt::format(R"({{"files": {}, "bytes": {}, "statements": {}, "refused": {}, "cpu_seconds": {:.4f}}})",
                  corpus.files, corpus.bytes, corpus.statements.size(), refused, seconds[seconds.size() / 2]);
  std::puts(line.c_str());
  return 0;
}
