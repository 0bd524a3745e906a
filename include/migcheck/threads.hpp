// SPDX-License-Identifier: MIT
#pragma once

// Threads that help with a piece of work, as many as the system has to give: where processes or memory are
// rationed (a container's limit) it may be fewer than asked for, or none, and the work is done all the same.
//
// What one of them throws (memory that is not there) is kept, and join() throws it.

#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace migcheck {

class HelperThreads {
 public:
  HelperThreads() = default;
  ~HelperThreads();  // waits for all of them
  HelperThreads(const HelperThreads&) = delete;
  HelperThreads& operator=(const HelperThreads&) = delete;

  // Lets one more thread do this; false where there is none to be had, and then nobody does it.
  bool start(std::function<void()> work);
  // Waits for all of them; throws the first of what they threw.
  void join();
  [[nodiscard]] bool empty() const { return threads_.empty(); }

 private:
  void wait();

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace migcheck
