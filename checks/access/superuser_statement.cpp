// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace superuser_statement_check {

bool is_on(const ast::Option& option) {
  return !option.has_value || (option.value != "false" && option.value != "off" && option.value != "0");
}

// CREATE ROLE … SUPERUSER, REPLICATION, BYPASSRLS. From 16 on a role may give the last two if it has them.
std::string_view of_role(const CheckContext& context) {
  const auto* create = context.statement_as<ast::CreateRole>();
  const auto* alter = context.statement_as<ast::AlterRole>();
  if (create == nullptr && alter == nullptr) return {};
  for (const ast::Option* option : create != nullptr ? create->options : alter->options) {
    if (!is_on(*option)) continue;
    if (option->name == "superuser") return "a role that is a superuser";
    if (option->name == "isreplication") return "a role with REPLICATION";
    if (option->name == "bypassrls") return "a role with BYPASSRLS";
  }
  return {};
}

std::string_view of_function(const CheckContext& context) {
  const auto* function = context.statement_as<ast::CreateFunction>();
  if (function == nullptr) return {};
  if (function->leakproof) return "a function that is LEAKPROOF";
  const std::string_view language = function->language;
  const bool untrusted = language == "c" || language == "internal" || language == "plpython3u" ||
                         language == "plpythonu" || language == "plperlu" || language == "pltclu";
  return untrusted ? "a function in a language that may do anything on the server" : std::string_view{};
}

bool is_system(const CheckContext& context, const ast::RelationName& relation) {
  if (relation.schema == "pg_catalog") return true;
  return relation.schema.empty() && relation.name.substr(0, 3) == "pg_" &&
         context.relation(relation) == nullptr;
}

std::string_view of_data(const CheckContext& context) {
  constexpr std::string_view kCatalog = "a change to PostgreSQL's own catalog";
  if (const auto* update = context.statement_as<ast::Update>())
    return is_system(context, update->relation) ? kCatalog : std::string_view{};
  if (const auto* removal = context.statement_as<ast::Delete>())
    return is_system(context, removal->relation) ? kCatalog : std::string_view{};
  if (const auto* insert = context.statement_as<ast::Insert>())
    return is_system(context, insert->relation) ? kCatalog : std::string_view{};
  const auto* copy = context.statement_as<ast::Copy>();
  const bool file = copy != nullptr && !copy->program && !copy->standard_stream && !copy->file.empty();
  return file ? "COPY with a file of the server" : std::string_view{};
}

std::string_view of_object(const CheckContext& context) {
  switch (context.statement().kind) {
    case ast::NodeKind::AlterSystem:
      return "ALTER SYSTEM";
    case ast::NodeKind::CreateEventTrigger:
      return "an event trigger";
    case ast::NodeKind::CreateTablespace:
      return "a tablespace";
    case ast::NodeKind::CreateSubscription:
      return context.pg_version() < 16 ? "a subscription" : std::string_view{};
    default:
      break;
  }
  if (const auto* publication = context.statement_as<ast::CreatePublication>())
    return publication->all_tables ? "a publication FOR ALL TABLES" : std::string_view{};
  if (const auto* set = context.statement_as<ast::SetVariable>()) {
    // SET LOCAL is how one goes about it who has been given the privilege (from 15 on).
    const bool sets = set->action == ast::SetVariable::Action::Set && !set->local;
    return sets && set->name == "session_replication_role" ? "session_replication_role" : std::string_view{};
  }
  const auto* define = context.statement_as<ast::DefineObject>();
  if (define == nullptr) return {};
  switch (define->object) {
    case ast::ObjectType::OperatorClass:
    case ast::ObjectType::OperatorFamily:
      return "an operator class";
    case ast::ObjectType::ForeignDataWrapper:
      return "a foreign data wrapper";
    case ast::ObjectType::AccessMethod:
      return "an access method";
    default:
      return {};
  }
}

// Measured on 15 and 18, as a role with CREATEROLE and CREATEDB that owns the database: each of these is
// refused.
void run(const CheckContext& context, FindingSink& out) {
  for (const std::string_view what :
       {of_role(context), of_function(context), of_data(context), of_object(context)}) {
    if (what.empty()) continue;
    out.report(context.headline())
        .message(
            "Only a superuser may do this ({}): the migration fails where it runs as an ordinary role, and "
            "on most managed servers.",
            what)
        .advice("do it outside of the migrations, once, as the operator of the server");
    return;
  }
}

}  // namespace superuser_statement_check

extern constexpr Check superuser_statement{.since = "0.1.0",
                                           .summary = "A statement that only a superuser may run.",
                                           .severity = Severity::Warning,
                                           .on_statement = superuser_statement_check::run};

}  // namespace migcheck::checks
