// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace serial_column_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(one.column->type->serial())) continue;
    FindingBuilder finding = out.gather(one.column->type->span, "", new_columns::name_of(one));
    const std::size_t count = finding.gathered().size();
    if (count == 1) {
      finding.message(
          "{0} is a serial: its sequence has rights and an owner of its own, and anybody who may insert can "
          "write other "
          "numbers into the column.",
          new_columns::name_of(one));
    } else {
      finding.message(
          "{} columns of this file are serials ({}): their sequences have rights and owners of their own, "
          "and anybody "
          "who may insert can write other numbers into the columns.",
          count, enumerate(finding.gathered()));
    }
    if (count == 1)
      finding.advice("{0} bigint GENERATED ALWAYS AS IDENTITY", sql_name(one.column->name.text));
  }
}

}  // namespace serial_column_check

extern constexpr Check serial_column{
    .since = "0.1.0",
    .summary = "An identity column does what serial does, by the standard and with fewer surprises.",
    .once_per_history = true,
    .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
    .on_statement = serial_column_check::run};

}  // namespace migcheck::checks
