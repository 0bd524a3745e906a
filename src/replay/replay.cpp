// SPDX-License-Identifier: MIT
#include "migcheck/replay.hpp"

#include <utility>

#include "replay/state.hpp"

namespace migcheck {

Replay::Replay(const Settings& settings, TransactionModel model, ast::BodyReader reader)
    : state_(std::make_unique<State>(settings, std::move(model), std::move(reader))) {}

Replay::~Replay() = default;

void Replay::run(const ReplayFile& file, ReplayObserver& observer) {
  state_->run(file, observer);
}

bool Replay::rehearse_way_back(const ReplayFile& file, ReplayObserver& observer,
                               const std::function<void(const catalog::Catalog&)>& look) {
  return state_->rehearse_way_back(file, observer, look);
}

bool Replay::run_way_back(const ReplayFile& file, ReplayObserver& observer) {
  return state_->run_way_back(file, observer);
}

void Replay::finish(ReplayObserver& observer) {
  state_->finish(observer);
}

const catalog::Catalog& Replay::catalog() const {
  return state_->catalog();
}

const Session& Replay::session() const {
  return state_->session();
}

}  // namespace migcheck
