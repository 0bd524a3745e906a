// SPDX-License-Identifier: MIT

#include <algorithm>

#include "every_row.hpp"
#include "few_rows.hpp"

namespace migcheck::checks {
namespace backfill_unbatched_check {

using few_rows::picks_few;

// A LIMIT somewhere, or rows that are written out: the batch is in the statement.
bool is_limited(const ast::Update& update) {
  bool limited = false;
  ast::walk(&update, [&](const ast::Node& node) {
    const auto* select = ast::as<ast::Select>(&node);
    limited = limited || (select != nullptr && (select->limit != nullptr || select->is_values()));
    return !limited;
  });
  return limited;
}

// In a body: with nothing but the table at hand, another name can only be a variable.
bool is_variable_in(const CheckContext& context, const ast::Update& update, const ast::ColumnRef& name) {
  const catalog::Table* table = context.table(update.relation);
  if (table == nullptr || table->uncertain || !update.from.empty() || !context.in_body()) return false;
  if (name.table().empty()) return table->column(name.column()) == nullptr;
  return name.table() != update.relation.name && name.table() != update.alias.name.text;
}

// "a, b and c", each table once.
std::string tables_of(const std::vector<std::string>& passes) {
  constexpr std::size_t kLookedAt = 200;  // each one more is told anew
  constexpr std::size_t kTold = 20;
  std::vector<std::string> tables;
  for (const std::string& pass : std::span(passes).first(std::min(passes.size(), kLookedAt))) {
    const std::string table = pass.substr(0, pass.find('\n'));
    if (tables.size() < kTold && std::find(tables.begin(), tables.end(), table) == tables.end())
      tables.push_back(table);
  }
  return enumerate(tables);
}

// Rows that are changed stay locked until the transaction ends, and leave a dead copy each.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const auto* update = ast::as<ast::Update>(&query);
  if (update == nullptr || context.query_origin() != QueryOrigin::Migration || context.is_looped()) return;
  if (update->where == nullptr || context.is_new_here(update->relation)) return;
  if (update->relation.name.substr(0, 3) == "pg_") return;  // PostgreSQL's own catalogs are small
  const auto is_variable = [&](const ast::ColumnRef& name) { return is_variable_in(context, *update, name); };
  if (every_row::holds_always(update->where) || ast::as<ast::Constant>(update->where) != nullptr) return;
  if (picks_few(update->where, is_variable) || is_limited(*update)) return;
  // One word about batches is enough.
  if (context.has_few_rows(update->relation) || context.is_said_in_file({"update-without-where"})) return;
  const catalog::Object* found = context.relation(update->relation);
  const RelationRef reference{.id = found == nullptr ? catalog::kNoObject : catalog::base(*found).id,
                              .schema = std::string(update->relation.schema),
                              .name = std::string(update->relation.name)};
  const std::string table = sql_name(update->relation);
  // One pass after the other, over one table or several, is one backfill.
  FindingBuilder finding = out.gather(update->span, context.is_small(reference) ? "small" : "",
                                      table + "\n" + std::to_string(update->span.begin));
  const std::size_t passes = finding.gathered().size();
  finding
      .message(
          "{} of {} as match, in one go: each stays locked until the transaction ends, replicas wait for all "
          "of it, and a failure near the end undoes everything.",
          passes == 1 ? std::string("This UPDATE changes as many rows")
                      : fmt::format("{} UPDATEs of this file change as many rows", passes),
          tables_of(finding.gathered()))
      .advice(
          "In batches, each committed, outside the migration's transaction: UPDATE {0} SET … WHERE id IN "
          "(SELECT id FROM {0} "
          "WHERE … LIMIT 5000);",
          table)
      .about(context, reference);
}

}  // namespace backfill_unbatched_check

extern constexpr Check backfill_unbatched{.since = "0.1.0",
                                          .summary = "An UPDATE over as many rows as there are, in one go.",
                                          .on_query = backfill_unbatched_check::run};

}  // namespace migcheck::checks
