// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace seed_not_idempotent_check {

// NOT EXISTS, or a left join, in the source leaves out the rows that are there.
bool guards_itself(const ast::Insert& insert) {
  bool guarded = false;
  ast::walk(insert.source, [&](const ast::Node& node) {
    const auto* query = ast::as<ast::SubQuery>(&node);
    guarded = guarded || (query != nullptr && query->form != ast::SubQuery::Form::Scalar) ||
              node.kind == ast::NodeKind::Join;
    return !guarded;
  });
  return guarded;
}

bool is_emptied_before(const CheckContext& context, std::string_view table) {
  const auto earlier = context.earlier_in_file({table});
  return std::any_of(earlier.begin(), earlier.end(),
                     [](const ast::Statement* statement) {
                       return statement->kind == ast::NodeKind::Truncate ||
                              statement->kind == ast::NodeKind::Delete;
                     }) ||
         context.any_earlier_in_file([](const ast::Statement& statement) {
           const auto* truncate = ast::as<ast::Truncate>(&statement);
           return truncate != nullptr && truncate->cascade;
         });
}

// Seeds run on every set-up and often on every deployment. Said once a file.
void run(const CheckContext& context, FindingSink& out) {
  const auto* insert = context.statement_as<ast::Insert>();
  if (insert == nullptr || !context.is_seed() || context.reported_in_file() || context.maybe_run()) return;
  if (insert->on_conflict != nullptr || context.is_new_here(insert->relation)) return;
  if ((insert->source != nullptr && guards_itself(*insert)) ||
      is_emptied_before(context, insert->relation.name))
    return;
  out.report(join(insert->relation.span, insert->relation.span))
      .message(
          "This seeds file inserts into {} without ON CONFLICT: run a second time it fails at a key, or "
          "stores the rows "
          "twice where there is none.",
          sql_name(insert->relation))
      .advice("Give each row a fixed key and write ON CONFLICT (…) DO UPDATE SET …, or DO NOTHING.");
}

}  // namespace seed_not_idempotent_check

extern constexpr Check seed_not_idempotent{.since = "0.1.0",
                                           .summary = "A seeds file that cannot be run twice.",
                                           .statements = {ast::NodeKind::Insert},
                                           .on_statement = seed_not_idempotent_check::run};

}  // namespace migcheck::checks
