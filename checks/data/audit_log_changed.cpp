// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace audit_log_changed_check {

constexpr OptionSpec kOptions[] = {{"tables",
                                    "Tables that only ever grow, besides those named like an audit log.",
                                    "[]", OptionSpec::Type::List}};

bool is_audit_table(const CheckContext& context, std::string_view name) {
  const auto option = context.option("tables");
  if (option) {
    const auto& listed = std::get<std::vector<std::string>>(*option);
    if (std::find(listed.begin(), listed.end(), name) != listed.end()) return true;
  }
  return is_audit_log_name(name);
}

// Columns that this change adds have to be filled once.
bool fills_new_columns(const CheckContext& context, const ast::Update& update) {
  const catalog::Table* table = context.table(update.relation);
  return table != nullptr &&
         std::all_of(update.set.begin(), update.set.end(), [&](const ast::Assignment* assignment) {
           const catalog::Column* column = table->column(assignment->column.text);
           return column != nullptr && context.is_new_here(column->origin);
         });
}

void report(const CheckContext& context, const ast::RelationName& table, Span span, std::string_view what,
            FindingSink& out) {
  const bool runs_later =
      context.query_origin() == QueryOrigin::Function || context.query_origin() == QueryOrigin::QueryFile;
  if (!is_audit_table(context, table.name) || (!runs_later && context.is_new_here(table))) return;
  out.report(span)
      .message("{} {} what {} recorded: an audit log that can be changed proves nothing.", what,
               what == "UPDATE" ? "rewrites" : "removes", sql_name(table))
      .advice(
          "Write a new entry that corrects the old one. To keep it for a limited time only, partition it by "
          "time and drop "
          "whole partitions.");
}

void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  ast::walk(&query, [&](const ast::Node& node) {
    if (const auto* update = ast::as<ast::Update>(&node)) {
      if (!fills_new_columns(context, *update))
        report(context, update->relation, update->span, "UPDATE", out);
    } else if (const auto* statement = ast::as<ast::Delete>(&node)) {
      report(context, statement->relation, statement->span, "DELETE", out);
    }
    return true;
  });
}

void on_statement(const CheckContext& context, FindingSink& out) {
  const auto* truncate = context.statement_as<ast::Truncate>();
  if (truncate == nullptr) return;
  for (const ast::RelationName& name : truncate->relations) report(context, name, name.span, "TRUNCATE", out);
}

}  // namespace audit_log_changed_check

extern constexpr Check audit_log_changed{.since = "0.1.0",
                                         .summary = "An audit log is rewritten or emptied.",
                                         .options = audit_log_changed_check::kOptions,
                                         .statements = {ast::NodeKind::Truncate},
                                         .on_statement = audit_log_changed_check::on_statement,
                                         .on_query = audit_log_changed_check::run};

}  // namespace migcheck::checks
