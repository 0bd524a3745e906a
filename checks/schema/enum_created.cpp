// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace enum_created_check {

// ALTER TYPE … RENAME TO …_old before it: the way to be rid of a value.
bool replaces_one(const CheckContext& context, const ast::CreateEnum& create) {
  const auto earlier = context.earlier_in_file({create.name.name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* rename = ast::as<ast::Rename>(statement);
    return rename != nullptr && rename->object == ast::ObjectType::Type &&
           rename->target.name.name == create.name.name;
  });
}

void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateEnum>();
  if (create == nullptr || replaces_one(context, *create)) return;
  FindingBuilder finding = out.gather(create->name.span, "", sql_name(create->name));
  const std::size_t count = finding.gathered().size();
  finding.advice("text NOT NULL CHECK (… IN (…)), or a table of its own with a foreign key");
  if (count == 1) {
    finding.message(
        "{} is an enum: a value can be added and never removed, and a new one cannot be used in the "
        "transaction that "
        "adds it.",
        sql_name(create->name));
  } else {
    finding.message(
        "{} types of this file are enums ({}): a value can be added and never removed, and a new one cannot "
        "be used in "
        "the transaction that adds it.",
        count, enumerate(finding.gathered()));
  }
}

}  // namespace enum_created_check

extern constexpr Check enum_created{.since = "0.1.0",
                                    .summary = "An enum's values can be added and never removed.",
                                    .severity = Severity::Info,
                                    .once_per_history = true,
                                    .statements = {ast::NodeKind::CreateEnum},
                                    .on_statement = enum_created_check::run};

}  // namespace migcheck::checks
