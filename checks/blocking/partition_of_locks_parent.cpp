// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace partition_of_locks_parent_check {

// CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the parent; made apart and attached, a partition
// needs only SHARE UPDATE EXCLUSIVE there.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateTable>();
  if (create == nullptr || create->partition_of.empty() || context.plan().no_op) return;
  if (context.is_new_here(create->partition_of)) return;
  const std::string parent = sql_name(create->partition_of);
  const std::string table = sql_name(create->relation);
  const bool bounded = create->bound != nullptr && !create->bound->is_default && !create->bound->span.empty();
  out.report(create->partition_of.span)
      .message(
          "CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on {}: it waits for every query of the whole "
          "partitioned "
          "table, and all later ones wait behind it.",
          parent)
      .advice(
          "CREATE TABLE {0} (LIKE {1} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);\nALTER TABLE {1} ATTACH "
          "PARTITION {0} {2};",
          table, parent,
          bounded ? fmt::format("FOR VALUES {}", context.text(create->bound->span)) : "DEFAULT")
      .severity(context.severity_of_brief_lock())
      .about(context, {.name = std::string(create->partition_of.name)});
}

}  // namespace partition_of_locks_parent_check

extern constexpr Check partition_of_locks_parent{
    .since = "0.1.0",
    .summary = "CREATE TABLE PARTITION OF locks reads and writes out of the parent.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::CreateTable},
    .on_statement = partition_of_locks_parent_check::run};

}  // namespace migcheck::checks
