// SPDX-License-Identifier: MIT

#include "customs.hpp"
#include "name_template.hpp"

namespace migcheck::checks {
namespace unique_name_check {

constexpr OptionSpec kOptions[] = {{"template",
                                    "What a unique constraint or index is called: {table} and {columns} are "
                                    "replaced. Written down, it is held to "
                                    "the letter.",
                                    "uq_{table}_{columns}", OptionSpec::Type::Text}};

// A unique index that is named as other indexes are has a name that says what it is, too.
bool is_index_name(std::string_view name, const catalog::Table& table, const catalog::Index& index) {
  return index.constraint.empty() &&
         name_template::follows(name, "idx_{table}_{columns}", table, index, false);
}

void run(const CheckContext& context, FindingSink& out) {
  const std::string pattern = context.text_option("template");
  const bool to_the_letter = context.is_asked_for();
  std::vector<CustomSample> samples;
  std::vector<std::string> wanted;
  for (const catalog::Table* table : own_tables(context)) {
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (!index->unique || index->primary || index->parent_index != catalog::kNoObject) continue;
      const bool tools =
          name_template::is_generated(index->name, table->name) || is_index_name(index->name, *table, *index);
      if (!to_the_letter && tools) continue;
      const bool fine = name_template::follows(index->name, pattern, *table, *index, to_the_letter);
      samples.push_back({index->origin, index->name, fine ? "" : "other"});
      wanted.push_back(name_template::filled(pattern, *table, *index));
    }
  }
  customs::report(context, samples, out, "unique keys of this history are named otherwise than " + pattern,
                  "One convention is enough: keep to this one, and write it down as the option template.",
                  [&](const CustomSample& sample, FindingBuilder finding) {
                    finding
                        .message(
                            "{} is what the application is told when a value is taken: its name does not say "
                            "as others do of "
                            "which table and columns.",
                            sql_name(sample.name))
                        .advice("{}", sql_name(wanted[static_cast<std::size_t>(&sample - samples.data())]));
                  });
}

}  // namespace unique_name_check

extern constexpr Check unique_name{
    .since = "0.1.0",
    .summary = "A unique constraint or index that is not named after its table and columns.",
    .once_per_history = true,
    .options = unique_name_check::kOptions,
    .on_history_end = unique_name_check::run};

}  // namespace migcheck::checks
