// SPDX-License-Identifier: MIT
#pragma once

// Makes the items 0, 1, 2 … in threads, and hands them over in that order.
//
// The threads stay within a window: they make nothing more while what waits weighs as much as it, unless it
// is what the consumer wants next. So that is always made or being made, and nobody waits for ever. Without a
// thread to be had, the consumer makes each item as it asks for it.
// Neighbours are made and handed over together, so that small items do not cost a change of threads each.

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "migcheck/threads.hpp"

namespace migcheck::cli {

template <typename T>
class ReadAhead {
 public:
  // make(n) gives item n and what it weighs; it is called from several threads at once.
  using Make = std::function<std::pair<T, std::size_t>(std::size_t)>;

  ReadAhead(std::size_t count, unsigned threads, std::size_t window, Make make)
      : count_(count), window_(window), make_(std::move(make)) {
    const std::size_t useful = std::min<std::size_t>(std::max(1u, threads), count);
    if (useful > 0) run_length_ = std::clamp<std::size_t>(count / (useful * 4), 1, kLongestRun);
    for (std::size_t n = 0; n < useful && threads_.start([this] { work(); }); ++n) continue;
  }

  ~ReadAhead() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    room_.notify_all();
  }

  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // The next item; call it `count` times. What make() throws (memory that is not there), this throws.
  T next() {
    if (threads_.empty()) return make_(given_++).first;
    while (given_ == at_hand_.items.size()) take_next_run();
    return std::move(at_hand_.items[given_++]);
  }

 private:
  static constexpr std::size_t kLongestRun = 16;
  static constexpr std::size_t kRunsInWindow = 8;

  // Neighbouring items.
  struct Run {
    std::vector<T> items;
    std::size_t weight = 0;
  };

  void take_next_run() {
    std::unique_lock lock(mutex_);
    made_.wait(lock, [&] { return waiting_.contains(next_to_give_) || failure_ != nullptr; });
    if (!waiting_.contains(next_to_give_)) std::rethrow_exception(failure_);
    at_hand_ = std::move(waiting_.extract(next_to_give_).mapped());
    given_ = 0;
    next_to_give_ += at_hand_.items.size();
    const bool was_full = weight_ >= window_;
    weight_ -= at_hand_.weight;
    lock.unlock();
    if (was_full) room_.notify_all();
  }

  // Where the next run begins.
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return weight_ < window_ || next_to_make_ >= count_ || stopped_; });
    if (next_to_make_ >= count_ || stopped_) return std::nullopt;
    return std::exchange(next_to_make_, std::min(next_to_make_ + run_length_, count_));
  }

  void work() {
    try {
      while (const auto first = claim()) {
        if (!make_run(*first, std::min(*first + run_length_, count_))) return;
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      made_.notify_one();
    }
  }

  // Heavy items are handed over in parts of the run. False: nobody wants more.
  bool make_run(std::size_t number, std::size_t end) {
    Run run;
    while (number < end) {
      auto [item, weight] = make_(number++);
      run.items.push_back(std::move(item));
      run.weight += weight;
      if (number < end && run.weight < window_ / kRunsInWindow) continue;
      const std::size_t first = number - run.items.size();
      hand_over(first, std::exchange(run, {}));
      std::unique_lock lock(mutex_);
      room_.wait(lock,
                 [&] { return number == end || weight_ < window_ || next_to_give_ == number || stopped_; });
      if (stopped_) return false;
    }
    return true;
  }

  void hand_over(std::size_t first, Run&& run) {
    bool wanted = false;
    {
      const std::lock_guard lock(mutex_);
      wanted = first == next_to_give_;
      weight_ += run.weight;
      waiting_.emplace(first, std::move(run));
    }
    if (wanted) made_.notify_one();
  }

  const std::size_t count_;
  const std::size_t window_;
  const Make make_;
  std::size_t run_length_ = 1;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable made_;
  std::map<std::size_t, Run> waiting_;  // by the number of the first item
  std::size_t weight_ = 0;
  std::size_t next_to_make_ = 0;
  std::size_t next_to_give_ = 0;
  bool stopped_ = false;
  std::exception_ptr failure_;  // of a thread that could not go on
  Run at_hand_;                 // the consumer's
  std::size_t given_ = 0;
  HelperThreads threads_;  // the last member: the others outlive it
};

}  // namespace migcheck::cli
