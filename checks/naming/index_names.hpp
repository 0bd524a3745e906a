// SPDX-License-Identifier: MIT
#pragma once

// What checks of index names share: the indexes of the project's own tables, each held against the template.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "customs.hpp"
#include "name_template.hpp"

namespace migcheck::checks::index_names {

using Chooses = std::function<bool(const catalog::Table&, const catalog::Index&)>;

// Of the indexes that `counts` takes those are left out whose names `is_given` says that PostgreSQL, a tool
// or another convention gave, unless the project asks for the template by name. `message` has one place: the
// name.
inline void report(const CheckContext& context, FindingSink& out, const Chooses& counts,
                   const Chooses& is_given, std::string_view plural,
                   fmt::format_string<const std::string&> message) {
  const std::string pattern = context.text_option("template");
  const bool to_the_letter = context.is_asked_for();
  std::vector<CustomSample> samples;
  std::vector<std::string> wanted;
  for (const catalog::Table* table : own_tables(context)) {
    for (const catalog::Index* index : context.catalog().indexes_of(table->id)) {
      if (index->parent_index != catalog::kNoObject || !counts(*table, *index)) continue;
      if (!to_the_letter && is_given(*table, *index)) continue;
      const bool fine = name_template::follows(index->name, pattern, *table, *index, to_the_letter);
      samples.push_back({index->origin, index->name, fine ? "" : "other"});
      wanted.push_back(name_template::filled(pattern, *table, *index));
    }
  }
  customs::report(context, samples, out,
                  fmt::format("{} of this history are named otherwise than {}", plural, pattern),
                  "One convention is enough: keep to this one, and write it down as the option template.",
                  [&](const CustomSample& sample, FindingBuilder finding) {
                    const std::string name = sql_name(sample.name);
                    finding.message(message, name)
                        .advice("{}", sql_name(wanted[static_cast<std::size_t>(&sample - samples.data())]));
                  });
}

}  // namespace migcheck::checks::index_names
