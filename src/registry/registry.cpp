// SPDX-License-Identifier: MIT

#include "migcheck/registry.hpp"

#include <algorithm>
#include <unordered_map>

namespace migcheck {

const std::vector<Category>& all_categories() {
  static const std::vector<Category> categories = {
      {"blocking", "A strong lock is held for as long as the data is big.", Severity::Error, Preset::Safety},
      {"failing", "PostgreSQL will refuse the statement.", Severity::Error, Preset::Safety},
      {"tenancy", "One customer could see another's rows.", Severity::Error, Preset::Safety},
      {"access", "Row level security, privileges and functions that run with their owner's rights.",
       Severity::Error, Preset::Safety},
      {"breaking", "The running application breaks, or data is lost.", Severity::Warning, Preset::Safety},
      {"transactions", "Lock windows, timeouts and nesting.", Severity::Warning, Preset::Safety},
      {"indexes", "Indexes that are missing, useless or twice there.", Severity::Warning, Preset::Safety},
      {"data", "Backfills, seeds, soft delete and the audit log.", Severity::Warning, Preset::Safety},
      {"history", "The set of migration files itself.", Severity::Warning, Preset::Safety},
      {"schema", "Types and conventions of the schema.", Severity::Warning, Preset::Saas},
      {"naming", "Names that follow one pattern.", Severity::Warning, Preset::Saas},
      {"queries", "Queries of the application that surprise.", Severity::Warning, Preset::Strict},
  };
  return categories;
}

const RegisteredCheck* find_check(std::string_view name) {
  static const std::unordered_map<std::string_view, const RegisteredCheck*> by_name = [] {
    std::unordered_map<std::string_view, const RegisteredCheck*> map;
    for (const RegisteredCheck& check : all_checks()) map.emplace(check.name, &check);
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const Category* find_category(std::string_view name) {
  const auto& categories = all_categories();
  const auto found = std::find_if(categories.begin(), categories.end(),
                                  [&](const Category& category) { return category.name == name; });
  return found == categories.end() ? nullptr : &*found;
}

Severity RegisteredCheck::severity() const {
  if (check->severity) return *check->severity;
  const Category* home = find_category(category);
  return home == nullptr ? Severity::Warning : home->severity;
}

Preset RegisteredCheck::preset() const {
  if (check->preset) return *check->preset;
  const Category* home = find_category(category);
  return home == nullptr ? Preset::Safety : home->preset;
}

namespace {

Preset preset_named(std::string_view name) {
  if (name == "strict") return Preset::Strict;
  if (name == "saas") return Preset::Saas;
  return Preset::Safety;
}

// The setting of the check itself, else of its category; the member pointer says which part is wanted.
template <typename T>
std::optional<T> configured(const RegisteredCheck& check, const Settings& settings,
                            std::optional<T> CheckSetting::*part) {
  if (const auto own = settings.checks.find(check.name); own != settings.checks.end() && own->second.*part) {
    return own->second.*part;
  }
  const auto of_category = settings.categories.find(check.category);
  return of_category == settings.categories.end() ? std::nullopt : of_category->second.*part;
}

}  // namespace

bool is_enabled(const RegisteredCheck& check, const Settings& settings) {
  if (check.check->min_pg > settings.pg_version) return false;
  if (check.check->max_pg != 0 && check.check->max_pg < settings.pg_version) return false;
  if (!settings.only.empty()) {
    return settings.only.count(check.name) > 0 || settings.only.count(check.category) > 0;
  }
  if (const auto enabled = configured(check, settings, &CheckSetting::enabled)) return *enabled;
  return check.preset() <= preset_named(settings.preset);
}

Severity severity_under(const RegisteredCheck& check, const Settings& settings) {
  return configured(check, settings, &CheckSetting::severity).value_or(check.severity());
}

}  // namespace migcheck
