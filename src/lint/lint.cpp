// SPDX-License-Identifier: MIT

#include "migcheck/lint.hpp"

#include <algorithm>
#include <utility>

#include "lint/conclude.hpp"
#include "lint/engine.hpp"
#include "migcheck/threads.hpp"

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
  // A large schema takes its time to be taken down, and nobody need wait for that.
  constexpr catalog::ObjectId kLarge = 2'000;
  Engine::Ended ended = engine_->forget_history();
  HelperThreads helper;
  if (ended.replay != nullptr && ended.replay->catalog().next_id() > kLarge)
    helper.start([&ended] { ended = {}; });
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
