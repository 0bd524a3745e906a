// SPDX-License-Identifier: MIT
#pragma once

// Errors as values.
//
// A function that can fail for a reason outside the program (a file, a flag, a configuration) returns
// Result<T>. The caller decides what becomes of the error; nothing below the command line prints or exits.
// std::expected is not in the standard library that we build with, hence this small one.

#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace migcheck {

// What happened, where, and what to do: three fields, so that every message has the same shape.
struct Error {
  std::string what;   // a full sentence: "Cannot read the file: permission denied."
  std::string where;  // "migcheck.yaml:7:3", a path, a flag; may be empty
  std::string hint;   // "Did you mean \"exclude\"?"; may be empty

  // One line for people: "where: what hint".
  [[nodiscard]] std::string to_string() const {
    std::string text = where.empty() ? what : where + ": " + what;
    if (!hint.empty()) text += " " + hint;
    return text;
  }

  friend bool operator==(const Error&, const Error&) = default;
};

// Either a T or an Error. Reading the side that is not there is a programmer's error
// (std::bad_variant_access).
template <typename T>
class [[nodiscard]] Result {
 public:
  template <typename U = T,
            std::enable_if_t<std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, Error>,
                             int> = 0>
  Result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}            // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

// For functions that succeed without a value.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

}  // namespace migcheck
