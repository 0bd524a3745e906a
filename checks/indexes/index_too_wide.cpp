// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace index_too_wide_check {

constexpr OptionSpec kOptions[] = {
    {"columns", "The most columns that an index may have.", "3", OptionSpec::Type::Integer}};

void run(const CheckContext& context, FindingSink& out) {
  const auto* create = context.statement_as<ast::CreateIndex>();
  if (create == nullptr || create->unique) return;
  const auto option = context.option("columns");
  const std::int64_t most = option ? std::get<std::int64_t>(*option) : 3;
  const bool multicolumn = create->access_method == "btree" || create->access_method.empty();
  if (!multicolumn || static_cast<std::int64_t>(create->elements.size()) <= most) return;
  out.report(create->elements[static_cast<std::size_t>(most)]->span)
      .message(
          "This index has {} columns: those after the first one or two seldom narrow a search, and each "
          "makes it larger and "
          "every write dearer.",
          create->elements.size())
      .advice(
          "Keep the columns that queries compare with =, then one that they sort or range over; put what is "
          "only read along "
          "into INCLUDE.");
}

}  // namespace index_too_wide_check

extern constexpr Check index_too_wide{.since = "0.1.0",
                                      .summary = "An index over more than three columns.",
                                      .severity = Severity::Info,
                                      .preset = Preset::Strict,
                                      .options = index_too_wide_check::kOptions,
                                      .statements = {ast::NodeKind::CreateIndex},
                                      .on_statement = index_too_wide_check::run};

}  // namespace migcheck::checks
