// SPDX-License-Identifier: MIT

#include "index_names.hpp"

namespace migcheck::checks {
namespace unique_name_check {

constexpr OptionSpec kOptions[] = {{"template",
                                    "What a unique constraint or index is called: {table} and {columns} are "
                                    "replaced. Written down, it is held to "
                                    "the letter.",
                                    "uq_{table}_{columns}", OptionSpec::Type::Text}};

// A unique index that is named as other indexes are has a name that says what it is, too.
bool is_given(const catalog::Table& table, const catalog::Index& index) {
  return name_template::is_generated(index.name, table.name) ||
         (index.constraint.empty() &&
          name_template::follows(index.name, "idx_{table}_{columns}", table, index, false));
}

void run(const CheckContext& context, FindingSink& out) {
  index_names::report(
      context, out,
      [](const catalog::Table&, const catalog::Index& index) { return index.unique && !index.primary; },
      is_given, "unique keys",
      "{} is what the application is told when a value is taken: its name does not say as others do of which "
      "table and columns.");
}

}  // namespace unique_name_check

extern constexpr Check unique_name{
    .since = "0.1.0",
    .summary = "A unique constraint or index that is not named after its table and columns.",
    .once_per_history = true,
    .options = unique_name_check::kOptions,
    .on_history_end = unique_name_check::run};

}  // namespace migcheck::checks
