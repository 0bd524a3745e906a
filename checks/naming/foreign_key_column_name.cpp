// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>

#include "customs.hpp"
#include "keys.hpp"

namespace migcheck::checks {
namespace foreign_key_column_name_check {

using catalog::Column;
using catalog::Constraint;
using catalog::Table;

constexpr OptionSpec kOptions[] = {
    {"template",
     "How a foreign key's column ends: {table singular} is replaced, and any role may stand in its place.",
     "{table singular}_id", OptionSpec::Type::Text}};

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// author_id, parentId, created_by, assigned_to, replaces, owner_ref: the role says whose key it is.
bool names_a_role(std::string_view name, std::string_view ending) {
  const std::vector<std::string> words = english::words_of(name);
  if (words.empty()) return true;
  if (std::find(words.begin(), words.end(), "id") != words.end()) return true;
  const std::string& last = words.back();
  return name.ends_with(ending) || last.ends_with("id") || last.ends_with("uuid") ||
         is_any_of(last, {"by", "to", "from", "of", "for", "in", "on", "with", "ref", "fk", "key", "pk", "no",
                          "num", "number", "code", "at", "as"});
}

// {table singular}_id ends in "_id" whatever the role.
std::string ending_of(std::string_view pattern) {
  const std::size_t end = pattern.rfind('}');
  return std::string(end == std::string_view::npos ? std::string_view("_id") : pattern.substr(end + 1));
}

std::string wanted(std::string_view pattern, const Table& parent) {
  std::string name(pattern);
  constexpr std::string_view kTable = "{table singular}";
  const std::size_t at = name.find(kTable);
  return at == std::string::npos ? name : name.replace(at, kTable.size(), keys::stem_of_table(parent.name));
}

struct Key {
  const Table* table;
  const Column* column;
  const Table* parent;
  const Constraint* constraint;
  bool repeats = false;  // the name of the column that it refers to: order_number, number
};

// Foreign keys of one column to a key that is made for the row.
std::vector<Key> keys_of(const CheckContext& context) {
  std::vector<Key> found;
  for (const Table* table : own_tables(context)) {
    for (const Constraint& constraint : table->constraints) {
      if (constraint.kind != catalog::ConstraintKind::ForeignKey || constraint.columns.size() != 1) continue;
      const auto* parent = context.catalog().get<Table>(constraint.references);
      const Column* column = table->column(constraint.columns[0]);
      if (parent == nullptr || column == nullptr || constraint.referenced_columns.size() != 1) continue;
      const Column* referenced = parent->column(constraint.referenced_columns[0]);
      if (referenced == nullptr || !keys::is_surrogate_type(*referenced) || referenced->name == column->name)
        continue;
      const bool repeats = column->name.ends_with("_" + referenced->name);
      found.push_back({table, column, parent, &constraint, repeats});
    }
  }
  return found;
}

// team_id that refers to users, where there is a table teams.
const Table* named_table(const Key& key, const std::multimap<std::string, const Table*>& by_stem) {
  const std::string stem = keys::stem(key.column->name);
  const std::string parent = keys::stem_of_table(key.parent->name);
  if (stem.empty() || parent.find(stem) != std::string::npos || stem.find(parent) != std::string::npos)
    return nullptr;
  const auto [begin, end] = by_stem.equal_range(stem);
  const auto found = std::find_if(begin, end, [&](const auto& entry) {
    return entry.second->schema == key.table->schema && entry.second->schema == key.parent->schema;
  });
  return found == end ? nullptr : found->second;
}

void report_misnamed(const CheckContext& context, const std::vector<Key>& keys, FindingSink& out) {
  std::multimap<std::string, const Table*> by_stem;
  for (const Table* table : own_tables(context)) by_stem.emplace(keys::stem_of_table(table->name), table);
  for (const Key& key : keys) {
    const Table* named = named_table(key, by_stem);
    if (named == nullptr || named == key.table || !context.is_target(key.constraint->origin)) continue;
    out.report(key.constraint->origin.place)
        .message(
            "{} is named after {} and refers to {}: whoever joins by the name gets rows of something else.",
            customs::name_of(*key.table, key.column->name), sql_name(*named), sql_name(*key.parent))
        .advice("{}", wanted(context.text_option("template"), *key.parent));
  }
}

void run(const CheckContext& context, FindingSink& out) {
  const std::vector<Key> keys = keys_of(context);
  const std::string pattern = context.text_option("template");
  const std::string ending = ending_of(pattern);
  std::vector<CustomSample> samples;
  for (const Key& key : keys) {
    const bool fine = key.repeats || names_a_role(key.column->name, ending);
    samples.push_back(
        {key.constraint->origin, customs::name_of(*key.table, key.column->name), fine ? "" : "bare"});
  }
  customs::report(
      context, samples, out, "foreign keys of this history have names that do not end in " + ending,
      "One convention is enough: keep to this one.", [&](const CustomSample& sample, FindingBuilder finding) {
        const Key& key = keys[static_cast<std::size_t>(&sample - samples.data())];
        const std::string& column = key.column->name;
        finding
            .message(
                "{} holds the key of a row of {} and is called as if it held the row: the name is "
                "what an ORM calls the row itself, and other foreign keys end in {}.",
                sample.name, sql_name(*key.parent), ending)
            .advice("{}", sql_name(column + ending));
      });
  report_misnamed(context, keys, out);
}

}  // namespace foreign_key_column_name_check

extern constexpr Check foreign_key_column_name{
    .since = "0.1.0",
    .summary = "A foreign key's column does not say that it is a key, or whose.",
    .once_per_history = true,
    .options = foreign_key_column_name_check::kOptions,
    .on_history_end = foreign_key_column_name_check::run};

}  // namespace migcheck::checks
