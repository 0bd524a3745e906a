// SPDX-License-Identifier: MIT

#include <algorithm>

#include "file_versions.hpp"

namespace migcheck::checks {
namespace down_mismatch_check {

// "_flow_rename" of 000007_flow_rename.postgres.down.sql.
std::string_view title_of(std::string_view path) {
  std::string_view name = file_versions::name_of(path);
  name.remove_prefix(std::min(name.find_first_not_of("0123456789"), name.size()));
  return name.substr(0, name.find('.'));
}

bool of_one_title(const HistoryFile& a, const HistoryFile& b) {
  return a.path.find(".down.") != std::string::npos &&
         file_versions::parent_of(a.path) == file_versions::parent_of(b.path) &&
         title_of(a.path) == title_of(b.path);
}

// One migration cut into a file per statement goes back as a whole: 000007_flow_rename, 000008_flow_rename.
// (The file before a way back is its own way up.)
bool is_of_a_series(const std::vector<HistoryFile>& files, std::size_t at) {
  return (at >= 2 && of_one_title(files[at], files[at - 2])) ||
         (at + 1 < files.size() && of_one_title(files[at], files[at + 1]));
}

// The engine ran the way back after the way up, and took it back.
void run(const CheckContext& context, FindingSink& out) {
  const std::vector<HistoryFile>& files = context.files();
  for (std::size_t at = 0; at < files.size(); ++at) {
    const HistoryFile& file = files[at];
    if (file.down_differences.empty() || is_of_a_series(files, at)) continue;
    out.report(file.down)
        .message(
            "This way back does not undo the way up: after both, {}. Who goes back and forward again meets a "
            "schema that no migration expects.",
            enumerate(file.down_differences))
        .advice(
            "Undo the statements of the way up in reverse order; what cannot be undone is better refused: DO "
            "$$ BEGIN RAISE EXCEPTION 'no way back'; END $$;");
  }
}

}  // namespace down_mismatch_check

extern constexpr Check down_mismatch{.since = "0.1.0",
                                     .summary = "A way back that leaves another schema than before.",
                                     .on_history_end = down_mismatch_check::run};

}  // namespace migcheck::checks
