// SPDX-License-Identifier: MIT
#pragma once

// Looks at the folders below one, in threads of their own, while discovery thinks about those that it has
// got.

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "input/folder.hpp"
#include "input/listing.hpp"
#include "migcheck/threads.hpp"

namespace migcheck::input {

class LookAhead {
 public:
  // The reader must outlive this.
  LookAhead(const FolderReader& reader, std::string folder);
  ~LookAhead();
  LookAhead(const LookAhead&) = delete;
  LookAhead& operator=(const LookAhead&) = delete;

  // What the folder holds. Ask once for each. Who asks for one that is just being looked at looks at others
  // until it is done.
  Looked take(const std::string& folder);

 private:
  using Lock = std::unique_lock<std::mutex>;
  // Somebody looks at the folder, or has done so, or has given up (for want of memory): then whoever asks
  // for it looks by themselves.
  struct State {
    bool done = false;
    bool given_up = false;
    Looked looked = {};
  };
  void work();
  // The next folder; there must be one.
  void look_at_next(Lock& lock);
  Looked look_at(const std::string& folder, Lock& lock);

  const FolderReader& reader_;
  std::mutex mutex_;
  std::condition_variable more_;      // is open, or it is time to stop
  std::condition_variable progress_;  // somebody may wait for it
  std::vector<std::string> open_;     // the next one stands last
  ByLocation<State> states_;
  bool stopped_ = false;
  bool waiting_ = false;   // take(), for a folder at which a thread is looking
  HelperThreads threads_;  // the last member: the others outlive it
};

}  // namespace migcheck::input
