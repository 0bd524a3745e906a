// SPDX-License-Identifier: MIT

#include "lint/way_back.hpp"

#include <fmt/format.h>

#include "lint/way_back_facts.hpp"

namespace migcheck {
namespace {

using Fact = WayBack::Fact;
using Facts = WayBack::Facts;

// Parts of what is itself missing, or itself left over, are no news.
bool is_part_of_news(const Fact& fact, const Facts& there, const Facts& other) {
  return !fact.belongs_to.empty() && there.count(fact.belongs_to) != 0 && other.count(fact.belongs_to) == 0;
}

// text and varchar hold the same values and compare alike; a limit that the way back leaves wider refuses
// none.
bool takes_as_much(const Fact& before, const Fact& after) {
  return before.longest >= 0 && after.longest >= before.longest;
}

std::string changed(const std::string& name, const Fact& before, const Fact& after) {
  if (!before.told || !after.told) return {};
  const bool same_column = before.number == after.number;
  const bool same_value = before.value == after.value || takes_as_much(before, after);
  if (same_value && (!same_column || before.strict == after.strict)) return {};
  const std::string now = after.value + (same_column ? after.strict : "");
  const std::string was = before.value + (same_column ? before.strict : "");
  return fmt::format("{} is {} (before: {})", name, now, was);
}

}  // namespace

void WayBack::begin(bool watched) {
  before_.clear();
  may_stay_.clear();
  maybe_there_.clear();
  back_ = changes_back_ = false;
  uncertain_ = !watched;
}

void WayBack::on_statement(const Moment& moment) {
  if (uncertain_) return;
  const auto* block = ast::as<ast::DoBlock>(&moment.statement);
  const bool opaque = block != nullptr && (block->body == nullptr || !block->body->opaque.empty());
  const bool broken = moment.statement.kind == ast::NodeKind::Unparsable;
  if (moment.maybe || moment.dynamic || opaque || broken || !moment.plan.errors.empty()) uncertain_ = true;
  const auto* drop = back_ ? nullptr : ast::as<ast::Drop>(&moment.statement);
  if (drop != nullptr && drop->if_exists) {
    for (const ast::ObjectName& name : drop->names) maybe_there_.emplace(name.name.name);
    // What is there goes, and the way back has to bring it back.
    for (const catalog::Change& change : moment.plan.changes) {
      const catalog::Object* there = moment.catalog.object(change.id);
      if (there != nullptr) maybe_there_.erase(catalog::base(*there).name);
    }
  }
  const auto* schema = back_ ? nullptr : ast::as<ast::CreateSchema>(&moment.statement);
  const bool may_stay = schema != nullptr && schema->if_not_exists;
  for (const catalog::Change& change : moment.plan.changes) {
    const catalog::Object* object = moment.catalog.object(change.id);
    if (may_stay && change.now != nullptr && std::holds_alternative<catalog::Schema>(*change.now))
      may_stay_.insert(change.id);
    // Made by the way up: whether it was there before is settled.
    if (!back_ && object == nullptr && change.now != nullptr)
      maybe_there_.erase(catalog::base(*change.now).name);
    changes_back_ = changes_back_ || back_;
    if (object != nullptr && !catalog::is_certain(*object)) uncertain_ = true;
    remember(change.id, moment.catalog);
    // Their columns' names are told by the table as it is now.
    for (const catalog::Index* index : moment.catalog.indexes_of(change.id))
      remember(index->id, moment.catalog);
  }
}

void WayBack::remember(catalog::ObjectId id, const catalog::Catalog& catalog) {
  const auto [found, first] = before_.try_emplace(id);
  const catalog::Object* object = first ? catalog.object(id) : nullptr;
  if (object != nullptr) found->second.emplace(*object);
}

// What an index says, it says with its table as that was. What was never touched is as it is now.
WayBack::Facts WayBack::facts_before(catalog::ObjectId id, const catalog::Catalog& now) const {
  Facts facts;
  const std::optional<const catalog::Object>& object = before_.at(id);
  const auto table_of = [&](catalog::ObjectId table) -> const catalog::Table* {
    const auto touched = before_.find(table);
    if (touched == before_.end()) return now.get<catalog::Table>(table);
    return touched->second ? std::get_if<catalog::Table>(&*touched->second) : nullptr;
  };
  if (object) add_facts(*object, table_of, facts);
  return facts;
}

// The facts would be the same: most ways back bring a table's columns and keys back as they were.
bool WayBack::is_as_before(catalog::ObjectId id, const catalog::Catalog& now) const {
  const catalog::Object* object = now.object(id);
  const std::optional<const catalog::Object>& before = before_.at(id);
  if (object == nullptr || !before || object->index() != before->index()) return false;
  if (const auto* table = std::get_if<catalog::Table>(object))
    return say_the_same(std::get<catalog::Table>(*before), *table);
  const auto* index = std::get_if<catalog::Index>(object);
  if (index == nullptr || !say_the_same(std::get<catalog::Index>(*before), *index)) return false;
  const auto touched = before_.find(index->table);
  return touched == before_.end() || is_as_before(index->table, now);
}

std::vector<std::string> WayBack::differences(const catalog::Catalog& now) const {
  Facts before;
  Facts after;
  const auto table_of = [&](catalog::ObjectId table) { return now.get<catalog::Table>(table); };
  for (const auto& [id, was] : before_) {
    const bool may_stay = may_stay_.contains(id);
    if (!may_stay && is_as_before(id, now)) continue;
    const Facts facts = facts_before(id, now);
    before.insert(facts.begin(), facts.end());
    const catalog::Object* object = now.object(id);
    if (object == nullptr || may_stay) continue;
    // What the way back makes of a name that the way up dropped if it was there: it may have been.
    if (facts.empty() && maybe_there_.contains(catalog::base(*object).name)) continue;
    add_facts(*object, table_of, after);
  }
  std::vector<std::string> found;
  for (const auto& [name, fact] : before) {
    const auto other = after.find(name);
    if (other != after.end()) {
      if (std::string words = changed(name, fact, other->second); !words.empty()) found.push_back(words);
    } else if (!is_part_of_news(fact, before, after)) {
      found.push_back(name + " is missing");
    }
  }
  for (const auto& [name, fact] : after) {
    if (before.count(name) == 0 && !is_part_of_news(fact, after, before))
      found.push_back(name + " is still there");
  }
  return found;
}

}  // namespace migcheck
