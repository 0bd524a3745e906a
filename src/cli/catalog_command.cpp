// SPDX-License-Identifier: MIT

#include "cli/commands.hpp"
#include "cli/showing.hpp"
#include "cli/unread.hpp"
#include "migcheck/catalog_json.hpp"

namespace migcheck::cli {

Result<int> catalog_command(const Arguments& arguments, const Console& console) {
  const Result<std::string> format = format_named(arguments, {"json", "psql"});
  if (!format) return format.error();
  const Result<LintRequest> request = showing_request(arguments, console);
  if (!request) return request.error();
  const Loudness loudness = loudness_of(arguments);
  const Talk talk(console, loudness, false);
  const Result<Replayed> replayed =
      *format == "psql" ? run_script(*request, talk) : run_replay(*request, talk, catalog_json);
  if (!replayed) return replayed.error();
  console.out(replayed->text);
  return say_unread(replayed->unread, loudness, talk);
}

}  // namespace migcheck::cli
