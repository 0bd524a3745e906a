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

// The batches: which are read, and which somebody is at.
class StatementStream::Readers {
 public:
  Readers(std::size_t batches, std::size_t readers, Read read) : read_(std::move(read)), batches_(batches) {
    for (std::size_t reader = 1; reader < readers; ++reader) {
      if (!ahead_.start([this, reader] { read_ahead(reader); })) break;
    }
  }

  ~Readers() {
    const std::lock_guard lock(mutex_);
    next_to_read_ = batches_.size();
  }

  // Moves the batch behind `here` to it, and those behind that are read too; reads others until it is there.
  // False: there is nothing more.
  bool fetch(StatementBatch& here) {
    if (next_to_give_ == batches_.size()) return false;
    std::unique_lock lock(mutex_);
    while (!batches_[next_to_give_].is_read) {
      if (failure_ != nullptr) std::rethrow_exception(failure_);
      if (next_to_read_ < batches_.size()) {
        read_next(lock, 0);
      } else {
        read_one_.wait(lock);
      }
    }
    while (next_to_give_ < batches_.size() && batches_[next_to_give_].is_read) {
      const StatementBatch batch = std::move(batches_[next_to_give_++].statements);
      here.insert(here.end(), batch.begin(), batch.end());
    }
    return true;
  }

 private:
  struct Batch {
    StatementBatch statements;
    bool is_read = false;
  };

  // Gives the lock away meanwhile.
  void read_next(std::unique_lock<std::mutex>& lock, std::size_t reader) {
    const std::size_t number = next_to_read_++;
    lock.unlock();
    Batch batch;
    std::exception_ptr failure;
    try {
      batch = {read_(number, reader), true};
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    batches_[number] = std::move(batch);
    if (failure != nullptr) failure_ = std::move(failure);
  }

  void read_ahead(std::size_t reader) {
    std::unique_lock lock(mutex_);
    while (next_to_read_ < batches_.size() && failure_ == nullptr) {
      read_next(lock, reader);
      read_one_.notify_one();
    }
  }

  const Read read_;
  std::mutex mutex_;
  std::condition_variable read_one_;
  std::vector<Batch> batches_;
  std::size_t next_to_read_ = 0;
  std::size_t next_to_give_ = 0;  // who asks for statements alone looks at it
  std::exception_ptr failure_;
  HelperThreads ahead_;  // last: they use the others
};

StatementStream::StatementStream() = default;
StatementStream::StatementStream(StatementBatch statements) : here_(std::move(statements)) {}
StatementStream::StatementStream(std::size_t batches, std::size_t readers, Read read)
    : readers_(std::make_unique<Readers>(batches, readers, std::move(read))) {}
StatementStream::~StatementStream() = default;
StatementStream::StatementStream(StatementStream&&) noexcept = default;

StatementStream& StatementStream::operator=(StatementStream&& other) noexcept {
  assert(readers_ == nullptr);
  here_ = std::move(other.here_);
  readers_ = std::move(other.readers_);
  return *this;
}

bool StatementStream::receive(std::size_t number) const {
  if (readers_ == nullptr) return false;
  while (number >= here_.size()) {
    if (!readers_->fetch(here_)) return false;
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
