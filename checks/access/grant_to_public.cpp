// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace grant_to_public_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* grant = context.statement_as<ast::Grant>();
  if (grant == nullptr || !grant->is_grant) return;
  const bool tables = grant->object == ast::ObjectType::Table || grant->object == ast::ObjectType::View ||
                      grant->object == ast::ObjectType::Sequence || grant->object == ast::ObjectType::Schema;
  const bool everybody =
      std::find(grant->grantees.begin(), grant->grantees.end(), "public") != grant->grantees.end();
  if (!tables || !everybody) return;
  const bool usage = !grant->privileges.empty() &&
                     std::all_of(grant->privileges.begin(), grant->privileges.end(),
                                 [](const ast::Privilege& one) { return one.name == "usage"; });
  if (usage) return;
  out.report(grant->span)
      .message(
          "This grants to every role there is and will be, roles of other applications in the same database "
          "included.")
      .advice("grant to a role of the application");
}

}  // namespace grant_to_public_check

extern constexpr Check grant_to_public{
    .since = "0.1.0",
    .summary = "A privilege on data is granted to PUBLIC: every role there is.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::Grant},
    .on_statement = grant_to_public_check::run};

}  // namespace migcheck::checks
