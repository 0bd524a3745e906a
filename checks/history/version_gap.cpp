// SPDX-License-Identifier: MIT

#include <map>

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace version_gap_check {

// "12" of "0012_users.sql", "1.2" of "V1_2__users.sql"; empty: the name carries none.
std::string version_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.find(".down.") != std::string_view::npos || name.find("_down.") != std::string_view::npos)
    return {};
  const bool flyway = name.size() > 1 && name[0] == 'V' && name.find("__") != std::string_view::npos;
  if (flyway) name = name.substr(1, name.find("__") - 1);
  std::string version;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    const bool point = c == '.' || (flyway && c == '_');
    if (!digit && !(point && !version.empty())) break;
    const bool at_start = version.empty() || version.back() == '.' || version == "0";
    if (digit && version == "0") version.clear();
    if (digit && c == '0' && at_start && !version.empty() && version.back() != '.') continue;
    version += point ? '.' : c;
  }
  while (!version.empty() && version.back() == '.') version.pop_back();
  return version;
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

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
