// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "cli/asked.hpp"
#include "cli/baselines.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/mending.hpp"
#include "cli/pipeline.hpp"
#include "cli/request.hpp"
#include "cli/talk.hpp"
#include "cli/terminal.hpp"
#include "cli/unread.hpp"

namespace migcheck::cli {
namespace {

// The files of a change, as hooks pass them.
bool names_files(const InputRequest& input) {
  return !input.paths.empty() && std::all_of(input.paths.begin(), input.paths.end(), [](const auto& path) {
    std::error_code failed;
    return std::filesystem::is_regular_file(path, failed);
  });
}

// Files of another database, or code that holds its SQL: no finding is no clean bill then. That of a change
// nothing is to be checked is another matter.
bool nothing_was_checked(const LintReport& report, const InputRequest& input) {
  return report.summary.files == 0 && !report.unread.empty() && !input.allow_empty && !input.since &&
         !input.changed_files && !names_files(input);
}

class LintCommand {
 public:
  LintCommand(const Arguments& arguments, const Console& console)
      : arguments_(arguments), console_(console) {}

  Result<int> run() {
    if (auto done = decide(); !done) return done.error();
    const Loudness loudness = loudness_of(arguments_);
    const Talk talk(console_, loudness, colour_on_stderr_);
    const std::string& configuration = asked_.configuration.path;
    if (!configuration.empty()) talk.detail("configuration: " + configuration);
    const auto begin = std::chrono::steady_clock::now();
    Result<LintReport> report = run_pipeline(asked_.request, talk);
    if (!report) return report.error();
    const auto unused = use_baseline(arguments_, asked_, *report);
    if (!unused) return unused.error();
    say_unused(*unused, talk);
    if (auto done = mend_where_asked(*report, talk); !done) return done.error();
    const auto end = std::chrono::steady_clock::now();
    int code = exit_code(*report, asked_.request.settings);
    for (const OutputTarget& target : targets_) {
      if (auto done = write(*report, target); !done) {
        talk.error(done.error());
        code = 2;
      }
    }
    for (const std::string& remark : report->remarks) talk.remark(remark);
    say_unread(report->unread, loudness, talk);
    if (nothing_was_checked(*report, asked_.request.input)) {
      talk.error(
          "Nothing of what was found could be read, so nothing was checked (--allow-empty accepts this).");
      code = 2;
    }
    say_summary(*report, talk);
    talk.detail(fmt::format("{} statements in {} files, {} more replayed, in {:.3f} s",
                            report->summary.statements, report->summary.files, report->summary.history_files,
                            std::chrono::duration<double>(end - begin).count()));
    return code;
  }

 private:
  Result<Done> decide() {
    if (auto done = decide_output(); !done) return done.error();
    Result<Asked> asked = asked_of(arguments_, console_);
    if (!asked) return asked.error();
    asked_ = std::move(*asked);
    asked_.request.whole_texts = arguments_.has(OptionId::Fix) || arguments_.has(OptionId::Diff);
    return Done{};
  }

  Result<Done> decide_output() {
    const auto color = arguments_.value(OptionId::Color);
    const Result<bool> on_stdout = wants_colour(console_, color, console_.out_is_terminal);
    if (!on_stdout) return on_stdout.error();
    options_.colour = *on_stdout;
    const Result<bool> on_stderr = wants_colour(console_, color, console_.err_is_terminal);
    colour_on_stderr_ = on_stderr && *on_stderr;
    options_.show_suppressed = arguments_.has(OptionId::ShowSuppressed);
    options_.fold = !arguments_.has(OptionId::Verbose);
    options_.quiet = arguments_.has(OptionId::Quiet);
    if (const auto word = arguments_.value(OptionId::MinSeverity)) {
      const auto severity = severity_named(*word, "--min-severity");
      if (!severity) return severity.error();
      options_.min_severity = *severity;
    }
    auto targets = output_targets(arguments_);
    if (!targets) return targets.error();
    targets_ = std::move(*targets);
    return Done{};
  }

  // --diff prints the edits instead of the findings; --fix makes them, and what is left is reported.
  Result<Done> mend_where_asked(LintReport& report, const Talk& talk) {
    const bool fix = arguments_.has(OptionId::Fix);
    const bool diff = arguments_.has(OptionId::Diff);
    if (!fix && !diff) return Done{};
    Result<Mended> mended = mend(arguments_, asked_, report, talk);
    if (!mended) return mended.error();
    if (fix) {
      if (auto done = write_mended(*mended); !done) return done;
      report = std::move(mended->report);
    }
    if (diff) {
      console_.out(harmless_diff(diff_of(*mended), console_));
      const auto to_stdout = [](const OutputTarget& target) { return target.file.empty(); };
      targets_.erase(std::remove_if(targets_.begin(), targets_.end(), to_stdout), targets_.end());
    }
    say_mended(*mended, fix, talk);
    return Done{};
  }

  Result<Done> write(const LintReport& report, const OutputTarget& target) {
    ReportOptions options = options_;
    if (target.file.empty()) {
      if (console_.out_is_terminal) options.width = console_.width;
      console_.out(target.reporter->render(report, options));
      return Done{};
    }
    options.colour = arguments_.value(OptionId::Color) == "always";
    return write_file(target.file, target.reporter->render(report, options));
  }

  // After a report for people, or where the report went elsewhere.
  void say_summary(const LintReport& report, const Talk& talk) {
    const bool wanted = std::any_of(targets_.begin(), targets_.end(), [](const OutputTarget& target) {
      return target.reporter->for_people || !target.file.empty();
    });
    if (!wanted) return;
    talk.remark(summary_line(report));
    const Summary& summary = report.summary;
    if (summary.errors + summary.warnings + summary.infos > 0) {
      talk.remark("`migcheck explain CHECK` says more about each.");
    }
  }

  const Arguments& arguments_;
  const Console& console_;
  Asked asked_;
  ReportOptions options_;
  std::vector<OutputTarget> targets_;
  bool colour_on_stderr_ = false;
};

}  // namespace

Result<int> lint_command(const Arguments& arguments, const Console& console) {
  return LintCommand(arguments, console).run();
}

}  // namespace migcheck::cli
