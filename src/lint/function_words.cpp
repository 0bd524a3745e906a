// SPDX-License-Identifier: MIT

#include "lint/function_words.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "migcheck/letters.hpp"

namespace migcheck {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first word from `at` on, in lower case; where it ends. An empty word: there is none.
std::size_t next_word(std::string_view text, std::size_t at, std::string& word) {
  word.clear();
  while (at < text.size() && !is_word_character(text[at])) ++at;
  for (; at < text.size() && is_word_character(text[at]); ++at) word += lower_letter(text[at]);
  return at;
}

}  // namespace

void FunctionWords::on_statement(const Moment& moment) {
  const auto* create = ast::as<ast::CreateFunction>(&moment.statement);
  if (create == nullptr || create->body == nullptr) return;
  for (const catalog::Change& change : moment.plan.changes) {
    if (change.now != nullptr && std::holds_alternative<catalog::Function>(*change.now))
      unread_.push_back(change.id);
  }
}

void FunctionWords::read(catalog::ObjectId id, std::string_view text) const {
  std::string word;
  for (std::size_t at = next_word(text, 0, word); !word.empty(); at = next_word(text, at, word)) {
    std::vector<catalog::ObjectId>& functions = functions_[word];
    if (functions.empty() || functions.back() != id) functions.push_back(id);
  }
}

std::vector<catalog::ObjectId> FunctionWords::saying(std::string_view name,
                                                     const catalog::Catalog& catalog) const {
  for (const catalog::ObjectId id : std::exchange(unread_, {})) {
    const auto* function = catalog.get<catalog::Function>(id);
    if (function != nullptr && function->body != nullptr) read(id, function->body->text);
  }
  std::string word;
  next_word(name, 0, word);
  const auto found = functions_.find(word);
  if (found == functions_.end()) return {};
  std::vector<catalog::ObjectId> functions = found->second;
  std::sort(functions.begin(), functions.end());
  functions.erase(std::unique(functions.begin(), functions.end()), functions.end());
  return functions;
}

}  // namespace migcheck
