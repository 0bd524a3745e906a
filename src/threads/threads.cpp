// SPDX-License-Identifier: MIT

#include "migcheck/threads.hpp"

#include <new>
#include <system_error>
#include <utility>

namespace migcheck {

HelperThreads::~HelperThreads() {
  wait();
}

bool HelperThreads::start(std::function<void()> work) {
  const auto guarded = [this, work = std::move(work)] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (failure_ == nullptr) failure_ = std::current_exception();
    }
  };
  try {
    threads_.emplace_back(guarded);
  } catch (const std::system_error&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void HelperThreads::join() {
  wait();
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void HelperThreads::wait() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace migcheck
