// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace domain_constraint_scan_check {

// All tables that use the domain are read, each under SHARE: writers wait on all of them. VALIDATE of a
// domain's constraint takes SHARE too, unlike a table's.
void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterDomain>();
  if (alter == nullptr) return;
  std::vector<std::string> tables;
  for (const Effect& effect : context.plan().effects) {
    if (effect.scan && effect.reason == WorkReason::DomainConstraint &&
        !context.is_new_here(effect.relation)) {
      tables.push_back(sql_name(effect.relation));
    }
  }
  if (tables.empty()) return;
  const bool validates = alter->action == ast::AlterDomain::Action::ValidateConstraint;
  out.report(alter->name.span)
      .message(
          "This reads every row of each table that uses the domain {} ({}) under SHARE: INSERT, UPDATE and "
          "DELETE wait "
          "there until it is done.",
          sql_name(alter->name), fmt::join(tables, ", "))
      .advice(
          "{}",
          validates
              ? "There is no gentler form for a domain: a CHECK on each table, added NOT VALID and "
                "validated, blocks no writer."
              : "Add it with NOT VALID (new values are checked from then on). Its VALIDATE takes SHARE as "
                "well; a CHECK on each table, added NOT VALID and validated, blocks no writer.");
}

}  // namespace domain_constraint_scan_check

extern constexpr Check domain_constraint_scan{
    .since = "0.1.0",
    .summary = "A new constraint on a domain reads every table that uses it, blocking writes.",
    .statements = {ast::NodeKind::AlterDomain},
    .on_statement = domain_constraint_scan_check::run};

}  // namespace migcheck::checks
