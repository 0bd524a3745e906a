// SPDX-License-Identifier: MIT

#include "cli/mending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "cli/baselines.hpp"
#include "cli/files.hpp"
#include "lint/fixes.hpp"
#include "migcheck/unicode.hpp"
#include "report/paint.hpp"
#include "report/unified_diff.hpp"

namespace migcheck::cli {
namespace {

namespace fs = std::filesystem;

// Each round mends what the last one uncovered; more rounds than this would be edits that undo each other.
constexpr int kMostRounds = 10;

// Findings by file and check: what an edit must not add to.
using Counts = std::map<std::pair<std::string, std::string_view>, std::size_t>;

Counts counts_of(const LintReport& report) {
  Counts counts;
  for (const Finding& finding : report.findings) {
    if (finding.disposition != Disposition::Active || finding.place.file >= report.files.size()) continue;
    ++counts[{report.files[finding.place.file].path, finding.check}];
  }
  return counts;
}

bool brings_findings(const Counts& before, const Counts& after) {
  return std::any_of(after.begin(), after.end(), [&](const auto& entry) {
    const auto found = before.find(entry.first);
    return entry.second > (found == before.end() ? 0 : found->second);
  });
}

class Mender {
 public:
  Mender(const Arguments& arguments, const Asked& asked, LintReport report, const Talk& talk)
      : arguments_(arguments), asked_(asked), talk_(talk) {
    mended_.report = std::move(report);
    for (const std::string& operand : arguments.operands) {
      std::error_code failed;
      if (fs::is_regular_file(operand, failed)) named_.insert(fs::weakly_canonical(operand, failed));
    }
  }

  Result<Mended> run() {
    for (int round = 0; round < kMostRounds; ++round) {
      const auto texts = edited_texts();
      if (texts.empty()) break;
      if (auto done = try_texts(texts); !done) return done.error();
    }
    for (const FileEdits& left : safe_edits(mended_.report)) {
      const std::string& path = mended_.report.files[left.file].path;
      if (!may_edit(path)) mended_.left_out += left.fixes;
    }
    return std::move(mended_);
  }

 private:
  struct Draft {
    std::string text;
    std::size_t fixes = 0;
  };

  [[nodiscard]] std::string location_of(const std::string& path) const {
    return (fs::path(mended_.report.root) / path).lexically_normal().string();
  }

  [[nodiscard]] bool may_edit(const std::string& path) const {
    std::error_code failed;
    const fs::path location = location_of(path);
    if (!fs::is_regular_file(location, failed)) return false;  // standard input
    const InputRequest& input = asked_.request.input;
    return arguments_.has(OptionId::FixEverywhere) || input.since || input.changed_files ||
           named_.count(fs::weakly_canonical(location, failed)) > 0;
  }

  // The next round's texts, by path.
  [[nodiscard]] std::map<std::string, Draft> edited_texts() const {
    std::map<std::string, Draft> texts;
    for (const FileEdits& edits : safe_edits(mended_.report)) {
      const ReportFile& file = mended_.report.files[edits.file];
      const bool given_up = std::count(mended_.given_up.begin(), mended_.given_up.end(), file.path) > 0;
      if (given_up || !may_edit(file.path)) continue;
      texts[file.path] = {edited(file.excerpt.text(), edits.edits), edits.fixes};
    }
    return texts;
  }

  // Lints the texts. What brings a finding that was not there is given up.
  Result<Done> try_texts(const std::map<std::string, Draft>& texts) {
    LintRequest request = asked_.request;
    for (const MendedFile& file : mended_.files) request.input.edited_texts[file.path] = file.after;
    for (const auto& [path, draft] : texts) request.input.edited_texts[path] = draft.text;
    Result<LintReport> report = run_pipeline(request, talk_);
    if (!report) return report.error();
    if (auto unused = use_baseline(arguments_, asked_, *report); !unused) return unused.error();
    if (brings_findings(counts_of(mended_.report), counts_of(*report))) {
      for (const auto& [path, draft] : texts) mended_.given_up.push_back(path);
      return Done{};
    }
    for (const auto& [path, draft] : texts) keep(path, draft);
    mended_.report = std::move(*report);
    return Done{};
  }

  void keep(const std::string& path, const Draft& draft) {
    mended_.fixes += draft.fixes;
    for (MendedFile& file : mended_.files) {
      if (file.path == path) {
        file.after = draft.text;
        return;
      }
    }
    const auto& files = mended_.report.files;
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const ReportFile& file) { return file.path == path; });
    mended_.files.push_back({path, location_of(path), found->excerpt.text(), draft.text});
  }

  const Arguments& arguments_;
  const Asked& asked_;
  const Talk& talk_;
  std::set<fs::path> named_;
  Mended mended_;
};

std::string counted_edits(std::size_t count) {
  return count == 1 ? "1 safe edit" : fmt::format("{} safe edits", count);
}

std::string counted_files(std::size_t count) {
  return count == 1 ? "1 file" : fmt::format("{} files", count);
}

}  // namespace

Result<Mended> mend(const Arguments& arguments, const Asked& asked, LintReport report, const Talk& talk) {
  return Mender(arguments, asked, std::move(report), talk).run();
}

Result<Done> write_mended(const Mended& mended) {
  for (const MendedFile& file : mended.files) {
    const Result<std::string> now = read_text_file(file.location);
    if (!now) return now.error();
    if (*now != file.before) {
      return Error{"The file is not edited: it is in another encoding than UTF-8, or has changed meanwhile.",
                   file.path,
                   {}};
    }
  }
  for (const MendedFile& file : mended.files) {
    std::error_code failed;
    // Through a symbolic link: the file is replaced, not the link.
    const fs::path real = fs::canonical(file.location, failed);
    if (auto done = write_file(failed ? file.location : real.string(), file.after); !done) return done;
  }
  return Done{};
}

std::string diff_of(const Mended& mended) {
  std::string out;
  for (const MendedFile& file : mended.files) out += report::unified_diff(file.path, file.before, file.after);
  return out;
}

std::string harmless_diff(const std::string& diff, const Console& console) {
  if (diff.empty()) return diff;
  if (console.out_is_terminal) {
    std::string shown;
    for (const std::string_view line : report::lines_of(diff)) shown += printable(line) + "\n";
    return shown;
  }
  if (console.environment("GITHUB_ACTIONS") != "true") return diff;
  std::random_device random;
  const std::string token = fmt::format("migcheck-{:08x}{:08x}{:08x}", random(), random(), random());
  return fmt::format("::stop-commands::{}\n{}::{}::\n", token, diff, token);
}

void say_mended(const Mended& mended, bool written, const Talk& talk) {
  if (mended.fixes > 0) {
    talk.remark(fmt::format("{} in {}{}", counted_edits(mended.fixes), counted_files(mended.files.size()),
                            written ? ": made." : ": --fix makes them."));
  } else if (mended.left_out == 0) {
    talk.remark("There is no safe edit to make.");
  }
  for (const std::string& path : mended.given_up) {
    talk.warning(fmt::format("{}: the edits are left out, because they bring other findings.", path));
  }
  if (mended.left_out > 0) {
    talk.remark(
        fmt::format("{} left out: these files may have run already. Name them, or the change (--since "
                    "REF), or give --fix-everywhere.",
                    counted_edits(mended.left_out)));
  }
}

}  // namespace migcheck::cli
