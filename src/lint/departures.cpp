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

// The subcommand that names the column; of a statement inside another one, all of the outer one.
Place place_of(const Moment& moment, std::string_view column) {
  const auto* alter = moment.is_inner() ? nullptr : ast::as<ast::AlterTable>(&moment.statement);
  if (alter != nullptr) {
    for (const ast::AlterAction* action : alter->actions) {
      if (action->name.text == column && !action->span.empty()) return {moment.file.file, action->span};
    }
  }
  return {moment.file.file, moment.outer.span};
}

void record_columns(const catalog::Table& before, const catalog::Table& after, const Moment& moment,
                    std::vector<Departure>& departures) {
  for (const catalog::Column& column : before.columns) {
    const catalog::Column* now = after.column(column.number);
    const bool same_name = now != nullptr && now->name == column.name;
    if (same_name && reads_alike(column.type, now->type)) continue;
    departures.push_back({.relation = reference(before),
                          .column = column.name,
                          .new_name = now == nullptr || same_name ? std::string{} : now->name,
                          .place = place_of(moment, column.name),
                          .columns = {column},
                          .new_type = same_name ? now->type : catalog::TypeRef{}});
  }
}

void record_relation(const catalog::Object& before, const catalog::Object* after, const Moment& moment,
                     std::vector<Departure>& departures) {
  const catalog::ObjectBase& base = catalog::base(before);
  const std::string now = after == nullptr ? std::string{} : catalog::base(*after).name;
  if (now == base.name) return;
  const auto* table = std::get_if<catalog::Table>(&before);
  departures.push_back(
      {.relation = reference(base),
       .column = {},
       .new_name = now,
       .place = {moment.file.file, moment.outer.span},
       .columns = table != nullptr ? table->columns : std::get<catalog::View>(before).columns});
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
    record_relation(*before, change.now.get(), moment, departures);
    const auto* after = change.now == nullptr ? nullptr : std::get_if<catalog::Table>(change.now.get());
    if (table != nullptr && after != nullptr) record_columns(*table, *after, moment, departures);
  }
}

}  // namespace migcheck
