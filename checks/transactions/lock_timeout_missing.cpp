// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace lock_timeout_missing_check {

// An earlier statement of the transaction took as strong a lock: there is nothing left to wait for.
bool is_held_already(const CheckContext& context, const RelationSummary& wanted) {
  const std::vector<HeldLock>& locks = context.transaction().locks;
  return std::any_of(locks.begin(), locks.end(), [&](const HeldLock& held) {
    return held.last == HeldLock::kStillHeld && held.mode >= wanted.lock && held.relation == wanted.relation;
  });
}

// The strongest lock on an existing table that makes others wait while this statement itself waits for it.
std::optional<RelationSummary> blocking_lock(const CheckContext& context) {
  // Nobody but a REFRESH writes to a materialized view: only its readers could wait.
  const bool refresh = context.statement().kind == ast::NodeKind::RefreshMaterializedView;
  std::optional<RelationSummary> strongest;
  for (const RelationSummary& relation : context.plan().relations) {
    const bool blocks = refresh ? blocks_reads(relation.lock) : blocks_writes(relation.lock);
    if (!blocks || relation.creates || relation.of_index || context.is_new_here(relation.relation)) continue;
    if (is_held_already(context, relation)) continue;
    if (!strongest || relation.lock > strongest->lock) strongest = relation;
  }
  return strongest;
}

// What waits behind it; a default that takes a number from a sequence is part of an INSERT.
std::string waiting_for(const CheckContext& context, const RelationSummary& held) {
  const catalog::Object* object = context.catalog().object(held.relation.id);
  if (object != nullptr && std::holds_alternative<catalog::Sequence>(*object))
    return "nextval of the sequence";
  const bool view = object != nullptr && std::holds_alternative<catalog::View>(*object);
  return fmt::format("{} of the {}", blocks_reads(held.lock) ? "query" : "write", view ? "view" : "table");
}

// DDL that waits for its lock stands at the head of the queue: every later query of the table waits behind
// it, for as long as the longest transaction before it runs. A lock_timeout bounds that.
void run(const CheckContext& context, FindingSink& out) {
  if (context.is_wait_bounded() || context.reported_in_file() || context.plan().no_op) return;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop != nullptr && drop->if_exists && context.is_lock_assumed()) return;
  const auto* lock = context.statement_as<ast::LockTable>();
  if (lock != nullptr && lock->nowait) return;
  if (context.plan().not_in_transaction.find("CONCURRENTLY") != std::string_view::npos)
    return;  // waits without blocking
  // What these advise cures the whole file.
  if (context.is_said_in_file({"trigger-created-or-dropped", "row-security-toggled",
                               "create-table-locks-parent", "foreign-key-drop-locks-both"}))
    return;
  // These say of this statement what to write instead, and that waits without blocking or is bounded.
  if (context.is_said_by({"trigger-toggled", "rule-created", "table-locked", "index-drop-not-concurrent",
                          "index-not-concurrent", "reindex-not-concurrent", "partition-detach-not-concurrent",
                          "partition-of-locks-parent", "partition-drop-locks-parent"}))
    return;
  const std::optional<RelationSummary> held = blocking_lock(context);
  if (!held) return;
  const std::string table = sql_name(held->relation);
  out.report(context.headline())
      .message(
          "This waits for {} on {} for as long as the longest transaction there runs, and every {} that "
          "comes "
          "later waits behind it.",
          to_string(held->lock), table, waiting_for(context, *held))
      .advice("SET lock_timeout = '2s';  -- at the top of the file, and try again when it runs out");
}

}  // namespace lock_timeout_missing_check

extern constexpr Check lock_timeout_missing{
    .since = "0.1.0",
    .summary = "A statement that takes a strong lock waits for it without a limit.",
    .once_per_history = true,
    .on_statement = lock_timeout_missing_check::run};

}  // namespace migcheck::checks
