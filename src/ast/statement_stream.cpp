// SPDX-License-Identifier: MIT

#include "migcheck/ast/statement_stream.hpp"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

#include "migcheck/threads.hpp"

namespace migcheck::ast {

// The thread, and what it has written that nobody has fetched.
class StatementStream::Writer {
 public:
  // Where there is no thread to be had, all is written here.
  explicit Writer(std::function<void(const Take&)> produce) : produce_(std::move(produce)) {
    if (!thread_.start([this] { write(); })) write();
  }

  ~Writer() {
    const std::lock_guard lock(mutex_);
    unwanted_ = true;
  }

  // Moves what was written behind `here`; waits until there is something. False: there is nothing more.
  bool fetch(StatementBatch& here) {
    std::unique_lock lock(mutex_);
    written_.wait(lock, [&] { return !waiting_.empty() || ended_; });
    if (waiting_.empty() && failure_ != nullptr) std::rethrow_exception(failure_);
    here.insert(here.end(), waiting_.begin(), waiting_.end());
    return !std::exchange(waiting_, {}).empty();
  }

 private:
  void write() {
    std::exception_ptr failure;
    try {
      produce_([this](StatementBatch batch) { return take(std::move(batch)); });
    } catch (...) {
      failure = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      failure_ = std::move(failure);
    }
    written_.notify_one();
  }

  bool take(StatementBatch batch) {
    {
      const std::lock_guard lock(mutex_);
      if (unwanted_) return false;
      waiting_.insert(waiting_.end(), batch.begin(), batch.end());
    }
    written_.notify_one();
    return true;
  }

  const std::function<void(const Take&)> produce_;
  std::mutex mutex_;
  std::condition_variable written_;
  StatementBatch waiting_;
  std::exception_ptr failure_;
  bool ended_ = false;
  bool unwanted_ = false;
  HelperThreads thread_;  // last: it uses the others
};

StatementStream::StatementStream() = default;
StatementStream::StatementStream(StatementBatch statements) : here_(std::move(statements)) {}
StatementStream::StatementStream(std::function<void(const Take&)> produce)
    : writer_(std::make_unique<Writer>(std::move(produce))) {}
StatementStream::~StatementStream() = default;
StatementStream::StatementStream(StatementStream&&) noexcept = default;

StatementStream& StatementStream::operator=(StatementStream&& other) noexcept {
  assert(writer_ == nullptr);
  here_ = std::move(other.here_);
  writer_ = std::move(other.writer_);
  return *this;
}

bool StatementStream::receive(std::size_t number) const {
  if (writer_ == nullptr) return false;
  while (number >= here_.size()) {
    if (!writer_->fetch(here_)) return false;
  }
  return true;
}

std::size_t StatementStream::first_ending_behind(std::uint32_t offset) const {
  const auto ends_behind = [&] { return !here_.empty() && here_.back()->span.end > offset; };
  while (!ends_behind() && has(here_.size())) {
  }
  const auto found = std::partition_point(
      here_.begin(), here_.end(), [&](const Statement* statement) { return statement->span.end <= offset; });
  return static_cast<std::size_t>(found - here_.begin());
}

const StatementBatch& StatementStream::all() const {
  while (has(here_.size())) {
  }
  return here_;
}

}  // namespace migcheck::ast
