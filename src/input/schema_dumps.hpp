// SPDX-License-Identifier: MIT
#pragma once

// Does the dump of a schema stand before a history of migrations, or does it say where they lead?
//
// Told from the text alone: a dump stands before the migrations if they refer to tables that it makes and
// that none of them made before, and if nothing in it is the work of one of them. In doubt it does not: what
// is made twice would make every statement after it wrong.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace migcheck::input {

class DumpJudge {
 public:
  explicit DumpJudge(std::string_view dump);

  // The migrations, in order; `name` is what a person calls the file. False: enough is known.
  bool add_migration(std::string_view name, std::string_view text);

  [[nodiscard]] bool stands_before() const { return contradiction_.empty() && !needed_.empty(); }
  // A clause for -v: "it makes teams, users, to which the migrations refer and which none of them makes".
  [[nodiscard]] std::string reason() const;

 private:
  using Words = std::vector<std::string>;

  void read_dump_statement(const Words& words);
  void read_statement(std::string_view name, const Words& words);
  void alter(std::string_view name, const Words& words, std::size_t at);
  void create_table(std::string_view name, const std::string& table, bool if_not_exists);
  void need(const std::string& table);
  void contradict(std::string text);

  std::map<std::string, std::set<std::string>, std::less<>> tables_;  // of the dump, with their columns
  std::set<std::string, std::less<>> versions_;  // migrations that the dump says were run
  std::set<std::string, std::less<>> made_;      // by the migrations so far
  std::set<std::string, std::less<>> gone_;      // dropped or renamed by them
  std::vector<std::string> needed_;
  std::string contradiction_;
};

}  // namespace migcheck::input
