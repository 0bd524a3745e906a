// SPDX-License-Identifier: MIT
#pragma once

// How checks write names and lists into their messages.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "migcheck/ast.hpp"
#include "migcheck/ast/print.hpp"
#include "migcheck/catalog.hpp"
#include "migcheck/plan.hpp"

namespace migcheck {

// Names as SQL wants them: quoted where they must be.
[[nodiscard]] std::string sql_name(std::string_view name);
[[nodiscard]] std::string sql_name(const ast::QualifiedName& name);
[[nodiscard]] std::string sql_name(const RelationRef& relation);
[[nodiscard]] std::string sql_name(const catalog::ObjectBase& object);
// "integer, text": what tells a function's overloads apart, as DROP FUNCTION wants it.
[[nodiscard]] std::string input_types(const catalog::Function& function);
// "5s", "250": a timeout's value in milliseconds; nothing for what PostgreSQL refuses.
[[nodiscard]] std::optional<std::int64_t> timeout_ms(std::string_view value);
// "a, b and c"; of many: "a, b, c, d, e and 4 more".
[[nodiscard]] std::string enumerate(std::span<const std::string> words);
// "a, b, c"
[[nodiscard]] std::string sql_names(ast::List<ast::Name> names);

}  // namespace migcheck
