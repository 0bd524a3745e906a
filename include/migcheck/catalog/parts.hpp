// SPDX-License-Identifier: MIT
#pragma once

// The parts of an object: its constraints, policies, privileges, dependencies.
//
// A statement plans on a copy of the object that it changes. A table with thousands of parts, changed
// thousands of times, would be copied in full each time: copies share their parts instead, a few dozen at a
// time, and what is written to is copied then. From outside it is a vector.
//
// Reading through a Parts that is not const counts as writing: where it matters, read through a const one. A
// reference into it holds as long as the Parts is neither copied nor changed in length.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace migcheck::catalog {

template <typename T>
class Parts {
 public:
  template <typename Holder, typename Value>
  class Iterator;
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = Iterator<Parts, T>;
  using const_iterator = Iterator<const Parts, const T>;

  Parts() = default;
  Parts(std::initializer_list<T> parts) { append(parts); }
  Parts(std::vector<T> parts) {
    for (T& part : parts) push_back(std::move(part));
  }

  [[nodiscard]] std::size_t size() const {
    return chunks_.empty() ? 0 : (chunks_.size() - 1) * kChunk + chunks_.back()->size();
  }
  [[nodiscard]] bool empty() const { return chunks_.empty(); }
  const T& operator[](std::size_t at) const { return (*chunks_[at / kChunk])[at % kChunk]; }
  T& operator[](std::size_t at) { return own(at / kChunk)[at % kChunk]; }
  const T& front() const { return (*this)[0]; }
  const T& back() const { return (*this)[size() - 1]; }
  T& back() { return (*this)[size() - 1]; }

  const_iterator begin() const { return {this, 0}; }
  const_iterator end() const { return {this, size()}; }
  iterator begin() { return {this, 0}; }
  iterator end() { return {this, size()}; }

  void push_back(T part) {
    if (size() % kChunk == 0) chunks_.push_back(std::make_shared<Chunk>());
    own(chunks_.size() - 1, 1).push_back(std::move(part));
  }
  template <typename Range>
  void append(Range&& parts) {
    for (auto&& part : parts) push_back(std::forward<decltype(part)>(part));
  }
  void clear() { chunks_.clear(); }

  // Writes to those that are meant. Chunks that hold none of them stay shared.
  template <typename Meant, typename Edit>
  void edit_if(Meant meant, Edit edit) {
    for (std::size_t at = 0; at < size(); ++at) {
      if (meant(std::as_const(*this)[at])) edit((*this)[at]);
    }
  }

  // Visits what the other one does not share at the same place: of two states of an object nearly nothing.
  template <typename Visit>
  void visit_unshared(const Parts& other, Visit visit) const {
    for (std::size_t at = 0; at < chunks_.size(); ++at) {
      if (at < other.chunks_.size() && chunks_[at] == other.chunks_[at]) continue;
      for (const T& part : *chunks_[at]) visit(part);
    }
  }

  // As std::erase_if of a vector. What stands before the first one that goes stays shared.
  template <typename Goes>
  friend std::size_t erase_if(Parts& parts, Goes goes) {
    const auto& all = std::as_const(parts);
    const auto first = std::find_if(all.begin(), all.end(), goes);
    if (first == all.end()) return 0;
    auto kept = static_cast<std::size_t>(first - all.begin());
    const std::size_t before = all.size();
    for (std::size_t at = kept + 1; at < before; ++at) {
      if (!goes(all[at])) parts[kept++] = std::move(parts[at]);
    }
    parts.shorten(kept);
    return before - kept;
  }

 private:
  static constexpr std::size_t kChunk = 32;
  using Chunk = std::vector<T>;

  // The chunk, to write to, with room for so many more.
  Chunk& own(std::size_t chunk, std::size_t more = 0) {
    std::shared_ptr<Chunk>& held = chunks_[chunk];
    if (held.use_count() > 1) {
      auto copy = std::make_shared<Chunk>();
      copy->reserve(held->size() + more);
      copy->assign(held->begin(), held->end());
      held = std::move(copy);
    }
    return *held;
  }

  void shorten(std::size_t size) {
    chunks_.resize((size + kChunk - 1) / kChunk);
    if (size % kChunk != 0) {
      Chunk& last = own(chunks_.size() - 1);
      last.erase(last.begin() + static_cast<std::ptrdiff_t>(size % kChunk), last.end());
    }
  }

  std::vector<std::shared_ptr<Chunk>> chunks_;  // all full but the last, and none empty
};

template <typename T>
template <typename Holder, typename Value>
class Parts<T>::Iterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = Value*;
  using reference = Value&;

  Iterator() = default;
  Iterator(Holder* holder, std::size_t at) : holder_(holder), at_(at) {}

  reference operator*() const { return (*holder_)[at_]; }
  pointer operator->() const { return &**this; }
  reference operator[](difference_type by) const { return *(*this + by); }
  Iterator& operator++() { return *this += 1; }
  Iterator& operator--() { return *this -= 1; }
  Iterator operator++(int) { return {holder_, at_++}; }
  Iterator operator--(int) { return {holder_, at_--}; }
  Iterator& operator+=(difference_type by) {
    at_ = static_cast<std::size_t>(static_cast<difference_type>(at_) + by);
    return *this;
  }
  Iterator& operator-=(difference_type by) { return *this += -by; }
  friend Iterator operator+(Iterator from, difference_type by) { return from += by; }
  friend Iterator operator+(difference_type by, Iterator from) { return from += by; }
  friend Iterator operator-(Iterator from, difference_type by) { return from -= by; }
  friend difference_type operator-(const Iterator& a, const Iterator& b) {
    return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
  }
  friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
  friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

 private:
  Holder* holder_ = nullptr;
  std::size_t at_ = 0;
};

}  // namespace migcheck::catalog
