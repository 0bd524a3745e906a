// SPDX-License-Identifier: MIT

#include "lint/departed.hpp"

#include <algorithm>

namespace migcheck {
namespace {

constexpr catalog::ObjectId kFirstGone = 0x80000000;

}  // namespace

Departed::Departed(std::span<const Departure> departures, const catalog::Catalog& now)
    : departures_(departures), now_(now) {
  FirstTypes first_types;
  for (const Departure& departure : departures_) {
    if (departure.is_retyping()) {
      add_retyping(departure, first_types);
    } else if (departure.column.empty()) {
      add_relation(departure);
    } else {
      add_column(departure);
    }
  }
}

void Departed::add_relation(const Departure& gone) {
  catalog::Table relation;
  relation.id = kFirstGone + static_cast<catalog::ObjectId>(gone_.size());
  relation.schema = gone.relation.schema;
  relation.name = gone.relation.name;
  relation.columns = gone.columns;
  by_read_[{relation.id, 0}] = &gone;
  gone_.emplace(gone.relation.name, std::move(relation));
}

void Departed::add_column(const Departure& gone) {
  const auto* table = now_.get<catalog::Table>(gone.relation.id);
  if (table == nullptr || table->column(gone.column) != nullptr) return;
  catalog::Object& object = widened_.try_emplace(table->id, *table).first->second;
  auto& widened = std::get<catalog::Table>(object);
  const auto number = static_cast<catalog::ColumnNumber>(table->columns.size()) -
                      static_cast<catalog::ColumnNumber>(widened.columns.size()) - 1;
  catalog::Column column = gone.columns.front();
  column.number = static_cast<catalog::ColumnNumber>(number);
  by_read_[{table->id, column.number}] = &gone;
  // The last one of that name is what its readers know.
  std::erase_if(widened.columns,
                [&](const catalog::Column& other) { return other.number < 0 && other.name == column.name; });
  widened.columns.push_back(std::move(column));
}

// Later changes may have gone on, or back: what counts is the first type, and the one of now.
void Departed::add_retyping(const Departure& change, FirstTypes& first_types) {
  const catalog::TypeRef* first =
      first_types.try_emplace({change.relation.id, change.column}, &change.columns.front().type)
          .first->second;
  const auto* table = now_.get<catalog::Table>(change.relation.id);
  const catalog::Column* column = table == nullptr ? nullptr : table->column(change.column);
  if (column == nullptr || !(column->type == change.new_type) || *first == column->type) return;
  by_read_[{table->id, column->number}] = &change;
}

const catalog::Object* Departed::relation(std::string_view schema, std::string_view name,
                                          const catalog::Object* found,
                                          std::span<const std::string> search_path) const {
  if (found != nullptr) {
    const auto widened = widened_.find(catalog::base(*found).id);
    return widened == widened_.end() ? found : &widened->second;
  }
  const auto [first, last] = gone_.equal_range(name);
  for (auto at = first; at != last; ++at) {
    const std::string& home = catalog::base(at->second).schema;
    if (schema.empty() ? std::find(search_path.begin(), search_path.end(), home) != search_path.end()
                       : schema == home)
      return &at->second;
  }
  return nullptr;
}

std::vector<DepartedRead> Departed::reads(const ast::Statement& statement,
                                          std::span<const std::string> search_path) const {
  std::vector<DepartedRead> found;
  if (by_read_.empty()) return found;
  const auto instead = [&](std::string_view schema, std::string_view name, const catalog::Object* object) {
    return relation(schema, name, object, search_path);
  };
  for (const ColumnRead& read : reads_of(statement, now_, search_path, instead)) {
    const auto departure = read.by_star ? by_read_.end() : by_read_.find({read.relation, read.column});
    if (departure != by_read_.end()) found.push_back({departure->second, read.span});
  }
  if (found.empty()) return found;
  // A bare name that something else in the query answers to by now is no use of what is gone.
  const std::vector<ColumnRead> today = reads_of(statement, now_, search_path);
  std::erase_if(found, [&](const DepartedRead& use) {
    return !use.departure->is_retyping() &&
           std::any_of(today.begin(), today.end(), [&](const ColumnRead& read) {
             return read.column != 0 && !read.by_star && read.span == use.span;
           });
  });
  return found;
}

}  // namespace migcheck
