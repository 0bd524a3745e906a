// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace enum_value_renamed_check {

// All rows change at once, for it is one entry in a catalog; the running application goes on with the old
// label.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterEnum>();
  if (alter == nullptr || alter->old_value.empty() || context.is_refused()) return;
  const catalog::Type* type =
      context.catalog().type(alter->name.schema, alter->name.name, context.session().search_path);
  if (type != nullptr && context.is_new_here(type->origin)) return;
  out.report(alter->span)
      .message(
          "From the commit on every row that held '{0}' shows '{1}', and '{0}' is refused: the running "
          "application "
          "neither knows the one nor may write the other (invalid input value for enum {2}).",
          alter->old_value, alter->new_value, sql_name(alter->name))
      .advice(
          "Add '{1}' as a value of its own (ALTER TYPE {2} ADD VALUE '{1}'), deploy code that reads both and "
          "writes "
          "the new one, then change the rows in batches. The old label can stay.",
          alter->old_value, alter->new_value, sql_name(alter->name));
}

}  // namespace enum_value_renamed_check

extern constexpr Check enum_value_renamed{
    .since = "0.1.0",
    .summary = "RENAME VALUE of an enum changes what running code reads and refuses what it writes.",
    .statements = {ast::NodeKind::AlterEnum},
    .on_statement = enum_value_renamed_check::run};

}  // namespace migcheck::checks
