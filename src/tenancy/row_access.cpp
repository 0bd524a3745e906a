// SPDX-License-Identifier: MIT

#include "migcheck/tenancy/row_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "tenancy/seen_rows.hpp"

namespace migcheck {

namespace {

// Supabase's roles with BYPASSRLS, and the name that the first superuser has nearly everywhere.
constexpr std::array<std::string_view, 4> kKnownToBypass = {"postgres", "service_role", "supabase_admin",
                                                            "supabase_auth_admin"};

const catalog::Role* role_of(std::string_view name, const catalog::Catalog& catalog) {
  const catalog::Object* found = catalog.global(catalog::ObjectKind::Role, name);
  return found == nullptr ? nullptr : std::get_if<catalog::Role>(found);
}

bool is_constant(std::string_view value) {
  return !value.empty() && (value.front() == '\'' || value.front() == '-' ||
                            std::isdigit(static_cast<unsigned char>(value.front())) != 0);
}

// Bound to a tenant that the files name: whoever asks gets that one's rows.
bool is_fixed(const TableVerdict& verdict) {
  return !verdict.values.empty() && std::all_of(verdict.values.begin(), verdict.values.end(), is_constant);
}

const catalog::Table* guarded_table(const catalog::Object& relation) {
  return std::get_if<catalog::Table>(&relation);
}

// Why a role sees everything, where that is no matter of a policy's words.
std::string why_unfiltered(const catalog::Object& relation, std::string_view role,
                           const AccessContext& context) {
  const catalog::Table* table = guarded_table(relation);
  if (table == nullptr) return "it reads with the rights of a role that sees the rows of every tenant";
  if (!table->row_security) return "row level security is not enabled";
  if (bypasses_row_security(role, context)) return "the role bypasses row level security";
  return "the owner is exempt from its policies, and row level security is not forced";
}

std::vector<TableVerdict> verdicts_on(const ast::Select& query, const AccessContext& context) {
  static const std::vector<std::string> path = {"public"};
  return prove(
      query,
      {.catalog = context.catalog, .map = context.map, .settings = context.settings, .search_path = path});
}

RowAccess judge(const catalog::Object& relation, std::string_view role, const AccessContext& context,
                const tenancy::SeenRows& seen, const ast::Select& query) {
  const std::vector<TableVerdict> verdicts = verdicts_on(query, context);
  const TableVerdict* open = nullptr;
  const TableVerdict* fixed = nullptr;
  std::size_t sources = 0;
  for (const TableVerdict& verdict : verdicts) {
    if (verdict.gap == TenantGap::TooComplex) return {RowVerdict::Unknown, "it is too large to be followed"};
    // What a function with arguments reads has no place of its own here.
    if (verdict.through_view || !seen.is_source(verdict.span)) continue;
    sources += 1;
    if (verdict.binding == Binding::Unbound) open = &verdict;
    if (is_fixed(verdict)) fixed = &verdict;
  }
  if (open != nullptr && !seen.opaque_function().empty())
    return {RowVerdict::Unknown,
            fmt::format("it rests on {}(), which is not looked into", seen.opaque_function())};
  if (open != nullptr && !seen.is_filtered())
    return {RowVerdict::Leak, why_unfiltered(relation, role, context)};
  if (open != nullptr)
    return {RowVerdict::Leak,
            fmt::format("what its policies let through is not tied to one {}", open->column)};
  if (fixed != nullptr) return {RowVerdict::Leak, "whoever asks gets the rows of one fixed tenant"};
  if (seen.has_opaque_source()) return {RowVerdict::Unknown, "it reads something that is not looked into"};
  if (sources == 0) return {RowVerdict::Unknown, "it reads no table of tenants"};
  return {RowVerdict::Isolated, "what it gives is tied to the tenant that asks"};
}

}  // namespace

std::string_view to_string(RowVerdict verdict) {
  switch (verdict) {
    case RowVerdict::Leak:
      return "leak";
    case RowVerdict::Deny:
      return "deny";
    case RowVerdict::Isolated:
      return "isolated";
    case RowVerdict::Unknown:
      break;
  }
  return "unknown";
}

bool bypasses_row_security(std::string_view role, const AccessContext& context) {
  if (context.settings.bypass_roles.count(role) != 0) return true;
  const catalog::Role* known = role_of(role, context.catalog);
  if (known != nullptr && !known->uncertain) return known->superuser || known->bypass_row_security;
  return std::find(kKnownToBypass.begin(), kKnownToBypass.end(), role) != kKnownToBypass.end();
}

bool acts_as(std::string_view role, std::string_view wanted, const catalog::Catalog& catalog) {
  std::vector<std::string> pending = {std::string(role)};
  std::set<std::string, std::less<>> passed;
  while (!pending.empty()) {
    const std::string one = std::move(pending.back());
    pending.pop_back();
    if (one == wanted) return true;
    if (!passed.insert(one).second) continue;
    if (const catalog::Role* known = role_of(one, catalog))
      pending.insert(pending.end(), known->member_of.begin(), known->member_of.end());
  }
  return false;
}

bool keeps_to_one_tenant(const catalog::Table& table, const ast::Expression& condition, std::string_view role,
                         const AccessContext& context) {
  ast::Arena arena;
  tenancy::SeenRows seen(context, arena);
  const ast::Select* query = seen.passing(table, condition, role);
  if (seen.is_too_large() || seen.is_recursive()) return true;
  const std::vector<TableVerdict> verdicts = verdicts_on(*query, context);
  return std::none_of(verdicts.begin(), verdicts.end(), [&](const TableVerdict& verdict) {
    return !verdict.through_view && seen.is_source(verdict.span) && verdict.binding == Binding::Unbound;
  });
}

std::vector<std::string> known_roles(const catalog::Catalog& catalog) {
  std::set<std::string> roles;
  const auto add = [&roles](const catalog::ObjectBase& object) {
    if (!object.owner.empty()) roles.insert(object.owner);
    for (const catalog::Acl& entry : object.acl) roles.insert(entry.grantee);
  };
  for (const catalog::Table* table : catalog.tables()) {
    add(*table);
    for (const catalog::Policy& policy : table->policies)
      roles.insert(policy.roles.begin(), policy.roles.end());
  }
  for (const catalog::Object* view : catalog.objects(catalog::ObjectKind::View)) add(catalog::base(*view));
  for (const catalog::Object* role : catalog.objects(catalog::ObjectKind::Role))
    roles.insert(catalog::base(*role).name);
  for (const char* word : {"public", "current_user", "session_user", "current_role"}) roles.erase(word);
  return {roles.begin(), roles.end()};
}

RowAccess row_access(catalog::ObjectId relation, std::string_view role, const AccessContext& context) {
  const catalog::Object* object = context.catalog.object(relation);
  if (object == nullptr || !context.map.on()) return {RowVerdict::Unknown, "tenancy is off"};
  const auto* table = std::get_if<catalog::Table>(object);
  const bool doubtful = table == nullptr ? catalog::base(*object).uncertain
                                         : table->is_doubtful(catalog::TablePart::RowSecurity) ||
                                               table->is_doubtful(catalog::TablePart::Policy) ||
                                               table->is_doubtful(catalog::TablePart::Column);
  if (doubtful) return {RowVerdict::Unknown, "the files do not say how it ends up"};
  ast::Arena arena;
  tenancy::SeenRows seen(context, arena);
  const ast::Select* query = seen.of(*object, role);
  if (query == nullptr || seen.is_too_large()) return {RowVerdict::Unknown, "it is not looked into"};
  if (seen.is_recursive())
    return {RowVerdict::Deny, "its policies lead back to it, and PostgreSQL raises an error"};
  if (tenancy::is_empty(*query)) return {RowVerdict::Deny, "no policy lets a row through for this role"};
  RowAccess access = judge(*object, role, context, seen, *query);
  const auto* view = std::get_if<catalog::View>(object);
  // It holds what its owner saw, who asked for no tenant.
  if (view != nullptr && view->materialized && access.verdict == RowVerdict::Isolated)
    return {RowVerdict::Deny, "it is filled under the policies, for nobody in particular"};
  return access;
}

}  // namespace migcheck
