// SPDX-License-Identifier: MIT
#pragma once

// Puts what was found into the order in which a run reads it: history by history, and within one history the
// baseline, the migrations, the seeds, the queries.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "input/histories.hpp"
#include "migcheck/input.hpp"
#include "migcheck/result.hpp"

namespace migcheck::input {

class Assembly {
 public:
  Assembly(Tree& tree, HistoryFinder& finder, InputSet& set) : tree_(tree), finder_(finder), set_(set) {}

  using Question = std::function<bool(const std::string& location)>;

  // Schema dumps that stand before the first migration of the history that lies nearest.
  std::optional<Error> add_baselines(const std::vector<std::string>& locations);

  // Dumps that nobody names and that stand before a history, as it shows by itself.
  void find_baselines();

  // Fills the set. `pretended` is the location that standard input stands for.
  void assemble(const Question& is_target, const Question& is_named, const std::string& pretended);

 private:
  FoundHistory* schema_of(const std::string& query);
  FoundHistory& nearest(const std::string& location);
  [[nodiscard]] bool is_misnamed(const FoundHistory& history, const Question& is_other) const;
  [[nodiscard]] bool is_oracles(const std::string& folder);
  void drop_other_databases(const Question& is_named);
  // other_histories.cpp
  void drop_other_histories();
  void add_dumps();
  void put_before(FoundHistory& history, const std::string& location);
  void look_beside(const FoundHistory& history);
  bool try_baseline(FoundHistory& history, LooseFile& dump);
  void attach_loose(LooseFile::Kind kind, Role role);

  Tree& tree_;
  HistoryFinder& finder_;
  InputSet& set_;
};

}  // namespace migcheck::input
