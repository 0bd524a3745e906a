// SPDX-License-Identifier: MIT

#include "file_versions.hpp"

namespace migcheck::checks {
namespace version_out_of_order_check {

using file_versions::folder_of;
using file_versions::version_of;

// The order is the tool's own: what stands behind a new file and is in the base has run somewhere already.
void run(const CheckContext& context, FindingSink& out) {
  const std::vector<HistoryFile>& files = context.files();
  const HistoryFile* applied = nullptr;  // the next one behind that the base holds
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    if (!file->has_up || version_of(file->path).empty()) continue;
    if (file->change != FileChange::Added) {
      if (file->change != FileChange::Unknown) applied = &*file;
      continue;
    }
    if (!file->target || applied == nullptr || folder_of(applied->path) != folder_of(file->path)) continue;
    out.report(Place{file->file, {0, 0}})
        .message(
            "{0} is new and sorts before {1}, which is merged already: a database that has run {1} never "
            "runs "
            "this file, or refuses to go on, or runs it after {1} while new databases run it before.",
            file->path, applied->path)
        .advice("Give it a version behind all that are merged; take it anew when you rebase.");
  }
}

}  // namespace version_out_of_order_check

extern constexpr Check version_out_of_order{
    .since = "0.1.0",
    .summary = "A new migration that sorts before one that has run already.",
    .on_history_end = version_out_of_order_check::run};

}  // namespace migcheck::checks
