// SPDX-License-Identifier: MIT

#include <algorithm>

#include "dropped_names.hpp"
#include "same_change.hpp"

namespace migcheck::checks {
namespace sequence_dropped_check {

using dropped_names::Loss;

// The column that the sequence was made for (serial); null: it stands alone.
const catalog::Column* owner_of(const CheckContext& context, const Loss& loss, const catalog::Table*& table) {
  const auto* sequence = loss.object == nullptr ? nullptr : std::get_if<catalog::Sequence>(loss.object);
  table = sequence == nullptr ? nullptr : context.catalog().get<catalog::Table>(sequence->owned_by);
  return table == nullptr ? nullptr : table->column(sequence->owned_column);
}

// CASCADE drops the default that takes numbers from it.
bool takes_default_along(const CheckContext& context, const catalog::Table& table,
                         const catalog::Column& column) {
  const std::vector<AlsoDropped>& fallen = context.plan().also_dropped_parts;
  return std::any_of(fallen.begin(), fallen.end(), [&](const AlsoDropped& each) {
    return each.part == catalog::Dependency::Part::Default && each.object == table.id &&
           each.part_name == column.name;
  });
}

// Nobody calls nextval on a serial column's sequence but its default, which CASCADE drops too.
void report_default(FindingSink& out, const Loss& loss, const catalog::Table& table,
                    const catalog::Column& column) {
  FindingBuilder finding = out.gather(loss.name->name.span, column.not_null ? "required" : "default",
                                      same_change::item(sql_name(table), sql_name(column.name)));
  const bool one = finding.gathered().size() == 1;
  finding
      .message(
          "Along with {} sequence{} goes the default of {}: an INSERT of the running application that leaves "
          "{} out {} from here on.",
          one ? "the" : "these", one ? "" : "s", same_change::columns_of(finding.gathered()),
          one ? "it" : "one of them", column.not_null ? "fails" : "writes null where it took a number")
      .advice("Deploy code that always writes {} first; ALTER COLUMN {} DROP DEFAULT says what is meant.",
              same_change::column_names(finding.gathered()), sql_name(column.name));
}

// Its position is data: a new sequence starts at 1 again.
void run(const CheckContext& context, FindingSink& out) {
  using dropped_names::names_of;
  const auto* drop = context.statement_as<ast::Drop>();
  if (drop == nullptr || context.is_refused()) return;
  if (drop->object != ast::ObjectType::Sequence) return;
  dropped_names::Losses lost = dropped_names::losses<catalog::Sequence>(context, *drop);
  std::erase_if(lost.gone, [&](const Loss& loss) {
    const catalog::Table* table = nullptr;
    const catalog::Column* column = owner_of(context, loss, table);
    if (column == nullptr) return false;
    const bool with_default = takes_default_along(context, *table, *column);
    if (with_default) report_default(out, loss, *table, *column);
    // Of one that was made for the column (serial) nobody else knows the name.
    return with_default || column->sequence == catalog::base(*loss.object).id;
  });
  if (!lost.made_again.empty()) {
    out.report(dropped_names::first_name(lost.made_again))
        .severity(Severity::Info)
        .message(
            "{} is dropped and made again: it starts over, and what it numbered before is numbered again.",
            names_of(lost.made_again))
        .advice("Carry its position over: SELECT setval(…) on the new one, in the same transaction.");
  }
  if (lost.gone.empty()) return;
  const bool one = lost.gone.size() == 1;
  out.report(dropped_names::first_name(lost.gone))
      .message(
          "Dropping {} {}: {} position is lost, and every query of the running application that calls "
          "nextval on {} fails from here on.",
          one ? "the sequence" : "the sequences", names_of(lost.gone), one ? "its" : "their",
          one ? "it" : "one of them")
      .advice(
          "Deploy code that no longer uses {} first. To carry a position over: setval on the new sequence "
          "before "
          "the old one goes.",
          names_of(lost.gone));
}

}  // namespace sequence_dropped_check

extern constexpr Check sequence_dropped{
    .since = "0.1.0",
    .summary = "DROP SEQUENCE loses the position and breaks the code that takes numbers from it.",
    .statements = {ast::NodeKind::Drop},
    .on_statement = sequence_dropped_check::run};

}  // namespace migcheck::checks
