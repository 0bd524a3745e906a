// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace schema_renamed_check {

// Every name that is written with the schema, and every search_path, means the old one.
void run(const CheckContext& context, FindingSink& out) {
  const auto* rename = context.statement_as<ast::Rename>();
  if (rename == nullptr || rename->object != ast::ObjectType::Schema || context.is_refused()) return;
  const catalog::Object* schema =
      context.catalog().global(catalog::ObjectKind::Schema, rename->target.name.name);
  if (schema != nullptr && (context.is_new_here(*schema) || context.made_again(*schema))) return;
  const std::string from = sql_name(rename->target.name.name);
  out.report(rename->span)
      .message(
          "From the commit on the schema {0} is called {1}: queries that write {0}.… fail, and a search_path "
          "that "
          "names {0} silently skips it.",
          from, sql_name(rename->new_name.text))
      .advice(
          "Put both names on the search_path of the application's roles first (ALTER ROLE … SET "
          "search_path), let "
          "queries name tables without schema, and rename when no running code writes {0}.",
          from);
}

}  // namespace schema_renamed_check

extern constexpr Check schema_renamed{
    .since = "0.1.0",
    .summary = "RENAME of a schema breaks every name that is written with it.",
    .statements = {ast::NodeKind::Rename},
    .on_statement = schema_renamed_check::run};

}  // namespace migcheck::checks
