// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_dropped_check {

// The rows are gone, and whatever still reads or writes the table fails from then on.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr) return;
  if (drop->object != ast::ObjectType::Table && drop->object != ast::ObjectType::ForeignTable) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Object* found = context.relation(name.name);
    if (context.is_new_here(name.name)) continue;
    if (found == nullptr && drop->if_exists &&
        context.catalog().is_complete(name.name.schema.empty() ? "public" : name.name.schema))
      continue;  // there is none
    const std::string table = sql_name(name.name);
    out.report(name.name.span)
        .message(
            "Dropping {} deletes its rows for good, and every query of the running application that names it "
            "fails "
            "from here on.",
            table)
        .advice(
            "Deploy code that no longer uses {0} first. Rename it away for a while (ALTER TABLE {0} RENAME "
            "TO …) if you "
            "want a way back, and drop it in a later change.",
            table);
  }
}

}  // namespace table_dropped_check

extern constexpr Check table_dropped{
    .since = "0.1.0",
    .summary = "DROP TABLE deletes rows for good and breaks code that uses the table.",
    .severity = Severity::Error,
    .on_statement = table_dropped_check::run};

}  // namespace migcheck::checks
