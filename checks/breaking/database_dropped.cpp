// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace database_dropped_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Database) return;
  for (const ast::ObjectName& name : drop->names) {
    bool made_here = false;
    for (const ast::Statement* earlier : context.earlier_in_file({name.name.name})) {
      const auto* create = ast::as<ast::CreateDatabase>(earlier);
      made_here = made_here || (create != nullptr && create->name.text == name.name.name);
    }
    if (made_here) continue;
    out.report(drop->span)
        .message("Dropping the database {} deletes everything in it at once. It cannot be rolled back.",
                 sql_name(name.name.name))
        .advice(
            "Leave it out of migrations: retire a database by hand, after a backup that you have restored "
            "once.");
  }
}

}  // namespace database_dropped_check

extern constexpr Check database_dropped{
    .since = "0.1.0",
    .summary = "DROP DATABASE deletes everything, and no transaction can take it back.",
    .severity = Severity::Error,
    .statements = {ast::NodeKind::Drop},
    .on_statement = database_dropped_check::run};

}  // namespace migcheck::checks
