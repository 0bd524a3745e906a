// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_type_index_rebuild_check {

// The steps around the change for an index: one behind a constraint goes and comes with it.
std::string steps_for(const CheckContext& context, const Effect& effect, const std::string& name) {
  const std::string table = sql_name(effect.relation);
  const catalog::Object* found = context.catalog().relation(effect.relation.schema, name, {});
  const auto* index = found == nullptr ? nullptr : std::get_if<catalog::Index>(found);
  const std::string quoted = sql_name(name);
  if (index == nullptr || index->constraint.empty()) {
    return fmt::format("DROP INDEX CONCURRENTLY {}; change the type; CREATE INDEX CONCURRENTLY {} again.",
                       quoted, quoted);
  }
  return fmt::format(
      "ALTER TABLE {0} DROP CONSTRAINT {1}; change the type; CREATE UNIQUE INDEX CONCURRENTLY {1} …; ALTER "
      "TABLE "
      "{0} ADD CONSTRAINT {1} {2} USING INDEX {1}. (In between nothing keeps its values unique.)",
      table, quoted, index->primary ? "PRIMARY KEY" : "UNIQUE");
}

std::string safe_form(const CheckContext& context, const Effect& effect) {
  if (effect.builds.empty()) {
    return "Drop the CHECK first, change the type, add the CHECK again with NOT VALID and validate it later.";
  }
  std::string text = "Take what is built anew out of the way first:";
  for (const std::string& name : effect.builds) text += "\n" + steps_for(context, effect, name);
  return text;
}

// The rows stay, but an index on the column is built anew or a CHECK is run over all rows, under the ACCESS
// EXCLUSIVE of the ALTER.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect :
       context.effects({WorkReason::TypeChange, WorkReason::CollationChange, WorkReason::UnknownTypeChange,
                        WorkReason::IndexRebuild, WorkReason::CheckConstraint})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (action == nullptr || action->type != ast::AlterAction::Type::SetType || effect.rewrite ||
        (effect.builds.empty() && !effect.scan))
      continue;
    const std::string table = sql_name(effect.relation);
    const std::string work = effect.builds.empty()
                                 ? "reads every row to check a constraint on it again"
                                 : fmt::format("builds {} anew", fmt::join(effect.builds, ", "));
    out.report(effect.clause)
        .message(
            "Changing the type of {}.{} does not rewrite the table, but PostgreSQL {} under ACCESS "
            "EXCLUSIVE: no read or "
            "write until it is done.",
            table, sql_name(action->name.text), work)
        .advice("{}", safe_form(context, effect))
        .about(context, effect.relation);
  }
}

}  // namespace column_type_index_rebuild_check

extern constexpr Check column_type_index_rebuild{
    .since = "0.1.0",
    .summary = "A change of type rebuilds an index or re-checks a constraint under a lock.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_type_index_rebuild_check::run};

}  // namespace migcheck::checks
