// SPDX-License-Identifier: MIT

#include "policy_words.hpp"

namespace migcheck::checks {
namespace grant_all_check {

bool is_all(const ast::Grant& grant) {
  return grant.privileges.empty() ||
         std::any_of(grant.privileges.begin(), grant.privileges.end(),
                     [](const ast::Privilege& one) { return one.name == "all" && one.columns.empty(); });
}

bool is_about_rows(ast::ObjectType object) {
  return object == ast::ObjectType::Table || object == ast::ObjectType::View ||
         object == ast::ObjectType::MaterializedView || object == ast::ObjectType::ForeignTable;
}

// What grant-truncate-on-tenant-table says more sharply.
bool is_all_of_tenants(const CheckContext& context, const ast::Grant& grant) {
  if (grant.scope != ast::Grant::Scope::Objects || grant.objects.empty()) return false;
  return std::all_of(grant.objects.begin(), grant.objects.end(), [&](const ast::ObjectName& name) {
    const catalog::Table* table = context.table(name.name);
    return table != nullptr && (table->row_security || policy_words::is_of_tenants(context, table));
  });
}

void judge(const CheckContext& context, const ast::Grant& grant, Span span, FindingSink& out) {
  if (!grant.is_grant || !is_all(grant) || context.reported_in_file()) return;
  const bool rows = is_about_rows(grant.object);
  if ((!rows && grant.object != ast::ObjectType::Schema) || is_all_of_tenants(context, grant)) return;
  for (const std::string_view role : grant.grantees) {
    if (role == "public" || role == "current_user" || role == "session_user" || role == "current_role")
      continue;
    if (policy_words::is_operator(context, role)) continue;
    auto finding = out.report(span);
    finding
        .message(
            "ALL gives {} {}.", sql_name(role),
            rows ? "TRUNCATE, which no policy holds back, and TRIGGER and REFERENCES, beside what it asks for"
                 : "CREATE in the schema: it may put functions and tables there that others then find")
        .advice("{}", rows ? "GRANT SELECT, INSERT, UPDATE, DELETE" : "GRANT USAGE ON SCHEMA");
    if (policy_words::is_api_role(role)) finding.severity(Severity::Info);
    return;
  }
}

// Said once a file: grants come in long lists.
void run(const CheckContext& context, FindingSink& out) {
  if (const auto* grant = context.statement_as<ast::Grant>()) judge(context, *grant, grant->span, out);
  const auto* defaults = context.statement_as<ast::AlterDefaultPrivileges>();
  if (defaults != nullptr && defaults->action != nullptr)
    judge(context, *defaults->action, context.headline(), out);
}

}  // namespace grant_all_check

extern constexpr Check grant_all{.since = "0.1.0",
                                 .summary = "GRANT ALL gives more than an application needs.",
                                 .severity = Severity::Warning,
                                 .statements = {ast::NodeKind::Grant, ast::NodeKind::AlterDefaultPrivileges},
                                 .on_statement = grant_all_check::run};

}  // namespace migcheck::checks
