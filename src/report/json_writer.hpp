// SPDX-License-Identifier: MIT
#pragma once

// Writes JSON as it goes, two spaces to a level. It keeps no document; the caller's code has the shape of
// the output. Strings may hold any bytes: what is not UTF-8 becomes U+FFFD, so the output always is.

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace migcheck::report {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  template <std::integral T>
  JsonWriter& value(T number) {
    if constexpr (std::same_as<T, bool>) {
      return raw(number ? "true" : "false");
    } else {
      const fmt::format_int digits(number);
      return raw({digits.data(), digits.size()});
    }
  }
  JsonWriter& null() { return raw("null"); }

  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  JsonWriter& object(std::string_view name) { return key(name).begin_object(); }
  JsonWriter& array(std::string_view name) { return key(name).begin_array(); }
  // An object with one string in it, as SARIF wraps its messages: {"text": …}.
  JsonWriter& wrapped(std::string_view name, std::string_view inner, std::string_view text) {
    return object(name).member(inner, text).end_object();
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& raw(std::string_view text);
  void before_value();
  void new_line();

  std::string& out_;
  std::vector<bool> filled_;  // per open bracket: does it hold something already?
  bool after_key_ = false;
};

// The text in quotes, escaped.
void append_json_string(std::string& out, std::string_view text);

}  // namespace migcheck::report
