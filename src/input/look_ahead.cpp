// SPDX-License-Identifier: MIT

#include "input/look_ahead.hpp"

#include <utility>

namespace migcheck::input {
namespace {

// The folders inside, so that the first comes off the end first.
void open_below(const std::string& folder, const Listing& listing, std::vector<std::string>& open) {
  for (auto name = listing.folders.rbegin(); name != listing.folders.rend(); ++name)
    open.push_back(join_path(folder, *name));
}

}  // namespace

LookAhead::LookAhead(const FolderReader& reader, std::string folder) : reader_(reader) {
  open_.push_back(std::move(folder));
  thread_.start([this] { work(); });
}

LookAhead::~LookAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  more_.notify_one();
}

Looked LookAhead::look_at(const std::string& folder) const {
  Looked looked{reader_.list(folder), {}};
  looked.heads = FolderReader::heads(folder, looked.listing.sql_files);
  return looked;
}

void LookAhead::work() {
  std::unique_lock lock(mutex_);
  try {
    look_on(lock);
  } catch (...) {
    if (!lock.owns_lock()) lock.lock();
    gave_up_ = true;
    progress_.notify_one();
  }
}

void LookAhead::look_on(std::unique_lock<std::mutex>& lock) {
  while (true) {
    more_.wait(lock, [&] { return stopped_ || !open_.empty(); });
    if (stopped_) return;
    const std::string folder = std::move(open_.back());
    open_.pop_back();
    State& state = states_[folder];
    if (state.done) continue;  // whoever asked for it looks at it
    lock.unlock();
    Looked looked = look_at(folder);
    lock.lock();
    open_below(folder, looked.listing, open_);
    state.looked = std::move(looked);
    state.done = true;
    progress_.notify_one();
  }
}

Looked LookAhead::take(const std::string& folder) {
  std::unique_lock lock(mutex_);
  const auto known = states_.find(folder);
  if (known != states_.end()) {
    progress_.wait(lock, [&] { return known->second.done || gave_up_; });
    if (known->second.done) return std::move(known->second.looked);
  }
  states_[folder].done = true;
  lock.unlock();
  Looked looked = look_at(folder);
  lock.lock();
  open_below(folder, looked.listing, open_);
  more_.notify_one();
  return looked;
}

}  // namespace migcheck::input
