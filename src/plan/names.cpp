// SPDX-License-Identifier: MIT
#include "plan/names.hpp"

#include <algorithm>

namespace migcheck::plan {

namespace {

// Cuts at a character's border: UTF-8 continuation bytes go with the character they belong to.
std::string_view clip(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

std::string with_number(std::string_view label, std::uint32_t pass) {
  return pass == 0 ? std::string(label) : std::string(label) + std::to_string(pass);
}

// A name that is cut to fit is cut anew for each number. One that is not is the same in front of all of them
// that fit, and nobody has one that does not.
bool is_cut(std::string_view name, std::string_view first, std::string_view second, std::string_view label) {
  return name.size() <
         first.size() + second.size() + label.size() + (second.empty() ? 0 : 1) + (label.empty() ? 0 : 1);
}

bool has_constraint(const catalog::Table& table, std::string_view name) {
  return table.constraint(name) != nullptr ||
         std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const catalog::Column& column) { return column.not_null_name == name; });
}

// Does a constraint of any table of the schema have the name?
bool constraint_exists(const Planner& planner, std::string_view schema, std::string_view name) {
  const std::vector<const catalog::Table*> tables = planner.draft.tables_with_constraint(name);
  return std::any_of(tables.begin(), tables.end(), [&](const catalog::Table* table) {
    return table->schema == schema && has_constraint(*table, name);
  });
}

// What a sub-select in an expression is called after: its only column.
const ast::Expression* only_item(const ast::SubQuery& query) {
  if (query.form != ast::SubQuery::Form::Scalar || query.query == nullptr || query.query->items.empty()) {
    return nullptr;
  }
  return query.query->items[0]->value;
}

std::string last_field(const ast::Subscript& subscript) {
  for (std::size_t at = subscript.steps.size(); at > 0; --at) {
    if (!subscript.steps[at - 1].field.empty()) return std::string(subscript.steps[at - 1].field);
  }
  return {};
}

}  // namespace

std::string figure_name(const ast::Expression* value) {
  constexpr int kDeepest = 128;
  std::string weak;
  for (int steps = 0; steps < kDeepest && value != nullptr; ++steps) {
    if (const auto* column = ast::as<ast::ColumnRef>(value)) return std::string(column->column());
    if (const auto* call = ast::as<ast::FunctionCall>(value)) return std::string(call->name.name);
    if (const auto* keyword = ast::as<ast::SqlValue>(value)) return std::string(keyword->name);
    if (ast::as<ast::Coalesce>(value) != nullptr) return "coalesce";
    if (ast::as<ast::ArrayLiteral>(value) != nullptr) return "array";
    if (ast::as<ast::RowLiteral>(value) != nullptr) return "row";
    if (const auto* choice = ast::as<ast::MinMax>(value)) return choice->greatest ? "greatest" : "least";
    if (const auto* operation = ast::as<ast::Operation>(value)) {
      if (operation->form == ast::Operation::Form::NullIf) return "nullif";
      break;
    }
    if (const auto* cast = ast::as<ast::Cast>(value)) {
      if (weak.empty() && cast->type != nullptr) weak = std::string(cast->type->name);
      value = cast->argument;
    } else if (const auto* collate = ast::as<ast::Collate>(value)) {
      value = collate->argument;
    } else if (const auto* choice = ast::as<ast::Case>(value)) {
      if (weak.empty()) weak = "case";
      value = choice->otherwise;
    } else if (const auto* subscript = ast::as<ast::Subscript>(value)) {
      if (std::string field = last_field(*subscript); !field.empty()) return field;
      value = subscript->argument;
    } else if (const auto* query = ast::as<ast::SubQuery>(value)) {
      if (query->form == ast::SubQuery::Form::Exists) return "exists";
      if (query->form == ast::SubQuery::Form::Array) return "array";
      value = only_item(*query);
      if (value != nullptr && !query->query->items[0]->alias.empty()) {
        return std::string(query->query->items[0]->alias.text);
      }
    } else {
      break;
    }
  }
  return weak;
}

std::string make_object_name(std::string_view first, std::string_view second, std::string_view label) {
  std::size_t overhead = label.empty() ? 0 : label.size() + 1;
  if (!second.empty()) ++overhead;
  const std::size_t available = kLongestName - std::min(kLongestName, overhead);
  std::size_t first_size = first.size();
  std::size_t second_size = second.size();
  while (first_size + second_size > available) {
    if (first_size > second_size) {
      --first_size;
    } else {
      --second_size;
    }
  }
  std::string name(clip(first, first_size));
  if (!second.empty()) name.append("_").append(clip(second, second_size));
  if (!label.empty()) name.append("_").append(label);
  return name;
}

std::string choose_relation_name(const Planner& planner, std::string_view first, std::string_view second,
                                 std::string_view label, std::string_view schema, bool constraint) {
  const std::string word = make_object_name(first, second, label);
  const bool cut = is_cut(word, first, second, label);
  const auto next = [&](std::uint32_t from) {
    return cut ? from : planner.draft.open_relation_number(schema, word, from);
  };
  for (std::uint32_t pass = 0;; pass = next(pass + 1)) {
    std::string name = make_object_name(first, second, with_number(label, pass));
    const bool taken = planner.draft.relation(schema, name, planner.search_path()) != nullptr ||
                       (constraint && constraint_exists(planner, schema, name));
    if (!taken) return name;
  }
}

std::string choose_constraint_name(const Planner& planner, const catalog::Table& table,
                                   std::string_view second, std::string_view label,
                                   const std::vector<std::string>& taken) {
  const std::string word = make_object_name(table.name, second, label);
  const bool cut = is_cut(word, table.name, second, label);
  const auto next = [&](std::uint32_t from) {
    return cut ? from : table.constraints.open_number(word, from);
  };
  for (std::uint32_t pass = 0;; pass = next(pass + 1)) {
    std::string name = make_object_name(table.name, second, with_number(label, pass));
    const bool is_taken = std::find(taken.begin(), taken.end(), name) != taken.end() ||
                          has_constraint(table, name) || constraint_exists(planner, table.schema, name);
    if (!is_taken) return name;
  }
}

std::string join_columns(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined.push_back('_');
    joined.append(column);
    if (joined.size() > kLongestName) break;
  }
  return joined;
}

std::vector<std::string> index_column_names(const catalog::Table* table,
                                            const std::vector<catalog::KeyElement>& keys,
                                            const std::vector<catalog::ColumnNumber>& including) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& wanted) {
    std::string name = wanted;
    for (int pass = 1; std::find(names.begin(), names.end(), name) != names.end(); ++pass) {
      const std::string number = std::to_string(pass);
      name = std::string(clip(wanted, kLongestName - number.size())) + number;
    }
    names.push_back(std::move(name));
  };
  const auto name_of = [&](catalog::ColumnNumber number) -> std::string {
    const catalog::Column* column = table == nullptr ? nullptr : table->column(number);
    return column == nullptr ? std::string("expr") : column->name;
  };
  for (const catalog::KeyElement& key : keys) {
    std::string figured = key.column != 0 ? name_of(key.column) : figure_name(key.expression);
    add(figured.empty() ? "expr" : std::move(figured));
  }
  for (const catalog::ColumnNumber number : including) add(name_of(number));
  return names;
}

std::string choose_statistics_name(const Planner& planner, std::string_view schema, std::string_view table,
                                   std::string_view columns) {
  std::string label = "stat";
  for (int number = 1;; ++number) {
    std::string name = make_object_name(table, columns, label);
    if (planner.draft.other(ast::ObjectType::Statistics, schema, name, {}) == nullptr) return name;
    label = "stat" + std::to_string(number);
  }
}

}  // namespace migcheck::plan
