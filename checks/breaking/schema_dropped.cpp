// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace schema_dropped_check {

// A schema that holds nothing is nobody's loss.
bool is_empty(const CheckContext& context, const catalog::Object& schema) {
  const std::string& name = catalog::base(schema).name;
  return context.catalog().is_complete(name) && context.catalog().in_schema(name).empty();
}

std::string contents(const CheckContext& context, std::string_view schema) {
  std::vector<std::string> tables;
  for (const catalog::Object* object : context.catalog().in_schema(schema)) {
    if (std::holds_alternative<catalog::Table>(*object))
      tables.push_back(sql_name(catalog::base(*object).name));
  }
  return tables.empty() ? std::string("all that is in it, rows included,")
                        : "its tables " + enumerate(tables) + " with their rows";
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Schema || context.is_refused()) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Object* schema = context.catalog().global(catalog::ObjectKind::Schema, name.name.name);
    if (schema != nullptr && (context.is_new_here(*schema) || is_empty(context, *schema))) continue;
    // A clean start: the history has none of that name, and the file makes it.
    if (schema == nullptr && drop->if_exists && context.made_again_in_file(name.name)) continue;
    out.report(name.name.span)
        .message(
            "Dropping the schema {} deletes {} for good, and every query that names them fails from "
            "here on.",
            sql_name(name.name.name), contents(context, name.name.name))
        .advice(
            "Drop what is in it object by object, each in a change after the code that used it is gone; then "
            "DROP "
            "SCHEMA without CASCADE proves that nothing was forgotten.");
  }
}

}  // namespace schema_dropped_check

extern constexpr Check schema_dropped{.since = "0.1.0",
                                      .summary = "DROP SCHEMA deletes everything in it.",
                                      .severity = Severity::Error,
                                      .statements = {ast::NodeKind::Drop},
                                      .on_statement = schema_dropped_check::run};

}  // namespace migcheck::checks
