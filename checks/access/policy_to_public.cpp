// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace policy_to_public_check {

using catalog::Policy;
using catalog::Table;

// The project tells roles apart in its policies.
bool names_roles(const CheckContext& context) {
  for (const Table* table : context.catalog().tables()) {
    for (const Policy& policy : table->policies) {
      if (!policy_words::for_everybody(policy.roles) && !policy_words::for_operators(context, policy.roles))
        return true;
    }
  }
  return false;
}

// A sub-query may ask who is there, and so may a function.
bool asks_who(const ast::Expression* condition) {
  return policy_words::any_below(condition, [](const ast::Node& node) {
    return policy_words::is_identity(node) || ast::as<ast::FunctionCall>(&node) != nullptr ||
           ast::as<ast::SubQuery>(&node) != nullptr;
  });
}

bool is_never(const ast::Expression* condition) {
  const auto* constant = ast::as<ast::Constant>(condition);
  return constant != nullptr && !policy_words::is_true(constant);
}

// Rows that everybody may read are published on purpose; to let everybody write is another matter.
bool is_open(const Policy& policy) {
  if (policy.command == ast::PolicyCommand::Select) return false;
  const ast::Expression* condition =
      policy.check_expression != nullptr ? policy.check_expression : policy.using_expression;
  return condition != nullptr && !is_never(condition) && !asks_who(condition) &&
         !policy_words::is_true(condition);
}

// The answer is the same for a role that is not logged in, so a TO clause only saves work. Said once a table.
void run(const CheckContext& context, FindingSink& out) {
  if (!names_roles(context)) return;
  for (const Table* table : context.catalog().tables()) {
    if (!table->row_security || table->is_doubtful(catalog::TablePart::RowSecurity) ||
        table->is_doubtful(catalog::TablePart::Policy))
      continue;
    const Policy* first = nullptr;
    for (const Policy& policy : table->policies) {
      if (!policy.permissive || !policy_words::for_everybody(policy.roles)) continue;
      if (!context.is_target(policy.origin)) continue;
      if (is_open(policy)) {
        out.report(policy.origin.place)
            .message(
                "The policy {} is for every role, and does not ask who it is: roles that are not logged in "
                "may write to {}.",
                sql_name(policy.name), sql_name(table->name))
            .advice("name the role: CREATE POLICY {} ON {} … TO …", sql_name(policy.name),
                    sql_name(table->name));
      } else if (first == nullptr && asks_who(policy.using_expression != nullptr ? policy.using_expression
                                                                                 : policy.check_expression)) {
        first = &policy;
      }
    }
    if (first == nullptr) continue;
    out.report(first->origin.place)
        .message("The policy {} of {} is for every role, where other policies of the project name theirs.",
                 sql_name(first->name), sql_name(table->name))
        .advice("add TO and the role that is meant, so that it is not even asked for others")
        .severity(Severity::Info);
  }
}

}  // namespace policy_to_public_check

extern constexpr Check policy_to_public{
    .since = "0.1.0",
    .summary = "A policy without TO is for every role, those that are not logged in included.",
    .severity = Severity::Warning,
    .on_history_end = policy_to_public_check::run};

}  // namespace migcheck::checks
