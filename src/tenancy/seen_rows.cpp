// SPDX-License-Identifier: MIT

#include "tenancy/seen_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "migcheck/ast/replace.hpp"

namespace migcheck::tenancy {

namespace {

using QueryForm = ast::SubQuery::Form;

// Where names without a schema are looked up: policies and views were resolved when they were made.
const std::vector<std::string>& default_path() {
  static const std::vector<std::string> path = {"public"};
  return path;
}

bool has_security_invoker(const catalog::View& view) {
  const auto option = view.options.find("security_invoker");
  if (option == view.options.end()) return false;
  return option->second != "false" && option->second != "off" && option->second != "0" &&
         option->second != "no";
}

bool is_true(const ast::Expression* expression) {
  const auto* constant = ast::as<ast::Constant>(expression);
  return constant != nullptr && constant->type == ast::Constant::Type::Boolean && constant->integer != 0;
}

// The one query of a function in SQL that is called without arguments.
const ast::Select* only_query(const catalog::Function& function) {
  if (function.language != "sql" || !function.arguments.empty() || function.body == nullptr) return nullptr;
  if (function.body->statements.size() != 1) return nullptr;
  return ast::as<ast::Select>(function.body->statements.front().statement);
}

}  // namespace

const ast::Select* SeenRows::of(const catalog::Object& relation, std::string_view role) {
  const As as{.role = std::string(role), .current = std::string(role)};
  const ast::Node* rows = rows_of(relation, {}, as);
  return rows == nullptr ? nullptr : star_of(rows, nullptr);
}

const ast::Select* SeenRows::passing(const catalog::Table& table, const ast::Expression& condition,
                                     std::string_view role) {
  As as{.role = std::string(role), .current = std::string(role)};
  const ast::TableRef* reference = bare_reference(table, as);
  as.source = false;
  policies_of_.push_back(table.id);
  const auto* filter = static_cast<const ast::Expression*>(copy(&condition, as));
  policies_of_.pop_back();
  return star_of(reference, filter);
}

const ast::Node* SeenRows::copy(const ast::Node* node, const As& as) {
  Names common;
  ast::walk(node, [&common](const ast::Node& below) {
    if (const auto* table = ast::as<ast::CommonTable>(&below)) common.insert(table->name.text);
    return true;
  });
  depth_ += 1;
  const ast::Node* made =
      ast::clone_replacing(node, arena_, [&](const ast::Node& below) { return replaced(below, as, common); });
  depth_ -= 1;
  return made;
}

const ast::Node* SeenRows::replaced(const ast::Node& node, const As& as, const Names& common) {
  if (const auto* sub = ast::as<ast::SubQuery>(&node)) return sub_query(*sub, as);
  if (const auto* function = ast::as<ast::FunctionTable>(&node)) return function_reference(*function, as);
  const auto* table = ast::as<ast::TableRef>(&node);
  if (table == nullptr) return nullptr;
  if (table->relation.schema.empty() && common.count(table->relation.name) != 0) return nullptr;
  return table_reference(*table, as);
}

// EXISTS, IN and their like decide about rows; a scalar sub-query gives what it reads.
const ast::Node* SeenRows::sub_query(const ast::SubQuery& sub, const As& as) {
  if (!as.source || sub.form == QueryForm::Scalar || sub.form == QueryForm::Array || sub.query == nullptr)
    return nullptr;
  As deciding = as;
  deciding.source = false;
  auto* made = arena_.make<ast::SubQuery>(sub.span);
  *made = sub;
  made->test = copy(sub.test, as);
  made->query = static_cast<const ast::Select*>(copy(sub.query, deciding));
  return made;
}

const ast::Node* SeenRows::table_reference(const ast::TableRef& reference, const As& as) {
  const catalog::Object* object =
      context_.catalog.relation(reference.relation.schema, reference.relation.name, default_path());
  if (object == nullptr) {
    opaque_source_ = opaque_source_ || as.source;
    return nullptr;
  }
  ast::Alias alias = reference.alias;
  if (alias.name.empty()) alias.name.text = reference.relation.name;
  return rows_of(*object, alias, as);
}

const ast::Node* SeenRows::function_reference(const ast::FunctionTable& reference, const As& as) {
  const auto* call =
      reference.functions.size() != 1 ? nullptr : ast::as<ast::FunctionCall>(reference.functions.front());
  if (call != nullptr && call->arguments.empty()) {
    const auto found = context_.catalog.functions(call->name.schema, call->name.name, default_path());
    ast::Alias alias = reference.alias;
    if (alias.name.empty()) alias.name.text = call->name.name;
    if (found.size() == 1) {
      if (const ast::Node* rows = rows_of(*found.front(), alias, as)) return rows;
    }
  }
  opaque_source_ = opaque_source_ || as.source;
  return nullptr;
}

const ast::Node* SeenRows::rows_of(const catalog::Object& object, const ast::Alias& alias, const As& as) {
  if (++made_ > kMost || depth_ > kDeepest) {
    made_ = kMost + 1;
    return nullptr;
  }
  if (const auto* table = std::get_if<catalog::Table>(&object)) return rows_of(*table, alias, as);
  if (const auto* view = std::get_if<catalog::View>(&object)) return rows_of(*view, alias, as);
  if (const auto* function = std::get_if<catalog::Function>(&object)) return rows_of(*function, alias, as);
  return nullptr;
}

// Its place in the query stands for it: spans of the files mean nothing here.
ast::TableRef* SeenRows::bare_reference(const catalog::Table& table, const As& as) {
  auto* reference = arena_.make<ast::TableRef>();
  reference->relation.schema = table.schema;
  reference->relation.name = table.name;
  reference->relation.span = {made_, made_ + 1};
  reference->span = reference->relation.span;
  if (as.source) sources_.insert(made_);
  return reference;
}

const ast::Node* SeenRows::rows_of(const catalog::Table& table, const ast::Alias& alias, const As& as) {
  ast::TableRef* reference = bare_reference(table, as);
  const ast::Expression* filter = filter_of(table, as);
  if (filter == nullptr) {
    reference->alias = alias;
    return reference;
  }
  filtered_ = true;
  return derived(star_of(reference, filter), table.name, alias);
}

// A view's tables are read by its owner. With security_invoker they are read by whoever runs the query, even
// where another view stands in between.
const ast::Node* SeenRows::rows_of(const catalog::View& view, const ast::Alias& alias, const As& as) {
  if (view.query == nullptr) {
    opaque_source_ = opaque_source_ || as.source;
    return nullptr;
  }
  As inside = as;
  const bool invoker = context_.pg_version >= 15 && has_security_invoker(view) && !view.materialized;
  inside.role = invoker ? as.current : view.owner;
  if (view.materialized) inside.current = view.owner;
  const auto* query = static_cast<const ast::Select*>(copy(view.query, inside));
  std::vector<ast::Name> columns;
  for (const catalog::Column& column : view.columns) columns.push_back({column.name, {}});
  ast::Alias named = alias;
  if (named.name.empty()) named.name.text = view.name;
  if (named.columns.empty()) named.columns = arena_.list(columns);
  return derived(query, view.name, named);
}

const ast::Node* SeenRows::rows_of(const catalog::Function& function, const ast::Alias& alias, const As& as) {
  const ast::Select* query = only_query(function);
  if (query == nullptr) return nullptr;
  As inside = as;
  if (function.security_definer) {
    inside.role = function.owner;
    inside.current = function.owner;
  } else {
    inside.role = as.current;
  }
  return derived(static_cast<const ast::Select*>(copy(query, inside)), function.name, alias);
}

const ast::Expression* SeenRows::filter_of(const catalog::Table& table, const As& as) {
  if (!table.row_security || bypasses_row_security(as.role, context_)) return nullptr;
  if (!table.force_row_security && acts_as(as.role, table.owner, context_.catalog)) return nullptr;
  if (std::find(policies_of_.begin(), policies_of_.end(), table.id) != policies_of_.end()) {
    recursive_ = true;
    return boolean(false);
  }
  policies_of_.push_back(table.id);
  const ast::Expression* filter = combined(table, as);
  policies_of_.pop_back();
  return filter;
}

bool SeenRows::is_for(const catalog::Policy& policy, const As& as) const {
  if (policy.command != ast::PolicyCommand::All && policy.command != ast::PolicyCommand::Select) return false;
  return policy.roles.empty() ||
         std::any_of(policy.roles.begin(), policy.roles.end(), [&](const std::string& role) {
           const bool migrator = role == "current_user" || role == "session_user" || role == "current_role";
           return role == "public" || acts_as(as.role, migrator ? kRunsTheFiles : role, context_.catalog);
         });
}

const ast::Expression* SeenRows::combined(const catalog::Table& table, const As& as) {
  As deciding = as;
  deciding.source = false;
  std::vector<const ast::Expression*> permissive;
  std::vector<const ast::Expression*> all;
  for (const catalog::Policy& policy : table.policies) {
    if (!is_for(policy, as) || policy.using_expression == nullptr) continue;
    const ast::Expression* condition = copy(policy.using_expression, deciding);
    if (!policy.permissive) all.push_back(condition);
    if (policy.permissive && !is_never_true(condition)) permissive.push_back(condition);
  }
  // Beside one that is plainly true it does not matter what the others call.
  if (std::none_of(permissive.begin(), permissive.end(), is_true)) {
    for (const ast::Expression* condition : permissive) note_calls(condition);
  }
  for (const ast::Expression* condition : all) note_calls(condition);
  if (permissive.empty()) return boolean(false);
  if (permissive.size() == 1) {
    all.insert(all.begin(), permissive.front());
  } else {
    auto* either = arena_.make<ast::BoolOperation>();
    either->op = ast::BoolOperation::Op::Or;
    either->arguments = arena_.list(permissive);
    all.insert(all.begin(), either);
  }
  if (all.size() == 1) return all.front();
  auto* both = arena_.make<ast::BoolOperation>();
  both->op = ast::BoolOperation::Op::And;
  both->arguments = arena_.list(all);
  return both;
}

// A function of the project that is given a column decides by it, in a way that is not looked into.
void SeenRows::note_calls(const ast::Expression* condition) {
  ast::walk(condition, [this](const ast::Node& node) {
    const auto* call = ast::as<ast::FunctionCall>(&node);
    if (call == nullptr || !opaque_function_.empty()) return true;
    const bool known =
        !context_.catalog.functions(call->name.schema, call->name.name, default_path()).empty();
    if (!known && (call->name.schema.empty() || call->name.schema == "pg_catalog")) return true;
    for (const ast::Expression* argument : call->arguments) {
      ast::walk(argument, [&](const ast::Node& below) {
        if (ast::as<ast::ColumnRef>(&below) != nullptr) opaque_function_ = std::string(call->name.name);
        return true;
      });
    }
    return true;
  });
}

const ast::Select* SeenRows::star_of(const ast::Node* from, const ast::Expression* where) {
  auto* star = arena_.make<ast::ColumnRef>();
  star->star = true;
  auto* item = arena_.make<ast::SelectItem>();
  item->value = star;
  auto* select = arena_.make<ast::Select>();
  select->items = arena_.list(std::vector<const ast::SelectItem*>{item});
  select->from = arena_.list(std::vector<const ast::FromItem*>{from});
  select->where = where;
  return select;
}

const ast::Node* SeenRows::derived(const ast::Select* query, std::string_view name, const ast::Alias& alias) {
  auto* made = arena_.make<ast::DerivedTable>();
  made->query = query;
  made->alias = alias;
  if (made->alias.name.empty()) made->alias.name.text = name;
  return made;
}

const ast::Expression* SeenRows::boolean(bool value) {
  auto* made = arena_.make<ast::Constant>();
  made->type = ast::Constant::Type::Boolean;
  made->integer = value ? 1 : 0;
  made->text = value ? "true" : "false";
  return made;
}

}  // namespace migcheck::tenancy
