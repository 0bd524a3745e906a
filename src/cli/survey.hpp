// SPDX-License-Identifier: MIT
#pragma once

// What a project says of itself without being asked: its migrations, the server that it runs on, its tenants.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/pipeline.hpp"
#include "cli/talk.hpp"

namespace migcheck::cli {

// A server version that a file of the project names.
struct ServerHint {
  int major = 0;
  std::string where;  // "docker-compose.yml:4"
  friend bool operator==(const ServerHint&, const ServerHint&) = default;
};

// The PostgreSQL images (postgres:15-alpine, timescaledb:2.11-pg15) and settings (major_version = 15) in a
// text.
std::vector<ServerHint> server_hints(std::string_view text, const std::string& path);

// The oldest that the files in the usual places name: it decides what is possible.
std::optional<ServerHint> oldest_server(const std::string& root);

// Of all histories of a run, for each what is nearest above it: the oldest server decides; a history without
// a hint says nothing.
std::optional<ServerHint> server_of(const InputSet& set);

struct Survey {
  std::vector<History> histories;
  std::optional<ServerHint> server;
  std::vector<std::string> tenant_columns;
  std::string tenant_root;
  LintReport report;  // of a first lint
};

Result<Survey> survey(const LintRequest& request, const std::string& root, const Talk& talk);

// SQL files without a tool beside migrations that have one: dumps, scripts, queries. They are named and left
// out.
bool is_aside(const Survey& survey, const History& history);

// The first configuration of such a project.
std::string first_configuration(const Survey& survey);

}  // namespace migcheck::cli
