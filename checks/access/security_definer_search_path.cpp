// SPDX-License-Identifier: MIT

#include "function_words.hpp"

namespace migcheck::checks {
namespace security_definer_search_path_check {

using Path = std::vector<std::string>;

// Measured on 12 to 18: with no search_path, or one in which pg_temp is not named last, a temporary table of
// the caller takes the place of the one that the function means. Temporary schemas are asked for relations
// and types only, so qualified names are safe under any path that is set.
bool ends_with_temp(const Path& path) {
  if (path.empty()) return false;
  std::string_view text = path.back();  // a list may be one text: 'public, pg_temp'
  while (!text.empty() && (text.back() == ' ' || text.back() == '"')) text.remove_suffix(1);
  return text.size() >= 7 && text.substr(text.size() - 7) == "pg_temp";
}

bool is_empty_path(const Path& path) {
  return path.empty() ||
         (path.size() == 1 && (path[0].empty() || path[0] == "\"\"" || path[0] == "pg_catalog"));
}

struct Fault {
  std::string_view what = {};  // empty: nothing is wrong with it
  std::string_view taken = "temporary table";
};

Fault fault_of(const catalog::Catalog& catalog, const catalog::Function& function) {
  const bool bare_table = function.body == nullptr || function_words::names_a_bare_table(*function.body);
  const auto found = function.settings.find("search_path");
  if (found == function.settings.end()) {
    if (bare_table) return {"sets no search_path"};
    // Temporary schemas are not asked for functions, the others of the caller's path are.
    const bool calls = function_words::calls_a_bare_function(catalog, *function.body);
    return calls ? Fault{"sets no search_path", "function"} : Fault{};
  }
  if (ends_with_temp(found->second) || function.body == nullptr || !bare_table) return {};
  return {is_empty_path(found->second)
              ? "has an empty search_path but names tables without their schema, which pg_temp still answers"
              : "has a search_path without pg_temp at its end, so pg_temp comes first"};
}

// Asked at the end: ALTER FUNCTION … SET search_path may follow, or a better version.
void run(const CheckContext& context, FindingSink& out) {
  for (const catalog::Object* object : context.catalog().objects(catalog::ObjectKind::Function)) {
    const auto* function = std::get_if<catalog::Function>(object);
    if (function == nullptr || !function->security_definer || function->uncertain) continue;
    if (!context.is_target(function->origin) || function->extension_member) continue;
    const Fault fault = fault_of(context.catalog(), *function);
    if (fault.what.empty()) continue;
    out.report(function->origin.place)
        .message(
            "{} runs with the rights of its owner and {}: a caller's {} takes the place of the one that is "
            "meant.",
            sql_name(function->name), fault.what, fault.taken)
        .advice("SET search_path = '' with qualified names, or SET search_path = public, pg_temp");
  }
}

}  // namespace security_definer_search_path_check

extern constexpr Check security_definer_search_path{
    .since = "0.1.0",
    .summary = "A SECURITY DEFINER function can be led to a caller's tables.",
    .on_history_end = security_definer_search_path_check::run};

}  // namespace migcheck::checks
