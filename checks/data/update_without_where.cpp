// SPDX-License-Identifier: MIT

#include <algorithm>

#include "every_row.hpp"

namespace migcheck::checks {
namespace update_without_where_check {

using every_row::holds_always;
using every_row::runs_later;

// A constant into a column of this change: the column's default could have said it.
bool is_default_in_disguise(const CheckContext& context, const ast::Update& update) {
  const catalog::Table* table = context.table(update.relation);
  return table != nullptr &&
         std::all_of(update.set.begin(), update.set.end(), [&](const ast::Assignment* assignment) {
           const catalog::Column* column = table->column(assignment->column.text);
           return column != nullptr && context.is_new_here(column->origin) &&
                  ast::as<ast::Constant>(assignment->value) != nullptr;
         });
}

// What a file does to all rows of several tables is one decision; a function or a query of the application is
// one by itself.
std::string subject_of(const CheckContext& context, const ast::Update& update, bool disguised, bool small) {
  if (runs_later(context)) return std::to_string(update.relation.span.begin);
  return std::string(disguised ? "new" : "old") + (small ? " small" : "");
}

RelationRef reference_to(const CheckContext& context, const ast::Update& update) {
  const catalog::Object* found = context.relation(update.relation);
  return {.id = found == nullptr ? catalog::kNoObject : catalog::base(*found).id,
          .schema = std::string(update.relation.schema),
          .name = std::string(update.relation.name)};
}

void inspect(const CheckContext& context, const ast::Update& update, FindingSink& out) {
  if (!holds_always(update.where) || !update.from.empty() || context.has_few_rows(update.relation)) return;
  if (!runs_later(context) && context.is_new_here(update.relation)) return;
  const bool disguised = is_default_in_disguise(context, update);
  const RelationRef reference = reference_to(context, update);
  FindingBuilder finding = out.gather(join(update.relation.span, update.span),
                                      subject_of(context, update, disguised, context.is_small(reference)),
                                      sql_name(update.relation));
  const std::vector<std::string>& tables = finding.gathered();
  const bool one = tables.size() == 1;
  finding
      .message(
          "{} every row of {}: each is written anew and stays locked until the transaction ends, and the "
          "dead "
          "copies double the table{}.",
          one ? "This UPDATE changes" : "UPDATEs of this file change", enumerate(tables), one ? "" : "s")
      .about(context, reference);
  if (disguised) {
    finding.advice(
        "Write the value as the column's DEFAULT in ADD COLUMN: from PostgreSQL 11 on that touches no row.");
  } else {
    finding.advice(
        "Say which rows are meant (WHERE …). If all are: in batches of some thousand rows by key, each "
        "committed, outside the migration's transaction.");
  }
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* update = ast::as<ast::Update>(&node)) inspect(context, *update, out);
    return true;
  });
}

}  // namespace update_without_where_check

extern constexpr Check update_without_where{.since = "0.1.0",
                                            .summary = "UPDATE without WHERE changes every row.",
                                            .on_query = update_without_where_check::run};

}  // namespace migcheck::checks
