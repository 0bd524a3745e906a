// SPDX-License-Identifier: MIT

#include "cli/commands.hpp"
#include "cli/showing.hpp"
#include "cli/unread.hpp"
#include "migcheck/tenancy.hpp"
#include "migcheck/tenancy/row_access.hpp"

namespace migcheck::cli {

Result<int> tenancy_command(const Arguments& arguments, const Console& console) {
  const Result<std::string> format = format_named(arguments, {"text", "json"});
  if (!format) return format.error();
  const Result<LintRequest> request = showing_request(arguments, console);
  if (!request) return request.error();
  const auto describe = [&](const catalog::Catalog& catalog, const PlaceText&) {
    const TenantMap map = tenant_map(catalog, request->settings.tenancy);
    const AccessContext access{catalog, map, request->settings.tenancy, request->settings.pg_version};
    return *format == "json" ? tenant_report_json(map, access) : tenant_report_text(map, access);
  };
  const Loudness loudness = loudness_of(arguments);
  const Talk talk(console, loudness, false);
  const Result<Replayed> replayed = run_replay(*request, talk, describe);
  if (!replayed) return replayed.error();
  console.out(replayed->text);
  return say_unread(replayed->unread, loudness, talk);
}

}  // namespace migcheck::cli
