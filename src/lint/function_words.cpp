// SPDX-License-Identifier: MIT

#include "lint/function_words.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace migcheck {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first word from `at` on, in lower case, and where it ends; empty: there is none.
std::pair<std::string, std::size_t> next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_word_character(text[at])) ++at;
  std::string word;
  for (; at < text.size() && is_word_character(text[at]); ++at)
    word += text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
  return {std::move(word), at};
}

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  for (auto [word, end] = next_word(text, 0); !word.empty(); std::tie(word, end) = next_word(text, end))
    words.insert(word);
  return words;
}

}  // namespace

void FunctionWords::on_statement(const Moment& moment) {
  const auto* create = ast::as<ast::CreateFunction>(&moment.statement);
  if (create == nullptr || create->body == nullptr) return;
  for (const catalog::Change& change : moment.plan.changes) {
    if (change.now == nullptr || !std::holds_alternative<catalog::Function>(*change.now)) continue;
    for (const std::string& word : words_of(create->body_text)) functions_[word].push_back(change.id);
  }
}

std::vector<catalog::ObjectId> FunctionWords::saying(std::string_view name) const {
  const auto found = functions_.find(next_word(name, 0).first);
  if (found == functions_.end()) return {};
  std::vector<catalog::ObjectId> functions = found->second;
  std::sort(functions.begin(), functions.end());
  functions.erase(std::unique(functions.begin(), functions.end()), functions.end());
  return functions;
}

}  // namespace migcheck
