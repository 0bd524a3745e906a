// SPDX-License-Identifier: MIT

// Names and values: what an expression stands for, if it stands for one column or one value.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tenancy/builder.hpp"
#include "tenancy/level.hpp"

namespace migcheck::tenancy {

namespace {

// They give another value at each call.
constexpr std::array<std::string_view, 16> kVolatile = {
    "random",          "random_normal",   "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v4",
    "uuidv4",          "uuidv7",          "nextval",         "currval",          "lastval",
    "setval",          "clock_timestamp", "timeofday",       "txid_current",     "pg_current_xact_id",
    "gen_random_bytes"};

constexpr std::array<std::string_view, 20> kNotOfOneRow = {
    "count",     "sum",       "min",      "max",     "avg",    "array_agg",       "string_agg",
    "json_agg",  "jsonb_agg", "bool_and", "bool_or", "every",  "json_object_agg", "jsonb_object_agg",
    "any_value", "mode",      "bit_and",  "bit_or",  "unnest", "generate_series"};

// Casts between these change how a value is written and not which value it is.
constexpr std::array<std::string_view, 8> kPlainTypes = {"text", "varchar", "uuid", "int2",
                                                         "int4", "int8",    "name", "citext"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_plain(const ast::TypeName* type) {
  return type != nullptr && type->modifiers.empty() && type->array_dimensions == 0 &&
         contains(kPlainTypes, type->name);
}

// Does a name say who is asking, rather than for which tenant?
bool names_a_person(std::string_view text) {
  return text.find("user") != std::string_view::npos || text.find("uid") != std::string_view::npos ||
         text.find("jwt") != std::string_view::npos || text.find("email") != std::string_view::npos;
}

bool looks_like_variable(std::string_view name) {
  return name.substr(0, 2) == "p_" || name.substr(0, 2) == "v_" || name.substr(0, 1) == "_" ||
         name.substr(0, 3) == "in_";
}

std::string constant_text(const ast::Constant& constant) {
  const bool quoted = constant.type == ast::Constant::Type::String;
  return quoted ? fmt::format("'{}'", constant.text) : std::string(constant.text);
}

}  // namespace

TermId Builder::term(const ast::Expression* expression, BlockId block) {
  const Level level(*this);
  if (expression == nullptr || level.too_deep()) return kNone;
  if (const auto* reference = ast::as<ast::ColumnRef>(expression)) return column_ref(*reference, block);
  if (const auto* parameter = ast::as<ast::Parameter>(expression);
      parameter != nullptr && !calls_.empty() && calls_.back().function != nullptr)
    return numbered_argument(*parameter);
  if (const auto* cast = ast::as<ast::Cast>(expression)) {
    if (const TermId inner = cast_term(*cast, block); inner != kNone) return inner;
  }
  if (const auto* sub = ast::as<ast::SubQuery>(expression);
      sub != nullptr && sub->form == ast::SubQuery::Form::Scalar) {
    if (sub->query != nullptr && sub->query->from.empty() && sub->query->with.empty() &&
        sub->query->items.size() == 1 && sub->query->where == nullptr) {
      return term(sub->query->items.front()->value, block);
    }
    const BlockId inner = sub_block(*sub, block);
    return inner == kNone ? kNone : model_.column(model_.blocks[inner].output, 0);
  }
  const auto found = value(expression, block);
  if (found) return model_.value(found->text, found->kind, found->assumed);
  const auto* choice = ast::as<ast::Coalesce>(expression);
  return choice == nullptr ? kNone : coalesce(*choice, block);
}

TermId Builder::coalesce(const ast::Coalesce& coalesce, BlockId block) {
  const auto [place, fresh] = choices_.try_emplace({&coalesce, block}, kNone);
  if (!fresh) return place->second;
  Choice choice;
  for (const ast::Expression* argument : coalesce.arguments) {
    choice.from.push_back(term(argument, block));
    if (choice.from.back() == kNone) return kNone;
  }
  const RangeId range = model_.add_range({.columns = {"coalesce"}, .owner = block});
  choice.result = model_.column(range, 0);
  choices_[{&coalesce, block}] = choice.result;
  model_.choices.push_back(std::move(choice));
  return model_.choices.back().result;
}

// A column under a cast is still that column where the cast keeps different values different.
TermId Builder::cast_term(const ast::Cast& cast, BlockId block) {
  if (ast::as<ast::ColumnRef>(cast.argument) == nullptr || !is_plain(cast.type)) return kNone;
  const TermId inner = term(cast.argument, block);
  const Term found = model_.terms[inner];
  if (found.value != ValueKind::Column || found.range == kNone) return inner;
  if (cast.type->name == "text" || cast.type->name == "varchar") return inner;
  const catalog::Column* column = model_.catalog_column(inner);
  if (column == nullptr) return kNone;
  const bool integers = column->type.name.substr(0, 3) == "int" && cast.type->name.substr(0, 3) == "int";
  return column->type.name == cast.type->name || integers ? inner : kNone;
}

TermId Builder::column_ref(const ast::ColumnRef& reference, BlockId block) {
  if (reference.star || reference.parts.empty()) return kNone;
  const TermId found = resolve(reference.table(), reference.column(), block);
  const RangeId range = model_.terms[found].range;
  if (range != kNone && model_.ranges[range].transition) {
    return model_.value(fmt::format("{}.{}", model_.ranges[range].alias, reference.column()),
                        ValueKind::RowField);
  }
  if (found != kNone) return found;
  const TermId given = argument(reference);
  const bool in_query = calls_.empty();  // the function's own words end where another's begin
  return given != kNone || !model_.context.has_variables || !in_query ? given : variable(reference);
}

TermId Builder::variable(const ast::ColumnRef& reference) {
  const std::string name(reference.column());
  if (reference.table().empty()) {
    const auto& locals = model_.context.locals;
    const bool own = std::find(locals.begin(), locals.end(), name) != locals.end();
    if (names_a_person(name)) return model_.value(name, ValueKind::Identity);
    return model_.value(name, own ? ValueKind::RowField : ValueKind::Given);
  }
  return model_.value(fmt::format("{}.{}", reference.table(), name), ValueKind::RowField);
}

TermId Builder::resolve(std::string_view qualifier, std::string_view column, BlockId block) {
  for (BlockId at = block; at != kNone; at = model_.blocks[at].outer) {
    if (model_.blocks[at].is_with) continue;
    const TermId found = resolve_in(qualifier, column, model_.blocks[at]);
    if (found == kNone) continue;
    for (BlockId inner = block; inner != at; inner = model_.blocks[inner].outer) {
      model_.blocks[inner].correlated = true;
    }
    return found;
  }
  return kNone;
}

TermId Builder::resolve_in(std::string_view qualifier, std::string_view column, const Block& block) {
  for (const RangeId range : block.visible) {
    Range& candidate = model_.ranges[range];
    if (!qualifier.empty()) {
      if (candidate.alias != qualifier) continue;
      const TermId found = model_.column(range, column);
      if (found != kNone) return found;
      candidate.columns.emplace_back(column);  // this table's in any case, whatever the catalog knows of it
      return model_.column(range, column);
    }
    const bool known =
        std::find(candidate.columns.begin(), candidate.columns.end(), column) != candidate.columns.end();
    if (known) return model_.column(range, column);
    if (column == "ctid" && candidate.table != nullptr) {
      candidate.columns.emplace_back(column);
      return model_.column(range, column);
    }
  }
  if (!qualifier.empty() || (model_.context.has_variables && looks_like_variable(column))) return kNone;
  for (const RangeId range : block.visible) {
    if (model_.ranges[range].open && model_.ranges[range].table == nullptr)
      return model_.column(range, column);
  }
  return kNone;
}

std::optional<Builder::Value> Builder::value(const ast::Expression* expression, BlockId block) {
  const Level level(*this);
  if (expression == nullptr || level.too_deep()) return std::nullopt;
  if (const auto* parameter = ast::as<ast::Parameter>(expression)) {
    if (!calls_.empty() && calls_.back().function != nullptr) {
      const Term& given = model_.terms[numbered_argument(*parameter)];
      if (given.value == ValueKind::Column) return std::nullopt;
      return Value{given.text, given.value, given.assumed};
    }
    const bool named = !parameter->name.empty();
    return Value{named ? fmt::format(":{}", parameter->name) : fmt::format("${}", parameter->number)};
  }
  if (const auto* constant = ast::as<ast::Constant>(expression)) {
    if (constant->type == ast::Constant::Type::Null) return std::nullopt;
    return Value{constant_text(*constant)};
  }
  if (const auto* known = ast::as<ast::SqlValue>(expression)) {
    return Value{std::string(known->name),
                 names_a_person(known->name) ? ValueKind::Identity : ValueKind::Given};
  }
  if (const auto* cast = ast::as<ast::Cast>(expression)) {
    auto inner = value(cast->argument, block);
    if (!inner || is_plain(cast->type)) return inner;
    inner->text += fmt::format("::{}", cast->type == nullptr ? "" : cast->type->name);
    return inner;
  }
  if (const auto* call = ast::as<ast::FunctionCall>(expression)) return call_value(*call, block);
  if (const auto* operation = ast::as<ast::Operation>(expression)) return operation_value(*operation, block);
  if (const auto* coalesce = ast::as<ast::Coalesce>(expression)) {
    return combined("coalesce", {coalesce->arguments.begin(), coalesce->arguments.end()}, block);
  }
  if (const auto* reference = ast::as<ast::ColumnRef>(expression)) {
    const Term found = model_.terms[column_ref(*reference, block)];
    if (found.value != ValueKind::Column) return Value{found.text, found.value};
  }
  if (const auto* sub = ast::as<ast::SubQuery>(expression);
      sub != nullptr && sub->form == ast::SubQuery::Form::Scalar && sub->query != nullptr &&
      sub->query->from.empty() && sub->query->items.size() == 1) {
    return value(sub->query->items.front()->value, block);
  }
  return std::nullopt;
}

std::optional<Builder::Value> Builder::operation_value(const ast::Operation& operation, BlockId block) {
  if (operation.op.name == "@" && operation.left == nullptr) {  // sqlc's @name, @name::type
    const ast::Expression* named = operation.right;
    while (const auto* typed = ast::as<ast::Cast>(named)) named = typed->argument;
    if (const auto* name = ast::as<ast::ColumnRef>(named)) return Value{fmt::format("@{}", name->column())};
  }
  if (operation.form != ast::Operation::Form::Plain && operation.form != ast::Operation::Form::NullIf)
    return std::nullopt;
  const std::string op(operation.form == ast::Operation::Form::NullIf ? "nullif" : operation.op.name);
  if (operation.left == nullptr) return combined(op.c_str(), {operation.right}, block);
  return combined(op.c_str(), {operation.left, operation.right}, block);
}

std::optional<Builder::Value> Builder::combined(const char* what,
                                                const std::vector<const ast::Expression*>& parts,
                                                BlockId block) {
  Value all{fmt::format("{}(", what)};
  for (const ast::Expression* part : parts) {
    const auto inner = value(part, block);
    if (!inner) return std::nullopt;
    all.text += (all.text.back() == '(' ? "" : ", ") + inner->text;
    all.assumed = all.assumed || inner->assumed;
    if (inner->kind != ValueKind::Given) all.kind = inner->kind;
  }
  all.text += ")";
  return all;
}

std::optional<Builder::Value> Builder::call_value(const ast::FunctionCall& call, BlockId block) {
  const std::string_view name = call.name.name;
  if (call.star || call.over != nullptr || call.filter != nullptr || call.distinct) return std::nullopt;
  if (contains(kVolatile, name) || contains(kNotOfOneRow, name)) return std::nullopt;
  if (call.name.schema == "sqlc") {
    if (name == "slice" || call.arguments.size() != 1) return std::nullopt;
    const auto* argument = ast::as<ast::ColumnRef>(call.arguments.front());
    const auto* text = ast::as<ast::Constant>(call.arguments.front());
    if (argument != nullptr) return Value{fmt::format("sqlc.arg({})", argument->column())};
    return text == nullptr ? std::nullopt : std::optional(Value{fmt::format("sqlc.arg({})", text->text)});
  }
  const std::string full(call.name.schema.empty() ? std::string(name)
                                                  : fmt::format("{}.{}", call.name.schema, name));
  auto all = combined(full.c_str(), {call.arguments.begin(), call.arguments.end()}, block);
  if (!all) return all;
  if (call.name.schema == "auth" || names_a_person(all->text)) all->kind = ValueKind::Identity;
  const auto functions =
      model_.context.catalog.functions(call.name.schema, call.name.name, model_.context.search_path);
  all->assumed =
      all->assumed || std::any_of(functions.begin(), functions.end(), [](const catalog::Function* one) {
        return one->volatility == ast::Volatility::Volatile;
      });
  return all;
}

BlockId Builder::sub_block(const ast::SubQuery& sub, BlockId block) {
  const auto known = model_.blocks[block].subs.find(&sub);
  if (known != model_.blocks[block].subs.end()) return known->second;
  const std::size_t first = model_.references.size();
  const BlockId inner = sub.query == nullptr ? kNone : select(*sub.query, block);
  const bool alone = inner != kNone && !model_.blocks[inner].correlated;
  for (std::size_t i = first; i < model_.references.size(); ++i) {
    Reference& reference = model_.references[i];
    reference.guard = reference.guard || (alone && sub.form == ast::SubQuery::Form::Exists);
  }
  model_.blocks[block].subs[&sub] = inner;
  return inner;
}

void Builder::visit(const ast::Node* node, BlockId block) {
  ast::walk(node, [&](const ast::Node& below) {
    const auto* sub = ast::as<ast::SubQuery>(&below);
    if (sub == nullptr) return below.kind < ast::NodeKind::Select;
    sub_block(*sub, block);
    if (sub->test != nullptr) visit(sub->test, block);
    return false;
  });
}

void Builder::expression(const ast::Node* node, BlockId block) {
  if (node == nullptr) return;
  visit(node, block);
  model_.blocks[block].expressions.push_back(node);
}

}  // namespace migcheck::tenancy
