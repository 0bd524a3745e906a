// SPDX-License-Identifier: MIT

#include <algorithm>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_repeats_column_check {

bool same_class(const ast::IndexElement& a, const ast::IndexElement& b) {
  return a.operator_class.name == b.operator_class.name && a.collation.name == b.collation.name;
}

// PostgreSQL builds it as it is written: the second one is stored, kept up to date, and never of use.
void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr) return;
  for (std::size_t at = 0; at < create->elements.size() + create->including.size(); ++at) {
    const bool included = at >= create->elements.size();
    const ast::IndexElement* element =
        included ? create->including[at - create->elements.size()] : create->elements[at];
    if (element->column.empty()) continue;
    for (std::size_t before = 0; before < std::min(at, create->elements.size()); ++before) {
      const ast::IndexElement* first = create->elements[before];
      if (first->column.text != element->column.text || (!included && !same_class(*first, *element)))
        continue;
      out.report(element->span.empty() ? create->span : element->span)
          .message(
              "The index holds the column {} twice: the second one is stored with every row and is of no "
              "use.",
              sql_name(element->column.text))
          .advice("Leave it out; most likely another column was meant.");
      break;
    }
  }
}

}  // namespace index_repeats_column_check

extern constexpr Check index_repeats_column{.since = "0.1.0",
                                            .summary = "An index that names a column twice.",
                                            .statements = {ast::NodeKind::CreateIndex},
                                            .on_statement = index_repeats_column_check::run};

}  // namespace migcheck::checks
