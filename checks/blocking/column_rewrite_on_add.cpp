// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_rewrite_on_add_check {

// Without quotes and schema, to build another name from it.
std::string plain(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  std::string text(dot == std::string_view::npos ? name : name.substr(dot + 1));
  std::erase(text, '"');
  return text;
}

// Why this value cannot be stored once in the catalog.
std::string_view because(WorkReason reason) {
  switch (reason) {
    case WorkReason::SerialColumn:
      return "a serial column gives each row its own number";
    case WorkReason::IdentityColumn:
      return "an identity column gives each row its own number";
    case WorkReason::StoredColumn:
      return "a stored generated column is computed for each row";
    case WorkReason::ConstrainedDomain:
      return "the domain has a constraint, and each row is checked against it";
    case WorkReason::OldServerDefault:
      return "servers before 11 store a default in each row";
    case WorkReason::UnknownDefault:
      return "the default calls a function that the history does not show, which counts as volatile unless "
             "it is "
             "declared STABLE or IMMUTABLE";
    default:
      return "the default is volatile and is computed for each row";
  }
}

std::string safe_form(const CheckContext& context, WorkReason reason, const std::string& table,
                      const std::string& column, const std::string& type) {
  switch (reason) {
    case WorkReason::StoredColumn:
      return fmt::format(
          "{}Add a plain column ({} {}), keep it up to date with a trigger, and fill the old rows in "
          "batches.",
          context.pg_version() >= 18 ? "Write VIRTUAL: it is computed when it is read. Or: " : "", column,
          type);
    case WorkReason::ConstrainedDomain:
      return fmt::format(
          "Add the column with the domain's base type, and what the domain demands as a CHECK of {} with NOT "
          "VALID; "
          "VALIDATE it in a later transaction.",
          table);
    case WorkReason::SerialColumn:
    case WorkReason::IdentityColumn:
      return fmt::format(
          "ALTER TABLE {0} ADD COLUMN {1} bigint;\nCREATE SEQUENCE {2} OWNED BY {0}.{1};\n"
          "ALTER TABLE {0} ALTER COLUMN {1} SET DEFAULT nextval('{2}');  -- new rows; fill the old ones in "
          "batches",
          table, column, sql_name(plain(table) + "_" + plain(column) + "_seq"));
    default:
      return fmt::format(
          "Add the column without it (ALTER TABLE {0} ADD COLUMN {1} {2};), set the default in a second "
          "statement "
          "(it then holds for new rows only), and fill the old rows in batches.",
          table, column, type);
  }
}

// A constant or stable default is stored once (11 and later). Everything else is written into each row, under
// ACCESS EXCLUSIVE.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect :
       context.effects({WorkReason::VolatileDefault, WorkReason::UnknownDefault, WorkReason::SerialColumn,
                        WorkReason::IdentityColumn, WorkReason::StoredColumn, WorkReason::ConstrainedDomain,
                        WorkReason::OldServerDefault})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.rewrite || action == nullptr || action->column == nullptr) continue;
    const std::string table = sql_name(effect.relation);
    const std::string column = sql_name(action->column->name.text);
    const std::string type(action->column->type == nullptr ? "…" : context.text(action->column->type->span));
    out.report(effect.clause)
        .message(
            "Adding {}.{} rewrites the whole table under ACCESS EXCLUSIVE, no read or write until it is "
            "done: {}.",
            table, column, because(effect.reason))
        .advice("{}", safe_form(context, effect.reason, table, column, type))
        .about(context, effect.relation);
  }
}

}  // namespace column_rewrite_on_add_check

extern constexpr Check column_rewrite_on_add{
    .since = "0.1.0",
    .summary = "ADD COLUMN with a value of its own for each row rewrites the table under a lock.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_rewrite_on_add_check::run};

}  // namespace migcheck::checks
