// SPDX-License-Identifier: MIT

// SQL that is put together in a body where its text is known in part: EXECUTE format('ALTER TABLE %I …',
// name) in a loop over a query may have done this to any table that it fits.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/letters.hpp"
#include "replay/state.hpp"

namespace migcheck {
namespace {

using catalog::Doubt;
using catalog::Table;
using catalog::TablePart;

std::string name_or_any(std::string_view name) {
  return ast::is_any_name(name) ? std::string() : std::string(name);
}

// The part of a table that a subcommand changes; nothing where no check asks for it.
std::optional<Doubt> doubt_of(const ast::AlterAction& action) {
  using Type = ast::AlterAction::Type;
  switch (action.type) {
    case Type::AddColumn:
      return Doubt{TablePart::Column, name_or_any(action.column->name.text)};
    case Type::DropColumn:
      return Doubt{TablePart::Column, name_or_any(action.name.text)};
    case Type::SetNotNull:
    case Type::DropNotNull:
      return Doubt{TablePart::NotNull, name_or_any(action.name.text)};
    case Type::AddConstraint:
    case Type::DropConstraint:
    case Type::ValidateConstraint:
      return Doubt{TablePart::Constraint, name_or_any(action.name.text)};
    case Type::EnableTrigger:
    case Type::DisableTrigger:
      return Doubt{TablePart::Trigger, name_or_any(action.name.text)};
    default:
      return std::nullopt;
  }
}

// A switch changes a table on which it does not stand that way already.
bool switches(const ast::AlterAction& action, const Table& table) {
  using Type = ast::AlterAction::Type;
  return (action.type == Type::EnableRowSecurity && !table.row_security) ||
         (action.type == Type::DisableRowSecurity && table.row_security) ||
         (action.type == Type::ForceRowSecurity && !table.force_row_security) ||
         (action.type == Type::NoForceRowSecurity && table.force_row_security);
}

// What a statement like this one may have changed of a table, and of which.
struct Touched {
  const ast::QualifiedName* table = nullptr;
  std::vector<Doubt> parts;
  ast::List<const ast::AlterAction*> actions = {};

  // The doubts that it leaves about this table.
  [[nodiscard]] std::vector<Doubt> of(const Table& found) const;
};

Touched touched_by(const ast::Statement& like) {
  Touched touched;
  if (const auto* alter = ast::as<ast::AlterTable>(&like)) {
    touched.table = &alter->relation;
    touched.actions = alter->actions;
    for (const ast::AlterAction* action : alter->actions) {
      if (std::optional<Doubt> doubt = doubt_of(*action)) touched.parts.push_back(std::move(*doubt));
    }
  } else if (const auto* policy = ast::as<ast::CreatePolicy>(&like)) {
    touched = {&policy->table, {{TablePart::Policy, name_or_any(policy->name.text)}}};
  } else if (const auto* trigger = ast::as<ast::CreateTrigger>(&like)) {
    touched = {&trigger->table, {{TablePart::Trigger, name_or_any(trigger->name.text)}}};
  }
  return touched;
}

// Whether the table can be other than it seems then. One that has a policy already is not the one that the
// loop is for, whatever else it gets.
bool fits(const Table& table, const Doubt& doubt, bool adds) {
  if (table.is_doubtful(doubt.part, doubt.name)) return false;
  if (doubt.part == TablePart::NotNull) return doubt.name.empty() || table.column(doubt.name) != nullptr;
  // One that has the column gets none of that name.
  if (doubt.part == TablePart::Column && !doubt.name.empty())
    return adds == (table.column(doubt.name) == nullptr);
  return doubt.part != TablePart::Policy || table.policies.empty();
}

std::vector<Doubt> Touched::of(const Table& found) const {
  std::vector<Doubt> doubts;
  const bool adds = std::any_of(actions.begin(), actions.end(), [](const ast::AlterAction* action) {
    return action->type == ast::AlterAction::Type::AddColumn;
  });
  for (const Doubt& doubt : parts) {
    if (fits(found, doubt, adds)) doubts.push_back(doubt);
  }
  const bool switched = std::any_of(actions.begin(), actions.end(),
                                    [&](const ast::AlterAction* action) { return switches(*action, found); });
  if (switched && !found.is_doubtful(TablePart::RowSecurity)) doubts.push_back({TablePart::RowSecurity, {}});
  return doubts;
}

// The relation that it makes, if its name is not told.
const ast::QualifiedName* made_by(const ast::Statement& like) {
  const ast::QualifiedName* made = nullptr;
  if (const auto* table = ast::as<ast::CreateTable>(&like)) made = &table->relation;
  if (const auto* table = ast::as<ast::CreateTableAs>(&like)) made = &table->relation;
  if (const auto* view = ast::as<ast::CreateView>(&like)) made = &view->relation;
  return made != nullptr && ast::is_any_name(made->name) ? made : nullptr;
}

// Whether a text that cannot be read may make something: one of which nothing is known may.
bool makes_any(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view first = text.substr(begin, text.find_first_of(" \t\r\n", begin) - begin);
  const std::string word = in_lower_case(first);
  return word.empty() || word == "create" || ast::is_any_name(word);
}

}  // namespace

void Replay::State::doubt_like(const ast::Statement& like) {
  const Touched touched = touched_by(like);
  if (touched.table == nullptr || !ast::is_any_name(touched.table->name)) return;
  const std::string schema = name_or_any(touched.table->schema);
  std::vector<catalog::Change> changes;
  for (const Table* table : catalog_.tables()) {
    if (!schema.empty() && table->schema != schema) continue;
    const std::vector<Doubt> doubts = touched.of(*table);
    if (doubts.empty()) continue;
    Table copy = *table;
    copy.doubts.insert(copy.doubts.end(), doubts.begin(), doubts.end());
    changes.push_back({table->id, std::make_unique<const catalog::Object>(std::move(copy))});
  }
  if (!changes.empty()) open_->applied(catalog_.apply(std::move(changes)));
}

// What is gone, and what never was there as far as the history shows, can be there from now on.
void Replay::State::doubt_made(const ast::OpaqueSql& opaque) {
  const ast::QualifiedName* made = opaque.like.size() == 1 ? made_by(*opaque.like[0]) : nullptr;
  if (opaque.gives_rows || (opaque.like.empty() ? !makes_any(opaque.text) : made == nullptr)) return;
  const auto doubt = [&](std::string_view schema) {
    if (made != nullptr) catalog_.mark_incomplete(schema);  // it makes tables, whatever their names
    catalog_.forget_gone(schema);
  };
  if (made != nullptr && !made->schema.empty() && !ast::is_any_name(made->schema)) return doubt(made->schema);
  for (const std::string& schema : session_.now().search_path) doubt(schema);
}

void Replay::State::doubt_computed(const ast::Body& body) {
  for (const ast::OpaqueSql& opaque : body.opaque) {
    for (const ast::Statement* like : opaque.like) doubt_like(*like);
    doubt_made(opaque);
  }
}

}  // namespace migcheck
