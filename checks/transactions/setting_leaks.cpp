// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace setting_leaks_check {

// Settings that change what later statements mean or who may run them. A timeout that stays is seldom a loss.
bool changes_meaning(std::string_view name) {
  for (const std::string_view setting :
       {"search_path", "role", "session_authorization", "session_replication_role", "row_security",
        "timezone", "standard_conforming_strings", "default_tablespace", "default_table_access_method"}) {
    if (name == setting) return true;
  }
  return false;
}

bool is_set_back(const CheckContext& context, std::string_view name) {
  bool same_transaction = context.in_transaction();
  for (const ast::Statement* later : context.rest_of_file()) {
    if (const auto* set = ast::as<ast::SetVariable>(later)) {
      if (set->action == ast::SetVariable::Action::ResetAll || (set->name == name && !set->local))
        return true;
    } else if (const auto* discard = ast::as<ast::Discard>(later)) {
      if (discard->target == "all") return true;
    } else if (const auto* control = ast::as<ast::Transaction>(later)) {
      if (control->action == ast::Transaction::Action::Rollback && same_transaction) return true;
      if (control->action == ast::Transaction::Action::Commit) same_transaction = false;
    }
  }
  return false;
}

// The tool goes on with the same connection, so the next file starts with what this one left.
void run(const CheckContext& context, FindingSink& out) {
  const auto* set = context.statement_as<ast::SetVariable>();
  if (set == nullptr || set->local || set->action != ast::SetVariable::Action::Set) return;
  if (!context.transaction_model().keeps_session || !changes_meaning(set->name) || context.in_do_block())
    return;
  if (is_set_back(context, set->name)) return;
  out.report(set->span)
      .message(
          "{0} keeps its connection, so {1} stays set for every migration after this one in the same run, "
          "and not for those "
          "that run on another day: the same files then do different things.",
          context.transaction_model().tool, set->name)
      .advice("{}", context.in_transaction()
                        ? fmt::format(
                              "SET LOCAL {} = {};  -- ends with the transaction", set->name,
                              set->values.empty() ? "…" : fmt::format("'{}'", fmt::join(set->values, "', '")))
                        : fmt::format("RESET {}; at the end of the file.", set->name));
}

}  // namespace setting_leaks_check

extern constexpr Check setting_leaks{
    .since = "0.1.0",
    .summary = "A setting that stays in force for the migrations after this one.",
    .statements = {ast::NodeKind::SetVariable},
    .on_statement = setting_leaks_check::run};

}  // namespace migcheck::checks
