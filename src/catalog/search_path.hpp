// SPDX-License-Identifier: MIT
#pragma once

// The order in which PostgreSQL looks through schemas for a name without one.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace migcheck::catalog {

inline constexpr std::string_view kPgCatalog = "pg_catalog";
inline constexpr std::string_view kPgTemp = "pg_temp";

// Calls visit(schema) for one schema after the other until it returns true. A written schema is the only one.
// Otherwise temporary objects come first and pg_catalog second, unless the path names them: then they have
// the place it gives them. Functions are never looked for among the temporary objects.
template <typename Visit>
void visit_schemas(std::string_view written, std::span<const std::string> search_path, bool functions,
                   Visit&& visit) {
  if (!written.empty()) {
    visit(written);
    return;
  }
  const auto names = [&](std::string_view schema) {
    return std::find(search_path.begin(), search_path.end(), schema) != search_path.end();
  };
  if (!functions && !names(kPgTemp) && visit(kPgTemp)) return;
  if (!names(kPgCatalog) && visit(kPgCatalog)) return;
  for (const std::string& schema : search_path) {
    if (functions && schema == kPgTemp) continue;
    if (visit(std::string_view(schema))) return;
  }
}

}  // namespace migcheck::catalog
