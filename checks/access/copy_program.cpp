// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace copy_program_check {

void run(const CheckContext& context, FindingSink& out) {
  const auto* copy = context.statement_as<ast::Copy>();
  if (copy == nullptr || !copy->program) return;
  out.report(copy->span)
      .message("COPY … PROGRAM runs a shell command on the database server, as the server's own user.")
      .advice("copy through the client (COPY … FROM STDIN, or psql's \\copy)");
}

}  // namespace copy_program_check

extern constexpr Check copy_program{.since = "0.1.0",
                                    .summary = "COPY … PROGRAM runs a shell command on the database server.",
                                    .statements = {ast::NodeKind::Copy},
                                    .on_statement = copy_program_check::run};

}  // namespace migcheck::checks
