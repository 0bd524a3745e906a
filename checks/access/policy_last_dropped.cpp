// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_last_dropped_check {

bool has_permissive(const catalog::Table& table) {
  return std::any_of(table.policies.begin(), table.policies.end(),
                     [](const catalog::Policy& policy) { return policy.permissive; });
}

// Something later in the file gives the table a policy again, takes row level security off it, drops it, or
// cannot be read.
bool is_mended(const CheckContext& context, const catalog::Table& table) {
  for (const ast::Statement* later : context.rest_of_file()) {
    if (const auto* policy = ast::as<ast::CreatePolicy>(later)) {
      if (context.table(policy->table) == &table) return true;
    } else if (const auto* alter = ast::as<ast::AlterTable>(later)) {
      const bool disables =
          std::any_of(alter->actions.begin(), alter->actions.end(), [](const ast::AlterAction* action) {
            return action->type == ast::AlterAction::Type::DisableRowSecurity;
          });
      if (disables && context.table(alter->relation) == &table) return true;
    } else if (const auto* drop = ast::as<ast::Drop>(later)) {
      if (drop->object != ast::ObjectType::Table) continue;
      for (const ast::ObjectName& name : drop->names) {
        if (context.table(name.name) == &table) return true;
      }
    } else if (const auto* block = ast::as<ast::DoBlock>(later)) {
      if (block->body == nullptr || !block->body->opaque.empty()) return true;
    }
  }
  return false;
}

// Measured on 12 to 18: with row level security and no permissive policy, SELECT gives no rows, UPDATE and
// DELETE touch none, INSERT fails.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || drop->object != ast::ObjectType::Policy || context.is_refused()) return;
  for (const ast::ObjectName& name : drop->names) {
    const catalog::Table* table = context.table(name.on);
    if (table == nullptr || !table->row_security || table->is_doubtful(catalog::TablePart::RowSecurity) ||
        table->is_doubtful(catalog::TablePart::Policy) || !has_permissive(*table))
      continue;
    const catalog::Object* after = context.after(table->id);
    const auto* left = after == nullptr ? nullptr : std::get_if<catalog::Table>(after);
    if (left == nullptr || has_permissive(*left) || is_mended(context, *table)) continue;
    out.report(name.name.span)
        .message(
            "{0} keeps row level security and loses {1}, the last policy that let a row through: every role "
            "but its owner sees no rows, and cannot insert one.",
            sql_name(table->name), sql_name(name.name.name))
        .advice("create the policy that takes its place in the same transaction");
  }
}

}  // namespace policy_last_dropped_check

extern constexpr Check policy_last_dropped{
    .since = "0.1.0",
    .summary = "The last policy of a table is dropped: every row is hidden.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::Drop},
    .on_statement = policy_last_dropped_check::run};

}  // namespace migcheck::checks
