// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace opaque_sql_check {

// What a DO block does is part of the history; where it cannot be read, what follows rests on less.
void run(const CheckContext& context, FindingSink& out) {
  const auto* block = context.statement_as<ast::DoBlock>();
  if (block == nullptr) return;
  if (block->body == nullptr) {
    out.report(block->span)
        .message(
            "This block is written in {}, which migcheck does not read: what it changes is not known to the "
            "checks after it.",
            block->language)
        .advice("Write changes of the schema as statements of the migration, or in PL/pgSQL.");
    return;
  }
  if (block->body->opaque.empty()) return;
  const ast::OpaqueSql& first = block->body->opaque[0];
  const std::size_t more = block->body->opaque.size() - 1;
  out.report(first.span)
      .message(
          "migcheck cannot tell what this runs ({}){}: what it changes is not checked, and not known to the "
          "checks after it.",
          first.reason,
          more == 0 ? "" : fmt::format(", nor {} other place{} of this block", more, more == 1 ? "" : "s"))
      .advice(
          "Write the statements out where you can; over a fixed list of names a loop with format('… %I …', "
          "name) is read.");
}

}  // namespace opaque_sql_check

extern constexpr Check opaque_sql{.since = "0.1.0",
                                  .summary = "SQL that is put together when it runs and cannot be checked.",
                                  .severity = Severity::Info,
                                  .statements = {ast::NodeKind::DoBlock},
                                  .on_statement = opaque_sql_check::run};

}  // namespace migcheck::checks
