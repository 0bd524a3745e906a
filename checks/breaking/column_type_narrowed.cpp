// SPDX-License-Identifier: MIT

#include <algorithm>

#include "same_change.hpp"

namespace migcheck::checks {
namespace column_type_narrowed_check {

using catalog::TypeRef;

int integer_width(const TypeRef& type) {
  return type.name == "int2" ? 2 : type.name == "int4" ? 4 : type.name == "int8" ? 8 : 0;
}

bool is_inexact(const TypeRef& type) {
  return type.name == "numeric" || type.name == "float4" || type.name == "float8";
}

// How many characters fit; 0: not a character type.
std::int64_t characters(const TypeRef& type) {
  constexpr std::int64_t kAny = 1 << 30;
  if (type.name == "text") return kAny;
  if (type.name == "varchar") return type.modifiers.empty() ? kAny : type.modifiers.front();
  if (type.name == "bpchar") return type.modifiers.empty() ? 1 : type.modifiers.front();
  return 0;
}

bool is_timestamp(const TypeRef& type) {
  return type.name == "timestamp" || type.name == "timestamptz";
}

constexpr std::string_view kRefused =
    "fails at the first value that does not fit, now or when the running application "
    "writes one";
constexpr std::string_view kRounded = "rounds the values that are there, for good";

std::string_view numeric_loss(const TypeRef& from, const TypeRef& to) {
  if (to.modifiers.size() < 2) return {};
  if (from.modifiers.size() < 2 || from.modifiers[1] > to.modifiers[1]) return kRounded;
  return from.modifiers[0] - from.modifiers[1] > to.modifiers[0] - to.modifiers[1] ? kRefused
                                                                                   : std::string_view{};
}

// What the conversion does to values that the old type could hold and the new one cannot; empty: there are
// none.
std::string_view loss(const TypeRef& from, const TypeRef& to, bool with_using) {
  if (from.schema != "pg_catalog" || to.schema != "pg_catalog" ||
      from.array_dimensions != to.array_dimensions)
    return {};
  if (integer_width(from) > integer_width(to) && integer_width(to) > 0) return kRefused;
  if (is_inexact(from) && integer_width(to) > 0) return kRounded;
  if (from.name == "float8" && to.name == "float4") return kRounded;
  if (from.name == "numeric" && (to.name == "float4" || to.name == "float8")) return kRounded;
  if (from.name == "numeric" && to.name == "numeric") return numeric_loss(from, to);
  if (characters(to) > 0 && characters(from) > characters(to)) {
    return with_using ? "cuts off what is too long, without a word, where USING casts" : kRefused;
  }
  if (is_timestamp(from) && to.name == "date") return "drops the time of day, for good";
  if (is_timestamp(from) && (to.name == "time" || to.name == "timetz")) return "drops the date, for good";
  if (is_timestamp(from) && is_timestamp(to) && !to.modifiers.empty()) {
    return (from.modifiers.empty() ? 6 : from.modifiers[0]) > to.modifiers[0] ? kRounded : std::string_view{};
  }
  return {};
}

bool measures(const ast::Expression* where, std::string_view column) {
  bool found = false;
  ast::walk(where, [&](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    const bool length = call != nullptr && !call->arguments.empty() &&
                        (call->name.name == "length" || call->name.name == "char_length" ||
                         call->name.name == "character_length");
    const auto* reference = length ? ast::as<ast::ColumnRef>(call->arguments[0]) : nullptr;
    found = found || (reference != nullptr && reference->column() == column);
    return !found;
  });
  return found;
}

bool sets(const ast::Update& update, std::string_view column) {
  return std::any_of(update.set.begin(), update.set.end(),
                     [&](const ast::Assignment* each) { return each->column.text == column; });
}

// An earlier statement of the file found the values that are too long, and removed or cut them, or gave every
// row a new one.
bool is_made_to_fit(const CheckContext& context, const catalog::Table& table, std::string_view column) {
  const auto earlier = context.earlier_in_file({table.name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    if (const auto* gone = ast::as<ast::Delete>(statement))
      return context.table(gone->relation) == &table && measures(gone->where, column);
    const auto* update = ast::as<ast::Update>(statement);
    if (update == nullptr || context.table(update->relation) != &table) return false;
    return measures(update->where, column) || (update->where == nullptr && sets(*update, column));
  });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* alter = context.statement_as<ast::AlterTable>();
  if (alter == nullptr || context.is_refused() || context.is_new_here(alter->relation)) return;
  const catalog::Table* before = context.table(alter->relation);
  const catalog::Object* changed = before == nullptr ? nullptr : context.after(before->id);
  const auto* after = changed == nullptr ? nullptr : std::get_if<catalog::Table>(changed);
  if (after == nullptr) return;
  for (const ast::AlterAction* action : alter->actions) {
    if (action->type != ast::AlterAction::Type::SetType) continue;
    const catalog::Column* from = before->column(action->name.text);
    const catalog::Column* to = from == nullptr ? nullptr : after->column(from->number);
    if (to == nullptr || context.is_new_here(from->origin)) continue;
    const std::string_view what = loss(from->type, to->type, action->expression != nullptr);
    if (what.empty() || (what == kRefused && is_made_to_fit(context, *before, from->name))) continue;
    const std::string was = catalog::to_string(from->type);
    const std::string is = catalog::to_string(to->type);
    FindingBuilder finding = out.gather(action->span, fmt::format("{} {} {}", was, is, what),
                                        same_change::item(sql_name(*before), sql_name(from->name)));
    const bool one = finding.gathered().size() == 1;
    finding
        .message("{} held {} and hold{} {} afterwards, which is less: the change {}.",
                 same_change::columns_of(finding.gathered()), was, one ? "s" : "", is, what)
        .advice(
            "Look for values that do not fit first (SELECT … WHERE …), and keep the column wide: a CHECK … "
            "NOT VALID "
            "holds new values to the limit without touching the old ones.");
  }
}

}  // namespace column_type_narrowed_check

extern constexpr Check column_type_narrowed{
    .since = "0.1.0",
    .summary = "ALTER COLUMN TYPE to a narrower type refuses, rounds or cuts off values.",
    .statements = {ast::NodeKind::AlterTable},
    .on_statement = column_type_narrowed_check::run};

}  // namespace migcheck::checks
