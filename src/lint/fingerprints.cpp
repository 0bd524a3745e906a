// SPDX-License-Identifier: MIT

#include "lint/fingerprints.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <unordered_map>

namespace migcheck {
namespace {

// FNV-1a, 64 bits: stable over platforms and versions, which std::hash is not.
class Hash {
 public:
  void add(char c) { value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL; }
  void add(std::string_view text) {
    for (const char c : text) add(c);
    add('\0');
  }
  // Runs of white space count as one blank.
  void add_evened(std::string_view text) {
    bool gap = false;
    for (const char c : text) {
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        gap = true;
        continue;
      }
      if (gap) add(' ');
      gap = false;
      add(c);
    }
    add('\0');
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037ULL;
};

}  // namespace

void fingerprint(std::vector<Finding>& findings, std::string_view path, std::string_view text) {
  std::unordered_map<std::uint64_t, unsigned> alike;
  std::uint32_t hashed_statement = kNoFile;
  Hash statement_hash;
  for (Finding& finding : findings) {
    if (finding.statement.begin !=
        hashed_statement) {  // several findings on one long statement: hash it once
      hashed_statement = finding.statement.begin;
      statement_hash = Hash();
      statement_hash.add_evened(text.substr(finding.statement.begin, finding.statement.size()));
    }
    Hash hash;
    hash.add(finding.check);
    hash.add(path);
    hash.add(fmt::format("{:x}", statement_hash.value()));
    const unsigned ordinal = alike[hash.value()]++;
    hash.add(fmt::format("{}", ordinal));
    finding.fingerprint = hash.value();
  }
}

}  // namespace migcheck
