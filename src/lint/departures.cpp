// SPDX-License-Identifier: MIT

#include "lint/departures.hpp"

namespace migcheck {
namespace {

RelationRef reference(const catalog::ObjectBase& object) {
  return {object.id, object.schema, object.name};
}

void record_columns(const catalog::Table& before, const catalog::Table& after, Place place,
                    std::vector<Departure>& departures) {
  for (const catalog::Column& column : before.columns) {
    const catalog::Column* now = after.column(column.number);
    if (now != nullptr && now->name == column.name) continue;
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
