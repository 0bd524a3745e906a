// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"
#include "new_columns.hpp"

namespace migcheck::checks {
namespace float_money_check {

// A whole word of the name says that it is money.
bool is_amount(std::string_view name) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('_', begin), name.size());
    const std::string_view word = name.substr(begin, end - begin);
    for (const std::string_view money :
         {"price", "amount", "cost", "balance", "fee", "salary", "revenue", "discount"}) {
      if (word == money) return true;
    }
    begin = end + 1;
  }
  return false;
}

void run(const CheckContext& context, FindingSink& out) {
  for (const new_columns::NewColumn& one : new_columns::of(context)) {
    if (!((new_columns::is_type(one, "float4") || new_columns::is_type(one, "float8")) &&
          is_amount(one.column->name.text)))
      continue;
    out.report(one.column->type->span)
        .message(
            "{0} looks like an amount of money, and is a binary floating point number: 0.1 + 0.2 is not 0.3, "
            "and sums depend on the order of the rows.",
            new_columns::name_of(one))
        .advice("{0} numeric(19, 4)", sql_name(one.column->name.text));
  }
}

}  // namespace float_money_check

extern constexpr Check float_money{
    .since = "0.1.0",
    .summary = "An amount of money in a floating point column does not add up.",
    .statements = {ast::NodeKind::CreateTable, ast::NodeKind::AlterTable},
    .on_statement = float_money_check::run};

}  // namespace migcheck::checks
