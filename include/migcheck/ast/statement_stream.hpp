// SPDX-License-Identifier: MIT
#pragma once

// The statements of a file, in source order.
//
// A large file is handed on while its statements are still being read: whoever goes on past the last one that
// is there waits for the next, and sees no difference. Threads of the stream's own read ahead, batch by
// batch; who would have to wait for one reads another meanwhile.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "migcheck/ast/node.hpp"

namespace migcheck::ast {

using StatementBatch = std::vector<const Statement*>;

class StatementStream {
 public:
  // Reads the batch of this number as one of the readers, which are numbered as well. It is asked in several
  // threads, for each batch once, and never twice at once as the same reader.
  using Read = std::function<StatementBatch(std::size_t batch, std::size_t reader)>;

  StatementStream();
  explicit StatementStream(StatementBatch statements);
  // With one reader in the thread of whoever asks for statements, and the others ahead of it in threads of
  // their own, as many as are to be had. They end before this does: what `read` uses must live as long. What
  // it throws is thrown to whoever waits for a statement.
  StatementStream(std::size_t batches, std::size_t readers, Read read);
  ~StatementStream();
  StatementStream(StatementStream&&) noexcept;
  // Only to one that no thread reads for: what the threads use could go before them.
  StatementStream& operator=(StatementStream&& other) noexcept;

  // Is there a statement of this number? Waits for it.
  [[nodiscard]] bool has(std::size_t number) const { return number < here_.size() || receive(number); }
  // has(number) was asked before.
  [[nodiscard]] const Statement* operator[](std::size_t number) const { return here_[number]; }
  [[nodiscard]] bool empty() const { return !has(0); }
  // The first statement that ends behind the offset. Waits until it is there, or until all are.
  [[nodiscard]] std::size_t first_ending_behind(std::uint32_t offset) const;
  // All of them: waits for the last.
  [[nodiscard]] const StatementBatch& all() const;

  // For loops, which wait for nothing that they do not reach.
  struct End {};
  class Iterator {
   public:
    explicit Iterator(const StatementStream& stream) : stream_(&stream) {}
    const Statement* operator*() const { return (*stream_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(End) const { return stream_->has(at_); }

   private:
    const StatementStream* stream_;
    std::size_t at_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(*this); }
  [[nodiscard]] End end() const { return {}; }

 private:
  class Readers;
  bool receive(std::size_t number) const;

  mutable StatementBatch here_;  // what has come, for whoever asks
  std::unique_ptr<Readers> readers_;
};

}  // namespace migcheck::ast
