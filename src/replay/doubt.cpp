// SPDX-License-Identifier: MIT

// What cannot be read may have changed what it names: SQL that a DO block or a called function computes, a
// rename of a relation that the history does not show.

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "migcheck/ast.hpp"
#include "replay/state.hpp"

namespace migcheck {
namespace {

struct Mention {
  std::string_view schema;
  std::string_view name;
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// All words of a text, each with the one before it where only a dot stands between them. What is no name is
// looked up in vain.
std::vector<Mention> mentions_in(std::string_view text) {
  std::vector<Mention> mentions;
  std::string_view before;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      if (text[at] != '.' && text[at] != '"') before = {};
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    mentions.push_back({{}, word});
    if (!before.empty()) mentions.push_back({before, word});
    before = word;
    at = end;
  }
  return mentions;
}

// Behind the quote at `at`: the text up to its end, and where that is.
std::string_view quoted(std::string_view text, std::size_t& at, std::string_view quote) {
  const std::size_t begin = at + quote.size();
  const std::size_t end = text.find(quote, begin);
  at = end == std::string_view::npos ? text.size() : end + quote.size();
  return text.substr(begin, end - begin);
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_case) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::search(text.begin(), text.end(), lower_case.begin(), lower_case.end(), same) != text.end();
}

catalog::Change doubted(const catalog::Object& object) {
  const catalog::ObjectId id = catalog::base(object).id;
  return {id, std::make_unique<const catalog::Object>(catalog::doubted(nullptr, object))};
}

catalog::Change with_doubted_row_security(const catalog::Table& table) {
  catalog::Table copy = table;
  copy.doubts.push_back({catalog::TablePart::RowSecurity, {}});
  return {table.id, std::make_unique<const catalog::Object>(std::move(copy))};
}

}  // namespace

// What SQL is put together from: the string literals of the body. Its other words stand in statements that
// are read for themselves.
std::string literals_of(std::string_view body) {
  std::string literals;
  for (std::size_t at = 0; at < body.size();) {
    const std::string_view rest = body.substr(at);
    if (rest.starts_with("--")) {
      at = std::min(body.find('\n', at), body.size());
    } else if (rest.starts_with("/*")) {
      at = std::min(body.find("*/", at), body.size());
    } else if (rest.starts_with('\'')) {
      literals.append(quoted(body, at, "'")).append(" ");
    } else if (rest.starts_with('$')) {
      const std::size_t end = body.find('$', at + 1);
      const std::string_view tag = end == std::string_view::npos ? "" : body.substr(at, end - at + 1);
      const bool opens = !tag.empty() && std::all_of(tag.begin() + 1, tag.end() - 1, is_word);
      if (opens) literals.append(quoted(body, at, tag)).append(" ");
      if (!opens) ++at;
    } else {
      ++at;
    }
  }
  return literals;
}

// The text names relations to SQL that is not known before it runs: each may be another afterwards.
void Replay::State::doubt_mentioned(std::string_view text) {
  std::vector<catalog::Change> changes;
  std::unordered_set<catalog::ObjectId> seen;
  // A loop over pg_tables may have switched row level security on for any table that does not have it yet.
  if (contains_ignoring_case(text, "row level security")) {
    for (const catalog::Table* table : catalog_.tables()) {
      if (table->row_security || table->is_doubtful(catalog::TablePart::RowSecurity)) continue;
      changes.push_back(with_doubted_row_security(*table));
    }
    if (!changes.empty()) open_->applied(catalog_.apply(std::exchange(changes, {})));
  }
  for (const Mention& mention : mentions_in(text)) {
    const catalog::Object* found =
        catalog_.relation(mention.schema, mention.name, session_.now().search_path);
    if (found == nullptr || catalog::base(*found).uncertain || !seen.insert(catalog::base(*found).id).second)
      continue;
    changes.push_back(doubted(*found));
  }
  if (!changes.empty()) open_->applied(catalog_.apply(std::move(changes)));
}

// What such SQL may have made again: of the names that it mentions, those under which nothing is there.
void Replay::State::forget_mentioned(std::string_view text) {
  const auto& path = session_.now().search_path;
  for (const Mention& mention : mentions_in(text)) {
    if (catalog_.relation(mention.schema, mention.name, path) != nullptr) continue;
    if (!catalog_.was_known(mention.schema, mention.name, path)) continue;
    if (!mention.schema.empty()) catalog_.forget(mention.schema, mention.name);
    for (const std::string& schema : path) {
      if (mention.schema.empty()) catalog_.forget(schema, mention.name);
    }
  }
}

// A relation that nothing shows gets this name: a relation of that name may be there from now on.
void Replay::State::doubt_new_name(const ast::Rename& rename) {
  const bool of_relation =
      rename.object == ast::ObjectType::Table || rename.object == ast::ObjectType::View ||
      rename.object == ast::ObjectType::Index || rename.object == ast::ObjectType::Sequence ||
      rename.object == ast::ObjectType::MaterializedView;
  if (!of_relation) return;
  const ast::QualifiedName& target = rename.target.name;
  const auto& path = session_.now().search_path;
  if (catalog_.relation(target.schema, target.name, path) != nullptr) return;
  if (!target.schema.empty()) return catalog_.forget(target.schema, rename.new_name.text);
  for (const std::string& schema : path) catalog_.forget(schema, rename.new_name.text);
}

}  // namespace migcheck
