// SPDX-License-Identifier: MIT

#include "migcheck/check.hpp"

namespace migcheck::checks {
namespace down_missing_check {

// Asked only where the project writes ways back: one file with a down section says that it does.
void run(const CheckContext& context, FindingSink& out) {
  bool any = false;
  for (const HistoryFile& file : context.files()) any = any || file.has_down;
  if (!any) return;
  for (const HistoryFile& file : context.files()) {
    if (file.has_down || !file.target) continue;
    out.report(Place{file.file, {0, 0}})
        .message(
            "{} has no down section, as other migrations of this project do: after it there is no way back "
            "by tool.",
            file.path)
        .advice(
            "Write one that undoes it; if it cannot be undone, let the down section say so with an error.");
  }
}

}  // namespace down_missing_check

extern constexpr Check down_missing{.since = "0.1.0",
                                    .summary = "A migration without a down section, where others have one.",
                                    .preset = Preset::OptIn,
                                    .on_history_end = down_missing_check::run};

}  // namespace migcheck::checks
