// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

#include <algorithm>

namespace migcheck::checks {
namespace foreign_key_drop_locks_both_check {

struct LostKey {
  const catalog::Table* child = nullptr;
  const catalog::Constraint* key = nullptr;
  const catalog::Table* parent = nullptr;
};

void add_if_lost(const CheckContext& context, const catalog::Table& child, const catalog::Constraint& key,
                 std::vector<LostKey>& lost) {
  if (key.kind != catalog::ConstraintKind::ForeignKey || key.references == child.id) return;
  const auto* parent = context.catalog().get<catalog::Table>(key.references);
  if (parent == nullptr || context.is_new_here(parent->origin) || context.after(parent->id) == nullptr)
    return;
  lost.push_back({&child, &key, parent});
}

// A key that is dropped and added again in one statement has its name and another origin.
bool stays(const catalog::Table& later, const catalog::Constraint& key) {
  const catalog::Constraint* now = later.constraint(key.name);
  return now != nullptr && now->origin.place == key.origin.place;
}

// The keys that go with the statement, whatever it drops, and whose other end stays.
std::vector<LostKey> lost_keys(const CheckContext& context) {
  std::vector<LostKey> lost;
  for (const catalog::Change& change : context.plan().changes) {
    const auto* child = context.catalog().get<catalog::Table>(change.id);
    if (child == nullptr || context.is_new_here(child->origin)) continue;
    const auto* later = change.now == nullptr ? nullptr : std::get_if<catalog::Table>(change.now.get());
    for (const catalog::Constraint& key : child->constraints) {
      if (later == nullptr || !stays(*later, key)) add_if_lost(context, *child, key, lost);
    }
  }
  return lost;
}

// A foreign key lives on both tables as triggers: to take them away PostgreSQL needs ACCESS EXCLUSIVE on the
// referenced table as well, where even reads wait.
void run(const CheckContext& context, FindingSink& out) {
  const bool drops = context.statement_as<ast::Drop>() != nullptr;
  if ((!drops && context.statement_as<ast::AlterTable>() == nullptr) || context.is_refused()) return;
  const std::vector<LostKey> lost = lost_keys(context);
  if (lost.empty()) return;
  std::vector<std::string> parents;
  for (const LostKey& one : lost) {
    const std::string name = sql_name(RelationRef{one.parent->id, one.parent->schema, one.parent->name});
    if (std::find(parents.begin(), parents.end(), name) == parents.end()) parents.push_back(name);
  }
  const catalog::Table& child = *lost.front().child;
  FindingBuilder finding = out.report(context.headline());
  finding
      .message(
          "With this the foreign key {} of {} goes, and for that PostgreSQL takes ACCESS EXCLUSIVE on {} "
          "too: it "
          "waits for every transaction that uses {}, and every read and write there waits behind it.",
          sql_name(lost.front().key->name), sql_name(RelationRef{child.id, child.schema, child.name}),
          enumerate(parents), parents.size() == 1 ? "it" : "one of them")
      .severity(context.severity_of_brief_lock());
  if (drops) {
    finding.advice(
        "SET lock_timeout = '2s';\nALTER TABLE {} DROP CONSTRAINT {};  -- each key in a transaction of its "
        "own, "
        "then the table",
        sql_name(RelationRef{child.id, child.schema, child.name}), sql_name(lost.front().key->name));
  } else {
    finding.advice("SET lock_timeout = '2s';  -- before it, and try again when it runs out");
  }
  finding.about(context, {lost.front().parent->id, lost.front().parent->schema, lost.front().parent->name});
}

}  // namespace foreign_key_drop_locks_both_check

extern constexpr Check foreign_key_drop_locks_both{
    .since = "0.1.0",
    .summary = "Dropping a foreign key locks reads and writes out of the referenced table too.",
    .severity = Severity::Warning,
    .statements = {ast::NodeKind::Drop, ast::NodeKind::AlterTable},
    .on_statement = foreign_key_drop_locks_both_check::run};

}  // namespace migcheck::checks
