// SPDX-License-Identifier: MIT

#include "few_rows.hpp"

namespace migcheck::checks {
namespace insert_select_unbounded_check {

using few_rows::picks_few;

// A list of VALUES to which the tables are joined: as many rows as it has.
bool is_listed(const ast::FromItem* item) {
  const auto* derived = ast::as<ast::DerivedTable>(item);
  if (derived != nullptr) return derived->query != nullptr && derived->query->is_values();
  const auto* join = ast::as<ast::Join>(item);
  if (join == nullptr) return false;
  const bool met = join->on != nullptr || join->natural || !join->using_columns.empty();
  switch (join->type) {
    case ast::Join::Type::Inner:
      return met && (is_listed(join->left) || is_listed(join->right));
    case ast::Join::Type::Left:
      return is_listed(join->left);
    case ast::Join::Type::Right:
      return is_listed(join->right);
    case ast::Join::Type::Full:
      return false;
  }
  return false;
}

// A list that stands there, or one that the file made for itself, says which rows.
bool goes_by_list(const CheckContext& context, const ast::Select& source) {
  if (source.from.size() == 1 && is_listed(source.from[0])) return true;
  bool found = false;
  for (const ast::FromItem* item : source.from) {
    ast::walk(item, [&](const ast::Node& node) {
      const auto* reference = ast::as<ast::TableRef>(&node);
      const catalog::Table* table = reference == nullptr ? nullptr : context.table(reference->relation);
      found = found || (table != nullptr && table->persistence == catalog::Persistence::Temporary);
      return !found;
    });
  }
  return found;
}

// The existing table that it copies from; nullptr: it copies from none that the history shows. The table that
// is filled, joined to another one, only tells which rows it has already.
const catalog::Table* source_table(const CheckContext& context, const ast::Select& source,
                                   const catalog::Table* into) {
  const catalog::Table* found = nullptr;
  bool first = true;
  for (const ast::FromItem* item : source.from) {
    ast::walk(item, [&](const ast::Node& node) {
      const auto* reference = ast::as<ast::TableRef>(&node);
      const catalog::Table* table = reference == nullptr ? nullptr : context.table(reference->relation);
      const bool small = table != nullptr && context.is_small({table->id, table->schema, table->name});
      const bool joined = table != nullptr && table == into && !first;
      if (reference != nullptr) first = false;
      if (found == nullptr && table != nullptr && !small && !joined &&
          !context.is_new_here(reference->relation) &&
          !context.is_named_here(reference->relation))  // moved aside: nobody writes to it meanwhile
        found = table;
      return node.kind != ast::NodeKind::DerivedTable;
    });
  }
  return found;
}

// One statement, one transaction, one snapshot: for as long as the source is big.
void run(const CheckContext& context, const ast::Statement& query, FindingSink& out) {
  const auto* insert = ast::as<ast::Insert>(&query);
  if (insert == nullptr || insert->source == nullptr || context.is_looped()) return;
  if (context.query_origin() != QueryOrigin::Migration) return;
  const ast::Select& source = *insert->source;
  if (source.is_values() || source.limit != nullptr || !source.group_by.empty() || picks_few(source.where))
    return;
  const catalog::Table* into = context.table(insert->relation);
  const catalog::Table* table = source_table(context, source, into);
  if (table == nullptr || goes_by_list(context, source)) return;
  if (into != nullptr && into->persistence == catalog::Persistence::Temporary) return;  // a note for later on
  FindingBuilder finding =
      out.gather(insert->span, "", sql_name(*table) + " into " + sql_name(insert->relation));
  const bool one = finding.gathered().size() == 1;
  finding
      .message(
          "{} rows of {}, {}however many there are: rows that are written meanwhile are missed, VACUUM can "
          "clean nothing up in the whole database until it ends, and a failure undoes all of it.",
          one ? "This copies" : "These statements copy", enumerate(finding.gathered()),
          one ? "in one statement, " : "each in one go, ")
      .advice(
          "If the table is big: write to both from the application first, then copy in batches by key, each "
          "committed.");
}

}  // namespace insert_select_unbounded_check

extern constexpr Check insert_select_unbounded{
    .since = "0.1.0",
    .summary = "INSERT … SELECT of as many rows as there are, in one go.",
    .severity = Severity::Info,
    .on_query = insert_select_unbounded_check::run};

}  // namespace migcheck::checks
