// SPDX-License-Identifier: MIT
#pragma once

// Which functions may use a name: by the words of their text, so that a name that goes is asked of the few
// functions that say it and not of all. A word is no use yet: whoever asks resolves the names of those few.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "migcheck/replay.hpp"

namespace migcheck {

class FunctionWords {
 public:
  // Of a statement that makes a function.
  void on_statement(const Moment& moment);
  // In the order of their ids, each once; functions that are gone by now may be among them. Of a text that
  // was replaced old words may stay. Not for two threads at once: texts are read when they are first asked
  // for.
  [[nodiscard]] std::vector<catalog::ObjectId> saying(std::string_view name,
                                                      const catalog::Catalog& catalog) const;

 private:
  void read(catalog::ObjectId id, std::string_view text) const;

  mutable std::vector<catalog::ObjectId> unread_;  // most histories never ask
  // Words in lower case: PostgreSQL folds names that are not quoted, and a quoted one is found by its words.
  mutable std::unordered_map<std::string, std::vector<catalog::ObjectId>> functions_;
};

}  // namespace migcheck
