// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace backfill_under_forced_row_security_check {

// The session works for all tenants one by one, or as a role that is exempt, or asks for an error instead.
bool is_prepared(const CheckContext& context) {
  if (!context.session().role.empty()) return true;
  return context.any_earlier_in_file([&](const ast::Statement& earlier) {
    if (const auto* set = ast::as<ast::SetVariable>(&earlier))
      return set->name == "row_security" || set->name.find('.') != std::string_view::npos;
    bool sets = false;
    ast::walk(&earlier, [&](const ast::Node& node) {
      const auto* call = ast::as<ast::FunctionCall>(&node);
      sets = sets || (call != nullptr && call->name.name == "set_config");
      return !sets;
    });
    return sets;
  });
}

// Some policy lets everything through, for the migrating role perhaps.
bool has_a_way_in(const catalog::Table& table) {
  return std::any_of(table.policies.begin(), table.policies.end(), [](const catalog::Policy& policy) {
    return policy.permissive && policy.command == ast::PolicyCommand::All &&
           policy_words::is_true(policy.using_expression);
  });
}

const catalog::Table* forced_table(const CheckContext& context, const ast::RelationName& name) {
  const catalog::Table* table = name.empty() ? nullptr : context.table(name);
  if (table == nullptr || !table->row_security || !table->force_row_security ||
      table->is_doubtful(catalog::TablePart::RowSecurity) || table->is_doubtful(catalog::TablePart::Policy))
    return nullptr;
  if (context.is_new_here(table->origin) || has_a_way_in(*table)) return nullptr;
  return table;
}

// The first table from which rows are read or in which they are changed. An INSERT that policies refuse
// raises an error; what is merely not seen does not.
const catalog::Table* hidden_table(const CheckContext& context, const ast::Statement& statement) {
  const catalog::Table* found = nullptr;
  if (const auto* update = ast::as<ast::Update>(&statement)) found = forced_table(context, update->relation);
  if (const auto* removal = ast::as<ast::Delete>(&statement))
    found = forced_table(context, removal->relation);
  if (const auto* merge = ast::as<ast::Merge>(&statement)) found = forced_table(context, merge->relation);
  ast::walk(&statement, [&](const ast::Node& node) {
    const auto* table = ast::as<ast::TableRef>(&node);
    if (table != nullptr && found == nullptr) found = forced_table(context, table->relation);
    return found == nullptr;
  });
  return found;
}

// Measured on 12 to 18: with FORCE the owner sees what the policies let it see, which without a tenant is
// nothing: UPDATE 0, without an error.
void run(const CheckContext& context, FindingSink& out) {
  const ast::Statement& statement = context.statement();
  const bool works = statement.kind == ast::NodeKind::Update || statement.kind == ast::NodeKind::Delete ||
                     statement.kind == ast::NodeKind::Merge || statement.kind == ast::NodeKind::Insert ||
                     statement.kind == ast::NodeKind::CreateTableAs;
  if (!works || context.is_seed()) return;
  const catalog::Table* table = hidden_table(context, statement);
  if (table == nullptr || is_prepared(context)) return;
  out.report(context.headline())
      .message(
          "{0} forces row level security on its owner: this reaches the rows of no tenant, or of one, and "
          "says "
          "nothing. Only a superuser or a role with BYPASSRLS reaches all of them.",
          sql_name(table->name))
      .advice(
          "run it as a role with BYPASSRLS; SET row_security = off before it makes it fail instead of "
          "skipping "
          "rows")
      .about(context, {table->id, table->schema, table->name});
}

}  // namespace backfill_under_forced_row_security_check

extern constexpr Check backfill_under_forced_row_security{
    .since = "0.1.0",
    .summary = "A backfill of a table with forced row level security skips rows without a word.",
    .severity = Severity::Warning,
    .on_statement = backfill_under_forced_row_security_check::run};

}  // namespace migcheck::checks
