// SPDX-License-Identifier: MIT

#include "lint/departures.hpp"

namespace migcheck {
namespace {

RelationRef reference(const catalog::ObjectBase& object) {
  return {object.id, object.schema, object.name};
}

// Whoever reads the one reads the other: the texts, whatever their length; numbers of another precision.
std::string_view family(const catalog::TypeRef& type) {
  if (type.name == "varchar" || type.name == "bpchar" || type.name == "citext") return "text";
  return type.name;
}

bool reads_alike(const catalog::TypeRef& before, const catalog::TypeRef& after) {
  if (before.name.empty() || after.name.empty()) return true;
  const bool same_object = before.id != catalog::kNoObject && before.id == after.id;
  return same_object ||
         (family(before) == family(after) && before.array_dimensions == after.array_dimensions);
}

void record_columns(const catalog::Table& before, const catalog::Table& after, Place place,
                    std::vector<Departure>& departures) {
  for (const catalog::Column& column : before.columns) {
    const catalog::Column* now = after.column(column.number);
    if (now != nullptr && now->name == column.name) {
      if (!reads_alike(column.type, now->type))
        departures.push_back({reference(before), column.name, {}, place, column.type, now->type});
      continue;
    }
    departures.push_back({reference(before), column.name, now == nullptr ? std::string{} : now->name, place});
  }
}

}  // namespace

void record_departures(const Moment& moment, std::vector<Departure>& departures) {
  // What may not run, or runs from a text that is put together, is mostly half of something that cannot be
  // seen.
  if (moment.maybe || moment.dynamic) return;
  for (const catalog::Change& change : moment.plan.changes) {
    const catalog::Object* before = moment.catalog.object(change.id);
    if (before == nullptr) continue;
    const auto* table = std::get_if<catalog::Table>(before);
    const catalog::ObjectBase& base = catalog::base(*before);
    if (table == nullptr && !std::holds_alternative<catalog::View>(*before)) continue;
    if (base.origin.change == moment.file.change || base.schema == "pg_temp") continue;
    const Place place{moment.file.file, moment.outer.span};
    if (change.now == nullptr) {
      departures.push_back({reference(base), {}, {}, place});
      continue;
    }
    const catalog::ObjectBase& now = catalog::base(*change.now);
    if (now.name != base.name) departures.push_back({reference(base), {}, now.name, place});
    const auto* after = std::get_if<catalog::Table>(change.now.get());
    if (table != nullptr && after != nullptr) record_columns(*table, *after, place, departures);
  }
}

}  // namespace migcheck
