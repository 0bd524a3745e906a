// SPDX-License-Identifier: MIT
#pragma once

// The parts of an object: its constraints, policies, privileges, dependencies; in the order in which they
// were made, each under a key (its name, whom a privilege is for, the part that has a dependency), which
// several may have.
//
// A statement plans on a copy of the object that it changes. A table with thousands of parts, changed
// thousands of times, would be copied and searched in full each time: copies share what is not written to
// (catalog/numbered.hpp), and where there are more than a few dozen, parts are found by an index of their
// keys. Writing goes through functions alone, so that the index is never behind; what they are given to call
// must not change the Parts in another way.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/catalog/numbered.hpp"
#include "migcheck/catalog/open_numbers.hpp"

namespace migcheck::catalog {

// What parts of a kind are looked for by.
template <typename T>
struct PartKey {
  static std::string_view of(const T& part) { return part.name; }
};

// The numbers of the parts with a key, by its hash. Without one a part is in no index: most of them would be.
class KeyIndex {
 public:
  void insert(std::string_view key, std::uint32_t number);
  void erase(std::string_view key, std::uint32_t number);
  // In order; parts of other keys may be among them.
  [[nodiscard]] const std::vector<std::uint32_t>* find(std::string_view key) const {
    return numbers_.find(hash(key));
  }

 private:
  static std::uint32_t hash(std::string_view key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key)) & 0x7FFFU;
  }
  Numbered<std::vector<std::uint32_t>> numbers_;
};

template <typename T>
class Parts {
 public:
  using value_type = T;
  using const_iterator = typename Numbered<T>::Iterator;

  Parts() = default;
  Parts(const Parts&) = default;
  Parts(Parts&& other) noexcept { swap(other); }
  Parts& operator=(const Parts&) = default;
  Parts& operator=(Parts&& other) noexcept {
    Parts taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Parts() = default;
  Parts(std::initializer_list<T> parts) { append(parts); }
  Parts(std::vector<T> parts) {
    for (T& part : parts) push_back(std::move(part));
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const_iterator begin() const { return parts_.begin(); }
  [[nodiscard]] const_iterator end() const { return parts_.end(); }
  [[nodiscard]] const T& front() const { return *begin(); }
  [[nodiscard]] const T& back() const { return parts_.back(); }

  // The first one with that key that is meant.
  template <typename Meant>
  [[nodiscard]] const T* find(std::string_view key, Meant meant) const {
    const T* found = nullptr;
    visit_until(key, [&](std::uint32_t, const T& part) {
      if (meant(part)) found = &part;
      return found != nullptr;
    });
    return found;
  }
  [[nodiscard]] const T* find(std::string_view key) const {
    return find(key, [](const T&) { return true; });
  }
  // One has the key of this.
  [[nodiscard]] bool has(const T& part) const { return find(key_of(part)) != nullptr; }

  // The first number from `from` on that makes, behind the word, a key that no part has.
  [[nodiscard]] std::uint32_t open_number(const std::string& word, std::uint32_t from) const {
    return open_.first_open(word, from, [&](std::string_view key) { return find(key) != nullptr; });
  }

  // Visits all with that key.
  template <typename Visit>
  void visit(std::string_view key, Visit visit) const {
    visit_until(key, [&](std::uint32_t, const T& part) {
      visit(part);
      return false;
    });
  }

  void push_back(T part) {
    if (next_ == parts_.room()) make_room();
    T& made = parts_[next_] = std::move(part);
    if (is_indexed()) keys_.insert(key_of(made), next_);
    ++next_;
    ++size_;
  }
  template <typename Range>
  void append(Range&& parts) {
    for (auto&& part : parts) push_back(std::forward<decltype(part)>(part));
  }
  void clear() { *this = Parts(); }

  // Writes to all, to those that are meant, to those with the key. What is near none of them stays shared.
  template <typename Edit>
  void edit_all(Edit edit) {
    edit_if([](const T&) { return true; }, edit);
  }
  template <typename Meant, typename Edit>
  void edit_if(Meant meant, Edit edit) {
    for (const std::uint32_t number : numbers_of(meant)) edit_at(number, edit);
  }
  template <typename Edit>
  void edit(std::string_view key, Edit edit) {
    for (const std::uint32_t number : numbers_of(key, [](const T&) { return true; })) edit_at(number, edit);
  }

  // As std::erase_if of a vector: how many went.
  template <typename Goes>
  std::size_t erase(std::string_view key, Goes goes) {
    return erase_at(numbers_of(key, goes));
  }
  std::size_t erase(std::string_view key) {
    return erase(key, [](const T&) { return true; });
  }
  // Those with the key of this.
  std::size_t erase_like(const T& part) { return erase(key_of(part)); }
  template <typename Goes>
  friend std::size_t erase_if(Parts& parts, Goes goes) {
    return parts.erase_at(parts.numbers_of(goes));
  }

  // Visits what the other one does not share, and little else: of two states of an object nearly nothing.
  template <typename Visit>
  void visit_unshared(const Parts& other, Visit visit) const {
    parts_.visit_unshared(other.parts_, visit);
  }

 private:
  using Numbers = std::vector<std::uint32_t>;

  static std::string_view key_of(const T& part) { return PartKey<T>::of(part); }
  // One node is searched as fast as an index.
  [[nodiscard]] bool is_indexed() const { return parts_.room() > Numbered<T>{}.room(); }

  // Calls visit(number, part) for those with the key, in order, until it returns true.
  template <typename Visit>
  void visit_until(std::string_view key, Visit visit) const {
    if (!is_indexed() || key.empty()) {
      for (auto at = begin(); at != end(); ++at) {
        if (key_of(*at) == key && visit(at.number(), *at)) return;
      }
    } else if (const Numbers* numbers = keys_.find(key)) {
      for (const std::uint32_t number : *numbers) {
        const T& part = *parts_.find(number);
        if (key_of(part) == key && visit(number, part)) return;
      }
    }
  }

  template <typename Meant>
  [[nodiscard]] Numbers numbers_of(Meant meant) const {
    Numbers numbers;
    for (auto at = begin(); at != end(); ++at) {
      if (meant(*at)) numbers.push_back(at.number());
    }
    return numbers;
  }
  template <typename Meant>
  [[nodiscard]] Numbers numbers_of(std::string_view key, Meant meant) const {
    Numbers numbers;
    visit_until(key, [&](std::uint32_t number, const T& part) {
      if (meant(part)) numbers.push_back(number);
      return false;
    });
    return numbers;
  }

  template <typename Edit>
  void edit_at(std::uint32_t number, Edit& edit) {
    T& part = parts_[number];
    const std::string before(is_indexed() ? key_of(part) : std::string_view());
    edit(part);
    if (!is_indexed() || key_of(part) == before) return;
    open_.free(before);
    keys_.erase(before, number);
    keys_.insert(key_of(part), number);
  }

  std::size_t erase_at(const Numbers& numbers) {
    for (const std::uint32_t number : numbers) {
      if (is_indexed()) {
        const std::string_view key = key_of(*parts_.find(number));
        open_.free(key);
        keys_.erase(key, number);
      }
      parts_.erase(number);
    }
    size_ -= static_cast<std::uint32_t>(numbers.size());
    if (size_ == 0) clear();
    return numbers.size();
  }

  void swap(Parts& other) noexcept {
    std::swap(parts_, other.parts_);
    std::swap(keys_, other.keys_);
    std::swap(open_, other.open_);
    std::swap(size_, other.size_);
    std::swap(next_, other.next_);
  }

  // Numbers are not used again while there are new ones. Where most are free, all parts get new numbers,
  // which costs each part that comes the moving of one; otherwise the tree grows.
  void make_room() {
    if (size_ <= parts_.room() / 2) {
      const Parts old = std::move(*this);
      for (const T& part : old) push_back(part);
    } else if (!is_indexed()) {
      for (auto at = begin(); at != end(); ++at) keys_.insert(key_of(*at), at.number());
    }
  }

  Numbered<T> parts_;
  KeyIndex keys_;             // once the tree has more than one node
  mutable OpenNumbers open_;  // likewise: one node holds too few parts for it
  std::uint32_t size_ = 0;
  std::uint32_t next_ = 0;
};

}  // namespace migcheck::catalog
