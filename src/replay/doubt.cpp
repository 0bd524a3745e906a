// SPDX-License-Identifier: MIT

// What cannot be read may have changed what it names: SQL that a DO block or a called function computes, a
// rename of a relation that the history does not show.

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

catalog::Change doubted(const catalog::Object& object) {
  catalog::Object copy = object;
  std::visit([](auto& held) { held.uncertain = true; }, copy);
  const catalog::ObjectId id = catalog::base(object).id;
  return {id, std::make_unique<const catalog::Object>(std::move(copy))};
}

}  // namespace

// The text names relations to SQL that is not known before it runs: each may be another afterwards.
void Replay::State::doubt_mentioned(std::string_view text) {
  std::vector<catalog::Change> changes;
  std::unordered_set<catalog::ObjectId> seen;
  for (const Mention& mention : mentions_in(text)) {
    const catalog::Object* found =
        catalog_.relation(mention.schema, mention.name, session_.now().search_path);
    if (found == nullptr || catalog::base(*found).uncertain || !seen.insert(catalog::base(*found).id).second)
      continue;
    changes.push_back(doubted(*found));
  }
  if (!changes.empty()) open_->applied(catalog_.apply(std::move(changes)));
}

// SELECT add_constraint('users', …): the constants of the call are all that is known of what it does.
void Replay::State::doubt_called(const ast::Statement& statement) {
  if (statement.kind != ast::NodeKind::Select && statement.kind != ast::NodeKind::Call) return;
  bool computes = false;
  ast::walk(&statement, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr) return true;
    for (const catalog::Function* called :
         catalog_.functions(call->name.schema, call->name.name, session_.now().search_path)) {
      computes = computes || (called->body != nullptr && !called->body->opaque.empty());
    }
    return true;
  });
  if (!computes) return;
  std::string named;
  ast::walk(&statement, [&](const ast::Node& node) {
    const auto* constant = ast::as<ast::Constant>(&node);
    if (constant != nullptr && constant->type == ast::Constant::Type::String)
      named += std::string(constant->text) + " ";
    return true;
  });
  doubt_mentioned(named);
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
