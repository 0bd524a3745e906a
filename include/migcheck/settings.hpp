// SPDX-License-Identifier: MIT
#pragma once

// What a run is told: plain values, made by the configuration and the command line, read by every room that
// decides something. Every member has the default that holds without a configuration file.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace migcheck {

enum class Severity : unsigned char { Info, Warning, Error };

// The oldest server that will run the files. Facts are measured from 12 to 18; a later number is treated as
// kNewestMeasured and the run says so.
inline constexpr int kOldestMeasured = 12;
inline constexpr int kNewestMeasured = 18;
inline constexpr int kDefaultPgVersion = 15;

// The value of an option of one check, as its metadata declares it.
using OptionValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

// What is said of one check by name: switched on or off, its severity, its options.
struct CheckSetting {
  std::optional<bool> enabled;
  std::optional<Severity> severity;
  std::map<std::string, OptionValue, std::less<>> options;
};

// How big a table is, where the project says so; a lock on a small table is held briefly.
enum class TableSize : unsigned char { Unknown, Small };

// Tenancy: which column tells the tenants apart. Empty columns: inferred from the history.
struct TenancySettings {
  std::vector<std::string> columns;                  // team_id
  std::string root;                                  // teams
  std::set<std::string, std::less<>> global_tables;  // tables that belong to no tenant
  std::string setting;                               // app.current_tenant_id
  std::set<std::string, std::less<>> bypass_roles;
  bool trust_foreign_keys = true;
  bool enabled = true;
};

// What is known of the timeouts that the runner sets by itself.
struct TimeoutSettings {
  bool lock_timeout_set_by_runner = false;
  std::int64_t longest_lock_timeout_ms = 10'000;
};

struct Settings {
  int pg_version = kDefaultPgVersion;
  bool pg_version_assumed = false;  // nothing names a server: it may be newer
  std::string preset = "safety";
  // Checks by name, and categories by name; a name wins over its category. See registry.hpp: is_enabled().
  std::map<std::string, CheckSetting, std::less<>> checks;
  std::map<std::string, CheckSetting, std::less<>> categories;
  // --only: when not empty, exactly these checks and categories run.
  std::set<std::string, std::less<>> only;
  std::map<std::string, TableSize, std::less<>> tables;  // "countries" or "schema.countries"
  TenancySettings tenancy;
  TimeoutSettings timeouts;
  Severity fail_on = Severity::Error;
  bool never_fail = false;       // --fail-on never
  bool use_suppressions = true;  // --no-suppressions
  std::string today;             // "2027-01-31": for suppressions that end; empty: they never do
  bool require_reason = false;   // suppressions: {require_reason: true}
  bool way_back = false;         // --down: what leads back is checked too, one severity lower
  bool fail_on_unread = false;   // --fail-on-unread: what is recognised and not read is exit code 2
};

}  // namespace migcheck
