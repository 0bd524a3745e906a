// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace audit_table_shape_check {

using catalog::Column;
using catalog::Table;

constexpr OptionSpec kOptions[] = {
    {"tables", "Audit logs, besides the tables that are named like one.", "[]", OptionSpec::Type::List}};

bool is_audit_log(const CheckContext& context, std::string_view name) {
  const auto option = context.option("tables");
  const auto* listed = option ? std::get_if<std::vector<std::string>>(&*option) : nullptr;
  return is_audit_log_name(name) ||
         (listed != nullptr && std::find(listed->begin(), listed->end(), name) != listed->end());
}

template <typename Wanted>
const Column* find(const Table& table, Wanted wanted) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(), wanted);
  return found == table.columns.end() ? nullptr : &*found;
}

bool is_action(const Column& column) {
  return own_columns::has_word(column.name, {"action", "event", "operation", "op", "type", "verb", "activity",
                                             "kind", "command", "method", "change", "category", "name"});
}

bool is_resource(const Column& column) {
  return own_columns::has_word(
      column.name,
      {"resource", "entity",    "object",    "target",    "subject", "record", "table",   "row",    "item",
       "model",    "auditable", "reference", "aggregate", "path",    "url",    "payload", "data",   "details",
       "metadata", "context",   "old",       "new",       "before",  "after",  "diff",    "changes"});
}

bool is_moment(const Column& column) {
  return own_columns::is_time(column) || own_columns::is_creation_time(column);
}

bool is_tenant(const TenantMap& map, const Column& column) {
  return std::find(map.columns.begin(), map.columns.end(), column.name) != map.columns.end();
}

// An index that finds the latest entries: of a tenant, where there are tenants.
bool has_index(const CheckContext& context, const Table& table, const Column* tenant, const Column& moment) {
  const auto indexes = context.catalog().indexes_of(table.id);
  return std::any_of(indexes.begin(), indexes.end(), [&](const catalog::Index* index) {
    if (tenant != nullptr && (index->keys.empty() || index->keys[0].column != tenant->number)) return false;
    if (index->method == "brin" && tenant == nullptr) return true;
    return std::any_of(index->keys.begin(), index->keys.end(),
                       [&](const catalog::KeyElement& key) { return key.column == moment.number; });
  });
}

void look(const CheckContext& context, const Table& table, FindingSink& out) {
  const TenantMap& map = context.tenants();
  const Column* tenant = find(table, [&](const Column& column) { return is_tenant(map, column); });
  const Column* moment = find(table, is_moment);
  std::vector<std::string> missing;
  if (map.on() && tenant == nullptr) missing.push_back("whose it is (" + map.columns.front() + ")");
  if (find(table, is_action) == nullptr) missing.emplace_back("what was done (action)");
  if (find(table, is_resource) == nullptr) missing.emplace_back("to what (resource)");
  if (moment == nullptr) missing.emplace_back("when (created_at)");
  const std::string name = sql_name(table);
  if (!missing.empty()) {
    out.report(table.origin.place)
        .message("{} is an audit log and has no column that says {}.", name, enumerate(missing))
        .advice(
            "{}action text NOT NULL, resource text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()",
            map.on() ? map.columns.front() + " … NOT NULL, " : "");
  } else if (!has_index(context, table, tenant, *moment)) {
    const std::string columns =
        (tenant == nullptr ? "" : sql_name(tenant->name) + ", ") + sql_name(moment->name);
    out.report(table.origin.place)
        .message(
            "{} only ever grows, and no index finds its latest entries{}: each look at it reads all of it.",
            name, tenant == nullptr ? "" : " of one tenant")
        .advice("CREATE INDEX CONCURRENTLY ON {} ({});", name, columns);
  }
}

// Asked at the end: the index may come later.
void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : own_tables(context)) {
    if (context.is_target(table->origin) && is_audit_log(context, table->name)) look(context, *table, out);
  }
}

}  // namespace audit_table_shape_check

extern constexpr Check audit_table_shape{
    .since = "0.1.0",
    .summary = "An audit log that does not say who did what to what and when, or is not indexed by time.",
    .options = audit_table_shape_check::kOptions,
    .on_history_end = audit_table_shape_check::run};

}  // namespace migcheck::checks
