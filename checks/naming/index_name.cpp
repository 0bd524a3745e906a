// SPDX-License-Identifier: MIT

#include "customs.hpp"
#include "name_template.hpp"

namespace migcheck::checks {
namespace index_name_check {

constexpr OptionSpec kOptions[] = {
    {"template",
     "What an index is called: {table} and {columns} are replaced. Written down, it is held to the letter.",
     "idx_{table}_{columns}", OptionSpec::Type::Text}};

void run(const CheckContext& context, FindingSink& out) {
  const std::string pattern = context.text_option("template");
  const bool to_the_letter = context.is_asked_for();
  std::vector<CustomSample> samples;
  std::vector<std::string> wanted;
  for (const catalog::Table* table : own_tables(context)) {
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (index->unique || !index->constraint.empty() || index->parent_index != catalog::kNoObject) continue;
      if (!to_the_letter && name_template::is_generated(index->name, table->name)) continue;
      const bool fine = name_template::follows(index->name, pattern, *table, *index, to_the_letter);
      samples.push_back({index->origin, index->name, fine ? "" : "other"});
      wanted.push_back(name_template::filled(pattern, *table, *index));
    }
  }
  customs::report(context, samples, out, "indexes of this history are named otherwise than " + pattern,
                  "One convention is enough: keep to this one, and write it down as the option template.",
                  [&](const CustomSample& sample, FindingBuilder finding) {
                    finding
                        .message(
                            "The index {} does not say as others do what it is: an error or a query plan "
                            "shows nothing but "
                            "its name.",
                            sql_name(sample.name))
                        .advice("{}", sql_name(wanted[static_cast<std::size_t>(&sample - samples.data())]));
                  });
}

}  // namespace index_name_check

extern constexpr Check index_name{.since = "0.1.0",
                                  .summary = "An index that is not named after its table and columns.",
                                  .once_per_history = true,
                                  .options = index_name_check::kOptions,
                                  .on_history_end = index_name_check::run};

}  // namespace migcheck::checks
