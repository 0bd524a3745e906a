// SPDX-License-Identifier: MIT

#include "constraint_index.hpp"

namespace migcheck::checks {
namespace unique_without_index_check {

void run(const CheckContext& context, FindingSink& out) {
  constraint_index::report(context, out, WorkReason::UniqueIndex, "UNIQUE");
}

}  // namespace unique_without_index_check

extern constexpr Check unique_without_index{.since = "0.1.0",
                                            .summary = "ADD UNIQUE builds its index under ACCESS EXCLUSIVE.",
                                            .on_statement = unique_without_index_check::run};

}  // namespace migcheck::checks
