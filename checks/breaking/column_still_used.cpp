// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace column_still_used_check {

using catalog::Function;

std::string name_of(const Departure& gone) {
  return sql_name(gone.relation) + (gone.column.empty() ? "" : "." + sql_name(gone.column));
}

std::string what_happens(const Departure& gone) {
  if (gone.is_retyping())
    return fmt::format("{} from here on, no longer {},", catalog::to_string(gone.new_type),
                       catalog::to_string(gone.columns.front().type));
  if (!gone.new_name.empty()) return "renamed here,";
  return gone.column.empty() ? "dropped here for good," : "dropped here with its values,";
}

// A list of a hundred places is none.
void note_places(FindingBuilder& finding, std::string_view what, const std::vector<Place>& places) {
  constexpr std::size_t kTold = 10;
  for (std::size_t at = 0; at < std::min(places.size(), kTold); ++at)
    finding.note(std::string(what), places[at]);
}

// --- functions: PostgreSQL keeps their text as text and follows neither drops nor renames in it ---

// In PL/pgSQL a bare name may be a variable: without the column it is nothing else.
bool is_variable(const Function& function, const DepartedRead& read) {
  const std::string& column = read.departure->column;
  const bool bare = read.span.size() <= sql_name(column).size();
  return bare && std::any_of(function.body->variables.begin(), function.body->variables.end(),
                             [&](const ast::Name& variable) { return variable.text == column; });
}

std::string_view kind_of_type(const catalog::TypeRef& type) {
  for (const std::string_view number : {"int2", "int4", "int8", "numeric", "float4", "float8"}) {
    if (type.name == number) return "number";
  }
  for (const std::string_view time : {"timestamp", "timestamptz", "date"}) {
    if (type.name == time) return "time";
  }
  return type.name;
}

// PL/pgSQL converts what it assigns, and numbers compare with numbers; a function in SQL that returns the
// column itself is refused when its type is another one than declared.
bool takes_new_type(const CheckContext& context, const Function& function, const Departure& change,
                    std::span<const std::string> path) {
  if (kind_of_type(change.columns.front().type) != kind_of_type(change.new_type)) return false;
  const ast::Body& body = *function.body;
  if (body.language != "sql" || body.statements.empty()) return true;
  const ast::Statement* last = body.statements[body.statements.size() - 1].statement;
  if (last == nullptr) return true;
  const QueryOutput output = output_of(*last, context.catalog(), path);
  return std::none_of(output.columns.begin(), output.columns.end(), [&](const OutputColumn& column) {
    return column.relation == change.relation.id && column.column == change.columns.front().number;
  });
}

// Who uses what, by the departure: the function and the place in it.
using Users = std::map<const Departure*, std::vector<std::pair<const Function*, Place>>>;

// Made after the change and with it: written for the new type.
bool knows_new_type(const CheckContext& context, const Function& function, const Departure& change) {
  const Place& made = function.origin.place;
  return context.is_new_here(function.origin) &&
         std::pair(made.file, made.span.begin) > std::pair(change.place.file, change.place.span.begin);
}

void add(const Function& function, const Departure& gone, Span span, Users& users) {
  auto& known = users[&gone];
  if (known.empty() || known.back().first != &function)
    known.emplace_back(&function, Place{function.origin.place.file, span});
}

void add_queries(const CheckContext& context, const Function& function, Users& users) {
  const auto own_path = function.settings.find("search_path");
  const std::vector<std::string>& path =
      own_path == function.settings.end() ? context.session().search_path : own_path->second;
  const auto look = [&](const ast::Statement* query) {
    if (query == nullptr) return;
    for (const DepartedRead& read : context.departed_reads(*query, path)) {
      const bool fine = read.departure->is_retyping()
                            ? knows_new_type(context, function, *read.departure) ||
                                  takes_new_type(context, function, *read.departure, path)
                            : is_variable(function, read);
      if (!fine) add(function, *read.departure, read.span, users);
    }
  };
  for (const ast::BodyStatement& inner : function.body->statements) look(inner.statement);
  for (const ast::Node* expression : function.body->expressions) {
    ast::walk(expression, [&](const ast::Node& node) {
      const auto* sub = ast::as<ast::SubQuery>(&node);
      if (sub != nullptr) look(sub->query);
      return sub == nullptr;
    });
  }
}

// NEW.column and OLD.column in a function that is a trigger of the table.
void add_rows(const Function& function, const Departure& gone, Users& users) {
  const auto look = [&](const ast::Node& node) {
    const auto* reference = ast::as<ast::ColumnRef>(&node);
    if (reference != nullptr && reference->column() == gone.column &&
        (reference->table() == "new" || reference->table() == "old"))
      add(function, gone, node.span, users);
    return true;
  };
  for (const ast::BodyStatement& inner : function.body->statements) ast::walk(inner.statement, look);
  for (const ast::Node* expression : function.body->expressions) ast::walk(expression, look);
}

bool is_text(const Function& function) {
  return function.body != nullptr && !function.atomic && function.schema != "pg_temp";
}

void add_triggers(const CheckContext& context, Users& users) {
  for (const Departure& gone : context.departures_of_change()) {
    const auto* table = context.catalog().get<catalog::Table>(gone.relation.id);
    if (gone.column.empty() || gone.is_retyping() || table == nullptr ||
        table->column(gone.column) != nullptr)
      continue;
    for (const catalog::Trigger& trigger : table->triggers) {
      const auto* function = context.catalog().get<Function>(trigger.function_id);
      if (function != nullptr && is_text(*function)) add_rows(*function, gone, users);
    }
  }
}

// Overloads are told apart; of a name that stands once its arguments say nothing.
std::string name_of(const CheckContext& context, const Function& function) {
  const std::vector<std::string> path = {function.schema};
  const bool overloaded = context.catalog().functions(function.schema, function.name, path).size() > 1;
  return sql_name(function) + (overloaded ? "(" + input_types(function) + ")" : "");
}

// Asked when the change is done: what it replaced or dropped by then is mended.
void on_change_end(const CheckContext& context, FindingSink& out) {
  if (context.departures_of_change().empty()) return;
  Users users;
  for (const Function* function : context.functions_saying(context.departures_of_change())) {
    if (is_text(*function)) add_queries(context, *function, users);
  }
  add_triggers(context, users);
  for (const Departure& gone : context.departures_of_change()) {
    const auto found = users.find(&gone);
    if (found == users.end()) continue;
    std::vector<std::string> names;
    std::vector<Place> places;
    for (const auto& [function, place] : found->second) {
      names.push_back(name_of(context, *function));
      places.push_back(place);
    }
    const bool one = names.size() == 1;
    FindingBuilder finding = out.report(gone.place);
    if (gone.is_retyping()) finding.severity(Severity::Warning);
    finding
        .message(
            "{} is {} and the function{} {} still use{} it: PostgreSQL does not look into {} text, and the "
            "next "
            "call {}.",
            name_of(gone), what_happens(gone), one ? "" : "s", enumerate(names), one ? "s" : "",
            one ? "its" : "their", gone.is_retyping() ? "may find no operator or another result" : "fails")
        .advice(
            "CREATE OR REPLACE FUNCTION {} without it, before this and in the same transaction at the "
            "latest.",
            names.front());
    note_places(finding, "a function that uses it", places);
  }
}

// --- query files: read when all migrations are done ---

void report_queries(const Departure& gone, FindingSink& out) {
  const std::string queries =
      gone.readers.size() == 1
          ? "a query of the application still uses it"
          : fmt::format("{} queries of the application still use it", gone.readers.size());
  FindingBuilder finding = out.report(gone.place);
  if (gone.is_retyping()) {
    const std::string was = catalog::to_string(gone.columns.front().type);
    finding.severity(Severity::Warning)
        .message(
            "{} is {} and {}: code that was generated or written for {} meets the other type, and "
            "comparisons "
            "with it may have no operator.",
            name_of(gone), what_happens(gone), queries, was)
        .advice(
            "Add a column of the new type, write both, move the readers over, and drop {} in a later change; "
            "or deploy code that copes with both types first.",
            sql_name(gone.column));
  } else {
    const bool one = gone.readers.size() == 1;
    finding
        .message("{} is {} and {}: {} from the commit on.", name_of(gone), what_happens(gone), queries,
                 one ? "it fails" : "they fail")
        .advice("Change the {} and deploy {} first, then {} in a later change.", one ? "query" : "queries",
                one ? "it" : "them", gone.new_name.empty() ? "drop" : "rename");
  }
  note_places(finding, "a query that uses it", gone.readers);
}

void on_history_end(const CheckContext& context, FindingSink& out) {
  for (const Departure& gone : context.departures()) {
    if (!gone.readers.empty()) report_queries(gone, out);
  }
}

}  // namespace column_still_used_check

extern constexpr Check column_still_used{
    .since = "0.1.0",
    .summary = "A column or table that is dropped, renamed or retyped while a query or function uses it.",
    .severity = Severity::Error,
    .on_change_end = column_still_used_check::on_change_end,
    .on_history_end = column_still_used_check::on_history_end};

}  // namespace migcheck::checks
