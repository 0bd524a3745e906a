// SPDX-License-Identifier: MIT

#include "lint/squawk_rules.hpp"

namespace migcheck {

const std::vector<SquawkRule>& squawk_rules() {
  static const std::vector<SquawkRule> rules = {
      {"adding-field-with-default", {"column-rewrite-on-add"}},
      {"adding-foreign-key-constraint", {"foreign-key-not-valid-missing"}},
      {"adding-not-nullable-field", {"set-not-null-scan", "column-not-null-without-default"}},
      {"adding-required-field", {"column-not-null-without-default"}},
      {"adding-serial-primary-key-field", {"primary-key-without-index", "column-rewrite-on-add"}},
      {"ban-alter-domain-with-add-constraint", {"domain-constraint-scan"}},
      {"ban-alter-row-level-security", {"row-security-toggled", "row-security-disabled"}},
      {"ban-char-field", {"char-column"}},
      {"ban-concurrent-index-creation-in-transaction", {"concurrently-in-transaction"}},
      {"ban-disable-trigger", {"trigger-toggled"}},
      {"ban-drop-column", {"column-dropped"}},
      {"ban-drop-constraint", {"constraint-dropped"}},
      {"ban-drop-database", {"database-dropped"}},
      {"ban-drop-default", {"default-dropped"}},
      {"ban-drop-domain", {"type-dropped"}},
      {"ban-drop-function", {"function-dropped"}},
      {"ban-drop-index", {"index-drop-not-concurrent"}},
      {"ban-drop-not-null", {"not-null-dropped"}},
      {"ban-drop-policy", {"row-security-lost"}},
      {"ban-drop-schema", {"schema-dropped"}},
      {"ban-drop-sequence", {"sequence-dropped"}},
      {"ban-drop-table", {"table-dropped"}},
      {"ban-drop-trigger", {"trigger-created-or-dropped"}},
      {"ban-drop-type", {"type-dropped"}},
      {"ban-drop-view", {"view-dropped"}},
      {"ban-new-write-restriction", {"column-made-not-null-for-old-writers"}},
      {"ban-replace-view-function", {"view-replace-incompatible", "function-signature-changed"}},
      {"ban-replica-identity", {"replica-identity-broken"}},
      {"ban-set-schema", {"set-schema"}},
      {"ban-truncate-cascade", {"truncate-cascade"}},
      {"ban-uncommitted-transaction", {"transaction-left-open"}},
      {"changing-column-type", {"column-type-rewrite", "column-type-narrowed"}},
      {"constraint-missing-not-valid", {"check-not-valid-missing", "foreign-key-not-valid-missing"}},
      {"disallowed-unique-constraint", {"unique-without-index"}},
      {"identifier-too-long", {"identifier-too-long"}},
      {"prefer-big-int", {"integer-primary-key"}},
      {"prefer-bigint-over-int", {"integer-primary-key"}},
      {"prefer-bigint-over-smallint", {"integer-primary-key"}},
      {"prefer-identity", {"serial-column"}},
      {"prefer-repack", {"table-rewrite"}},
      {"prefer-text-field", {"varchar-length"}},
      {"prefer-timestamp-tz", {"timestamp-without-time-zone"}},
      {"renaming-column", {"column-renamed"}},
      {"renaming-object", {"table-renamed", "schema-renamed", "enum-value-renamed"}},
      {"renaming-table", {"table-renamed"}},
      {"require-concurrent-index-creation", {"index-not-concurrent"}},
      {"require-concurrent-index-deletion", {"index-drop-not-concurrent"}},
      {"require-concurrent-partition-detach", {"partition-detach-not-concurrent"}},
      {"require-concurrent-reindex", {"reindex-not-concurrent"}},
      {"require-lock-timeout", {"lock-timeout-missing"}},
      {"require-timeout-settings", {"lock-timeout-missing"}},
      {"syntax-error", {"syntax-error"}},
      {"transaction-nesting", {"nested-transaction"}},
  };
  return rules;
}

std::vector<std::string_view> from_squawk(std::string_view rule) {
  std::vector<std::string_view> ours;
  for (const SquawkRule& row : squawk_rules()) {
    if (row.theirs != rule) continue;
    for (const std::string_view name : row.ours) {
      if (!name.empty()) ours.push_back(name);
    }
  }
  return ours;
}

}  // namespace migcheck
