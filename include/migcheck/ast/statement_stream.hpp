// SPDX-License-Identifier: MIT
#pragma once

// The statements of a file, in source order.
//
// A large file is handed on while its statements are still being read: whoever goes on past the last one that
// is there waits for the next, and sees no difference. One thread reads a stream; another one, the stream's
// own, may write it.

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
  // Takes the next statements; false: nobody wants more.
  using Take = std::function<bool(StatementBatch)>;

  StatementStream();
  explicit StatementStream(StatementBatch statements);
  // `produce` runs in a thread of its own, or here if there is none to be had, and ends before this does:
  // what it uses must live as long. What it throws is thrown to whoever waits for a statement.
  explicit StatementStream(std::function<void(const Take&)> produce);
  ~StatementStream();
  StatementStream(StatementStream&&) noexcept;
  // Only to one that no thread writes: what the thread uses could go before the thread.
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
  class Writer;
  bool receive(std::size_t number) const;

  mutable StatementBatch here_;  // the reader's
  std::unique_ptr<Writer> writer_;
};

}  // namespace migcheck::ast
