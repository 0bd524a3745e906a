// SPDX-License-Identifier: MIT

#include "migcheck/lint.hpp"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "lint/conclude.hpp"
#include "lint/engine.hpp"

namespace migcheck {

Linter::Linter(const Settings& settings, bool one_change)
    : engine_(std::make_unique<Engine>(settings, one_change)) {}
Linter::~Linter() = default;

void Linter::watch(ReplayObserver& observer) {
  engine_->watch = &observer;
}
void Linter::keep_texts() {
  engine_->keeps_texts = true;
}
void Linter::begin_history(const LayoutUse& layout, const TransactionModel& model) {
  engine_->begin_history(layout, model);
}
void Linter::add(LintFile file) {
  engine_->add(std::move(file));
}
void Linter::add_unread(Unread unread) {
  engine_->report.unread.push_back(std::move(unread));
}
void Linter::add_remark(std::string sentence) {
  engine_->report.remarks.push_back(std::move(sentence));
}
LintReport Linter::finish_part() {
  engine_->forget_history();
  return engine_->finish();
}

// A large schema takes milliseconds to take down, which the system does at once when the process ends.
LintReport Linter::finish_last_part() {
  constexpr catalog::ObjectId kLarge = 2'000;
  static std::mutex mutex;
  static auto* const standing = new std::vector<Engine::Ended>();
  Engine::Ended ended = engine_->forget_history();
  if (ended.replay != nullptr && ended.replay->catalog().next_id() > kLarge) {
    const std::lock_guard lock(mutex);
    standing->push_back(std::move(ended));
  }
  return engine_->finish();
}

LintReport Linter::finish() {
  LintReport report = engine_->finish();
  conclude(report, engine_->settings());
  return report;
}
const catalog::Catalog& Linter::catalog() const {
  return engine_->replay->catalog();
}

std::uint32_t Linter::line_of(const Place& place) const {
  return engine_->line_of(place);
}

int exit_code(const LintReport& report, const Settings& settings) {
  const bool failed = std::any_of(report.unread.begin(), report.unread.end(), [&](const Unread& unread) {
    return unread.failed || settings.fail_on_unread;
  });
  if (failed) return 2;
  if (settings.never_fail) return 0;
  const bool reached =
      std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.disposition == Disposition::Active && finding.severity >= settings.fail_on;
      });
  return reached ? 1 : 0;
}

}  // namespace migcheck
