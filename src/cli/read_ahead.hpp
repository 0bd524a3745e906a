// SPDX-License-Identifier: MIT
#pragma once

// Makes the items 0, 1, 2 … in threads, and hands them over in that order.
//
// The threads stay within a window: they start no new item while those that wait weigh as much as it. So
// the item that the consumer wants next is always made or being made, and nobody waits for ever.

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace migcheck::cli {

template <typename T>
class ReadAhead {
 public:
  // make(n) gives item n and what it weighs; it is called from several threads at once.
  using Make = std::function<std::pair<T, std::size_t>(std::size_t)>;

  ReadAhead(std::size_t count, unsigned threads, std::size_t window, Make make)
      : count_(count), window_(window), make_(std::move(make)) {
    const std::size_t useful = std::min<std::size_t>(std::max(1u, threads), count);
    for (std::size_t n = 0; n < useful; ++n) threads_.emplace_back([this] { work(); });
  }

  ~ReadAhead() {
    {
      const std::lock_guard lock(mutex_);
      next_to_make_ = count_;
    }
    room_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // The next item; call it `count` times. What make() throws for an item (memory that is not there), this
  // throws.
  T next() {
    std::unique_lock lock(mutex_);
    made_.wait(lock, [&] { return waiting_.count(next_to_give_) > 0 || failed_.count(next_to_give_) > 0; });
    if (const auto failed = failed_.find(next_to_give_); failed != failed_.end()) {
      std::rethrow_exception(failed->second);
    }
    auto node = waiting_.extract(next_to_give_++);
    weight_ -= node.mapped().second;
    lock.unlock();
    room_.notify_all();
    return std::move(node.mapped().first);
  }

 private:
  std::optional<std::size_t> claim() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return weight_ < window_ || next_to_make_ >= count_; });
    if (next_to_make_ >= count_) return std::nullopt;
    return next_to_make_++;
  }

  void work() {
    while (const auto number = claim()) {
      make_one(*number);
      made_.notify_one();
    }
  }

  void make_one(std::size_t number) {
    try {
      auto item = make_(number);
      const std::lock_guard lock(mutex_);
      weight_ += item.second;
      waiting_.emplace(number, std::move(item));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failed_.emplace(number, std::current_exception());
    }
  }

  const std::size_t count_;
  const std::size_t window_;
  const Make make_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable made_;
  std::map<std::size_t, std::pair<T, std::size_t>> waiting_;
  std::map<std::size_t, std::exception_ptr> failed_;
  std::size_t weight_ = 0;
  std::size_t next_to_make_ = 0;
  std::size_t next_to_give_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace migcheck::cli
