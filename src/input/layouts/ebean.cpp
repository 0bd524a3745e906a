// SPDX-License-Identifier: MIT

#include <algorithm>
#include <string>

#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// 1.0__initial.sql, 1.1__name.sql, R__views.sql
std::string_view version_of(std::string_view name) {
  const std::size_t separator = name.find("__");
  if (separator == std::string_view::npos || separator == 0) return {};
  std::string_view version = name.substr(0, separator);
  if (version == "R" || version == "I") return version;
  if (version.front() == 'V') version.remove_prefix(1);
  return !version.empty() && is_digit(version.front()) ? version : std::string_view();
}

bool is_repeatable(std::string_view path) {
  return name_of(path).starts_with("R__");
}

std::string detect(const Folder& folder) {
  const auto& names = folder.files();
  const bool indexed = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.starts_with("idx_") && name.ends_with(".migrations");
  });
  if (!indexed && folder.name() != "dbmigration" && !folder.has_folder("model")) return {};
  std::size_t count = 0;
  for (const std::string& name : folder.sql_files()) count += version_of(name).empty() ? 0u : 1u;
  return count == 0 ? std::string() : counted(count, "file", "named <version>__name.sql");
}

Arrangement arrange(const Folder& folder) {
  Arrangement arrangement;
  for (const std::string& name : folder.sql_files()) {
    if (!version_of(name).empty()) arrangement.files.push_back({name, Role::Target});
  }
  std::sort(arrangement.files.begin(), arrangement.files.end(), [](const auto& a, const auto& b) {
    if (is_repeatable(a.path) != is_repeatable(b.path)) return is_repeatable(b.path);
    const int order = compare_versions(version_of(a.path), version_of(b.path));
    return order != 0 ? order < 0 : naturally_before(a.path, b.path);
  });
  return arrangement;
}

// Ebean takes index builds CONCURRENTLY out of the transaction and runs them after it.
Parts parts(const MigrationText& file) {
  Parts result;
  std::size_t begin = 0;
  for_each_statement(file.text, [&](const StatementText& statement) {
    if (!is_index_concurrently(statement.words)) return;
    if (statement.span.begin > begin) {
      result.sections.push_back(
          make_section(span_of(begin, statement.span.begin), Direction::Up, Wrapping::Transaction));
    }
    result.sections.push_back(make_section(statement.span, Direction::Up, Wrapping::None, 1));
    begin = statement.span.end;
  });
  if (begin < file.text.size() || result.sections.empty()) {
    result.sections.push_back(
        make_section(span_of(begin, file.text.size()), Direction::Up, Wrapping::Transaction));
  }
  return result;
}

}  // namespace

const Layout layouts::ebean{
    .name = "ebean", .tool = "Ebean", .opt_out = {}, .detect = detect, .arrange = arrange, .parts = parts};

}  // namespace migcheck::input
