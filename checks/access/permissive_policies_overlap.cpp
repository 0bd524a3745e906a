// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace permissive_policies_overlap_check {

using catalog::Policy;
using catalog::Table;

bool decides_about(const Policy& policy, ast::PolicyCommand command) {
  return policy.command == ast::PolicyCommand::All || policy.command == command;
}

bool share_a_role(const Policy& a, const Policy& b) {
  if (policy_words::for_everybody(a.roles) || policy_words::for_everybody(b.roles)) return true;
  return std::any_of(a.roles.begin(), a.roles.end(), [&](const std::string& role) {
    return std::find(b.roles.begin(), b.roles.end(), role) != b.roles.end();
  });
}

struct Overlap {
  const Policy* first = nullptr;
  const Policy* second = nullptr;
  std::string_view command;
};

Overlap overlap_of(const CheckContext& context, const Table& table) {
  using Command = ast::PolicyCommand;
  constexpr std::pair<Command, std::string_view> kCommands[] = {{Command::Select, "SELECT"},
                                                                {Command::Insert, "INSERT"},
                                                                {Command::Update, "UPDATE"},
                                                                {Command::Delete, "DELETE"}};
  std::vector<const Policy*> permissive;
  for (const Policy& policy : table.policies) {
    const bool gate =
        policy_words::is_a_gate(context, &table, policy.using_expression);  // the operator's door
    if (policy.permissive && !gate && !policy_words::for_operators(context, policy.roles))
      permissive.push_back(&policy);
    if (permissive.size() > 40) break;
  }
  for (std::size_t later = 1; later < permissive.size(); ++later) {
    if (!context.is_target(permissive[later]->origin)) continue;
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      for (const auto& [command, word] : kCommands) {
        const bool both =
            decides_about(*permissive[earlier], command) && decides_about(*permissive[later], command);
        if (both && share_a_role(*permissive[earlier], *permissive[later]))
          return {permissive[earlier], permissive[later], word};
      }
    }
  }
  return {};
}

// Said once a table, at the end: a policy may go again.
void run(const CheckContext& context, FindingSink& out) {
  for (const Table* table : context.catalog().tables()) {
    if (!table->row_security || table->is_doubtful(catalog::TablePart::RowSecurity) ||
        table->is_doubtful(catalog::TablePart::Policy))
      continue;
    const Overlap overlap = overlap_of(context, *table);
    if (overlap.first == nullptr) continue;
    out.report(overlap.second->origin.place)
        .message(
            "{} and {} both decide about {} on {}: a row passes if either lets it, and each is asked for "
            "every row.",
            sql_name(overlap.first->name), sql_name(overlap.second->name), overlap.command,
            sql_name(table->name))
        .advice("one policy with OR in it, or AS RESTRICTIVE where both shall hold")
        .note("the other policy", overlap.first->origin.place);
  }
}

}  // namespace permissive_policies_overlap_check

extern constexpr Check permissive_policies_overlap{
    .since = "0.1.0",
    .summary = "Two permissive policies decide about the same command for the same role.",
    .severity = Severity::Info,
    .on_history_end = permissive_policies_overlap_check::run};

}  // namespace migcheck::checks
