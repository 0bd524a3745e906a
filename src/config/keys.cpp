// SPDX-License-Identifier: MIT

#include "config/keys.hpp"

namespace migcheck::config {
namespace {

using List = std::vector<std::string>;

const std::string& text_of(const Value& value) {
  return std::get<std::string>(value);
}
bool flag_of(const Value& value) {
  return std::get<bool>(value);
}
std::int64_t number_of(const Value& value) {
  return std::get<std::int64_t>(value);
}
const List& list_of(const Value& value) {
  return std::get<List>(value);
}
Value list_of_set(const std::set<std::string, std::less<>>& names) {
  return List(names.begin(), names.end());
}
std::set<std::string, std::less<>> set_of(const Value& value) {
  return {list_of(value).begin(), list_of(value).end()};
}

std::string severity_word(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "info";
}

void apply_fail_on(const Value& value, Configuration& configuration) {
  Settings& settings = configuration.settings;
  settings.never_fail = text_of(value) == "never";
  for (const Severity severity : {Severity::Info, Severity::Warning, Severity::Error}) {
    if (text_of(value) == severity_word(severity)) settings.fail_on = severity;
  }
}

Value show_fail_on(const Configuration& configuration) {
  const Settings& settings = configuration.settings;
  return settings.never_fail ? "never" : severity_word(settings.fail_on);
}

std::vector<Key> tenancy_keys() {
  return {
      {.name = "enabled",
       .summary = "Whether the checks of tenancy run.",
       .shape = Shape::Boolean,
       .apply = [](const Value& value, Configuration& to) { to.settings.tenancy.enabled = flag_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.tenancy.enabled; }},
      {.name = "column",
       .summary = "The column that tells the tenants apart, or a list; left out, it is inferred.",
       .shape = Shape::TextList,
       .apply = [](const Value& value, Configuration& to) { to.settings.tenancy.columns = list_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.tenancy.columns; }},
      {.name = "root",
       .summary = "The table of the tenants themselves.",
       .shape = Shape::Text,
       .apply = [](const Value& value, Configuration& to) { to.settings.tenancy.root = text_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.tenancy.root; }},
      {.name = "global_tables",
       .summary = "Tables that belong to no tenant.",
       .shape = Shape::TextList,
       .apply = [](const Value& value,
                   Configuration& to) { to.settings.tenancy.global_tables = set_of(value); },
       .show = [](const Configuration& of) { return list_of_set(of.settings.tenancy.global_tables); }},
      {.name = "setting",
       .summary = "The session setting that holds the current tenant, such as app.team_id.",
       .shape = Shape::Text,
       .apply = [](const Value& value, Configuration& to) { to.settings.tenancy.setting = text_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.tenancy.setting; }},
      {.name = "bypass_roles",
       .summary = "Roles that see all tenants on purpose.",
       .shape = Shape::TextList,
       .apply = [](const Value& value,
                   Configuration& to) { to.settings.tenancy.bypass_roles = set_of(value); },
       .show = [](const Configuration& of) { return list_of_set(of.settings.tenancy.bypass_roles); }},
      {.name = "trust_foreign_keys",
       .summary = "Whether a simple foreign key to a row of a tenant proves the tenant of the child.",
       .shape = Shape::Boolean,
       .apply = [](const Value& value,
                   Configuration& to) { to.settings.tenancy.trust_foreign_keys = flag_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.tenancy.trust_foreign_keys; }},
  };
}

std::vector<Key> lock_timeout_keys() {
  return {
      {.name = "set_by_runner",
       .summary = "Whether what runs the migrations sets lock_timeout by itself.",
       .shape = Shape::Boolean,
       .apply = [](const Value& value,
                   Configuration& to) { to.settings.timeouts.lock_timeout_set_by_runner = flag_of(value); },
       .show = [](const Configuration& of) -> Value {
         return of.settings.timeouts.lock_timeout_set_by_runner;
       }},
      {.name = "longest",
       .summary = "The longest lock_timeout that is no finding.",
       .shape = Shape::Duration,
       .apply = [](const Value& value,
                   Configuration& to) { to.settings.timeouts.longest_lock_timeout_ms = number_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.timeouts.longest_lock_timeout_ms; }},
  };
}

// Of the path that was read last.
std::vector<Key> migration_keys() {
  return {
      {.name = "path",
       .summary = "A folder of migrations, or a file.",
       .shape = Shape::Text,
       .apply = [](const Value& value, Configuration& to) { to.migrations.back().path = text_of(value); }},
      {.name = "layout",
       .summary = "The migration tool of this folder.",
       .shape = Shape::Layout,
       .apply = [](const Value& value, Configuration& to) { to.migrations.back().layout = text_of(value); }},
      {.name = "transaction",
       .summary = "What the tool wraps: auto (its habit), none, each file, each file as one query, all.",
       .shape = Shape::Choice,
       .choices = {"auto", "none", "file", "query", "all"},
       .apply = [](const Value& value,
                   Configuration& to) { to.migrations.back().transaction = text_of(value); }},
  };
}

std::vector<Key> input_keys() {
  return {
      {.name = "migrations",
       .summary = "The folders of migrations, relative to this file.",
       .shape = Shape::Paths,
       .keys = migration_keys()},
      {.name = "layout",
       .summary = "The migration tool: its order, its transactions. auto looks at the files.",
       .shape = Shape::Layout,
       .apply = [](const Value& value, Configuration& to) { to.layout = text_of(value); },
       .show = [](const Configuration& of) -> Value { return of.layout; }},
      {.name = "queries",
       .summary = "Folders of query files of the application.",
       .shape = Shape::TextList,
       .apply = [](const Value& value, Configuration& to) { to.queries = list_of(value); },
       .show = [](const Configuration& of) -> Value { return of.queries; }},
      {.name = "seeds",
       .summary = "Folders or files of seeds, besides those that are called so.",
       .shape = Shape::TextList,
       .apply = [](const Value& value, Configuration& to) { to.seeds = list_of(value); },
       .show = [](const Configuration& of) -> Value { return of.seeds; }},
      {.name = "schema_dumps",
       .summary = "Schema dumps that stand before the first migration.",
       .shape = Shape::TextList,
       .apply = [](const Value& value, Configuration& to) { to.schema_dumps = list_of(value); },
       .show = [](const Configuration& of) -> Value { return of.schema_dumps; }},
      {.name = "down",
       .summary = "Whether the way back (down) is checked too, one severity lower.",
       .shape = Shape::Boolean,
       .apply = [](const Value& value, Configuration& to) { to.settings.way_back = flag_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.way_back; }},
      {.name = "exclude",
       .summary = "Globs of files to leave out.",
       .shape = Shape::TextList,
       .apply = [](const Value& value, Configuration& to) { to.exclude = list_of(value); },
       .show = [](const Configuration& of) -> Value { return of.exclude; }},
  };
}

std::vector<Key> rule_keys() {
  return {
      {.name = "preset",
       .summary = "Which checks are on: safety; saas adds schema and naming; strict has all but the opt-ins.",
       .shape = Shape::Choice,
       .choices = {"safety", "saas", "strict"},
       .apply = [](const Value& value, Configuration& to) { to.settings.preset = text_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.preset; }},
      {.name = "checks",
       .summary = "Checks and categories by name: off, on, a severity, or {severity, options}.",
       .shape = Shape::Checks},
      {.name = "tables",
       .summary = "What is known of tables: small ones are locked only briefly.",
       .shape = Shape::Tables,
       .choices = {"small"}},
      {.name = "tenancy",
       .summary = "How tenants are told apart.",
       .shape = Shape::Object,
       .keys = tenancy_keys()},
      {.name = "lock_timeout",
       .summary = "What is known of lock_timeout.",
       .shape = Shape::Object,
       .keys = lock_timeout_keys()},
      {.name = "suppressions",
       .summary = "Rules for comments that say migcheck:ignore.",
       .shape = Shape::Object,
       .keys = {{.name = "require_reason",
                 .summary = "Whether a suppression must say why, after --.",
                 .shape = Shape::Boolean,
                 .apply = [](const Value& value,
                             Configuration& to) { to.settings.require_reason = flag_of(value); },
                 .show = [](const Configuration& of) -> Value { return of.settings.require_reason; }}}},
      {.name = "baseline",
       .summary = "The file of accepted findings; left out, .migcheck-baseline.yaml beside this file.",
       .shape = Shape::Text,
       .apply = [](const Value& value, Configuration& to) { to.baseline = text_of(value); },
       .show = [](const Configuration& of) -> Value { return of.baseline; }},
      {.name = "fail_on",
       .summary = "The severity from which the exit code is 1.",
       .shape = Shape::Choice,
       .choices = {"info", "warning", "error", "never"},
       .apply = apply_fail_on,
       .show = show_fail_on},
      {.name = "fail_on_unread",
       .summary = "Whether the exit code is 2 if anything was recognised and could not be read.",
       .shape = Shape::Boolean,
       .apply = [](const Value& value, Configuration& to) { to.settings.fail_on_unread = flag_of(value); },
       .show = [](const Configuration& of) -> Value { return of.settings.fail_on_unread; }},
  };
}

}  // namespace

const std::vector<Key>& all_keys() {
  static const std::vector<Key> keys = [] {
    std::vector<Key> all = {
        {.name = "version",
         .summary = "The version of this format.",
         .shape = Shape::Integer,
         .least = 1,
         .most = 1,
         .apply = [](const Value&, Configuration&) {},
         .show = [](const Configuration&) -> Value { return std::int64_t{1}; }},
        {.name = "postgres",
         .summary = "The major version of the oldest server that will run the files.",
         .shape = Shape::Integer,
         .least = 9,
         .most = 99,
         .apply = [](const Value& value,
                     Configuration& to) { to.settings.pg_version = static_cast<int>(number_of(value)); },
         .show = [](const Configuration& of) -> Value { return std::int64_t{of.settings.pg_version}; }},
    };
    for (const auto& more : {input_keys(), rule_keys()}) all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return keys;
}

const std::vector<std::string_view>& check_levels() {
  static const std::vector<std::string_view> levels = {"off", "on", "info", "warning", "error"};
  return levels;
}

}  // namespace migcheck::config
