// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace set_schema_check {

// Partitions and indexes are reached through their table; an extension's objects are asked for by extension.
bool is_called_by_name(ast::ObjectType type) {
  using ast::ObjectType;
  return type == ObjectType::Table || type == ObjectType::View || type == ObjectType::MaterializedView ||
         type == ObjectType::ForeignTable || type == ObjectType::Sequence || type == ObjectType::Function ||
         type == ObjectType::Procedure || type == ObjectType::Routine || type == ObjectType::Type ||
         type == ObjectType::Domain;
}

// The object as it is: the one that the statement changes and that has the name.
const catalog::Object* moved_object(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Change& change : context.plan().changes) {
    const catalog::Object* before = context.catalog().object(change.id);
    if (before != nullptr && change.now != nullptr && context.is_name_of(name, *before) &&
        catalog::base(*before).schema != catalog::base(*change.now).schema)
      return before;
  }
  return nullptr;
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* move = context.statement_as<ast::SetSchema>();
  if (move == nullptr || !is_called_by_name(move->object) || context.is_refused()) return;
  const catalog::Object* object = moved_object(context, move->target.name);
  if (object != nullptr && (context.is_new_here(*object) || context.made_again(*object))) return;
  if (object == nullptr && move->if_exists && context.shows_everything(move->target.name)) return;
  const std::string name = sql_name(move->target.name);
  const std::string schema = sql_name(move->new_schema.text);
  out.report(move->span)
      .message(
          "From the commit on {0} is in the schema {1}: running code that names it by its old schema, or "
          "does not "
          "have {1} on its search_path, no longer finds it.",
          name, schema)
      .advice(
          "Leave something in its old place in the same transaction (for a table: CREATE VIEW {0} AS SELECT "
          "… FROM "
          "{1}.…), or put {1} on the search_path of all roles first.",
          name, schema);
}

}  // namespace set_schema_check

extern constexpr Check set_schema{
    .since = "0.1.0",
    .summary = "SET SCHEMA moves an object away from where running code looks for it.",
    .statements = {ast::NodeKind::SetSchema},
    .on_statement = set_schema_check::run};

}  // namespace migcheck::checks
