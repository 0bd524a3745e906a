// SPDX-License-Identifier: MIT
#pragma once

// Lists the folders below one, and reads how their SQL files begin, in a thread of its own, while discovery
// thinks about those that it has got.

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "input/folder.hpp"
#include "input/listing.hpp"
#include "migcheck/threads.hpp"

namespace migcheck::input {

struct Looked {
  Listing listing;
  std::vector<Head> heads;  // of its SQL files, in their order
};

class LookAhead {
 public:
  // The reader must outlive this.
  LookAhead(const FolderReader& reader, std::string folder);
  ~LookAhead();
  LookAhead(const LookAhead&) = delete;
  LookAhead& operator=(const LookAhead&) = delete;

  // What the folder holds; looked at now if the thread has not come to it. Ask once for each.
  Looked take(const std::string& folder);

 private:
  // Done folders have something looked at; the thread's own has nothing yet.
  struct State {
    bool done = false;
    Looked looked = {};
  };
  void work();
  void look_on(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Looked look_at(const std::string& folder) const;

  const FolderReader& reader_;
  std::mutex mutex_;
  std::condition_variable more_;      // is open, or it is time to stop
  std::condition_variable progress_;  // somebody may wait for it
  std::vector<std::string> open_;     // the next one stands last
  ByLocation<State> states_;
  bool stopped_ = false;
  bool gave_up_ = false;  // the thread: whoever waits for it looks by themselves
  HelperThreads thread_;  // the last member: the others outlive it
};

}  // namespace migcheck::input
