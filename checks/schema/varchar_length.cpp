// SPDX-License-Identifier: MIT

#include "own_columns.hpp"

namespace migcheck::checks {
namespace varchar_length_check {

using catalog::Column;

constexpr OptionSpec kOptions[] = {
    {"longest_code", "The longest length that is a code's, and no guess.", "16", OptionSpec::Type::Integer}};

// varchar(40): 40; 0 where there is no limit. The catalog keeps what was written.
std::int32_t length_of(const Column& column) {
  constexpr std::int32_t kNoGuess = 10'000;  // it keeps a document from growing without end
  if (!column.type.modifiers.empty() && column.type.modifiers[0] >= kNoGuess) return 0;
  return column.type.name == "varchar" && column.type.modifiers.size() == 1 ? column.type.modifiers[0] : 0;
}

bool is_text(const Column& column) {
  return column.type.array_dimensions == 0 && (column.type.name == "text" || column.type.name == "varchar");
}

// A country's code has two letters by its nature; a name has 255 by habit. Asked at the end, where it can be
// seen what the project does elsewhere.
void run(const CheckContext& context, FindingSink& out) {
  const auto option = context.option("longest_code");
  const auto* written = option ? std::get_if<std::int64_t>(&*option) : nullptr;
  const std::int64_t longest_code = written == nullptr ? 16 : *written;
  std::vector<CustomSample> samples;
  std::vector<const Column*> columns;
  for (const catalog::Table* table : own_tables(context)) {
    for (const Column& column : table->columns) {
      const std::int32_t length = length_of(column);
      if (!is_text(column) || (length > 0 && length <= longest_code)) continue;
      samples.push_back(
          {column.origin, sql_name(*table) + "." + sql_name(column.name), length > 0 ? "limited" : ""});
      columns.push_back(&column);
    }
  }
  const Custom custom = custom_of(context, samples);
  for (const CustomSample* sample : custom.departures) {
    const Column& column = *columns[static_cast<std::size_t>(sample - samples.data())];
    out.report(sample->origin.place)
        .message(
            "{} is cut off at {} characters, where text costs the same: one more character is an error for "
            "the user, "
            "and a shorter limit later reads the whole table.",
            sample->name, length_of(column))
        .advice("{0} text, with CHECK (length({0}) <= {1}) where the length matters", sql_name(column.name),
                length_of(column));
  }
  if (custom.instead == nullptr) return;
  out.report(custom.instead->origin.place)
      .message(
          "{} of {} columns of text of this history have a longest length, {} among them, where text costs "
          "the same: "
          "one more character is an error for the user, and a shorter limit later reads the whole table.",
          custom.others, custom.total, custom.instead->name)
      .advice("text, with a CHECK on the length where it matters");
}

}  // namespace varchar_length_check

extern constexpr Check varchar_length{.since = "0.1.0",
                                      .summary = "A varchar(n) whose n is a guess; text costs the same.",
                                      .once_per_history = true,
                                      .options = varchar_length_check::kOptions,
                                      .on_history_end = varchar_length_check::run};

}  // namespace migcheck::checks
