// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace char_column_check {

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!(new_columns::is_type(one, "bpchar") && !one.column->type->modifiers.empty())) continue;
    const std::string name = new_columns::name_of(one);
    FindingBuilder finding = out.gather(one.column->type->span, "", name);
    const std::size_t count = finding.gathered().size();
    if (count == 1) {
      finding
          .message(
              "{} is padded with blanks to its full length, saves no space, and trailing blanks do not count "
              "when "
              "values are compared.",
              name)
          .advice("{0} text, with CHECK (length({0}) = …) where the length matters",
                  sql_name(one.column->name.text));
    } else {
      finding
          .message(
              "{} columns of this file are padded with blanks to their full length ({}): that saves no "
              "space, and "
              "trailing blanks do not count when values are compared.",
              count, enumerate(finding.gathered()))
          .advice("text, with a CHECK on the length where it matters");
    }
  }
}

}  // namespace char_column_check

extern constexpr Check char_column{.since = "0.1.0",
                                   .summary = "A char(n) column is padded with blanks.",
                                   .once_per_history = true,
                                   .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
                                   .on_statement = char_column_check::run};

}  // namespace migcheck::checks
