// SPDX-License-Identifier: MIT

#include "cli/commands.hpp"
#include "cli/showing.hpp"
#include "cli/unread.hpp"
#include "migcheck/lock_report.hpp"

namespace migcheck::cli {

Result<int> locks_command(const Arguments& arguments, const Console& console) {
  const Result<std::string> format = format_named(arguments, {"text", "json"});
  if (!format) return format.error();
  const Result<LintRequest> request = showing_request(arguments, console);
  if (!request) return request.error();
  const Loudness loudness = loudness_of(arguments);
  const Talk talk(console, loudness, false);
  const Result<Watched> watched = run_locks(*request, talk);
  if (!watched) return watched.error();
  for (const std::string& remark : watched->remarks) talk.remark(remark);
  console.out(*format == "json" ? lock_report_json(watched->locks) : lock_report_text(watched->locks));
  return say_unread(watched->unread, loudness, talk);
}

}  // namespace migcheck::cli
