// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace identifier_too_long_check {

constexpr std::size_t kLongest = 63;  // bytes; NAMEDATALEN - 1

// How many bytes the last part of a name has as it is written: without the schema, quotes and doubled quotes.
std::size_t written_length(std::string_view text) {
  std::size_t length = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
        ++at;
        ++length;
      } else {
        quoted = !quoted;
      }
    } else if (text[at] == '.' && !quoted) {
      length = 0;
    } else if (quoted || text[at] != ' ') {
      ++length;
    }
  }
  return length;
}

// The parser cuts at 63 bytes, or a little before where a character does not fit.
bool may_be_cut(std::string_view name) {
  return name.size() > kLongest - 4 && name.size() <= kLongest;
}

void look(const CheckContext& context, std::string_view name, Span span, FindingSink& out) {
  if (!may_be_cut(name) || span.empty()) return;
  const std::size_t length = written_length(context.text(span));
  if (length <= kLongest) return;
  out.report(span)
      .message(
          "This name has {} bytes and PostgreSQL keeps 63: it is {} from here on, without an error, and "
          "another "
          "long name that begins alike is the same one.",
          length, sql_name(name))
      .advice("A name of at most 63 bytes.");
}

void look(const CheckContext& context, const ast::QualifiedName& name, FindingSink& out) {
  look(context, name.name, name.span, out);
}

void look(const CheckContext& context, const ast::Name& name, FindingSink& out) {
  look(context, name.text, name.span, out);
}

void look_at_column(const CheckContext& context, const ast::ColumnDefinition& column, FindingSink& out) {
  look(context, column.name, out);
  for (const ast::ConstraintDefinition* constraint : column.constraints) look(context, constraint->name, out);
}

void look_at_table(const CheckContext& context, const ast::CreateTable& create, FindingSink& out) {
  look(context, create.relation, out);
  for (const ast::ColumnDefinition* column : create.columns) look_at_column(context, *column, out);
  for (const ast::ConstraintDefinition* constraint : create.constraints) look(context, constraint->name, out);
}

void look_at_actions(const CheckContext& context, const ast::AlterTable& alter, FindingSink& out) {
  for (const ast::AlterAction* action : alter.actions) {
    if (action->column != nullptr && action->type == ast::AlterAction::Type::AddColumn)
      look_at_column(context, *action->column, out);
    if (action->type == ast::AlterAction::Type::AddConstraint && action->constraint != nullptr)
      look(context, action->constraint->name, out);
  }
}

// What a statement gives a name to.
void run(const CheckContext& context, FindingSink& out) {
  if (const auto* table = context.statement_as<ast::CreateTable>())
    return look_at_table(context, *table, out);
  if (const auto* alter = context.statement_as<ast::AlterTable>())
    return look_at_actions(context, *alter, out);
  if (const auto* index = context.statement_as<ast::CreateIndex>()) return look(context, index->name, out);
  if (const auto* rename = context.statement_as<ast::Rename>()) return look(context, rename->new_name, out);
  if (const auto* view = context.statement_as<ast::CreateView>()) return look(context, view->relation, out);
  if (const auto* made = context.statement_as<ast::CreateTableAs>())
    return look(context, made->relation, out);
  if (const auto* function = context.statement_as<ast::CreateFunction>())
    return look(context, function->name, out);
  if (const auto* trigger = context.statement_as<ast::CreateTrigger>())
    return look(context, trigger->name, out);
  if (const auto* policy = context.statement_as<ast::CreatePolicy>()) return look(context, policy->name, out);
  if (const auto* type = context.statement_as<ast::CreateEnum>()) return look(context, type->name, out);
}

}  // namespace identifier_too_long_check

extern constexpr Check identifier_too_long{.since = "0.1.0",
                                           .summary = "A name of more than 63 bytes is cut without an error.",
                                           .once_per_history = true,
                                           .on_statement = identifier_too_long_check::run};

}  // namespace migcheck::checks
