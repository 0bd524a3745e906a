// SPDX-License-Identifier: MIT

#include <map>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace version_gap_check {

using file_versions::folder_of;
using file_versions::version_of;

// A whole number below the days of timestamps; 0: none.
std::int64_t number_of(const std::string& version) {
  if (version.empty() || version.size() > 6 || version.find('.') != std::string::npos) return 0;
  std::int64_t number = 0;
  for (const char c : version) number = number * 10 + (c - '0');
  return number;
}

// A number that is missing is a file that was forgotten, or one that another branch will bring later, out of
// order.
void run(const CheckContext& context, FindingSink& out) {
  std::map<std::string_view, std::int64_t> last;  // by folder
  for (const HistoryFile& file : context.files()) {
    const std::int64_t number = number_of(version_of(file.path));
    if (number == 0) continue;
    const auto [before, first] = last.try_emplace(folder_of(file.path), number);
    if (!first && file.target && number > before->second + 1) {
      out.report(Place{file.file, {0, 0}})
          .message("{} follows {}: the versions between them are missing.", number, before->second)
          .advice("Look for a file that was not committed; or number this one {}.", before->second + 1);
    }
    before->second = number;
  }
}

}  // namespace version_gap_check

extern constexpr Check version_gap{.since = "0.1.0",
                                   .summary = "A version is missing between two migrations.",
                                   .preset = Preset::OptIn,
                                   .on_history_end = version_gap_check::run};

}  // namespace migcheck::checks
