// SPDX-License-Identifier: MIT
#pragma once

// The checks as SARIF rules: what code scanning shows beside an alert.

#include <string_view>
#include <vector>

#include "migcheck/registry.hpp"
#include "report/json_writer.hpp"

namespace migcheck::report {

// By name: the same order in every run, whatever the registry's.
std::vector<const RegisteredCheck*> sorted_rules(const std::vector<RegisteredCheck>& checks);

// SARIF's words: "error", "warning", "note".
std::string_view level_word(Severity severity);

void write_rule(JsonWriter& json, const RegisteredCheck& rule);

}  // namespace migcheck::report
