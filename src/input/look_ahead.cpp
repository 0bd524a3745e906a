// SPDX-License-Identifier: MIT

#include "input/look_ahead.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace migcheck::input {
namespace {

constexpr unsigned kMostHelpers = 4;

// Whoever thinks about the folders looks at some of them too.
unsigned helpers() {
  static const unsigned count = std::clamp(std::thread::hardware_concurrency(), 2U, kMostHelpers + 1) - 1;
  return count;
}

}  // namespace

LookAhead::LookAhead(const FolderReader& reader, std::string folder) : reader_(reader) {
  open_.push_back(std::move(folder));
  for (unsigned n = 0; n < helpers(); ++n) threads_.start([this] { work(); });
}

LookAhead::~LookAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  more_.notify_all();
}

// The folders inside are open from here on: the first comes off the end first.
Looked LookAhead::look_at(const std::string& folder, Lock& lock) {
  lock.unlock();
  Looked looked = reader_.look_at(folder);
  lock.lock();
  const std::vector<std::string>& inside = looked.listing.folders;
  for (auto name = inside.rbegin(); name != inside.rend(); ++name) open_.push_back(join_path(folder, *name));
  if (inside.size() > 1) more_.notify_all();
  return looked;
}

void LookAhead::look_at_next(Lock& lock) {
  const std::string folder = std::move(open_.back());
  open_.pop_back();
  const auto [entry, fresh] = states_.try_emplace(folder);
  if (!fresh) return;            // whoever asked for it looks at it
  State& state = entry->second;  // stays where it is
  try {
    state.looked = look_at(folder, lock);
    state.done = true;
  } catch (...) {
    if (!lock.owns_lock()) lock.lock();
    state.given_up = true;
  }
  if (waiting_) progress_.notify_one();
}

void LookAhead::work() {
  Lock lock(mutex_);
  while (true) {
    more_.wait(lock, [&] { return stopped_ || !open_.empty(); });
    if (stopped_) return;
    look_at_next(lock);
  }
}

Looked LookAhead::take(const std::string& folder) {
  Lock lock(mutex_);
  const auto [entry, fresh] = states_.try_emplace(folder);
  if (fresh) return look_at(folder, lock);
  State& state = entry->second;
  const auto settled = [&] { return state.done || state.given_up; };
  while (!settled() && !open_.empty()) look_at_next(lock);
  waiting_ = true;
  progress_.wait(lock, settled);
  waiting_ = false;
  return state.done ? std::move(state.looked) : look_at(folder, lock);
}

}  // namespace migcheck::input
