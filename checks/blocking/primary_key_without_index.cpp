// SPDX-License-Identifier: MIT

#include "constraint_index.hpp"

namespace migcheck::checks {
namespace primary_key_without_index_check {

void run(const CheckContext& context, FindingSink& out) {
  constraint_index::report(context, out, WorkReason::PrimaryKey, "PRIMARY KEY");
}

}  // namespace primary_key_without_index_check

extern constexpr Check primary_key_without_index{
    .since = "0.1.0",
    .summary = "ADD PRIMARY KEY builds its index under ACCESS EXCLUSIVE.",
    .on_statement = primary_key_without_index_check::run};

}  // namespace migcheck::checks
