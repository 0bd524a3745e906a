// SPDX-License-Identifier: MIT

#include <algorithm>

#include "input/layouts/layout.hpp"

namespace migcheck::input {

TransactionModel Layout::transactions() const {
  TransactionModel model;
  model.tool = tool;
  model.opt_out = opt_out;
  model.spans_files = spans_files;
  model.keeps_session = keeps_session;
  return model;
}

// What a file says of itself comes before what its name looks like, and a tool's own configuration before
// both.
const std::vector<const Layout*>& all_layouts() {
  using namespace layouts;
  static const std::vector<const Layout*> all = {
      &sqitch, &drizzle,  &prisma,    &graphile_migrate, &goose,           &sql_migrate,
      &dbmate, &tern,     &liquibase, &evolutions,       &supabase,        &hasura,
      &diesel, &refinery, &ebean,     &flyway,           &node_pg_migrate, &postgres_migrations,
      &yoyo,   &pop,      &sqlx,      &golang_migrate,   &atlas,           &sql_output,
      &plain};
  return all;
}

const Layout* find_layout(std::string_view name) {
  const auto& all = all_layouts();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Layout* layout) { return layout->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace migcheck::input
