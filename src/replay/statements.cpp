// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "migcheck/ast.hpp"
#include "replay/state.hpp"

namespace migcheck {

namespace {

// The same change, with what it touches marked as something that may or may not be so.
catalog::Change made_uncertain(const catalog::Object* before, catalog::Change change) {
  if (change.now == nullptr) return change;
  return {change.id, std::make_unique<const catalog::Object>(catalog::doubted(before, *change.now))};
}

// Some error stands on nothing that may be otherwise.
bool is_surely_refused(const Plan& plan, const catalog::Catalog& catalog) {
  const bool doubtful = std::any_of(plan.effects.begin(), plan.effects.end(), [&](const Effect& effect) {
    const catalog::Object* found = catalog.object(effect.relation.id);
    return found != nullptr && !catalog::is_certain(*found);
  });
  return !doubtful && std::any_of(plan.errors.begin(), plan.errors.end(),
                                  [](const PlanError& error) { return !error.unseen; });
}

}  // namespace

void Replay::State::run_statement(const ast::Statement& statement) {
  const Call call{statement};
  calls_left_ = kMostCalls;
  called_bodies_.clear();
  if (const auto* transaction = ast::as<ast::Transaction>(&statement)) {
    session_.set_in_transaction(in_block());
    look(statement, call, plan_of(statement, catalog_, {settings_, session_.now(), {}}));
    control(*transaction, call);
    return;
  }
  if (!open_) open(implicit_ ? TransactionKind::Implicit : TransactionKind::Autocommit);
  perform(statement, call);
  if (open_ && open_->record.kind == TransactionKind::Autocommit) close(true);
}

bool Replay::State::perform(const ast::Statement& statement, const Call& call) {
  session_.set_in_transaction(in_block() || call.depth > 0);
  const catalog::Origin origin{{at_.file->file, statement.span}, at_.file->change, open_->record.number};
  if (statement.kind == ast::NodeKind::AlterEnum) labels_added_in_ = origin.transaction;
  Plan plan =
      plan_of(statement, catalog_,
              {settings_, session_.now(), origin, call.depth > 0, labels_added_in_ == origin.transaction});
  look(statement, call, plan);
  add_step(statement, std::move(plan.relations));
  const bool refused = !plan.not_in_transaction.empty() && session_.now().in_transaction;
  // A type of another database: who runs this all the same puts another one in its place before.
  const bool fails = std::any_of(plan.errors.begin(), plan.errors.end(),
                                 [](const PlanError& error) { return error.instead.empty(); });
  if ((fails || refused) && !call.maybe) open_->record.failed = true;
  if (!rehearsing_) note_gaps(plan);
  if (fails) return !is_surely_refused(plan, catalog_);
  if (const auto* rename = ast::as<ast::Rename>(&statement)) doubt_new_name(*rename);
  apply(statement, call, std::move(plan));
  follow_session(statement, call);
  run_inside(statement, call);
  return true;
}

void Replay::State::look(const ast::Statement& statement, const Call& call, const Plan& plan) {
  const TransactionRecord none;  // BEGIN and COMMIT outside a transaction stand alone
  const Moment moment{*at_.file,
                      statement,
                      call.outer,
                      catalog_,
                      plan,
                      session_.now(),
                      open_ ? open_->record : none,
                      model_,
                      at_.section,
                      call.maybe,
                      call.looped,
                      call.dynamic};
  at_.observer->on_statement(moment);
}

void Replay::State::add_step(const ast::Statement& statement, std::vector<RelationSummary> relations) {
  Step step;
  step.place = {at_.file->file, statement.span};
  step.statement = &statement;
  step.relations = std::move(relations);
  step.target = at_.file->target;
  for (RelationSummary& relation : step.relations) relation.new_here = is_new_here(relation);
  open_->add_step(std::move(step));
}

bool Replay::State::is_new_here(const RelationSummary& relation) const {
  if (relation.creates) return true;
  if (relation.relation.id == catalog::kNoObject) return false;
  const catalog::Object* held = catalog_.object(relation.relation.id);
  if (held == nullptr) return true;  // an index or a sequence that the statement itself makes
  const catalog::ObjectBase& object = catalog::base(*held);
  return object.schema == "pg_temp" || object.origin.change == at_.file->change;
}

void Replay::State::apply(const ast::Statement& statement, const Call& call, Plan plan) {
  if (plan.changes.empty()) return;
  if (call.maybe) {
    for (catalog::Change& change : plan.changes) {
      const catalog::Object* before = catalog_.object(change.id);
      change = made_uncertain(before, std::move(change));
    }
  }
  const auto* create = ast::as<ast::CreateTable>(&statement);
  if (create != nullptr && create->on_commit == ast::CreateTable::OnCommit::Drop) {
    for (const catalog::Change& change : plan.changes) {
      if (change.id >= catalog_.next_id() && catalog::kind_of(*change.now) == catalog::ObjectKind::Table) {
        open_->drop_on_commit(change.id);
      }
    }
  }
  catalog::Undo undo = catalog_.apply(std::move(plan.changes));
  ++changes_;
  if (call.maybe && !rehearsing_) {
    for (const catalog::Change& before : undo.before) {
      if (before.now == nullptr || catalog_.object(before.id) != nullptr) continue;
      catalog_.forget(*before.now);
    }
  }
  open_->applied(std::move(undo));
}

// A relation that nothing in the history ever made: what else its schema holds is not known either.
void Replay::State::note_gaps(const Plan& plan) {
  if (plan.no_op) return;
  const std::vector<std::string>& path = session_.now().search_path;
  for (const Effect& effect : plan.effects) {
    const RelationRef& relation = effect.relation;
    if (relation.id != catalog::kNoObject || effect.creates || relation.name.empty()) continue;
    if (catalog_.was_known(relation.schema, relation.name, path)) continue;
    if (!relation.schema.empty()) {
      catalog_.mark_incomplete(relation.schema);
    } else if (relation.name.compare(0, 3, "pg_") != 0) {  // a catalog of PostgreSQL's own
      for (const std::string& schema : path) catalog_.mark_incomplete(schema);
    }
  }
}

void Replay::State::follow_session(const ast::Statement& statement, const Call& call) {
  if (call.maybe) return;
  if (const auto* set = ast::as<ast::SetVariable>(&statement)) {
    session_.apply(*set, session_.now().in_transaction);
  } else if (const auto* select = ast::as<ast::Select>(&statement)) {
    session_.apply_set_config(*select);
  } else if (const auto* discard = ast::as<ast::Discard>(&statement)) {
    if (discard->target != "all" || session_.now().in_transaction) return;
    session_.reset();
    prepared_statements_.clear();
  } else if (const auto* prepare = ast::as<ast::Prepare>(&statement)) {
    prepared_statements_[std::string(prepare->name.text)] = prepare->statement;
  }
}

// The statements that a statement runs.
void Replay::State::run_inside(const ast::Statement& statement, const Call& call) {
  if (call.depth >= kDeepestBody) return;
  run_called(statement, call);
  if (const auto* block = ast::as<ast::DoBlock>(&statement)) {
    if (block->body == nullptr) return;
    const std::string computed = block->body->opaque.empty() ? std::string() : literals_of(block->text);
    doubt_mentioned(computed);
    doubt_computed(*block->body);
    run_body(*block->body, call);
    doubt_computed(*block->body);  // with what the block has made itself
    forget_mentioned(computed);
  } else if (const auto* execute = ast::as<ast::Execute>(&statement)) {
    const auto found = prepared_statements_.find(std::string(execute->name.text));
    if (found == prepared_statements_.end() || found->second == nullptr) return;
    Call inner = call;
    inner.depth += 1;
    perform(*found->second, inner);
  }
}

void Replay::State::run_body(const ast::Body& body, const Call& call) {
  // A branch in which a statement would be refused is not taken: its condition asks for just that.
  std::uint32_t closed = 0, last_closed = 0;
  for (const ast::BodyStatement& item : body.statements) {
    if (item.statement == nullptr) continue;
    if (closed != 0 && item.branch >= closed && item.branch <= last_closed) continue;
    const Call inner{call.outer,
                     call.maybe || item.maybe,
                     call.looped || item.looped,
                     call.dynamic || item.dynamic,
                     call.depth + 1,
                     call.called};
    if (const auto* transaction = ast::as<ast::Transaction>(item.statement)) {
      // Only where DO stands outside a transaction block may its body end the transaction.
      if (!in_block()) control(*transaction, inner);
    } else if (inner.called && item.statement->kind == ast::NodeKind::Select) {
      // What a called function reads was looked at where it was made; only what it calls in turn matters.
      run_called(*item.statement, inner);
    } else if (!perform(*item.statement, inner) && item.branch != 0) {
      closed = item.branch;
      last_closed = item.last_branch;
    }
  }
  // Functions that conditions, assignments and RETURN call; where among the statements is not kept.
  for (const ast::Node* expression : body.expressions) {
    const auto* query = ast::as<ast::Select>(expression);
    if (query != nullptr)
      run_called(*query, {call.outer, true, call.looped, call.dynamic, call.depth + 1, call.called});
  }
}

}  // namespace migcheck
