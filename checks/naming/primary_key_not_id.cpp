// SPDX-License-Identifier: MIT

#include <algorithm>

#include "customs.hpp"
#include "keys.hpp"

namespace migcheck::checks {
namespace primary_key_not_id_check {

constexpr OptionSpec kOptions[] = {{"name",
                                    "What the key is called, if not id: {table singular} is replaced.", "id",
                                    OptionSpec::Type::Text}};

std::string wanted(const CheckContext& context, const catalog::Table& table) {
  std::string name = context.text_option("name");
  constexpr std::string_view kTable = "{table singular}";
  const std::size_t at = name.find(kTable);
  return at == std::string::npos ? name : name.replace(at, kTable.size(), keys::stem_of_table(table.name));
}

// The key is made for the row and says so: order_id in orders, uuid, pk. A key that is somebody else's
// (user_id in user_settings) or means something (year, code, version) keeps its name.
bool is_own_key(const catalog::Table& table, const catalog::Column& column) {
  const std::vector<std::string> words = english::words_of(column.name);
  if (words.size() == 1)
    return words[0] == "id" || words[0] == "uuid" || words[0] == "guid" || words[0] == "uid" ||
           words[0] == "pk";
  const std::string stem = keys::stem(column.name);
  const std::string own = keys::stem_of_table(table.name);
  return !stem.empty() && (stem == own || own.ends_with("_" + stem) || own.ends_with(stem));
}

void run(const CheckContext& context, FindingSink& out) {
  std::vector<CustomSample> samples;
  std::vector<std::string> advice;
  for (const catalog::Table* table : own_tables(context)) {
    const catalog::Constraint* key = table->primary_key();
    if (key == nullptr || key->columns.size() != 1) continue;
    const catalog::Column* column = table->column(key->columns[0]);
    if (column == nullptr || !keys::is_surrogate_type(*column)) continue;
    if (is_in_foreign_key(*table, column->number) || !is_own_key(*table, *column)) continue;
    const std::string name = wanted(context, *table);
    std::string lower = column->name == "ID" || column->name == "Id" ? "id" : column->name;
    samples.push_back({column->origin, customs::name_of(*table, column->name), lower == name ? "" : "other"});
    advice.push_back(name);
  }
  const bool alone = std::none_of(samples.begin(), samples.end(),
                                  [](const CustomSample& sample) { return sample.style.empty(); });
  customs::report(
      context, samples, out, "primary keys of this history repeat the table's name or are called otherwise",
      "One convention is enough: keep to this one, or call each of them id.",
      [&](const CustomSample& sample, FindingBuilder finding) {
        finding
            .message(
                "{} is the primary key, and {} called {}: joins, ORMs and readers expect the same "
                "name everywhere.",
                sample.name, alone ? "is not" : "others of this schema are",
                advice[static_cast<std::size_t>(&sample - samples.data())])
            .advice("{}", advice[static_cast<std::size_t>(&sample - samples.data())]);
      });
}

}  // namespace primary_key_not_id_check

extern constexpr Check primary_key_not_id{
    .since = "0.1.0",
    .summary = "A primary key that is made for the row is not called id.",
    .once_per_history = true,
    .options = primary_key_not_id_check::kOptions,
    .on_history_end = primary_key_not_id_check::run};

}  // namespace migcheck::checks
