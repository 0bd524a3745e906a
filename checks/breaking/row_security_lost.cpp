// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace row_security_lost_check {

using Type = ast::AlterAction::Type;

// The table that takes the name further down in the file, and whether anything enables row level security on
// it.
struct Successor {
  bool found = false;
  bool enabled = false;
  std::string_view by;
};

bool is_enabled_later(const CheckContext& context, std::string_view table) {
  const auto rest = context.rest_of_file({table});
  return std::any_of(rest.begin(), rest.end(), [&](const ast::Statement* later) {
    const auto* alter = ast::as<ast::AlterTable>(later);
    return alter != nullptr && alter->relation.name == table &&
           std::any_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
             return action->type == Type::EnableRowSecurity;
           });
  });
}

Successor successor_of(const CheckContext& context, const catalog::Object& gone) {
  Successor successor;
  std::string_view before;  // the name that the successor has until it is renamed
  const std::string& name = catalog::base(gone).name;
  for (const ast::Statement* later : context.rest_of_file({name})) {
    if (const auto* create = ast::as<ast::CreateTable>(later); create != nullptr) {
      if (context.is_name_of(create->relation, gone)) successor = {true, false, "CREATE TABLE"};
    } else if (const auto* as = ast::as<ast::CreateTableAs>(later); as != nullptr) {
      if (context.is_name_of(as->relation, gone)) successor = {true, false, "CREATE TABLE AS"};
    } else if (const auto* rename = ast::as<ast::Rename>(later);
               rename != nullptr && rename->object == ast::ObjectType::Table) {
      if (rename->new_name.text != name) continue;
      const catalog::Table* other = context.table(rename->target.name);
      before = rename->target.name.name;
      successor = {true, other != nullptr && other->row_security, "RENAME"};
    }
  }
  successor.enabled =
      successor.enabled || is_enabled_later(context, name) || is_enabled_later(context, before);
  return successor;
}

void report(const CheckContext& context, FindingSink& out, const catalog::Object& object, Span place) {
  const auto* table = std::get_if<catalog::Table>(&object);
  if (table == nullptr || !table->row_security) return;
  const Successor successor = successor_of(context, object);
  if (!successor.found || successor.enabled) return;
  const std::string name = sql_name(*table);
  out.report(place)
      .message(
          "{0} has row level security{1}, and the table that takes its name below ({2}) has none: every role "
          "with SELECT "
          "on it sees all rows. Policies belong to the table, not to its name; LIKE and AS do not copy them.",
          name, table->policies.empty() ? "" : " and policies", successor.by)
      .advice(
          "Before it gets the name: ALTER TABLE … ENABLE ROW LEVEL SECURITY, and CREATE POLICY for each "
          "policy of {}.",
          name);
}

void run(const CheckContext& context, FindingSink& out) {
  if (context.is_refused()) return;
  if (const auto* drop = context.statement_as<ast::Drop>();
      drop != nullptr && drop->object == ast::ObjectType::Table) {
    for (const catalog::Object* object : context.dropped()) report(context, out, *object, drop->span);
  } else if (const auto* rename = context.statement_as<ast::Rename>();
             rename != nullptr && rename->object == ast::ObjectType::Table) {
    const catalog::Object* object = context.relation(rename->target.name);
    if (object != nullptr) report(context, out, *object, rename->span);
  }
}

}  // namespace row_security_lost_check

extern constexpr Check row_security_lost{
    .since = "0.1.0",
    .summary = "A table with row level security is replaced by one without.",
    .severity = Severity::Error,
    .on_statement = row_security_lost_check::run};

}  // namespace migcheck::checks
