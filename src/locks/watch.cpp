// SPDX-License-Identifier: MIT

#include <algorithm>
#include <string_view>
#include <utility>

#include "migcheck/ast.hpp"
#include "migcheck/lock_report.hpp"

namespace migcheck {
namespace {

// ALTER INDEX … ATTACH PARTITION names two indexes; ADD CONSTRAINT … USING INDEX, CLUSTER ON and REPLICA
// IDENTITY USING INDEX one of their table.
bool names_index(const ast::AlterAction& action, std::string_view name) {
  using Type = ast::AlterAction::Type;
  if (action.constraint != nullptr && action.constraint->using_index.text == name) return true;
  if (action.type == Type::ClusterOn || action.type == Type::ReplicaIdentity) return action.name.text == name;
  return action.relation.name == name;
}

// What an index is named by.
bool names_index(const ast::Statement& statement, std::string_view name) {
  switch (statement.kind) {
    case ast::NodeKind::Drop: {
      const auto& names = ast::as<ast::Drop>(&statement)->names;
      return std::any_of(names.begin(), names.end(),
                         [name](const ast::ObjectName& dropped) { return dropped.name.name == name; });
    }
    case ast::NodeKind::Reindex:
      return ast::as<ast::Reindex>(&statement)->relation.name == name;
    case ast::NodeKind::Rename:
      return ast::as<ast::Rename>(&statement)->target.name.name == name;
    case ast::NodeKind::Comment:
      return ast::as<ast::Comment>(&statement)->target.name.name == name;
    case ast::NodeKind::AlterTable: {
      const auto* alter = ast::as<ast::AlterTable>(&statement);
      if (alter->relation.name == name) return true;
      return std::any_of(alter->actions.begin(), alter->actions.end(),
                         [name](const ast::AlterAction* action) { return names_index(*action, name); });
    }
    case ast::NodeKind::Cluster:
      return ast::as<ast::Cluster>(&statement)->index.text == name;
    case ast::NodeKind::DependsOnExtension:
      return ast::as<ast::DependsOnExtension>(&statement)->target.name.name == name;
    default:
      return false;
  }
}

std::optional<LockError> error_of(const Moment& moment) {
  if (const auto* broken = ast::as<ast::Unparsable>(&moment.statement)) {
    // The grammar itself refuses some things that it can read: 0A000, feature not supported.
    const bool understood = broken->message.find("cannot be marked") != std::string_view::npos;
    return LockError{understood ? "0A000" : "42601", std::string(broken->message)};
  }
  // PostgreSQL looks for the block before it looks at the statement.
  if (!moment.plan.not_in_transaction.empty() && moment.session.in_transaction) {
    return LockError{"25001",
                     std::string(moment.plan.not_in_transaction) + " cannot run inside a transaction block"};
  }
  for (const PlanError& error : moment.plan.errors) {
    // Of an object that nothing ever made: the history may begin after it.
    if (!error.unseen) return LockError{error.code, error.message};
  }
  return std::nullopt;
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

bool is_begin(const ast::Statement& statement) {
  const auto* control = ast::as<ast::Transaction>(&statement);
  return control != nullptr && control->action == ast::Transaction::Action::Begin;
}

// The entry under which the transaction holds a relation at a step, at least this strongly. The strongest
// comes last.
const HeldLock* held_at(const TransactionRecord& record, const RelationRef& relation, LockMode mode,
                        std::uint32_t step) {
  const auto found = std::find_if(record.locks.rbegin(), record.locks.rend(), [&](const HeldLock& lock) {
    const bool same = relation.id == catalog::kNoObject || lock.relation.id == catalog::kNoObject
                          ? lock.relation == relation
                          : lock.relation.id == relation.id;
    return same && lock.mode >= mode && lock.first <= step && step <= lock.last;
  });
  return found == record.locks.rend() ? nullptr : &*found;
}

}  // namespace

void LockWatch::begin_file(const SourceFile& source) {
  source_ = &source;
  lines_ = LineIndex(source.original_text());
}

void LockWatch::on_statement(const Moment& moment) {
  if (!moment.file.target || source_ == nullptr) return;
  LockStatement statement;
  const Span origin = source_->to_original(moment.statement.span);
  statement.file = source_->path;
  statement.line = lines_.position(source_->original_text(), origin.begin).line;
  statement.span = origin;
  statement.inner = moment.is_inner();
  statement.text = first_line(source_->original_text().substr(origin.begin, origin.size()));
  statement.maybe = moment.maybe;
  statement.error = error_of(moment);
  join_transaction(moment, statement);
  Pending pending;
  pending.statement = report_.statements.size();
  pending.step = static_cast<std::uint32_t>(moment.transaction.steps.size());
  add_effects(moment, statement, pending);
  report_.statements.push_back(std::move(statement));
  // BEGIN, COMMIT and the like lock nothing and are no steps.
  if (moment.statement.kind != ast::NodeKind::Transaction) pending_.push_back(std::move(pending));
}

// BEGIN is met before its transaction is open, and counts as the first statement of it.
void LockWatch::join_transaction(const Moment& moment, LockStatement& statement) {
  if (!moment.transaction.is_block() && !is_begin(moment.statement)) return;
  if (!transaction_) {
    report_.transactions.push_back({});
    transaction_ = static_cast<std::uint32_t>(report_.transactions.size());
  }
  statement.transaction = transaction_;
}

void LockWatch::add_effects(const Moment& moment, LockStatement& statement, Pending& pending) const {
  for (const RelationSummary& summary : moment.plan.relations) {
    if (summary.of_index && !names_index(moment.statement, summary.relation.name)) continue;
    LockEffect effect;
    effect.relation = summary.relation.qualified();
    effect.lock = summary.lock;
    effect.held = summary.lock;
    effect.rewrite = summary.rewrite;
    effect.scan = summary.scan;
    effect.builds = summary.builds;
    effect.is_new = summary.creates;
    statement.effects.push_back(std::move(effect));
    pending.relations.push_back(summary.relation);
  }
}

void LockWatch::on_transaction_end(const TransactionRecord& record, const catalog::Catalog&) {
  for (const Pending& pending : pending_) settle(record, pending);
  pending_.clear();
  if (record.is_block() && transaction_) {
    report_.transactions[*transaction_ - 1] = {record.kind, record.committed};
  }
  transaction_.reset();
}

void LockWatch::settle(const TransactionRecord& record, const Pending& pending) {
  std::vector<LockEffect>& effects = report_.statements[pending.statement].effects;
  for (std::size_t n = 0; n < effects.size(); ++n) {
    const HeldLock* held = held_at(record, pending.relations[n], effects[n].lock, pending.step);
    if (held == nullptr) continue;
    effects[n].is_new = effects[n].is_new || held->new_here;
    effects[n].held = held->mode;
    effects[n].taken = statement_at(held->first);
    effects[n].until = statement_at(held->last);
  }
}

std::size_t LockWatch::statement_at(std::uint32_t step) const {
  const auto after =
      std::upper_bound(pending_.begin(), pending_.end(), step,
                       [](std::uint32_t wanted, const Pending& pending) { return wanted < pending.step; });
  return after == pending_.begin() ? kNoStatement : std::prev(after)->statement;
}

}  // namespace migcheck
