// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace security_definer_search_path_check {

// Measured on 12 to 18: with no search_path, or one in which pg_temp is not named last, a temporary table of
// the caller takes the place of the one that the function means. '' is safe with qualified names only.
bool names_temp_last(const ast::FunctionSetting& setting) {
  return !setting.values.empty() && setting.values.back() == "pg_temp";
}

// A list may be one text: 'public, pg_temp'.
bool ends_with_temp(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '"')) text.remove_suffix(1);
  return text.size() >= 7 && text.substr(text.size() - 7) == "pg_temp";
}

bool is_empty_path(const ast::FunctionSetting& setting) {
  return setting.values.empty() ||
         (setting.values.size() == 1 &&
          (setting.values[0].empty() || setting.values[0] == "\"\"" || setting.values[0] == "pg_catalog"));
}

bool has_unqualified_table(const ast::Body* body) {
  bool found = false;
  for (std::size_t i = 0; body != nullptr && i < body->statements.size(); ++i) {
    std::vector<std::string_view> common;
    const auto bare = [&](const ast::RelationName& name) {
      return !name.empty() && name.schema.empty() &&
             std::find(common.begin(), common.end(), name.name) == common.end();
    };
    ast::walk(body->statements[i].statement, [&](const ast::Node& node) {
      if (const auto* table = ast::as<ast::CommonTable>(&node)) common.push_back(table->name.text);
      if (const auto* table = ast::as<ast::TableRef>(&node)) found = found || bare(table->relation);
      if (const auto* insert = ast::as<ast::Insert>(&node)) found = found || bare(insert->relation);
      if (const auto* update = ast::as<ast::Update>(&node)) found = found || bare(update->relation);
      if (const auto* removal = ast::as<ast::Delete>(&node)) found = found || bare(removal->relation);
      return true;
    });
  }
  return found;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* function = context.statement_as<ast::CreateFunction>();
  if (function == nullptr || !function->security_definer) return;
  const ast::FunctionSetting* path = nullptr;
  for (const ast::FunctionSetting& setting : function->settings) {
    if (setting.name == "search_path") path = &setting;
  }
  if (path != nullptr) {
    if (names_temp_last(*path) || (!path->values.empty() && ends_with_temp(path->values.back()))) return;
    if (is_empty_path(*path) && !has_unqualified_table(function->body)) return;
  }
  const char* reason =
      path == nullptr ? "sets no search_path"
      : is_empty_path(*path)
          ? "has an empty search_path but names tables without their schema, which pg_temp still answers"
          : "has a search_path without pg_temp at its end, so pg_temp comes first";
  out.report(function->name.span)
      .message(
          "{} runs with the rights of its owner and {}: a caller's temporary table takes the place of the "
          "one that "
          "is meant.",
          sql_name(function->name), reason)
      .advice("SET search_path = '' with qualified names, or SET search_path = public, pg_temp");
}

}  // namespace security_definer_search_path_check

extern constexpr Check security_definer_search_path{
    .since = "0.1.0",
    .summary = "A SECURITY DEFINER function can be led to a caller's tables.",
    .on_statement = security_definer_search_path_check::run};

}  // namespace migcheck::checks
