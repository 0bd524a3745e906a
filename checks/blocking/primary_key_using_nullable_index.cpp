// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace primary_key_using_nullable_index_check {

// The columns of the index that nothing proves to hold no nulls.
std::vector<std::string> columns_in_doubt(const CheckContext& context, const catalog::Table& table,
                                          std::string_view index_name) {
  std::vector<std::string> names;
  for (const catalog::Index* index : context.catalog().indexes_of(table.id)) {
    if (index->name != index_name) continue;
    for (const catalog::KeyElement& key : index->keys) {
      const catalog::Column* column = table.column(key.column);
      if (column != nullptr && !column->not_null) names.push_back(column->name);
    }
  }
  return names;
}

// What proves them, in the words of the server's version.
std::string safe_form(const CheckContext& context, const Effect& effect, std::string_view index_name) {
  const auto* table = context.catalog().get<catalog::Table>(effect.relation.id);
  if (table == nullptr) {
    return "First prove it: add CHECK (… IS NOT NULL) NOT VALID for each column, VALIDATE it in a later "
           "transaction, and then add the primary key.";
  }
  const std::string name = sql_name(effect.relation);
  std::string text;
  for (const std::string& column : columns_in_doubt(context, *table, index_name)) {
    const std::string proof = sql_name(column + "_not_null");
    text += context.pg_version() >= 18
                ? fmt::format("ALTER TABLE {} ADD CONSTRAINT {} NOT NULL {} NOT VALID;\n", name, proof,
                              sql_name(column))
                : fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID;\n", name,
                              proof, sql_name(column));
    text += fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {};  -- in a later transaction\n", name, proof);
  }
  return text + "Then add the primary key: it reads nothing.";
}

// A primary key's columns are NOT NULL. Where they are not yet, PostgreSQL reads every row to prove it, under
// ACCESS EXCLUSIVE, though the index is ready.
void run(const CheckContext& context, FindingSink& out) {
  for (const Effect& effect : context.effects({WorkReason::PrimaryKey, WorkReason::SetNotNull})) {
    const ast::AlterAction* action = context.action_of(effect);
    if (!effect.scan || !effect.builds.empty() || action == nullptr || action->constraint == nullptr)
      continue;
    if (action->constraint->using_index.empty()) continue;
    const std::string table = sql_name(effect.relation);
    out.report(effect.clause)
        .message(
            "The index {} is ready, but its columns may hold nulls: PostgreSQL reads every row of {} under "
            "ACCESS "
            "EXCLUSIVE to see that none does.",
            sql_name(action->constraint->using_index.text), table)
        .advice("{}", safe_form(context, effect, action->constraint->using_index.text))
        .about(context, effect.relation);
    return;
  }
}

}  // namespace primary_key_using_nullable_index_check

extern constexpr Check primary_key_using_nullable_index{
    .since = "0.1.0",
    .summary = "PRIMARY KEY USING INDEX over nullable columns reads the table under a lock.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = primary_key_using_nullable_index_check::run};

}  // namespace migcheck::checks
