// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_not_concurrent_check {

// CONCURRENTLY is an error on a partitioned table: its index is made in three steps.
void report_partitioned(const CheckContext& context, const ast::CreateIndex& create,
                        const catalog::Table& table, FindingSink& out) {
  const std::string name = create.name.empty() ? sql_name(table.name + "_idx") : sql_name(create.name.text);
  out.report(create.keyword_index)
      .message(
          "Building this index blocks writes to {} and all its partitions until every one of them has been "
          "read. "
          "CONCURRENTLY is not possible on a partitioned table.",
          sql_name(create.table))
      .advice(
          "Make it empty on the parent (CREATE INDEX {0} ON ONLY {1} …), build one on each partition with "
          "CREATE INDEX CONCURRENTLY, then ALTER INDEX {0} ATTACH PARTITION … for each of them.",
          name, sql_name(create.table))
      .about(context, {table.id, table.schema, table.name});
}

// Every partition had such an index, which the parent's takes over without reading a row. (A partitioned
// table without partitions has them elsewhere.)
bool builds_nothing(const CheckContext& context, const catalog::Table& table) {
  const std::vector<Effect>& effects = context.plan().effects;
  return table.is_certain() && !context.catalog().children_of(table.id).empty() &&
         std::all_of(effects.begin(), effects.end(),
                     [](const Effect& effect) { return effect.builds.empty(); });
}

// SHARE keeps writers out, and nobody but a REFRESH writes to a materialized view.
bool is_view(const CheckContext& context, const ast::QualifiedName& name) {
  return context.table(name) == nullptr && !context.is_unknown(name);
}

// A plain build holds SHARE on the table until it ends, so every writer waits. A table born in this change
// has no other writers yet.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr || create->concurrently || context.plan().no_op) return;
  if (context.is_new_here(create->table) || is_view(context, create->table)) return;
  const catalog::Table* table = context.table(create->table);
  if (table != nullptr && table->kind == catalog::TableKind::Partitioned) {
    if (!create->table.only && !builds_nothing(context, *table))
      report_partitioned(context, *create, *table, out);
    return;  // ON ONLY builds nothing
  }
  // ONLY is written for partitioned tables: this one is, though the history does not show it.
  if (create->table.only && table == nullptr) return;
  const bool inside = context.in_transaction();
  FindingBuilder finding = out.report(create->keyword_index);
  finding
      .message(
          "Building this index blocks INSERT, UPDATE and DELETE on {} until the whole table has been read: "
          "the "
          "build holds SHARE to the end of the transaction.",
          sql_name(create->table))
      .advice("{};{}", context.statement_with(create->keyword_index, " CONCURRENTLY"),
              inside ? "\n-- " + context.how_to_leave_transaction() : "")
      .about(context, {.name = std::string(create->table.name)});
  if (inside) return;  // there, the word alone would be refused
  const Span behind = {create->keyword_index.end, create->keyword_index.end};
  // A build that fails leaves an invalid index behind, and duplicates make a unique one fail: a person must
  // know.
  const bool safe = !create->unique && !create->if_not_exists &&
                    context.transaction_model().tool != "plain" && !context.in_do_block();
  finding.fix("Add CONCURRENTLY", {{behind, " CONCURRENTLY"}},
              safe ? Applicability::Safe : Applicability::NeedsReview);
}

}  // namespace index_not_concurrent_check

extern constexpr Check index_not_concurrent{.since = "0.1.0",
                                            .summary = "CREATE INDEX without CONCURRENTLY blocks writes.",
                                            .fixable = true,
                                            .statements = {ast::NodeKind::CreateIndex},
                                            .on_statement = index_not_concurrent_check::run};

}  // namespace migcheck::checks
