// SPDX-License-Identifier: MIT

#include <algorithm>

#include "dropped_names.hpp"

namespace migcheck::checks {
namespace type_dropped_check {

// Renamed to this a moment ago: nobody calls it by this name.
bool has_new_name(const CheckContext& context, const dropped_names::Loss& loss) {
  const auto earlier = context.earlier_in_file({loss.name->name.name});
  return std::any_of(earlier.begin(), earlier.end(), [&](const ast::Statement* statement) {
    const auto* rename = ast::as<ast::Rename>(statement);
    return rename != nullptr && rename->new_name.text == loss.name->name.name;
  });
}

// A column of the type went in this file, or its table: that is what the application misses.
bool goes_with_its_column(const CheckContext& context, const dropped_names::Loss& loss) {
  if (loss.object == nullptr) return false;
  const catalog::ObjectId id = catalog::base(*loss.object).id;
  const std::vector<Departure>& departures = context.departures();
  const std::uint32_t file = context.place({}).file;
  for (auto gone = departures.rbegin(); gone != departures.rend() && gone->place.file == file; ++gone) {
    if (gone->is_retyping() || !gone->new_name.empty()) continue;
    if (std::any_of(gone->columns.begin(), gone->columns.end(),
                    [&](const catalog::Column& column) { return column.type.id == id; }))
      return true;
  }
  return false;
}

// Columns that use the type refuse the drop; casts in the application (x::mood) do not.
void run(const CheckContext& context, FindingSink& out) {
  using dropped_names::names_of;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Type && drop->object != ast::ObjectType::Domain) return;
  dropped_names::Losses lost = dropped_names::losses<catalog::Type>(context, *drop);
  const auto told = [&](const dropped_names::Loss& loss) {
    return has_new_name(context, loss) || goes_with_its_column(context, loss);
  };
  std::erase_if(lost.gone, told);
  std::erase_if(lost.made_again, [&](const auto& loss) { return has_new_name(context, loss); });
  if (!lost.made_again.empty()) {
    out.report(dropped_names::first_name(lost.made_again))
        .severity(Severity::Info)
        .message(
            "Between this DROP and the statement that makes {} again there is no such type: queries that "
            "cast to "
            "it in that moment fail.",
            names_of(lost.made_again))
        .advice("Put both statements into one transaction.");
  }
  for (const dropped_names::Loss& loss : lost.gone) {
    FindingBuilder finding = out.gather(dropped_names::first_name(lost.gone), "", sql_name(loss.name->name));
    const std::vector<std::string>& names = finding.gathered();
    const bool one = names.size() == 1;
    finding
        .message(
            "Dropping {} {}: queries of the running application that cast to {}, and parameters that its "
            "driver sends as such, fail from here on.",
            one ? "the type" : "the types", enumerate(names), one ? "it" : "one of them")
        .advice("Deploy code that no longer names {} first, then drop {} in a later change.",
                enumerate(names), one ? "it" : "them");
  }
}

}  // namespace type_dropped_check

extern constexpr Check type_dropped{.since = "0.1.0",
                                    .summary = "DROP TYPE breaks the code that names the type.",
                                    .severity = Severity::Info,
                                    .statements = {ast::NodeKind::Drop},
                                    .on_statement = type_dropped_check::run};

}  // namespace migcheck::checks
