// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_dropped_check {

bool reads(const CheckContext& context, const ast::Statement& query, const catalog::Object& table) {
  bool found = false;
  ast::walk(&query, [&](const ast::Node& node) {
    const auto* source = ast::as<ast::TableRef>(&node);
    found = found || (source != nullptr && context.is_name_of(source->relation, table));
    return !found;
  });
  return found;
}

// An earlier statement of the file put the rows elsewhere: the old table of a swap goes empty-handed.
bool is_copied(const CheckContext& context, const catalog::Object& table) {
  const auto earlier = context.earlier_in_file({catalog::base(table).name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* insert = ast::as<ast::Insert>(statement);
    const auto* create = ast::as<ast::CreateTableAs>(statement);
    return (insert != nullptr && reads(context, *statement, table)) ||
           (create != nullptr && create->query != nullptr && reads(context, *create->query, table));
  });
}

// What takes the name over in the same transaction has rows of its own: a query's result, or those of a table
// that was there before under another name.
bool has_rows(const CheckContext& context, const ast::Statement& statement, const catalog::Object& table) {
  if (const auto* create = ast::as<ast::CreateTableAs>(&statement))
    return context.is_name_of(create->relation, table);
  const auto* rename = ast::as<ast::Rename>(&statement);
  if (rename == nullptr || !rename->target.on.empty()) return false;
  return rename->new_name.text == catalog::base(table).name && !context.is_new_here(rename->target.name);
}

bool is_succeeded(const CheckContext& context, const catalog::Object& table) {
  const auto later = context.rest_of_transaction({catalog::base(table).name});
  return std::any_of(later.begin(), later.end(),
                     [&](const ast::Statement* statement) { return has_rows(context, *statement, table); });
}

struct Losses {
  std::vector<std::string> gone;
  std::vector<std::string> emptied;  // made again in the same transaction, without the rows
  Span first_gone;
  Span first_emptied;
};

Losses losses(const CheckContext& context, const ast::Drop& drop) {
  Losses lost;
  for (const ast::ObjectName& name : drop.names) {
    const catalog::Object* found = context.relation(name.name);
    if (context.is_new_here(name.name) || is_tool_table(name.name.name)) continue;
    if (found == nullptr && drop.if_exists &&
        context.catalog().is_complete(name.name.schema.empty() ? "public" : name.name.schema))
      continue;  // there is none
    // The last step of a move: the rows are elsewhere, and the name is one that the file made up.
    if (found != nullptr && context.is_named_here(name.name) && is_copied(context, *found)) continue;
    const bool again = found != nullptr && context.made_again(*found);
    if (again && (is_copied(context, *found) || is_succeeded(context, *found))) continue;
    Span& first = again ? lost.first_emptied : lost.first_gone;
    if (first.empty()) first = name.name.span;
    (again ? lost.emptied : lost.gone).push_back(sql_name(name.name));
  }
  return lost;
}

// The rows are gone, and whatever still reads or writes the table fails from then on.
void run(const CheckContext& context, FindingSink& out) {
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr) return;
  if (drop->object != ast::ObjectType::Table && drop->object != ast::ObjectType::ForeignTable) return;
  const Losses lost = losses(context, *drop);
  for (const std::string& name : lost.emptied) {
    FindingBuilder finding = out.gather(lost.first_emptied, "made again", name);
    const bool one = finding.gathered().size() == 1;
    finding
        .message(
            "Dropping {} deletes {} rows for good: the table{} of that name that the transaction makes again "
            "start{} empty, without the grants, policies and triggers of the old one.",
            enumerate(finding.gathered()), one ? "its" : "their", one ? "" : "s", one ? "s" : "")
        .advice(
            "To keep the rows, ALTER TABLE; or make the new table under another name, copy the rows, and "
            "swap "
            "the names in one transaction.");
  }
  for (const std::string& name : lost.gone) {
    FindingBuilder finding = out.gather(lost.first_gone, "", name);
    const std::vector<std::string>& names = finding.gathered();
    const bool one = names.size() == 1;
    finding
        .message(
            "Dropping {} deletes {} rows for good, and every query of the running application that names {} "
            "fails from here on.",
            enumerate(names), one ? "its" : "their", one ? "it" : "one of them")
        .advice(
            "Deploy code that no longer uses {0} first. Rename {1} away for a while (ALTER TABLE {2} RENAME "
            "TO …) if you want a way back, and drop {1} in a later change.",
            enumerate(names), one ? "it" : "them", names.front());
  }
}

}  // namespace table_dropped_check

extern constexpr Check table_dropped{
    .since = "0.1.0",
    .summary = "DROP TABLE deletes rows for good and breaks code that uses the table.",
    .severity = Severity::Error,
    .yields_to = "column-still-used",
    .statements = {ast::NodeKind::Drop},
    .on_statement = table_dropped_check::run};

}  // namespace migcheck::checks
