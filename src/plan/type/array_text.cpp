// SPDX-License-Identifier: MIT
#include "plan/type/array_text.hpp"

namespace migcheck::plan {

namespace {

constexpr std::string_view kBetween = "{},";

// Where the element that begins here ends: behind its closing quote, or before what is no element's.
std::size_t end_of_element(std::string_view array, std::size_t begin) {
  bool quoted = false;
  std::size_t at = begin;
  for (; at < array.size(); ++at) {
    if (array[at] == '\\' && at + 1 < array.size()) {
      ++at;
    } else if (array[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && kBetween.find(array[at]) != std::string_view::npos) {
      break;
    }
  }
  return at;
}

std::string value_of(std::string_view element) {
  std::string value;
  for (std::size_t at = 0; at < element.size(); ++at) {
    if (element[at] == '"') continue;
    if (element[at] == '\\' && at + 1 < element.size()) ++at;
    value += element[at];
  }
  return value;
}

}  // namespace

std::string array_element(std::string_view value) {
  std::string quoted = "\"";
  for (const char byte : value) {
    if (byte == '"' || byte == '\\') quoted += '\\';
    quoted += byte;
  }
  return quoted + "\"";
}

std::string with_element(std::string_view array, std::string_view from, std::string_view to) {
  std::string changed;
  for (std::size_t at = 0; at < array.size();) {
    const std::size_t end = end_of_element(array, at);
    if (end == at) {
      changed += array[at++];
      continue;
    }
    const std::string_view element = array.substr(at, end - at);
    changed += value_of(element) == from ? array_element(to) : std::string(element);
    at = end;
  }
  return changed;
}

}  // namespace migcheck::plan
