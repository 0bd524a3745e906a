// SPDX-License-Identifier: MIT

#include "index_names.hpp"

namespace migcheck::checks {
namespace index_name_check {

constexpr OptionSpec kOptions[] = {
    {"template",
     "What an index is called: {table} and {columns} are replaced. Written down, it is held to the letter.",
     "idx_{table}_{columns}", OptionSpec::Type::Text}};

void run(const CheckContext& context, FindingSink& out) {
  index_names::report(
      context, out,
      [](const catalog::Table&, const catalog::Index& index) {
        return !index.unique && index.constraint.empty();
      },
      [](const catalog::Table& table, const catalog::Index& index) {
        return name_template::is_generated(index.name, table.name);
      },
      "indexes",
      "The index {} does not say as others do what it is: an error or a query plan shows nothing but its "
      "name.");
}

}  // namespace index_name_check

extern constexpr Check index_name{.since = "0.1.0",
                                  .summary = "An index that is not named after its table and columns.",
                                  .once_per_history = true,
                                  .options = index_name_check::kOptions,
                                  .on_history_end = index_name_check::run};

}  // namespace migcheck::checks
