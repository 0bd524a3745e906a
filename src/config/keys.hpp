// SPDX-License-Identifier: MIT
#pragma once

// The table of all keys of migcheck.yaml: the reader, `migcheck config` and the JSON Schema are made from it.

#include <string>
#include <string_view>
#include <vector>

#include "migcheck/config.hpp"

namespace migcheck::config {

// What a value looks like.
enum class Shape : unsigned char {
  Integer,   // from `least` to `most`
  Boolean,   // true, false
  Text,      // a string
  TextList,  // a string or a list of them
  Choice,    // one of `choices`
  Duration,  // 500ms, 10s, 2min
  Layout,    // a migration tool's name, or auto
  Paths,     // a path, or a list of paths and of mappings with `keys`
  Tables,    // names of tables, and what is known of each
  Checks,    // names of checks and categories, and what is said of each
  Object,    // `keys`
};

// A value between file and settings: what its key's shape allows. Durations are milliseconds.
using Value = OptionValue;

struct Key {
  std::string_view name;
  std::string_view summary;
  Shape shape = Shape::Text;
  std::vector<std::string_view> choices = {};
  int least = 0;
  int most = 0;
  std::vector<Key> keys = {};                             // of an Object, and of one of Paths
  void (*apply)(const Value&, Configuration&) = nullptr;  // not of Object, Paths, Tables and Checks
  Value (*show)(const Configuration&) = nullptr;          // likewise
};

const std::vector<Key>& all_keys();

// What `checks` may say of a name instead of a severity.
const std::vector<std::string_view>& check_levels();

}  // namespace migcheck::config
