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

// "1.1__name.sql": a version with dots and no letter in front is Ebean's alone. Whole numbers are its own
// only where the folder says so.
std::string detect(const Folder& folder) {
  const auto& names = folder.other_files();
  const bool indexed = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.starts_with("idx_") && name.ends_with(".migrations");
  });
  const bool said = indexed || folder.name() == "dbmigration" || folder.has_folder("model");
  std::size_t count = 0;
  for (const std::string& name : folder.sql_files()) {
    const std::string_view version = version_of(name);
    const bool dotted = starts_with_number(name) && version.find('.') != std::string_view::npos;
    count += dotted || (said && !version.empty()) ? 1u : 0u;
  }
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

// What Ebean looks for in a statement, in any case of letters.
bool is_taken_out(std::string_view words) {
  return words.find(" index concurrently ") != std::string_view::npos;
}

// Ebean takes index builds CONCURRENTLY out of the transaction and runs them alone, after it. What stands
// behind one in the file counts here as a transaction of its own.
Parts parts(const MigrationText& file) {
  Parts result;
  std::size_t begin = 0;
  unsigned unit = 0;
  for_each_statement(file.text, [&](const StatementText& statement) {
    if (!is_taken_out(statement.words)) return;
    if (statement.span.begin > begin) {
      result.sections.push_back(
          make_section(span_of(begin, statement.span.begin), Direction::Up, Wrapping::Transaction, unit++));
    }
    result.sections.push_back(make_section(statement.span, Direction::Up, Wrapping::None, unit++));
    begin = statement.span.end;
  });
  if (begin < file.text.size() || result.sections.empty()) {
    result.sections.push_back(
        make_section(span_of(begin, file.text.size()), Direction::Up, Wrapping::Transaction, unit));
  }
  return result;
}

}  // namespace

const Layout layouts::ebean{
    .name = "ebean", .tool = "Ebean", .opt_out = {}, .detect = detect, .arrange = arrange, .parts = parts};

}  // namespace migcheck::input
