// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace table_renamed_check {

bool is_about_relations(const ast::Rename& rename) {
  return rename.object == ast::ObjectType::Table || rename.object == ast::ObjectType::ForeignTable ||
         rename.object == ast::ObjectType::View || rename.object == ast::ObjectType::MaterializedView;
}

// ALTER TABLE renames indexes and sequences too; queries do not name those, nor, mostly, partitions.
bool is_named_by_queries(const catalog::Object& object) {
  if (const auto* table = std::get_if<catalog::Table>(&object))
    return table->partition_of == catalog::kNoObject;
  return std::holds_alternative<catalog::View>(object);
}

// The name was another table's until a moment ago: the last step of swapping a table for its successor.
bool takes_vacated_name(const CheckContext& context, const ast::Rename& rename) {
  for (const ast::Statement* earlier : context.earlier_in_file({rename.new_name.text})) {
    if (const auto* other = ast::as<ast::Rename>(earlier)) {
      if (other->target.on.empty() && other->target.name.name == rename.new_name.text) return true;
    } else if (const auto* drop = ast::as<ast::Drop>(earlier)) {
      for (const ast::ObjectName& name : drop->names) {
        if (name.on.empty() && name.name.name == rename.new_name.text) return true;
      }
    }
  }
  return false;
}

// An earlier migration took the name from it: it is given back what code calls it.
bool comes_back(const CheckContext& context, const catalog::Object* table, const ast::Rename& rename) {
  return table != nullptr &&
         std::any_of(context.departures().begin(), context.departures().end(), [&](const Departure& gone) {
           return gone.column.empty() && gone.relation.id == catalog::base(*table).id &&
                  gone.relation.name == rename.new_name.text;
         });
}

// The file moves the table aside and makes one of its name: what goes on is the new one's story.
bool is_made_anew(const CheckContext& context, const ast::Rename& rename) {
  const auto later = context.rest_of_file({rename.target.name.name});
  return std::any_of(later.begin(), later.end(), [&](const ast::Statement* statement) {
    const auto* create = ast::as<ast::CreateTable>(statement);
    return create != nullptr && create->relation.name == rename.target.name.name;
  });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* rename = context.statement_as<ast::Rename>();
  if (rename == nullptr || !is_about_relations(*rename) || context.is_refused()) return;
  const catalog::Object* found = context.relation(rename->target.name);
  if (found == nullptr && rename->if_exists && context.shows_everything(rename->target.name)) return;
  if (found != nullptr &&
      (!is_named_by_queries(*found) || context.is_new_here(*found) || context.made_again(*found)))
    return;
  if (is_made_anew(context, *rename)) return;
  if (takes_vacated_name(context, *rename) || comes_back(context, found, *rename)) return;
  const std::string from = sql_name(rename->target.name);
  const std::string to = sql_name(rename->new_name.text);
  FindingBuilder finding = out.gather(rename->span, "", from + " as " + to);
  if (finding.gathered().size() > 1) {
    finding.message(
        "The commit gives new names to tables, {}: every query of the running application that uses one of "
        "the "
        "old names fails from then on.",
        enumerate(finding.gathered()));
    return;
  }
  finding
      .message(
          "From the commit on {0} is called {1}: every query of the running application that names {0} "
          "fails.",
          from, to)
      .advice(
          "In the same transaction: CREATE VIEW {0} AS SELECT * FROM {1}; (a simple view takes writes too). "
          "Drop it when no running code uses {0} any more.",
          from, to);
}

}  // namespace table_renamed_check

extern constexpr Check table_renamed{
    .since = "0.1.0",
    .summary = "RENAME of a table or view breaks the code that runs during the deployment.",
    .yields_to = "column-still-used",
    .statements = {ast::NodeKind::Rename},
    .on_statement = table_renamed_check::run};

}  // namespace migcheck::checks
