// SPDX-License-Identifier: MIT

#include "tenancy/root_names.hpp"

#include <algorithm>
#include <array>

namespace migcheck::tenancy {

namespace {

constexpr std::array<std::string_view, 8> kTenants = {"tenant", "tenancy", "organization", "organisation",
                                                      "org",    "team",    "workspace",    "company"};
constexpr std::array<std::string_view, 24> kPossible = {
    "account",  "project", "customer",    "client",      "site",   "store",      "shop",     "merchant",
    "network",  "realm",   "environment", "namespace",   "group",  "business",   "agency",   "firm",
    "employer", "school",  "clinic",      "institution", "branch", "restaurant", "property", "space"};
constexpr std::array<std::string_view, 9> kPeople = {"user",   "profile",  "person",   "people", "member",
                                                     "author", "employee", "identity", "login"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

std::string singular(std::string_view word) {
  if (ends_with(word, "ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
  if (ends_with(word, "s") && !ends_with(word, "ss")) word.remove_suffix(1);
  return std::string(word);
}

// The last word is what the table holds: an hydra_client is a client, an organization_invite is an invite.
std::string head_of(std::string_view name) {
  while (!name.empty() && name.back() == '_') name.remove_suffix(1);
  return singular(name.substr(name.rfind('_') + 1));  // behind none: all of it
}

RootLikeness likeness_of_column(std::string_view column) {
  for (const std::string_view end : {"_id", "_uuid", "_key"}) {
    if (ends_with(column, end)) return likeness_of_root(column.substr(0, column.size() - end.size()));
  }
  return likeness_of_root(column);
}

bool speaks_of(std::string_view column, std::string_view table_name) {
  return column.find(head_of(snake_case(table_name))) != std::string_view::npos;
}

std::string snake_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool begins_word = is_upper(c) && i > 0 && !is_upper(name[i - 1]) && name[i - 1] != '_';
    if (begins_word) out += '_';
    out += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::string_view snake_case(std::string_view name, std::string& room) {
  if (std::none_of(name.begin(), name.end(), is_upper)) return name;
  room = snake_case(name);
  return room;
}

RootLikeness likeness_of_root(std::string_view table_name) {
  std::string room;
  const std::string head = head_of(snake_case(table_name, room));
  if (is_among(kTenants, head)) return RootLikeness::Tenant;
  if (is_among(kPossible, head)) return RootLikeness::Possible;
  return is_among(kPeople, head) ? RootLikeness::Person : RootLikeness::Object;
}

bool names_a_tenant(std::string_view snake_cased_column) {
  constexpr std::array<std::string_view, 4> kNames = {"tenant_id", "tenant", "tenant_uuid", "tenancy_id"};
  return is_among(kNames, snake_cased_column);
}

}  // namespace migcheck::tenancy
